import { signInAtProvider } from '../support/playground-browser.ts'
import { expect, test } from './fixtures.ts'
import { handOver } from './support/gatehouse.ts'

test('rows of accounts and flows have menus, by pointer and by key', async ({ home, workbench }) => {
  const { page } = workbench
  await workbench.startPlayground()
  await workbench.signInButton().click()
  const alice = { username: 'alice', password: 'alice-password' }
  await handOver(home, await signInAtProvider(await home.nextOpenedUrl(), alice))
  await workbench.expectSignedIn('alice')
  const list = page.getByRole('complementary', { name: 'List' })
  await list.getByRole('button', { name: /^alice/ }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Refresh now' }).click()
  await expect(page.getByText('New tokens for alice.')).toBeVisible()
  await list.getByRole('button', { name: /^alice/ }).focus()
  await page.keyboard.press('ContextMenu')
  await page.getByRole('menuitem', { name: 'New request as alice' }).click()
  await expect(page.getByRole('textbox', { name: 'URL' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Auth: call as alice/ })).toBeVisible()

  await workbench.openRoom('Flows')
  const flow = list.getByRole('button', { name: /^Refresh · alice/ })
  await flow.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Delete the flow' }).click()
  await expect(flow).toHaveCount(0)
  await page.getByRole('status', { name: 'Notifications' }).getByRole('button', { name: 'Undo' }).click()
  await expect(flow).toBeVisible()
})
