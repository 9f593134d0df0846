import { createBrowser } from '../support/playground-browser.ts'
import { expect, test } from './fixtures.ts'
import { handOver } from './support/gatehouse.ts'

const alice = { username: 'alice', password: 'alice-password' }

test('finds a flow, walks through it by keyboard, exports and compares it', async ({ home, workbench }) => {
  const { page } = workbench
  const browser = createBrowser()
  await workbench.startPlayground()
  await workbench.signInButton().click()
  await handOver(home, await browser.signIn(await home.nextOpenedUrl(), alice))
  await workbench.expectSignedIn('alice')
  await workbench.openRoom('Flows')

  const list = page.getByLabel('List', { exact: true })
  const signIn = list.getByRole('button', { name: /Sign in · alice/ })
  await expect(list.getByRole('button', { name: /Discovery/ })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Find a flow' }).fill('playground sign')
  await expect(list.getByRole('button', { name: /Discovery/ })).toHaveCount(0)
  await page.getByRole('searchbox', { name: 'Find a flow' }).fill('denied')
  await expect(list.getByText('No results')).toBeVisible()
  await page.keyboard.press('Escape')
  await signIn.click()

  const messages = page.getByRole('listbox', { name: 'Messages of Sign in · alice' })
  await messages.focus()
  await page.keyboard.press('Home')
  await expect(page.getByRole('heading', { name: /Open the sign-in page/ })).toBeVisible()
  // The browser sent that one, so there is nothing of Gatehouse's own to repeat.
  await expect(page.getByRole('button', { name: 'Copy as curl' })).toHaveCount(0)
  await messages.getByRole('option', { name: /POST \/token/ }).click()
  await expect(page.getByRole('button', { name: 'Copy as curl' })).toBeVisible()

  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'Copy as Mermaid' }).click()
  await expect(page.getByText('Mermaid diagram copied, without secrets.')).toBeVisible()

  await page.getByRole('button', { name: /Compare with/ }).click()
  await page.getByRole('menuitemradio', { name: /Discovery/ }).click()
  await expect(page.getByRole('heading', { name: /^Comparison · Sign in · alice/ })).toBeVisible()
  await expect(page.getByRole('rowheader', { name: 'Open the sign-in page in the browser' })).toBeVisible()
})
