import type { Page } from 'playwright/test'
import { expect, test } from './fixtures.ts'
import { attachToBrowser, signInAndAllow } from './pages/provider-page.ts'
import { WorkbenchPage } from './pages/workbench-page.ts'
import { forgetDevTools, type Gatehouse } from './support/gatehouse.ts'
import type { Home } from './support/home.ts'
import { exists } from './support/processes.ts'
import type { Provider } from './support/provider.ts'

test.use({ defaultBrowser: 'chromium' })
test.skip(process.platform !== 'linux', 'drives the protocol handler of Linux desktops')

test.beforeAll(async () => {
  test.skip(!(await exists('/usr/bin/chromium')), 'needs Chromium: apt-get install chromium')
})

test('signs in through the real browser and the protocol handler @os', async ({ home, workbench }) => {
  await workbench.startPlayground()
  await workbench.signInButton().click()
  const { browser, page } = await attachToBrowser(home)
  await signInAndAllow(page, 'alice', 'alice-password')
  await workbench.expectSignedIn('alice')
  await workbench.sendReadyRequest()
  await workbench.expectStatus(/200 OK/)
  await browser.close()
})

/** Begins a sign-in and closes the app while the browser shows the login page. */
const leaveAtLoginPage = async (gatehouse: Gatehouse, home: Home, provider: Provider): Promise<Page> => {
  const workbench = new WorkbenchPage(gatehouse.page)
  const scope = 'openid profile offline_access orders:read'
  await workbench.connect(provider.issuer, { clientId: 'gatehouse-desktop', scope, resource: provider.api })
  await workbench.signInButton().click()
  const { page } = await attachToBrowser(home)
  await expect(page.getByLabel('Username')).toBeVisible()
  await gatehouse.close()
  await forgetDevTools(home)
  return page
}

test('the redirect starts the app when it is not running @os', async ({
  home,
  provider,
  keyring: _,
  launch,
  attachToStarted,
}) => {
  const page = await leaveAtLoginPage(await launch(['--password-store=gnome-libsecret']), home, provider)
  await signInAndAllow(page, 'alice', 'alice-password')
  const started = await attachToStarted()
  await new WorkbenchPage(started.page).expectSignedIn('alice')
})

test('a fresh start explains a redirect whose sign-in could not be kept @os', async ({
  home,
  provider,
  launch,
  attachToStarted,
}) => {
  const page = await leaveAtLoginPage(await launch(), home, provider)
  await signInAndAllow(page, 'alice', 'alice-password')
  const started = await attachToStarted()
  await expect(started.page.getByText(/were in memory only/).first()).toBeVisible()
})
