import { startOddProvider, type OddProvider } from '../support/odd-provider.ts'
import { expect, test } from './fixtures.ts'
import { handOver } from './support/gatehouse.ts'
import { choose } from './support/choose.ts'

const shots = process.env['GATEHOUSE_SHOTS']
let odd: OddProvider
test.beforeEach(async () => {
  odd = await startOddProvider()
})
test.afterEach(() => odd.stop())

test('keeps sign-ins apart where nobody says who they are, until the user does', async ({
  home,
  workbench,
}) => {
  const { page } = workbench
  await workbench.connect(odd.issuer, { clientId: odd.client.clientId, scope: 'read' })
  const signIn = async () => {
    await workbench.signInButton().first().click()
    await handOver(home, await odd.follow(await home.nextOpenedUrl()))
  }
  await signIn()
  await expect(page.getByText('The provider does not say who signed in')).toBeVisible()
  await page
    .getByRole('tab', { name: odd.issuer.replace('http://', '') })
    .first()
    .click()
  await signIn()
  await workbench.expectSignedIn('not identified 2')
  await expect(page.getByRole('combobox', { name: 'The same person as' })).toHaveText(/./)
  if (shots !== undefined) {
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate((value) => (document.documentElement.dataset['theme'] = value), theme)
      await page.screenshot({ path: `${shots}/same-person-${theme}.png` })
    }
  }
  await page.getByRole('button', { name: 'Same person' }).click()
  await expect(page.getByRole('heading', { name: /^\(not identified\)/ })).toBeVisible()
  await page.getByRole('tab', { name: 'Lineage' }).click()
  await expect(page.getByText(/the same person as/)).toBeVisible()
})

test('refuses an unverified ID token with what came beside what was expected, until the user says otherwise', async ({
  home,
  workbench,
}) => {
  const { page } = workbench
  const picture = async (name: string): Promise<void> => {
    if (shots === undefined) return
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate((value) => (document.documentElement.dataset['theme'] = value), theme)
      await page.screenshot({ path: `${shots}/${name}-${theme}.png` })
    }
  }
  let [iss, kid] = [`${odd.issuer}/`, 'odd']
  odd.answers['/token'] = async () => ({
    body: {
      access_token: 'opaque',
      token_type: 'Bearer',
      expires_in: 60,
      id_token: await odd.idToken({ iss }, { kid }),
    },
  })
  const signIn = async () => {
    await workbench.signInButton().first().click()
    await handOver(home, await odd.follow(await home.nextOpenedUrl()))
  }
  await workbench.connect(odd.issuer, { clientId: odd.client.clientId, scope: 'openid' })
  await signIn()
  await expect(page.getByText(/Differs only by a trailing slash/)).toBeVisible()
  await expect(page.locator('dl mark').first()).toHaveText('/')
  await picture('refused-issuer')
  await page.getByRole('button', { name: 'Dismiss' }).click()

  ;[iss, kid] = [odd.issuer, 'not published']
  await signIn()
  await expect(page.getByText(/The signature of the ID token cannot be checked/)).toBeVisible()
  await page.getByRole('button', { name: 'Edit' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/^Advanced/).click()
  await dialog.getByRole('switch', { name: /Accept unverified ID tokens/ }).check()
  await dialog.getByRole('switch', { name: /Accept unverified ID tokens/ }).scrollIntoViewIfNeeded()
  await picture('odd-settings')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText(/ID tokens are accepted unverified/)).toBeVisible()
  await signIn()
  await workbench.expectSignedIn('alice')
  await page.getByRole('tab', { name: 'Lineage' }).click()
  await expect(page.getByText(/non-standard: ID tokens are accepted unverified/)).toBeVisible()
})

test('takes a token response that differs from the letter, by the user’s choice', async ({
  home,
  workbench,
}) => {
  const { page } = workbench
  odd.answers['/token'] = () => ({
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'access_token=opaque-1&scope=read&token_type=user',
  })
  await workbench.connect(odd.issuer, { clientId: odd.client.clientId, scope: 'read' })
  const signIn = async () => {
    await workbench.signInButton().first().click()
    await handOver(home, await odd.follow(await home.nextOpenedUrl()))
  }
  await signIn()
  await expect(page.getByText(/The token endpoint returned status 200/).first()).toBeVisible()
  await page.getByRole('button', { name: 'Edit' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/^Advanced/).click()
  await dialog.getByRole('switch', { name: /Accept form-encoded token responses/ }).check()
  await dialog.getByRole('switch', { name: /Send tokens of any type as Bearer/ }).check()
  await dialog
    .getByRole('textbox', { name: /^Additional headers and parameters/ })
    .fill('token Origin: http://localhost')
  await dialog.getByRole('textbox', { name: /^Additional headers and parameters/ }).scrollIntoViewIfNeeded()
  if (shots !== undefined) {
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate((value) => (document.documentElement.dataset['theme'] = value), theme)
      await page.screenshot({ path: `${shots}/odd-further-${theme}.png` })
    }
  }
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('the token request carries the header Origin')).toBeVisible()
  await signIn()
  await workbench.expectSignedIn('not identified')
  expect(odd.at('/token').at(-1)?.headers.origin).toBe('http://localhost')
  await page.getByRole('tab', { name: 'Lineage' }).click()
  await expect(page.getByText(/non-standard: token responses may be form-encoded/)).toBeVisible()
})

test('names what does not show in a pasted secret, and takes it out', async ({ home, workbench }) => {
  const { page } = workbench
  await workbench.connect(odd.issuer, { clientId: odd.client.clientId, scope: 'read' })
  await page.getByRole('button', { name: 'Edit' }).click()
  const dialog = page.getByRole('dialog')
  await choose(dialog.getByRole('combobox', { name: /^Client authentication/ }), 'Secret in the form (post)')
  await dialog.getByLabel('Client secret', { exact: false }).first().fill(' s3cretvalue\u200b')
  await expect(dialog.getByText(/a space at the start, U\+200B at the end/)).toBeVisible()
  if (shots !== undefined) await page.screenshot({ path: `${shots}/invisible-light.png` })
  await dialog.getByRole('button', { name: 'Take it out' }).click()
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await workbench.signInButton().first().click()
  await handOver(home, await odd.follow(await home.nextOpenedUrl()))
  await workbench.expectSignedIn('not identified')
  expect(odd.at('/token').at(-1)?.form.get('client_secret')).toBe('s3cretvalue')
})
