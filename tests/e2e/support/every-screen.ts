import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from 'playwright/test'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { RequestPage } from '../pages/request-page.ts'
import { VaultPage } from '../pages/vault-page.ts'
import { WorkbenchPage } from '../pages/workbench-page.ts'
import { choose } from './choose.ts'
import { handOver, type Gatehouse } from './gatehouse.ts'
import type { Home } from './home.ts'
import { openShop } from './shop.ts'

export const alice = { username: 'alice', password: 'alice-password' }

interface Walk {
  home: Home
  gatehouse: Gatehouse
  /** Called at every screen; those that matter in a small window say so. */
  look: (screen: string, options?: { small?: boolean }) => Promise<void>
  /** Called with the provider's address before anybody has signed in. */
  atProvider?: (url: string) => Promise<void>
}

/** Toasts of earlier steps belong to no screen. */
export const noToasts = async (page: Page): Promise<void> => {
  const dismiss = page.getByRole('button', { name: 'Dismiss' })
  // One may go by itself meanwhile.
  while ((await dismiss.count()) > 0)
    await dismiss
      .first()
      .click({ timeout: 500 })
      .catch(() => undefined)
}

/** Goes through every screen as a user would, from the first start to the lock. */
export async function walkScreens({ home, gatehouse, look, atProvider }: Walk): Promise<void> {
  const { page } = gatehouse
  const workbench = new WorkbenchPage(page)
  const requests = new RequestPage(page)
  const vault = new VaultPage(page)
  page.setDefaultTimeout(10_000)
  await look('first-start', { small: true })

  await page.getByRole('button', { name: 'Connect a provider' }).first().click()
  await expect(page.getByRole('dialog', { name: 'Connect a provider' })).toBeVisible()
  await look('connect')
  await page.keyboard.press('Escape')

  await workbench.startPlayground()
  await look('connection')
  await workbench.signInButton().click()
  const opened = await home.nextOpenedUrl()
  await look('signing-in')
  await atProvider?.(opened)
  await handOver(home, await signInAtProvider(opened, { ...alice, decision: 'deny' }))
  await expect(page.getByText('access_denied').first()).toBeVisible()
  await look('sign-in-refused')
  await workbench.signInButton().click()
  await handOver(home, await signInAtProvider(await home.nextOpenedUrl(), alice))
  await workbench.expectSignedIn('alice')
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(page.getByRole('button', { name: 'Refresh now' })).toBeEnabled()
  await noToasts(page)
  await look('account-access-token', { small: true })
  await page.getByRole('tab', { name: 'ID token' }).click()
  await look('account-id-token')
  await page.getByRole('tab', { name: 'Refresh token' }).click()
  await look('account-refresh-token')
  await page.getByRole('tab', { name: 'Profile' }).click()
  await look('account-profile')
  await page.getByRole('tab', { name: 'Lineage' }).click()
  await look('account-lineage')
  await page.getByRole('tab', { name: 'Access token' }).click()
  await page.getByRole('button', { name: 'Reveal' }).click()
  const token = (await page.getByLabel('Token text').innerText()).replace(/\s/g, '')
  await page.getByRole('button', { name: 'Hide' }).click()

  await page.getByRole('navigation').getByRole('button', { name: 'Requests' }).click()
  await look('requests-home')
  await page.getByRole('navigation').getByRole('button', { name: 'Accounts' }).click()
  await workbench.sendReadyRequest()
  await workbench.expectStatus(/200 OK/)
  const field = page.getByRole('textbox', { name: 'URL' })
  const orders = await field.inputValue()
  await requests.saveAs('List orders')
  await noToasts(page)
  await look('request-200', { small: true })
  await requests.showAs('Tree')
  await look('request-tree')
  await requests.showAs('Table')
  await expect(page.getByRole('table', { name: /^orders: / })).toBeVisible()
  await look('request-table')
  for (let sent = 2; sent <= 4; sent += 1) {
    await page.keyboard.press('Control+Enter')
    await expect(requests.history('/orders')).toHaveCount(sent)
  }
  await page.getByRole('tab', { name: 'Timing' }).click()
  await look('request-timing')
  await page.getByRole('tab', { name: 'Token', exact: true }).click()
  await look('request-token')
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
  await look('request-refused')
  await requests.row('My profile').click({ button: 'right' })
  await look('requests-menu')
  await page.keyboard.press('Escape')

  await lookAtCollections({ home, gatehouse, look })

  await page.getByRole('navigation').getByRole('button', { name: 'Token bench' }).click()
  await look('token-bench-empty')
  await page.getByLabel('Token to decode').fill(token)
  await expect(page.getByRole('region', { name: 'At a glance' })).toBeVisible()
  await look('token-bench')
  await page.getByRole('radio', { name: 'Make' }).check({ force: true })
  await page.getByRole('textbox', { name: 'Key or secret' }).fill('a-secret-for-this-picture-alone!')
  await page.getByRole('button', { name: 'Sign', exact: true }).click()
  await expect(page.getByRole('textbox', { name: 'Signed token' })).toHaveValue(/^eyJ/)
  await look('token-bench-make')
  await page.getByRole('radio', { name: 'Compare' }).check({ force: true })
  await page.getByRole('textbox', { name: 'First token' }).fill(token)
  await choose(page.getByRole('combobox', { name: 'Second token from' }), /alice .* ID token/)
  await expect(page.getByRole('table', { name: 'Claims' })).toBeVisible()
  await look('token-bench-compare')
  await page.getByRole('radio', { name: 'Key ring' }).check({ force: true })
  await page.getByRole('button', { name: 'Make key' }).click()
  await expect(page.getByRole('list', { name: 'Key ring' }).getByRole('listitem')).toHaveCount(1)
  await look('token-bench-keys')

  await page.getByRole('navigation').getByRole('button', { name: 'Flows' }).click()
  await look('flows-home')
  await page
    .getByRole('button', { name: /Sign in · alice/ })
    .first()
    .click()
  await expect(page.getByRole('button', { name: 'Delete this flow' })).toBeVisible()
  await look('flow', { small: true })
  await page.getByRole('button', { name: /Compare/ }).click()
  await page.getByRole('menuitemradio').first().click()
  await expect(page.getByRole('columnheader').first()).toBeVisible()
  await look('flow-comparison', { small: true })

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
  await look('check-up')
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Playground/ })
    .click()
  const fault = page.getByRole('switch', { name: /^Clock skew/ })
  await fault.click()
  await expect(fault).toBeChecked()
  await look('playground', { small: true })
  await fault.click()

  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible()
  await look('palette')
  await page.keyboard.press('Escape')

  await vault.setPassword('screenshot password 42')
  await noToasts(page)
  await fillNetwork(page, vault)
  const sections = page.getByRole('tablist', { name: 'Settings' }).getByRole('tab')
  for (const name of await sections.allInnerTexts()) {
    await sections.filter({ hasText: name }).click()
    await look(`settings-${name.toLowerCase().replace(/[^a-z]+/g, '-')}`)
  }
  await vault.lock()
  await look('locked')
}

/** A rule for a server and a cookie, so that their lists are not empty. */
async function fillNetwork(page: Page, vault: VaultPage): Promise<void> {
  await vault.openSection('Network')
  await page.getByRole('button', { name: 'Add a server' }).click()
  const server = page.getByRole('dialog', { name: 'Add a server' })
  await server.getByRole('textbox', { name: /^Server/ }).fill('api.example.com')
  await server.getByRole('textbox', { name: /^Address/ }).fill('192.0.2.10')
  await server.getByRole('switch', { name: /^Do not check/ }).check()
  await server.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('list', { name: 'Individual servers' }).getByRole('listitem')).toHaveCount(1)
  await vault.openSection('Cookies')
  await page.getByRole('button', { name: 'Add a cookie' }).first().click()
  const cookie = page.getByRole('dialog', { name: 'Add a cookie' })
  await cookie.getByRole('textbox', { name: /^Name/ }).fill('sid')
  await cookie.getByRole('textbox', { name: /^Value/ }).fill('shown-at-a-press')
  await cookie.getByRole('textbox', { name: /^Domain/ }).fill('api.example.com')
  await cookie.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('table', { name: /^Cookies: / }).first()).toBeVisible()
}

/** A collection in the list, one of its requests in a tab, and both versions of one that was changed elsewhere. */
async function lookAtCollections({ home, gatehouse: { page }, look }: Walk): Promise<void> {
  const folder = openShop(home)
  const rooms = page.getByRole('navigation')
  await rooms.getByRole('button', { name: 'Accounts' }).click()
  await rooms.getByRole('button', { name: 'Requests' }).click()
  const tree = page.getByRole('tree', { name: 'Collections' })
  await tree.getByRole('treeitem', { name: 'Orders folder' }).click()
  await tree.getByRole('treeitem', { name: 'POST Place an order' }).click()
  const url = page.getByRole('textbox', { name: 'URL' })
  await expect(url).toHaveValue('{{baseUrl}}/orders')
  await look('collection', { small: true })
  await tree.getByRole('treeitem', { name: 'POST Sign in' }).click()
  await expect(page.getByText('Not all of this file is sent')).toBeVisible()
  await look('collection-kept')
  await page.keyboard.press('Control+w')
  await url.fill('{{baseUrl}}/orders?express=1')
  const file = join(folder, 'Orders/Place an order.yml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('"count": 2', '"count": 3'))
  await expect(page.getByText('Place an order.yml was changed elsewhere')).toBeVisible()
  await look('collection-changed')
  await page.getByRole('button', { name: 'Compare' }).click()
  const dialog = page.getByRole('dialog', { name: 'The file was changed elsewhere' })
  await expect(dialog).toBeVisible()
  await look('collection-versions')
  await dialog.getByRole('button', { name: 'Use the file’s version' }).click()
  await expect(url).toHaveValue('{{baseUrl}}/orders')
  await page.keyboard.press('Control+w')
}
