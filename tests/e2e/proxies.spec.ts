import type { Page } from 'playwright/test'
import { hasSquid, startSquid } from '../support/squid.ts'
import { startSocksProxy } from '../support/socks-proxy.ts'
import { hasTinyproxy, startTinyproxy } from '../support/tinyproxy.ts'
import { createBrowser } from '../support/playground-browser.ts'
import { expect, test } from './fixtures.ts'
import { RequestPage } from './pages/request-page.ts'
import { WorkbenchPage } from './pages/workbench-page.ts'
import { handOver } from './support/gatehouse.ts'

const alice = { username: 'alice', password: 'alice-password' }
const user = { username: 'clerk', password: 'proxypass771' }

/** Each proxy, where this machine has it: its address as it is typed, and whom it connected to. */
const proxies = {
  squid: async () => {
    const { proxy, log, close } = await startSquid(user)
    return { address: `127.0.0.1:${proxy.port}`, log, close }
  },
  tinyproxy: async () => {
    const { proxy, log, close } = await startTinyproxy(user)
    return { address: `127.0.0.1:${proxy.port}`, log, close }
  },
  'SOCKS 5': async () => {
    const { port, asked, close } = await startSocksProxy({ credentials: user })
    return { address: `socks5://127.0.0.1:${port}`, log: () => asked.join('\n'), close }
  },
}
const isHere = { squid: hasSquid, tinyproxy: hasTinyproxy, 'SOCKS 5': true }

const useProxy = async (page: Page, address: string): Promise<void> => {
  await new WorkbenchPage(page).openRoom('Settings')
  await page.getByRole('tab', { name: 'Network' }).click()
  await page.getByRole('radio', { name: /^Manual/ }).check()
  await page.getByRole('textbox', { name: /^Proxy/ }).fill(address)
  await page.getByRole('textbox', { name: /^Name/ }).fill(user.username)
  await page.getByRole('textbox', { name: /^Password/ }).fill(user.password)
  await page.getByRole('switch', { name: /^Also for servers on this computer/ }).check()
  await page.getByRole('button', { name: 'Save the proxy' }).click()
  await expect(page.getByText('Proxy saved.')).toBeVisible()
}

for (const [name, start] of Object.entries(proxies))
  test(`all that an account does goes through ${name}, from sign-in to log-out`, async ({
    home,
    provider,
    workbench,
  }) => {
    test.skip(!isHere[name as keyof typeof isHere], `${name} is not on this machine`)
    const proxy = await start()
    const asked = (): number =>
      proxy
        .log()
        .split('\n')
        .filter((line) => line.includes('127.0.0.1')).length
    try {
      const { page } = workbench
      const browser = createBrowser()
      await useProxy(page, proxy.address)
      await workbench.openRoom('Accounts')
      await workbench.connect(provider.issuer, {
        clientId: 'gatehouse-desktop',
        scope: 'openid profile email offline_access orders:read',
        resource: provider.api,
      })
      await workbench.signInButton().click()
      expect(await handOver(home, await browser.signIn(await home.nextOpenedUrl(), alice))).toBe(0)
      await workbench.expectSignedIn('alice')
      await expect.poll(asked).toBeGreaterThan(0)

      const before = asked()
      await page.getByRole('button', { name: 'Refresh now' }).click()
      await expect(page.getByText(/refreshed once/)).toBeVisible()
      await page.getByRole('button', { name: 'Userinfo' }).click()
      await expect(page.getByText('The subject matches the ID token')).toBeVisible()
      await page.setViewportSize({ width: 900, height: 600 })
      await page.getByRole('button', { name: 'More', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Introspect' }).click()
      await expect(page.getByText('Active: the provider accepts it.').first()).toBeVisible()
      await page.setViewportSize({ width: 1280, height: 800 })
      // A tunnel serves several messages, and is written down by some when it ends.
      if (name !== 'SOCKS 5') await expect.poll(asked).toBeGreaterThan(before)

      const requests = new RequestPage(page)
      await requests.open()
      await requests.callAs('alice')
      await requests.get(`${provider.api}/profile`)
      await expect(requests.answer().getByText(/^200/)).toBeVisible()
      const { host } = new URL(provider.api)
      await expect.poll(() => proxy.log()).toContain(host)

      await workbench.openRoom('Accounts')
      await page.getByRole('button', { name: 'Log out' }).click()
      await page.getByRole('button', { name: 'Log out at the provider' }).click()
      const confirm = await browser.open(await home.nextOpenedUrl())
      const back = await browser.submit(confirm, '/confirm', {}, ['logout', 'yes'])
      await handOver(home, back.url)
      await expect(page.getByText('alice was logged out and removed here.')).toBeVisible()
      expect(proxy.log()).not.toContain(user.password)
    } finally {
      await proxy.close()
    }
  })
