import type { Locator, Page } from 'playwright/test'
import { expect, test } from './fixtures.ts'
import { handOver } from './support/gatehouse.ts'
import { inBrowser } from './support/provider-pages.ts'

// README's “Five minutes”, twice from a fresh profile: without a mouse, and by roles and names alone.

/** More stops than this on the way to a control is a walk of its own. */
const mostStops = 40

/** A keyboard without a mouse. At every stop something of the page has the focus. */
class Keyboard {
  readonly page: Page
  actions = 0

  constructor(page: Page) {
    this.page = page
  }

  private at(): Promise<string> {
    return this.page.evaluate(() => document.activeElement?.tagName ?? '')
  }

  private has(target: Locator): Promise<boolean> {
    return target.evaluate((element) => element === document.activeElement)
  }

  /** Presses Tab until it has the focus. */
  async tabTo(target: Locator): Promise<void> {
    await expect(target).toBeVisible()
    for (let stops = 0; !(await this.has(target)); stops += 1) {
      expect(stops, `stops on the way to ${String(target)}`).toBeLessThan(mostStops)
      await this.page.keyboard.press('Tab')
      expect(await this.at()).not.toBe('BODY')
    }
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key)
    this.actions += 1
  }

  /** Goes to a control and presses Enter. */
  async use(target: Locator): Promise<void> {
    await this.tabTo(target)
    await this.press('Enter')
  }

  /** After something came: the focus is where one can go on from. */
  async expectInPage(): Promise<void> {
    await expect.poll(() => this.at()).not.toBe('BODY')
  }
}

test('by keyboard alone', async ({ home, workbench }) => {
  test.setTimeout(300_000)
  const { page } = workbench
  const keys = new Keyboard(page)
  const button = (name: string | RegExp): Locator => page.getByRole('button', { name, exact: true })

  // Start the playground, sign in.
  await keys.use(button('Start the playground'))
  await expect(button('Sign in')).toBeVisible({ timeout: 60_000 })
  await keys.expectInPage()
  await keys.use(button('Sign in'))
  const redirect = await inBrowser(await home.nextOpenedUrl(), async (provider) => {
    // Who is to sign in is known; the focus waits in the field that is empty.
    await expect(provider.getByLabel('Password')).toBeFocused()
    await provider.keyboard.type('alice-password')
    await provider.keyboard.press('Enter')
    await new Keyboard(provider).use(provider.getByRole('button', { name: 'Allow' }))
  })
  await handOver(home, redirect)
  await workbench.expectSignedIn('alice')
  await keys.expectInPage()

  // Read the tokens.
  const tab = (name: string): Locator => page.getByRole('tab', { name })
  await keys.tabTo(tab('Access token'))
  await keys.press('ArrowRight')
  await expect(tab('ID token')).toHaveAttribute('aria-selected', 'true')
  await keys.press('End')
  await expect(tab('Lineage')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Home')
  await keys.use(button('Refresh now'))
  await expect(button('Refresh now')).toBeEnabled()
  await keys.expectInPage()

  // Call the API, be refused.
  await keys.use(button('Send'))
  await expect(page.getByRole('status', { name: 'Outcome' })).toHaveText(/^200 OK/)
  await keys.expectInPage()
  const address = page.getByRole('textbox', { name: 'URL' })
  await keys.tabTo(address)
  await page.keyboard.press('End')
  for (const _letter of 'orders') await page.keyboard.press('Backspace')
  await page.keyboard.type('admin/users')
  await keys.press('Control+Enter')
  await expect(page.getByRole('status', { name: 'Outcome' })).toHaveText(/^403/)
  await keys.expectInPage()

  // Look at the flow.
  await keys.press('Control+4')
  await keys.use(page.getByRole('button', { name: /Sign in · alice/ }))
  const messages = page.getByRole('listbox', { name: 'Messages of Sign in · alice' })
  await keys.tabTo(messages)
  await keys.press('Home')
  await expect(page.getByRole('heading', { name: /Open the sign-in page/ })).toBeVisible()
  await keys.press('Enter')
  await keys.expectInPage()

  // Lock and unlock.
  const { keyboard } = page
  await keyboard.press('Control+k')
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor()
  await keyboard.type('User & vault')
  await expect(page.getByRole('option', { name: /User & vault/, selected: true })).toBeVisible()
  await keyboard.press('Enter')
  await keys.use(button('Set a password'))
  await page.getByRole('dialog', { name: 'Set a password' }).waitFor()
  await keyboard.type('walked by keyboard 42')
  await keyboard.press('Tab')
  await keyboard.type('walked by keyboard 42')
  await keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await keys.expectInPage()
  await keyboard.press('Control+l')
  await expect(page.getByRole('heading', { name: 'Gatehouse is locked' })).toBeVisible()
  await keys.expectInPage()
  await keyboard.type('walked by keyboard 42')
  await keyboard.press('Enter')
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toBeVisible()
  await keys.expectInPage()
})

test('by roles and names alone, to a 200 in five actions', async ({ home, gatehouse }) => {
  test.setTimeout(300_000)
  let actions = 0
  /** Presses the one button of this name on a page. */
  const press = async (page: Page, name: string): Promise<void> => {
    await page.getByRole('button', { name, exact: true }).click({ timeout: 60_000 })
    actions += 1
  }
  const { page } = gatehouse
  await press(page, 'Start the playground')
  await press(page, 'Sign in')
  const redirect = await inBrowser(await home.nextOpenedUrl(), async (provider) => {
    await provider.getByRole('textbox', { name: 'Username', exact: true }).fill('alice')
    // A password field has no role: it is found by its name.
    await provider.getByLabel('Password', { exact: true }).fill('alice-password')
    await press(provider, 'Sign in')
    await press(provider, 'Allow')
  })
  await handOver(home, redirect)
  await press(page, 'Send')
  await expect(page.getByRole('status', { name: 'Outcome' })).toHaveText(/^200 OK/)
  expect(actions).toBeLessThanOrEqual(5)
})
