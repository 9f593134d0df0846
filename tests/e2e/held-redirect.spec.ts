import { expect, test } from './fixtures.ts'
import { attachToBrowser } from './pages/provider-page.ts'
import { exists } from './support/processes.ts'
import { startProvider, type Provider } from './support/provider.ts'

test.use({ defaultBrowser: 'chromium' })
test.skip(process.platform !== 'linux', 'drives the protocol handler of Linux desktops')

/** A browser and a second instance start, in milliseconds. */
const slowly = 60_000
const shots = process.env['GATEHOUSE_SHOTS']
let silent: Provider

test.beforeAll(async () => {
  test.skip(!(await exists('/usr/bin/chromium')), 'needs Chromium: apt-get install chromium')
})
test.beforeEach(async () => {
  // Asks for nothing where somebody is signed in already, as most providers do.
  silent = await startProvider({ consent: 'skip' })
})
test.afterEach(() => silent.stop())

test('offers loopback where the browser drops the scheme because nobody clicks in it @os', async ({
  home,
  workbench,
}) => {
  test.setTimeout(400_000)
  const { page } = workbench
  const scope = 'openid profile orders:read'
  await workbench.connect(silent.issuer, { clientId: 'gatehouse-desktop', scope, resource: silent.api })
  await workbench.signInButton().first().click()
  const { browser, page: login } = await attachToBrowser(home)
  await login.getByLabel('Username').fill('alice')
  await login.getByLabel('Password').fill('alice-password')
  await login.getByRole('button', { name: 'Sign in' }).click()
  const signedIn = () => expect(page.getByRole('heading', { name: /alice/ })).toBeVisible({ timeout: slowly })
  await signedIn()

  const again = async () => {
    await page
      .getByRole('tab', { name: silent.issuer.replace('http://', '') })
      .first()
      .click()
    await workbench.signInButton().first().click()
  }
  // The session is there: the browser is sent back at once, by a page in which nobody has clicked.
  await again()
  await expect(page.getByText('Waiting for your browser')).toBeVisible()
  await expect(page.getByText('Signed in, but nothing happened?')).toBeVisible({ timeout: slowly })
  await expect(page.getByText('Waiting for your browser')).toBeVisible()
  if (shots !== undefined)
    for (const colorScheme of ['light', 'dark'] as const)
      for (const [width, height] of [
        [1280, 800],
        [900, 600],
      ] as const) {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width, height })
        await page.screenshot({ path: `${shots}/held-${colorScheme}-${width}.png` })
      }

  await page.getByRole('button', { name: 'Use loopback instead' }).click()
  await signedIn()
  // Kept for the connection, and nobody clicks in the browser: three more times.
  for (const _time of [2, 3, 4]) {
    await again()
    await expect(page.getByText('Waiting for your browser')).toHaveCount(0, { timeout: slowly })
    await signedIn()
  }
  await page.getByRole('tab', { name: 'Lineage' }).click()
  await expect(page.getByText('signed in through the browser')).toHaveCount(5)
  await browser.close()
})
