import { chromium, type Page } from 'playwright/test'
import { signInAtProvider } from '../support/playground-browser.ts'
import { expect, test } from './fixtures.ts'
import { RequestPage } from './pages/request-page.ts'
import { VaultPage } from './pages/vault-page.ts'
import { WorkbenchPage } from './pages/workbench-page.ts'
import { createCamera } from './support/camera.ts'
import { handOver } from './support/gatehouse.ts'

// `npm run screenshots`: every screen, light and dark, into docs/screenshots.
test.skip(process.env['GATEHOUSE_SCREENSHOTS'] !== '1', 'takes pictures only when asked')
test.setTimeout(300_000)

const alice = { username: 'alice', password: 'alice-password' }

/** The playground's own pages, as the browser shows them. */
const shootBrowser = async (url: string): Promise<void> => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    const camera = createCamera(page)
    await camera.prepare()
    await page.goto(url)
    await page.getByLabel('Username').waitFor()
    await camera.shoot('playground-login')
    await page.getByLabel('Username').fill(alice.username)
    await page.getByLabel('Password').fill(alice.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: 'Allow' }).waitFor()
    await camera.shoot('playground-consent')
  } finally {
    await browser.close()
  }
}

/** Toasts of earlier steps belong into no picture. */
const noToasts = async (page: Page): Promise<void> => {
  const dismiss = page.getByRole('button', { name: 'Dismiss' })
  // One may go by itself meanwhile.
  while ((await dismiss.count()) > 0)
    await dismiss
      .first()
      .click({ timeout: 500 })
      .catch(() => undefined)
}

test('every screen @screenshots', async ({ home, gatehouse }) => {
  const { page } = gatehouse
  const workbench = new WorkbenchPage(page)
  const requests = new RequestPage(page)
  const vault = new VaultPage(page)
  const { prepare, shoot } = createCamera(page)
  page.setDefaultTimeout(10_000)
  await prepare()
  await shoot('first-start', { small: true })

  await page.getByRole('button', { name: 'Connect a provider' }).first().click()
  await expect(page.getByRole('dialog', { name: 'Connect a provider' })).toBeVisible()
  await shoot('connect')
  await page.keyboard.press('Escape')

  await workbench.startPlayground()
  await shoot('connection')
  await workbench.signInButton().click()
  const opened = await home.nextOpenedUrl()
  await shoot('signing-in')
  await shootBrowser(opened)
  await handOver(home, await signInAtProvider(opened, { ...alice, decision: 'deny' }))
  await expect(page.getByText('access_denied').first()).toBeVisible()
  await shoot('sign-in-refused')
  await workbench.signInButton().click()
  await handOver(home, await signInAtProvider(await home.nextOpenedUrl(), alice))
  await workbench.expectSignedIn('alice')
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(page.getByRole('button', { name: 'Refresh now' })).toBeEnabled()
  await noToasts(page)
  await shoot('account-access-token', { small: true })
  await page.getByRole('tab', { name: 'ID token' }).click()
  await shoot('account-id-token')
  await page.getByRole('tab', { name: 'Refresh token' }).click()
  await shoot('account-refresh-token')
  await page.getByRole('tab', { name: 'Profile' }).click()
  await shoot('account-profile')
  await page.getByRole('tab', { name: 'Lineage' }).click()
  await shoot('account-lineage')
  await page.getByRole('tab', { name: 'Access token' }).click()
  await page.getByRole('button', { name: 'Reveal' }).click()
  const token = (await page.getByLabel('Token text').innerText()).replace(/\s/g, '')
  await page.getByRole('button', { name: 'Hide' }).click()

  await page.getByRole('navigation').getByRole('button', { name: 'Requests' }).click()
  await shoot('requests-home')
  await page.getByRole('navigation').getByRole('button', { name: 'Accounts' }).click()
  await workbench.sendReadyRequest()
  await workbench.expectStatus(/200 OK/)
  const field = page.getByRole('textbox', { name: 'URL' })
  const orders = await field.inputValue()
  await requests.saveAs('List orders')
  await noToasts(page)
  await shoot('request-200', { small: true })
  await requests.showAs('Tree')
  await shoot('request-tree')
  await requests.showAs('Table')
  await expect(page.getByRole('table', { name: /^orders: / })).toBeVisible()
  await shoot('request-table')
  for (let sent = 2; sent <= 4; sent += 1) {
    await page.keyboard.press('Control+Enter')
    await expect(requests.history('/orders')).toHaveCount(sent)
  }
  await page.getByRole('tab', { name: 'Timing' }).click()
  await shoot('request-timing')
  await page.getByRole('tab', { name: 'Token at the time' }).click()
  await shoot('request-token')
  for (const [name, path] of [
    ['My profile', '/profile'],
    ['All users', '/admin/users'],
  ] as const) {
    await page.getByRole('button', { name: 'New', exact: true }).click()
    await requests.callAs('alice')
    await requests.get(orders.replace(/\/orders.*/, path), path === '/profile' ? /^200/ : /^403/)
    await requests.saveAs(name)
  }
  await noToasts(page)
  await shoot('request-refused')
  await requests.row('My profile').click({ button: 'right' })
  await shoot('requests-menu')
  await page.keyboard.press('Escape')

  await page.getByRole('navigation').getByRole('button', { name: 'Token bench' }).click()
  await shoot('token-bench-empty')
  await page.getByLabel('Token to decode').fill(token)
  await expect(page.getByRole('heading', { name: /This is a/ })).toBeVisible()
  await shoot('token-bench')
  await page.getByRole('radio', { name: 'Make' }).check({ force: true })
  await page.getByRole('textbox', { name: 'Key or secret' }).fill('a-secret-for-this-picture-alone!')
  await page.getByRole('button', { name: 'Sign', exact: true }).click()
  await expect(page.getByRole('textbox', { name: 'Signed token' })).toHaveValue(/^eyJ/)
  await shoot('token-bench-make')

  await page.getByRole('navigation').getByRole('button', { name: 'Flows' }).click()
  await shoot('flows-home')
  await page
    .getByRole('button', { name: /Sign in · alice/ })
    .first()
    .click()
  await expect(page.getByRole('button', { name: 'Delete this flow' })).toBeVisible()
  await shoot('flow', { small: true })
  await page.getByRole('button', { name: /Compare/ }).click()
  await page.getByRole('menuitemradio').first().click()
  await expect(page.getByRole('columnheader').first()).toBeVisible()
  await shoot('flow-comparison', { small: true })

  const tabs = page.locator('[role="tab"][aria-controls="tab-panel"]')
  while ((await tabs.count()) > 0) await tabs.first().click({ button: 'middle' })

  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Accounts/ })
    .click()
  await page
    .getByLabel('List', { exact: true })
    .getByRole('button', { name: /^Playground/ })
    .click()
  await page.getByRole('tab', { name: 'Check-up' }).click()
  await expect(page.getByRole('region', { name: 'Check-up' }).getByRole('rowheader').first()).toBeVisible()
  await shoot('check-up')
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Playground/ })
    .click()
  const fault = page.getByRole('switch', { name: /^Clock skew/ })
  await fault.click()
  await expect(fault).toBeChecked()
  await shoot('playground', { small: true })
  await fault.click()

  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible()
  await shoot('palette')
  await page.keyboard.press('Escape')

  await vault.setPassword('screenshot password 42')
  await noToasts(page)
  const sections = page.getByRole('tablist', { name: 'Settings' }).getByRole('tab')
  for (const name of await sections.allInnerTexts()) {
    await sections.filter({ hasText: name }).click()
    await shoot(`settings-${name.toLowerCase().replace(/[^a-z]+/g, '-')}`)
  }
  await vault.lock()
  await shoot('locked')
})
