import { metadataOf, startOddProvider, type OddAnswer, type OddProvider } from '../../support/odd-provider.ts'
import { expect, test } from '../fixtures.ts'
import { EnvironmentsPage } from '../pages/environments-page.ts'
import { choose } from '../support/choose.ts'
import { handOver } from '../support/gatehouse.ts'
import { keepShots } from '../support/shots.ts'

let odd: OddProvider
test.beforeEach(async () => {
  odd = await startOddProvider()
})
test.afterEach(() => odd.stop())

test('asks an API that takes no GET by a POST, when the user says so', async ({ workbench: { page } }) => {
  const issuer = `${odd.issuer}/as`
  odd.answers['/.well-known/openid-configuration'] = () => ({ status: 404 })
  odd.answers['/as/.well-known/openid-configuration'] = () => ({
    body: { ...metadataOf(odd.issuer), issuer },
  })
  odd.answers['/mcp'] = ({ method }): OddAnswer =>
    method === 'POST'
      ? { status: 401, headers: { 'www-authenticate': `Bearer resource_metadata="${odd.issuer}/meta"` } }
      : { status: 405, headers: { allow: 'POST' } }
  odd.answers['/meta'] = () => ({
    body: { resource: `${odd.issuer}/mcp`, authorization_servers: [issuer] },
  })
  await page.getByRole('button', { name: 'Connect a provider' }).click()
  const dialog = page.getByRole('dialog', { name: 'Connect a provider' })
  await dialog.getByRole('textbox', { name: /^Issuer/ }).fill(`${odd.issuer}/mcp`)
  await page.keyboard.press('Enter')
  await expect(dialog.getByText(/does not accept GET at this address/)).toBeVisible()
  expect(odd.requests.map(({ method }) => method)).not.toContain('POST')
  await keepShots(page, 'connect-no-get')
  await dialog.getByRole('button', { name: 'Try a POST request' }).click()
  await expect(dialog.getByText(/^A protected API that accepts tokens from/)).toBeVisible()
  await expect(dialog.getByRole('textbox', { name: /^Issuer/ })).toHaveValue(issuer)
  expect(odd.requests.filter(({ method }) => method === 'POST')).toMatchObject([{ url: '/mcp', body: '{}' }])
})

test('takes variables in every field of a connection, the first address too', async ({ home, workbench }) => {
  const { page } = workbench
  const environments = new EnvironmentsPage(page)
  await environments.add([
    { name: 'clientId', value: 'web' },
    { name: 'host', value: odd.issuer },
    { name: 'sec', value: 's3cretvalue', secret: true },
  ])
  await workbench.openRoom('Accounts')
  await page.getByRole('button', { name: 'Connect a provider' }).click()
  const dialog = page.getByRole('dialog', { name: 'Connect a provider' })
  const issuer = dialog.getByRole('textbox', { name: /^Issuer/ })
  await issuer.fill('{{hots}}')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText(/\{\{hots\}\} is not known in its environment/)).toBeVisible()
  expect(odd.requests).toEqual([])
  await issuer.fill('{{host}}')
  await keepShots(page, 'connect-names')
  await dialog.getByRole('button', { name: 'Discover' }).click()
  await expect(dialog.getByText('S256').first()).toBeVisible()
  await expect(issuer).toHaveValue('{{host}}')

  await dialog.getByText('Enter endpoints manually').click()
  await dialog.getByRole('textbox', { name: 'Authorization endpoint' }).fill('{{host}}/authorize')
  await dialog.getByRole('textbox', { name: 'Token endpoint' }).fill('{{host}}/token')
  await dialog.getByRole('textbox', { name: /^Client ID/ }).fill('{{clientId}}')
  await dialog.getByRole('textbox', { name: /^Scope/ }).fill('{{sc}}')
  await choose(dialog.getByRole('combobox', { name: /^Client authentication/ }), 'Secret in the form (post)')
  await dialog.getByLabel('Client secret', { exact: false }).first().fill('{{sec}}')
  await dialog.getByText(/^Advanced/).click()
  await dialog.getByRole('textbox', { name: /^Extra parameters/ }).fill('tenant={{clientId}}')
  const before = odd.requests.length
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(dialog.getByText(/\{\{sc\}\} is not known in its environment/)).toBeVisible()
  expect(odd.requests).toHaveLength(before)
  await dialog
    .getByRole('textbox', { name: /^Scope/ })
    .first()
    .fill('read')
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  await workbench.signInButton().first().click()
  await handOver(home, await odd.follow(await home.nextOpenedUrl()))
  await workbench.expectSignedIn('not identified')
  expect(odd.at('/authorize')[0]?.query.get('client_id')).toBe('web')
  expect(odd.at('/authorize')[0]?.query.get('tenant')).toBe('web')
  expect(odd.at('/token')[0]?.form.get('client_secret')).toBe('s3cretvalue')
  expect(JSON.stringify(odd.requests.map(({ url, body }) => url + body))).not.toMatch(/\{\{|%7B%7B/)
})
