import type { Locator } from 'playwright/test'
import { metadataOf, startOddProvider, type OddProvider } from '../../support/odd-provider.ts'
import { expect, test } from '../fixtures.ts'
import { RequestPage } from '../pages/request-page.ts'
import type { WorkbenchPage } from '../pages/workbench-page.ts'
import { choose } from '../support/choose.ts'
import { handOver } from '../support/gatehouse.ts'
import type { Home } from '../support/home.ts'

let odd: OddProvider
test.beforeEach(async () => {
  odd = await startOddProvider()
})
test.afterEach(() => odd.stop())

const connectionTab = ({ page }: WorkbenchPage) =>
  page.getByRole('tab', { name: odd.issuer.replace('http://', '') }).first()

/** Changes the settings of the connection whose page is open, or has a tab. */
const edit = async (workbench: WorkbenchPage, change: (dialog: Locator) => Promise<void>): Promise<void> => {
  const { page } = workbench
  await workbench.openRoom('Accounts')
  await connectionTab(workbench).click()
  await page.getByRole('button', { name: 'Edit' }).click()
  const dialog = page.getByRole('dialog', { name: /^Edit/ })
  // It is open where something of it is set.
  const odds = dialog.getByRole('group', { name: 'For a non-standard provider' })
  await dialog.getByText(/^Advanced/).waitFor()
  if (!(await odds.isVisible())) await dialog.getByText(/^Advanced/).click()
  await expect(odds).toBeVisible()
  await change(dialog)
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(dialog).toHaveCount(0)
}

const signIn = async (workbench: WorkbenchPage, home: Home): Promise<void> => {
  await workbench.signInButton().first().click()
  await handOver(home, await odd.follow(await home.nextOpenedUrl()))
}

/** Opens the newest flow. */
const newestFlow = async (workbench: WorkbenchPage): Promise<Locator> => {
  await workbench.openRoom('Flows')
  await workbench.page
    .getByLabel('List', { exact: true })
    .getByRole('listitem')
    .first()
    .getByRole('button')
    .first()
    .click()
  return workbench.page.getByRole('listbox', { name: /^Messages of / })
}

/** That connection, account and flow tell what is done for the provider. */
const expectSaid = async (workbench: WorkbenchPage, ...facts: string[]): Promise<void> => {
  const { page } = workbench
  await page.getByRole('tab', { name: 'Lineage' }).click()
  for (const fact of facts) await expect(page.getByText(`non-standard: ${fact}`).first()).toBeVisible()
  await connectionTab(workbench).click()
  for (const fact of facts) await expect(page.getByText(fact, { exact: true }).first()).toBeVisible()
  const messages = await newestFlow(workbench)
  await messages.getByRole('option', { name: /^Set for a non-standard provider/ }).click()
  for (const fact of facts) await expect(page.getByText(fact).first()).toBeVisible()
}

interface Way {
  field: string
  value: string
  says: string
  carried: (request: ReturnType<OddProvider['at']>[number] | undefined) => unknown
}
const ways: Way[] = [
  {
    field: 'Cookie for APIs',
    value: 'session',
    says: 'APIs receive the token in the cookie session',
    carried: (request) => request?.headers.cookie?.replace('session=', ''),
  },
  {
    field: 'Query parameter for APIs',
    value: 'access_token',
    says: 'APIs receive the token in the parameter access_token, which ends up in logs',
    carried: (request) => request?.query.get('access_token'),
  },
  {
    field: 'Header for APIs',
    value: 'X-Shop-Token',
    says: 'APIs receive the token in the header X-Shop-Token',
    carried: (request) => request?.headers['x-shop-token'],
  },
  {
    field: 'Scheme for APIs',
    value: 'token',
    says: 'APIs receive the token as “token”',
    carried: (request) => request?.headers.authorization?.replace('token ', ''),
  },
]

test('sends the token to an API as the connection says: cookie, query, header, scheme, ID token', async ({
  home,
  workbench,
}) => {
  test.setTimeout(180_000)
  const { page } = workbench
  let idToken = ''
  odd.answers['/token'] = async () => {
    idToken = await odd.idToken()
    return {
      body: { access_token: 'opaque-access', token_type: 'Bearer', expires_in: 3600, id_token: idToken },
    }
  }
  odd.answers['/api'] = () => ({ body: { ok: true } })
  const requests = new RequestPage(page)
  await workbench.connect(odd.issuer, { clientId: odd.client.clientId, scope: 'openid' })
  let before: Way | undefined
  for (const way of ways) {
    await edit(workbench, async (dialog) => {
      if (before) await dialog.getByRole('textbox', { name: before.field, exact: false }).fill('')
      await dialog.getByRole('textbox', { name: way.field, exact: false }).fill(way.value)
    })
    await signIn(workbench, home)
    await workbench.expectSignedIn('alice')
    await expectSaid(workbench, way.says)
    await requests.open()
    await requests.callAs('alice')
    await page.getByRole('textbox', { name: 'URL' }).fill(`${odd.issuer}/api`)
    await page.keyboard.press('Control+Enter')
    await expect(requests.answer().getByText(/^200/)).toBeVisible()
    await expect(page.getByText(`non-standard: ${way.says}`).first()).toBeVisible()
    const request = odd.at('/api').at(-1)
    expect([way.field, way.carried(request)]).toEqual([way.field, 'opaque-access'])
    expect(JSON.stringify([request?.url, request?.headers]).split('opaque-access')).toHaveLength(2)
    before = way
  }

  await edit(workbench, (dialog) =>
    choose(dialog.getByRole('combobox', { name: /^Token for APIs/ }), 'ID token'),
  )
  await expect(page.getByText('APIs receive the ID token instead of the access token')).toBeVisible()
  await requests.open()
  await requests.callAs('alice')
  await requests.get(`${odd.issuer}/api`)
  expect(odd.at('/api').at(-1)?.headers.authorization).toBe(`token ${idToken}`)
  await expect(page.getByText(/non-standard: APIs receive the ID token/).first()).toBeVisible()
})

test('finds tokens and their life where the connection says, in its units', async ({ home, workbench }) => {
  test.setTimeout(120_000)
  const { page } = workbench
  let issued = 0
  odd.answers['/token'] = () => {
    issued += 1
    return {
      body: {
        data: { token: `nested-${issued}`, more: [`refresh-${issued}`], life: 5_400_000 },
        token_type: 'Bearer',
      },
    }
  }
  await workbench.connect(odd.issuer, { clientId: odd.client.clientId, scope: 'read' })
  await signIn(workbench, home)
  await expect(page.getByText(/The response has no access token/).first()).toBeVisible()
  await edit(workbench, async (dialog) => {
    await dialog.getByRole('textbox', { name: /^Access token at/ }).fill('/data/token')
    await dialog.getByRole('textbox', { name: /^Refresh token at/ }).fill('/data/more/0')
    await dialog.getByRole('textbox', { name: /^Lifetime at/ }).fill('/data/life')
    await choose(dialog.getByRole('combobox', { name: /^Lifetime format/ }), 'Milliseconds from now')
  })
  await signIn(workbench, home)
  await workbench.expectSignedIn('not identified')
  await expect(page.getByText(/1 h (29|30) min|1:(29|30)|(89|90) min/).first()).toBeVisible()
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect.poll(() => odd.at('/token').at(-1)?.form.get('refresh_token')).toBe('refresh-2')
  await expectSaid(
    workbench,
    'the access token is at /data/token',
    'the refresh token is at /data/more/0',
    'the token’s lifetime is at /data/life',
    'the token’s lifetime is in milliseconds',
  )

  const ends = new Date(Date.now() + 7_200_000).toISOString()
  odd.answers['/token'] = () => ({
    body: { access_token: 'plain', token_type: 'Bearer', expires_at: ends },
  })
  await edit(workbench, async (dialog) => {
    for (const name of [/^Access token at/, /^Refresh token at/, /^Lifetime at/])
      await dialog.getByRole('textbox', { name }).fill('')
    await choose(dialog.getByRole('combobox', { name: /^Lifetime format/ }), 'Time of expiry (expires_at)')
  })
  await signIn(workbench, home)
  await workbench.expectSignedIn('not identified 2')
  await expect(page.getByText(/1 h 59 min|2 h|1:59|119 min/).first()).toBeVisible()
  await expectSaid(workbench, 'the token’s lifetime is given as its time of expiry')
})

test('sends scope and secret as the connection says', async ({ home, workbench }) => {
  test.setTimeout(120_000)
  await workbench.connect(odd.issuer, { clientId: odd.client.clientId, scope: 'read write' })
  await edit(workbench, async (dialog) => {
    await choose(
      dialog.getByRole('combobox', { name: /^Client authentication/ }),
      'Secret in the Authorization header (basic)',
    )
    await dialog.getByLabel('Client secret', { exact: false }).first().fill('s3cret+/: 0123456789')
    await choose(dialog.getByRole('combobox', { name: /^Client secret sent in/ }), 'Basic, not form-encoded')
    await choose(dialog.getByRole('combobox', { name: /^Scope separator/ }), 'Comma')
    await dialog.getByRole('textbox', { name: /^Scope parameter/ }).fill('user_scope')
  })
  await signIn(workbench, home)
  await workbench.expectSignedIn('not identified')
  const asked = odd.at('/authorize').at(-1)?.query
  expect([asked?.get('scope'), asked?.get('user_scope')]).toEqual([null, 'read,write'])
  const basic = odd.at('/token').at(-1)?.headers.authorization?.replace('Basic ', '') ?? ''
  expect(Buffer.from(basic, 'base64').toString()).toBe('odd-client:s3cret+/: 0123456789')
  await expectSaid(
    workbench,
    'the client secret is sent in Basic as is, not form-encoded',
    'scopes are separated by “,”',
    'the scope is sent in the parameter user_scope',
  )

  await edit(workbench, async (dialog) => {
    await dialog.getByRole('switch', { name: /^Leave the scope out/ }).check()
    await choose(dialog.getByRole('combobox', { name: /^Client secret sent in/ }), /^Query/)
  })
  await signIn(workbench, home)
  await workbench.expectSignedIn('not identified 2')
  expect(odd.at('/authorize').at(-1)?.url).not.toContain('scope')
  expect(odd.at('/token').at(-1)?.query.get('client_secret')).toBe('s3cret+/: 0123456789')
  expect(odd.at('/token').at(-1)?.headers.authorization).toBeUndefined()
  await expectSaid(
    workbench,
    'the scope is not sent',
    'the client secret is sent in the query, which ends up in logs',
  )
})

test('shows what a stock client makes of a device code and of client credentials', async ({ workbench }) => {
  const { page } = workbench
  odd.answers['/.well-known/openid-configuration'] = () => ({
    body: { ...metadataOf(odd.issuer), device_authorization_endpoint: `${odd.issuer}/code` },
  })
  odd.answers['/code'] = () => ({
    body: {
      device_code: 'd1',
      user_code: 'ABCD-EFGH',
      verification_url: `${odd.issuer}/device`,
      expires_in: '1800',
      interval: '1',
    },
  })
  const connect = async (grant: string, more: (dialog: Locator) => Promise<void>): Promise<void> => {
    await workbench.openRoom('Accounts')
    await page.getByRole('button', { name: 'Connect', exact: true }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: /^Issuer/ }).fill(odd.issuer)
    await dialog.getByRole('button', { name: 'Discover' }).click()
    await expect(dialog.getByText('S256').first()).toBeVisible()
    await dialog.getByRole('textbox', { name: /^Client ID/ }).fill(odd.client.clientId)
    await dialog
      .getByRole('textbox', { name: /^Scope/ })
      .first()
      .fill('read')
    await more(dialog)
    await dialog.getByText(/^Advanced/).click()
    await choose(dialog.getByRole('combobox', { name: /^Grant/ }), grant)
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  }
  const stock = /^As a stock client sees it/

  await connect('Sign in on another device (device code)', () => Promise.resolve())
  await page.getByRole('button', { name: 'Get a code', exact: true }).click()
  await workbench.expectSignedIn('not identified')
  await (await newestFlow(workbench)).getByRole('option', { name: stock }).click()
  const message = page.getByRole('region', { name: 'Message' })
  await expect(
    message.getByText(/It refuses the same messages: “.*(verification_uri|expires_in)/).first(),
  ).toBeVisible()

  await connect('Client credentials', async (dialog) => {
    await choose(
      dialog.getByRole('combobox', { name: /^Client authentication/ }),
      'Secret in the form (post)',
    )
    await dialog.getByLabel('Client secret', { exact: false }).first().fill(odd.client.secret)
  })
  await page.getByRole('button', { name: 'Get a token', exact: true }).click()
  await workbench.expectSignedIn(odd.client.clientId)
  await (await newestFlow(workbench)).getByRole('option', { name: stock }).click()
  await expect(message.getByText('It accepts the same messages.').first()).toBeVisible()
})
