import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import type { Page } from 'playwright/test'
import { expect, test } from './fixtures.ts'
import { signInAndAllow } from './pages/provider-page.ts'
import { WorkbenchPage } from './pages/workbench-page.ts'
import type { Gatehouse } from './support/gatehouse.ts'
import { until } from './support/processes.ts'
import type { Provider } from './support/provider.ts'

const others = ({ page }: Gatehouse): Page[] =>
  (page.context().browser()?.contexts() ?? [])
    .flatMap((context) => context.pages())
    .filter((each) => each !== page && !each.isClosed())

const windowOf = (gatehouse: Gatehouse): Promise<Page> =>
  until('the sign-in window', () => others(gatehouse).find((each) => each.url().startsWith('http')))

const connect = async ({ page }: Gatehouse, provider: Provider): Promise<WorkbenchPage> => {
  const workbench = new WorkbenchPage(page)
  const scope = 'openid profile offline_access orders:read'
  await workbench.connect(provider.issuer, {
    clientId: 'gatehouse-desktop',
    scope,
    resource: provider.api,
    redirect: 'Built-in window',
  })
  return workbench
}

test('signs in in a window of its own, which keeps nothing', async ({ gatehouse, provider }) => {
  const workbench = await connect(gatehouse, provider)
  await workbench.signInButton().click()
  const first = await windowOf(gatehouse)
  await expect(workbench.page.getByText('Waiting for the sign-in window')).toBeVisible()
  await expect(workbench.page.getByText('Less safe than your browser')).toBeVisible()
  await signInAndAllow(first, 'alice', 'alice-password')
  await workbench.expectSignedIn('alice')
  await expect.poll(() => others(gatehouse).length).toBe(0)

  // The provider remembers a browser by its cookie: this one is new.
  await workbench.page
    .getByRole('complementary', { name: 'List' })
    .getByRole('button', { name: /^127/ })
    .click()
  await workbench.page
    .getByRole('button', { name: /^Sign in/ })
    .first()
    .click()
  const second = await windowOf(gatehouse)
  await expect(second.getByLabel('Password')).toBeVisible()
  expect(await second.evaluate(() => document.cookie)).toBe('')
})

test('to close the window is to cancel', async ({ gatehouse, provider }) => {
  const workbench = await connect(gatehouse, provider)
  await workbench.signInButton().click()
  const shown = await windowOf(gatehouse)
  await expect(shown.getByLabel('Username')).toBeVisible()
  await shown.close()
  await expect(workbench.page.getByText('Waiting for the sign-in window')).toBeHidden()
  await expect(workbench.signInButton()).toBeVisible()
})

test('its pages can go nowhere but on the web, and are given nothing', async ({ gatehouse, provider }) => {
  const workbench = await connect(gatehouse, provider)
  await workbench.signInButton().click()
  const shown = await windowOf(gatehouse)
  await expect(shown.getByLabel('Username')).toBeVisible()
  const at = shown.url()

  expect(
    await shown.evaluate(() =>
      ['bridge', 'require', 'process', 'ipcRenderer'].filter((name) => name in window),
    ),
  ).toEqual([])
  expect(
    await shown.evaluate(async () =>
      Promise.all([
        Notification.requestPermission(),
        navigator.mediaDevices?.getUserMedia({ video: true }).then(
          () => 'given',
          (error: Error) => error.name,
        ),
      ]),
    ),
  ).toEqual(['denied', expect.stringMatching(/NotAllowedError|NotFoundError/)])
  for (const url of ['file:///etc/passwd', 'app://gatehouse/index.html'])
    await shown.evaluate((to) => void (location.href = to), url)
  // Playwright's locators would wait for the navigation that was refused.
  expect(
    await shown.evaluate(() => [location.href, document.querySelectorAll('[type=password]').length]),
  ).toEqual([at, 1])

  // A new window opens in the same one.
  await shown.evaluate((to) => void window.open(to), `${provider.issuer}/.well-known/openid-configuration`)
  await expect.poll(() => shown.url()).toMatch(/openid-configuration$/)
  expect(others(gatehouse)).toHaveLength(1)

  // The app's own page is as fixed as ever.
  await workbench.page.evaluate(() => void (location.href = `${location.origin}/elsewhere`))
  expect(await workbench.page.evaluate(() => [location.pathname, document.body.innerText].join())).toMatch(
    /^(?!.*elsewhere)[^]*Waiting for the sign-in window/,
  )
})

test('plain http is refused, also where it would be answered', async ({ launch, provider }) => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end('<title>reached</title>')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  try {
    // A name that is not this computer's, and yet leads to it.
    const gatehouse = await launch(['--host-resolver-rules=MAP plain.test 127.0.0.1'])
    const workbench = await connect(gatehouse, provider)
    await workbench.signInButton().click()
    const shown = await windowOf(gatehouse)
    await expect(shown.getByLabel('Username')).toBeVisible()
    const at = shown.url()
    await shown.evaluate((to) => void (location.href = to), `http://plain.test:${port}/page`)
    await shown.evaluate(
      (to) => fetch(to, { mode: 'no-cors' }).catch(() => undefined),
      `http://plain.test:${port}/part`,
    )
    expect(await shown.evaluate(() => location.href)).toBe(at)
    expect(asked).toEqual([])
    // This computer by its own name may be visited.
    await shown.evaluate((to) => void (location.href = to), `http://localhost:${port}/own`)
    await expect.poll(() => asked).toContain('/own')
    expect(asked.filter((path) => path === '/page' || path === '/part')).toEqual([])
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

test('takes the certificate of a server whose check was switched off, and of no other', async ({
  gatehouse,
}) => {
  const { page } = gatehouse
  const file = (name: string) =>
    readFileSync(join(import.meta.dirname, '..', 'support', 'certificates', name), 'utf8')
  const asked: string[] = []
  let refused = 0
  const open = async (path: string) => {
    const server = createSecureServer(
      { cert: file('server.crt'), key: file('server.key') },
      (_request, response) => {
        asked.push(path)
        response.setHeader('content-type', 'text/html')
        response.end('<h1>Reached</h1>')
      },
    )
    server.on('tlsClientError', () => (refused += 1))
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    return { server, at: `https://127.0.0.1:${(server.address() as AddressInfo).port}` }
  }
  const [allowed, other] = [await open('allowed'), await open('other')]
  try {
    await new WorkbenchPage(page).openRoom('Settings')
    await page.getByRole('tab', { name: 'Network' }).click()
    await page.getByRole('button', { name: 'Add a server' }).click()
    const rule = page.getByRole('dialog', { name: 'Add a server' })
    await rule.getByRole('textbox', { name: /^Server/ }).fill(allowed.at)
    await rule.getByRole('switch', { name: /^Do not check/ }).check()
    await rule.getByRole('button', { name: 'Save', exact: true }).click()
    await new WorkbenchPage(page).openRoom('Accounts')
    await page.getByRole('button', { name: 'Connect a provider' }).click()
    const dialog = page.getByRole('dialog', { name: 'Connect a provider' })
    await dialog.getByText('Enter endpoints manually').click()
    await dialog.getByRole('textbox', { name: /^Issuer/ }).fill(allowed.at)
    await dialog.getByRole('textbox', { name: /^Authorization endpoint/ }).fill(`${allowed.at}/auth`)
    await dialog.getByRole('textbox', { name: /^Token endpoint/ }).fill(`${allowed.at}/token`)
    await dialog.getByRole('textbox', { name: /^Client ID/ }).fill('any')
    await dialog.getByText('Built-in window', { exact: true }).click()
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
    await new WorkbenchPage(page).signInButton().click()
    const shown = await windowOf(gatehouse)
    await expect(shown.getByRole('heading', { name: 'Reached' })).toBeVisible()
    expect(asked).toContain('allowed')
    await shown.evaluate((to) => void (location.href = to), `${other.at}/auth`)
    await expect.poll(() => refused).toBeGreaterThan(0)
    expect(asked).not.toContain('other')
  } finally {
    for (const { server } of [allowed, other]) {
      server.closeAllConnections()
      server.close()
    }
  }
})

test('shows a client certificate and goes to the address of a rule, as requests do', async ({
  gatehouse,
}) => {
  const { page } = gatehouse
  const file = (name: string) =>
    readFileSync(join(import.meta.dirname, '..', 'support', 'certificates', name), 'utf8')
  const server = createSecureServer(
    {
      cert: file('server.crt'),
      key: file('server.key'),
      ca: file('client.crt'),
      requestCert: true,
      rejectUnauthorized: true,
    },
    ({ socket, headers }, response) => {
      const { subject } = (socket as TLSSocket).getPeerCertificate()
      response.setHeader('content-type', 'text/html')
      response.setHeader('set-cookie', 'seen=1; Secure; Path=/')
      response.end(`<h1>${String(subject.CN)}</h1><p>${headers.host} ${headers.cookie ?? 'no cookie'}</p>`)
    },
  )
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  // No DNS knows the name.
  const at = `https://login.gatehouse.test:${(server.address() as AddressInfo).port}`
  try {
    await new WorkbenchPage(page).openRoom('Settings')
    await page.getByRole('tab', { name: 'Network' }).click()
    await page.getByRole('button', { name: 'Add a server' }).click()
    const rule = page.getByRole('dialog', { name: 'Add a server' })
    await rule.getByRole('textbox', { name: /^Server/ }).fill('login.gatehouse.test')
    await rule.getByRole('textbox', { name: /^Address/ }).fill('127.0.0.1')
    await rule.getByText('PEM text', { exact: true }).click()
    await rule.getByRole('textbox', { name: /^Certificate/ }).fill(file('client.crt'))
    await rule.getByRole('textbox', { name: /^Private key/ }).fill(file('client.key'))
    await rule.getByRole('switch', { name: /^Do not check/ }).check()
    await rule.getByRole('button', { name: 'Save', exact: true }).click()
    await new WorkbenchPage(page).openRoom('Accounts')
    await page.getByRole('button', { name: 'Connect a provider' }).click()
    const dialog = page.getByRole('dialog', { name: 'Connect a provider' })
    await dialog.getByText('Enter endpoints manually').click()
    await dialog.getByRole('textbox', { name: /^Issuer/ }).fill(at)
    await dialog.getByRole('textbox', { name: /^Authorization endpoint/ }).fill(`${at}/auth`)
    await dialog.getByRole('textbox', { name: /^Token endpoint/ }).fill(`${at}/token`)
    await dialog.getByRole('textbox', { name: /^Client ID/ }).fill('any')
    await dialog.getByText('Built-in window', { exact: true }).click()
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
    await new WorkbenchPage(page).signInButton().click()
    const shown = await windowOf(gatehouse)
    await expect(shown.getByRole('heading', { name: 'gatehouse-test-client' })).toBeVisible()
    await expect(shown.getByText('no cookie')).toBeVisible()
    await shown.reload()
    await expect(shown.getByText('login.gatehouse.test', { exact: false })).toContainText('seen=1')
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

test('ends with the window that it belongs to', async ({ gatehouse, provider }) => {
  const workbench = await connect(gatehouse, provider)
  await workbench.signInButton().click()
  await windowOf(gatehouse)
  await gatehouse.page.close()
  expect(await gatehouse.process?.exited).toBe(0)
})

test('a forged answer is refused and the window stays', async ({ gatehouse, provider }) => {
  const workbench = await connect(gatehouse, provider)
  await workbench.signInButton().click()
  const shown = await windowOf(gatehouse)
  await expect(shown.getByLabel('Username')).toBeVisible()
  await shown.evaluate(
    () => void (location.href = 'app.gatehouse.desktop:/oauth/callback?code=a&state=forged'),
  )
  await workbench.openRoom('Flows')
  await expect(workbench.page.getByText('Redirect without a sign-in').first()).toBeVisible()
  await workbench.openRoom('Accounts')
  await expect(workbench.page.getByText('Waiting for the sign-in window')).toBeVisible()
  await shown.goto(shown.url())
  await signInAndAllow(shown, 'bob', 'bob-password')
  await workbench.expectSignedIn('bob')
})
