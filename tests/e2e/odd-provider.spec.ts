import { startOddProvider, type OddProvider } from '../support/odd-provider.ts'
import { expect, test } from './fixtures.ts'
import { handOver } from './support/gatehouse.ts'

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
  await expect(page.getByRole('combobox', { name: 'The same person as' })).toHaveValue(/./)
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
