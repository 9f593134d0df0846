import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright/test'
import { signInAtProvider } from '../support/playground-browser.ts'
import { hasNginx, startNginx } from '../support/nginx.ts'
import { startMutual } from '../support/mutual-server.ts'
import { startProxy } from '../support/proxy.ts'
import { hasTinyproxy, startTinyproxy } from '../support/tinyproxy.ts'
import { expect, test } from './fixtures.ts'
import { signInAndAllow } from './pages/provider-page.ts'
import { RequestPage } from './pages/request-page.ts'
import { WorkbenchPage } from './pages/workbench-page.ts'
import { choose } from './support/choose.ts'
import { handOver } from './support/gatehouse.ts'
import { until } from './support/processes.ts'

const alice = { username: 'alice', password: 'alice-password' }
const user = { username: 'clerk', password: 'proxypass771' }

const openNetwork = async (page: Page): Promise<void> => {
  await new WorkbenchPage(page).openRoom('Settings')
  await page.getByRole('tab', { name: 'Network' }).click()
}
const saveProxy = async (page: Page): Promise<void> => {
  const told = page.getByText('Proxy saved.')
  const before = await told.count()
  await page.getByRole('button', { name: 'Save the proxy' }).click()
  await expect(told).toHaveCount(before + 1)
}

/** Debian's where it is there, else one of ours; either notes what it was asked. */
const openProxy = async () => {
  if (!hasTinyproxy) {
    const own = await startProxy({ credentials: user })
    return { port: own.port, asked: () => own.asked.join('\n'), close: own.close }
  }
  const tiny = await startTinyproxy(user)
  return { port: tiny.proxy.port, asked: tiny.log, close: tiny.close }
}

/** Debian's nginx where it is there, else Node's own HTTP/2; either wants a client certificate and says what it got. */
const openMutual = () => (hasNginx ? startNginx() : startMutual())

test('sign-in and requests go through a proxy that wants a password', async ({
  home,
  provider,
  workbench,
}) => {
  const proxy = await openProxy()
  try {
    const { page } = workbench
    await openNetwork(page)
    await page.getByRole('radio', { name: /^Manual/ }).check()
    await page.getByRole('textbox', { name: /^Proxy/ }).fill(`127.0.0.1:${proxy.port}`)
    await page.getByRole('switch', { name: /^Also for servers on this computer/ }).check()
    await saveProxy(page)
    await page.getByLabel('Address', { exact: true }).fill(provider.api)
    await page.getByRole('button', { name: 'Show the route' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'Through the proxy' })).toHaveText(
      `Through the proxy 127.0.0.1:${proxy.port}`,
    )

    // Without the password it lets no one in, and the window says who refuses.
    const requests = new RequestPage(page)
    await requests.open()
    await page.getByRole('textbox', { name: 'URL' }).fill(`${provider.api}/health`)
    await page.keyboard.press('Control+Enter')
    await expect(page.getByText(/requires a name and password \(407\)/).first()).toBeVisible()

    await openNetwork(page)
    await page.getByRole('textbox', { name: /^Name/ }).fill(user.username)
    await page.getByRole('textbox', { name: /^Password/ }).fill(user.password)
    await saveProxy(page)
    await workbench.openRoom('Accounts')
    await workbench.connect(provider.issuer, {
      clientId: 'gatehouse-desktop',
      scope: 'openid profile email orders:read',
      resource: provider.api,
    })
    await workbench.signInButton().click()
    expect(await handOver(home, await signInAtProvider(await home.nextOpenedUrl(), alice))).toBe(0)
    await workbench.expectSignedIn('alice')
    await workbench.openRoom('Requests')
    await requests.callAs('alice')
    await requests.get(`${provider.api}/profile`)
    const { issuer, api } = provider
    for (const line of [`GET ${issuer}/.well-known`, `POST ${issuer}/token`, `GET ${api}/profile`])
      expect(proxy.asked()).toContain(line)
  } finally {
    await proxy.close()
  }
})

test('a PAC file names the proxy for each address; a broken one lets nothing past', async ({
  gatehouse: { page },
}) => {
  const got: string[] = []
  const api = createServer((request, response) => {
    got.push(request.headers.host ?? '')
    response.setHeader('content-type', 'application/json')
    response.end('{"reached":true}')
  })
  await new Promise<void>((done) => api.listen(0, '127.0.0.1', done))
  const { port } = api.address() as AddressInfo
  const proxy = await startProxy({ hosts: { 'api.gatehouse.test': '127.0.0.1' } })
  let script = `function FindProxyForURL(url, host) {
    return host === 'api.gatehouse.test' ? 'SOCKS5 127.0.0.1:9; PROXY 127.0.0.1:${proxy.port}' : 'DIRECT' }`
  const pac = createServer((_request, response) => {
    response.setHeader('content-type', 'application/x-ns-proxy-autoconfig')
    response.end(script)
  })
  await new Promise<void>((done) => pac.listen(0, '127.0.0.1', done))
  const at = `http://127.0.0.1:${(pac.address() as AddressInfo).port}`
  try {
    await openNetwork(page)
    await page.getByRole('radio', { name: /^PAC file/ }).check()
    await page.getByRole('textbox', { name: /^Address of the PAC file/ }).fill(`${at}/good.pac`)
    await saveProxy(page)
    const requests = new RequestPage(page)
    await requests.open()
    const url = page.getByRole('textbox', { name: 'URL' })
    await url.fill(`http://api.gatehouse.test:${port}/x`)
    await page.keyboard.press('Control+Enter')
    await expect(requests.answer().getByText(/^200/)).toBeVisible()
    expect(proxy.asked).toEqual([`GET http://api.gatehouse.test:${port}/x`])
    expect(got).toEqual([`api.gatehouse.test:${port}`])
    await url.fill(`http://127.0.0.1:${port}/y`)
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => got).toHaveLength(2)
    expect(proxy.asked).toHaveLength(1)

    script = 'function ('
    await openNetwork(page)
    await page.getByRole('textbox', { name: /^Address of the PAC file/ }).fill(`${at}/broken.pac`)
    await saveProxy(page)
    await page.getByLabel('Address', { exact: true }).fill('https://api.example')
    await page.getByRole('button', { name: 'Show the route' }).click()
    await expect(page.getByText('The proxy configuration cannot be read')).toBeVisible()
  } finally {
    await proxy.close()
    api.close()
    pac.close()
  }
})

test('the password of a proxy that a PAC file names is asked for, and the response says which it was', async ({
  gatehouse: { page },
}) => {
  const api = createServer((_request, response) => response.end('reached'))
  await new Promise<void>((done) => api.listen(0, '127.0.0.1', done))
  const { port } = api.address() as AddressInfo
  const proxy = await startProxy({ credentials: user, hosts: { 'api.gatehouse.test': '127.0.0.1' } })
  const name = `127.0.0.1:${proxy.port}`
  const pac = createServer((_request, response) => {
    response.setHeader('content-type', 'application/x-ns-proxy-autoconfig')
    response.end(`function FindProxyForURL() { return 'PROXY ${name}' }`)
  })
  await new Promise<void>((done) => pac.listen(0, '127.0.0.1', done))
  try {
    await openNetwork(page)
    await page.getByRole('radio', { name: /^PAC file/ }).check()
    await page
      .getByRole('textbox', { name: /^Address of the PAC file/ })
      .fill(`http://127.0.0.1:${(pac.address() as AddressInfo).port}/pac`)
    await saveProxy(page)
    const requests = new RequestPage(page)
    await requests.open()
    await page.getByRole('textbox', { name: 'URL' }).fill(`http://api.gatehouse.test:${port}/x`)
    await page.keyboard.press('Control+Enter')
    await page.getByRole('button', { name: 'Enter name and password' }).click()
    const dialog = page.getByRole('dialog', { name: `Password for the proxy ${name}` })
    await dialog.getByRole('textbox', { name: 'Name' }).fill(user.username)
    await dialog.getByRole('textbox', { name: /^Password/ }).fill(user.password)
    await dialog.getByRole('button', { name: 'Save and send' }).click()
    await expect(requests.answer().getByText(/^200/)).toBeVisible()
    await page.getByRole('tab', { name: 'Timing' }).click()
    await expect(page.getByRole('table', { name: 'Connection' })).toContainText(name)

    await openNetwork(page)
    const list = page.getByRole('list', { name: 'Proxy passwords' })
    await expect(list.getByRole('listitem')).toContainText(`${name} as ${user.username}`)
    await list.getByRole('button', { name: /^Remove the password/ }).click()
    await expect(list).toHaveCount(0)
    await expect(page.locator('body')).not.toBeFocused()

    // It comes back with its password, without being asked for again.
    await page.getByRole('status', { name: 'Notifications' }).getByRole('button', { name: 'Undo' }).click()
    await expect(list.getByRole('listitem')).toContainText(`${name} as ${user.username}`)
    await requests.open()
    await page.getByRole('textbox', { name: 'URL' }).fill(`http://api.gatehouse.test:${port}/again`)
    await page.keyboard.press('Control+Enter')
    await expect(requests.answer().getByText(/^200/)).toBeVisible()
  } finally {
    await proxy.close()
    pac.close()
    api.close()
  }
})

test('a request’s own settings go before those of the network', async ({ gatehouse: { page } }) => {
  const server = createServer((request, response) => {
    if (request.url === '/slow') return
    if (request.url === '/end') response.end('the end')
    else response.writeHead(302, { location: '/end' }).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    const requests = new RequestPage(page)
    await requests.open()
    const url = page.getByRole('textbox', { name: 'URL' })
    await url.fill(`${origin}/start`)
    await page.keyboard.press('Control+Enter')
    await expect(requests.answer().getByText(/^200/)).toBeVisible()
    const parts = page.getByRole('tablist', { name: 'Parts of the request' })
    await parts.getByRole('tab', { name: /^Settings/ }).click()
    const settings = page.getByRole('group', { name: 'Settings of this request' })
    await expect(settings.getByText('Inherited from Settings › Network.').first()).toBeVisible()
    await choose(settings.getByRole('combobox', { name: 'Follow redirects' }), 'No')
    await page.keyboard.press('Control+Enter')
    await expect(requests.answer().getByText(/^302/)).toBeVisible()
    await url.fill(`${origin}/slow`)
    await settings.getByRole('spinbutton', { name: /^Total timeout/ }).fill('0.5')
    await page.keyboard.press('Control+Enter')
    await expect(page.getByText('did not complete its response within 0.5 seconds').first()).toBeVisible()
    await expect(parts.getByRole('tab', { name: /^Settings/ })).toContainText('2')
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

test('a server with its own certificate gets one of ours over HTTP/2, and the missing check is told', async ({
  gatehouse: { page },
}) => {
  const server = await openMutual()
  const certificate = (name: string) =>
    readFileSync(join(import.meta.dirname, '..', 'support', 'certificates', name), 'utf8')
  const requests = new RequestPage(page)
  const url = page.getByRole('textbox', { name: 'URL' })
  try {
    await requests.open()
    await url.fill(server.url)
    await page.keyboard.press('Control+Enter')
    await expect(
      page.getByText(/was not issued by an authority that this computer trusts/).first(),
    ).toBeVisible()

    await openNetwork(page)
    await page.getByRole('button', { name: 'Add a server' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add a server' })
    await dialog.getByRole('textbox', { name: /^Server/ }).fill(server.url)
    await dialog.getByText('PEM text', { exact: true }).click()
    await dialog.getByRole('textbox', { name: /^Certificate/ }).fill(certificate('client.crt'))
    await dialog.getByRole('textbox', { name: /^Private key/ }).fill(certificate('client.key'))
    await dialog.getByRole('switch', { name: /^Do not check/ }).check()
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    const rule = page.getByRole('list', { name: 'Individual servers' }).getByRole('listitem')
    await expect(rule).toContainText('TLS not checked')
    await expect(rule).toContainText('CN=gatehouse-test-client')
    await rule.getByRole('button', { name: /^Remove/ }).click()
    await expect(rule).toHaveCount(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(rule).toContainText('CN=gatehouse-test-client')
    await page.getByRole('switch', { name: /^HTTP\/2/ }).check()
    await page.getByRole('button', { name: 'Save limits and connections' }).click()
    await expect(page.getByText('Limits and connections saved.')).toBeVisible()

    await new WorkbenchPage(page).openRoom('Requests')
    await expect(page.getByText('TLS is not checked for this server')).toBeVisible()
    await page.keyboard.press('Control+Enter')
    await expect(requests.answer().getByText(/^200/)).toBeVisible()
    await expect(requests.answer().getByText('TLS not checked')).toBeVisible()
    await expect(page.getByText('HTTP/2.0 CN=gatehouse-test-client')).toBeVisible()
    await expect(requests.list().getByText('TLS not checked')).toHaveCount(1)
  } finally {
    await server.close()
  }
})

test('cookies come back, are shown at a press, changed and switched off', async ({ gatehouse: { page } }) => {
  const got: (string | undefined)[] = []
  const server = createServer((request, response) => {
    got.push(request.headers.cookie)
    if (request.url === '/set') response.setHeader('set-cookie', 'sid=cookie-value-4711; Path=/; HttpOnly')
    response.end('done')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    const requests = new RequestPage(page)
    await requests.open()
    // Without a scheme it is http on this computer.
    const url = page.getByRole('textbox', { name: 'URL' })
    for (const path of ['/set', '/again']) {
      await url.fill(`${host}${path}`)
      await page.keyboard.press('Control+Enter')
      await expect(requests.list().getByText(path).first()).toBeVisible()
    }
    await expect.poll(() => got).toEqual([undefined, 'sid=cookie-value-4711'])

    await new WorkbenchPage(page).openRoom('Settings')
    await page.getByRole('tab', { name: 'Cookies' }).click()
    const row = page.getByRole('table', { name: /^Cookies: / }).getByRole('row', { name: /^sid/ })
    await expect(row).toContainText('HttpOnly')
    expect(await page.content()).not.toContain('4711')
    await row.getByRole('button', { name: 'Show sid' }).click()
    await expect(row).toContainText('cookie-value-4711')
    await row.getByRole('button', { name: 'Edit sid' }).click()
    const dialog = page.getByRole('dialog', { name: 'Edit sid' })
    await dialog.getByRole('textbox', { name: /^Value/ }).fill('typed')
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(dialog).toBeHidden()
    const send = async (path: string) => {
      await new WorkbenchPage(page).openRoom('Requests')
      await url.fill(`${host}${path}`)
      await page.keyboard.press('Control+Enter')
      await expect(requests.list().getByText(path).first()).toBeVisible()
    }
    await send('/changed')
    expect(got.at(-1)).toBe('sid=typed')
    await new WorkbenchPage(page).openRoom('Settings')
    await page.getByRole('switch', { name: /^Keep and send cookies/ }).uncheck()
    await expect(page.getByRole('switch', { name: /^Keep and send cookies/ })).not.toBeChecked()
    await send('/off')
    expect(got.at(-1)).toBeUndefined()
  } finally {
    server.close()
  }
})

test('the sign-in window goes through the proxy, too', async ({ gatehouse, provider, workbench }) => {
  const proxy = await startProxy({ credentials: user })
  try {
    const { page } = gatehouse
    await openNetwork(page)
    await page.getByRole('radio', { name: /^Manual/ }).check()
    await page.getByRole('textbox', { name: /^Proxy/ }).fill(`127.0.0.1:${proxy.port}`)
    await page.getByRole('textbox', { name: /^Name/ }).fill(user.username)
    await page.getByRole('textbox', { name: /^Password/ }).fill(user.password)
    await page.getByRole('switch', { name: /^Also for servers on this computer/ }).check()
    await saveProxy(page)
    await workbench.openRoom('Accounts')
    await workbench.connect(provider.issuer, {
      clientId: 'gatehouse-desktop',
      scope: 'openid profile',
      resource: provider.api,
      redirect: 'Built-in window',
    })
    await workbench.signInButton().click()
    const shown = await until('the sign-in window', () =>
      (page.context().browser()?.contexts() ?? [])
        .flatMap((context) => context.pages())
        .find((each) => each !== page && each.url().startsWith('http')),
    )
    await signInAndAllow(shown, alice.username, alice.password)
    await workbench.expectSignedIn('alice')
    expect(proxy.asked.filter((line) => line.startsWith(`GET ${provider.issuer}/auth`))).not.toEqual([])
    expect(proxy.asked).toContain(`POST ${provider.issuer}/token`)
  } finally {
    await proxy.close()
  }
})
