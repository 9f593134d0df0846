import { createHmac } from 'node:crypto'
import { startOddProvider, type OddAnswer, type OddProvider } from '../../support/odd-provider.ts'
import { expect, test } from '../fixtures.ts'
import { RequestPage } from '../pages/request-page.ts'
import { handOver } from '../support/gatehouse.ts'

let odd: OddProvider
test.beforeEach(async () => {
  odd = await startOddProvider()
})
test.afterEach(() => odd.stop())

test('shows the numbers of a pasted token as they are written', async ({ workbench }) => {
  const { page } = workbench
  const payload =
    '{"sub":100002348117421473,"user_id":1147953659032899584,"list":[9007199254740993],"o":{"n":1147953659032899584},"v":1.0,"e":1e400}'
  const signed = ['{"alg":"HS256"}', payload].map((part) => Buffer.from(part).toString('base64url')).join('.')
  const signature = createHmac('sha256', 'a-secret-of-mine').update(signed).digest('base64url')
  await workbench.openRoom('Token bench')
  await page.getByRole('textbox', { name: 'Token to decode' }).fill(`${signed}.${signature}`)
  const claims = page.getByRole('table', { name: 'Claims' })
  for (const number of ['100002348117421473', '1147953659032899584', '9007199254740993', '1.0', '1e400'])
    await expect(claims).toContainText(number)
  expect(await page.content()).not.toMatch(/100002348117421470|1147953659032899600|9007199254740992|Infinity/)
})

test('tells a refusal that is none of the account’s from one that may be', async ({ home, workbench }) => {
  const { page } = workbench
  const json = (body: Record<string, unknown>, headers: Record<string, string> = {}): OddAnswer => ({
    status: 403,
    headers,
    body,
  })
  const refusals: [path: string, answer: OddAnswer, headline: RegExp, said: string][] = [
    [
      '/gateway',
      json(
        { message: 'Missing Authentication Token' },
        { 'x-amzn-errortype': 'MissingAuthenticationTokenException' },
      ),
      /^Nothing exists at this path/,
      'Missing Authentication Token',
    ],
    [
      '/limit',
      json({ message: 'slow down' }, { 'x-ratelimit-remaining': '0' }),
      /^The rate limit is used up/,
      'slow down',
    ],
    [
      '/plain',
      { status: 403, headers: { 'content-type': 'text/plain' }, body: 'Not in your plan' },
      /does not allow the caller to do this/,
      'Not in your plan',
    ],
    ['/message', json({ Message: 'Explicit deny' }), /does not allow the caller to do this/, 'Explicit deny'],
  ]
  await workbench.connect(odd.issuer, { clientId: odd.client.clientId, scope: 'read' })
  await workbench.signInButton().first().click()
  await handOver(home, await odd.follow(await home.nextOpenedUrl()))
  await workbench.expectSignedIn('not identified')
  const requests = new RequestPage(page)
  await requests.open()
  await requests.callAs('not identified')
  for (const [path, answer, headline, said] of refusals) {
    odd.answers[path] = () => answer
    await requests.get(`${odd.issuer}${path}`, /^403/)
    expect(odd.at(path)[0]?.headers.authorization).toMatch(/^Bearer /)
    await expect(page.getByText(headline).first()).toBeVisible()
    await expect(page.getByText(said).first()).toBeVisible()
    await expect(page.getByText(/lacks a role/)).toHaveCount(0)
  }
})

test('names what does not show in a client ID and in a header, and takes it out', async ({
  home,
  workbench,
}) => {
  const { page } = workbench
  await page.getByRole('button', { name: 'Connect a provider' }).click()
  const dialog = page.getByRole('dialog', { name: 'Connect a provider' })
  await dialog.getByRole('textbox', { name: /^Issuer/ }).fill(odd.issuer)
  await dialog.getByRole('button', { name: 'Discover' }).click()
  await expect(dialog.getByText('S256').first()).toBeVisible()
  await dialog.getByRole('textbox', { name: /^Client ID/ }).fill(`${odd.client.clientId}\u200b`)
  await dialog.getByRole('textbox', { name: /^Scope/ }).fill('read')
  await expect(dialog.getByText(/^Client ID: U\+200B at the end/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Take it out' }).click()
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  await workbench.signInButton().first().click()
  await handOver(home, await odd.follow(await home.nextOpenedUrl()))
  await workbench.expectSignedIn('not identified')
  expect(odd.at('/authorize')[0]?.query.get('client_id')).toBe(odd.client.clientId)

  odd.answers['/api'] = () => ({ body: { ok: true } })
  const requests = new RequestPage(page)
  await requests.open()
  const parts = page.getByRole('tablist', { name: 'Parts of the request' })
  await parts.getByRole('tab', { name: /^Headers/ }).click()
  await page.getByRole('textbox', { name: 'Name of header 1' }).fill('X-Key')
  const value = page.getByRole('textbox', { name: 'Value of header 1' })
  await value.fill('one two ')
  await expect(page.getByText(/You cannot see it, but it would be sent/)).toHaveCount(0)
  await value.fill('one\u00a0')
  await expect(page.getByText(/^X-Key: U\+00A0 at the end/)).toBeVisible()
  await page.getByRole('button', { name: 'Take it out' }).click()
  await expect(value).toHaveValue('one')
  await requests.get(`${odd.issuer}/api`)
  expect(odd.at('/api').at(-1)?.headers['x-key']).toBe('one')
})
