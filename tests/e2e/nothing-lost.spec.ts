import type { Page } from 'playwright/test'
import { signInAtProvider } from '../support/playground-browser.ts'
import { expect, test } from './fixtures.ts'
import { RequestPage } from './pages/request-page.ts'
import { VaultPage } from './pages/vault-page.ts'
import { WorkbenchPage } from './pages/workbench-page.ts'
import { choose } from './support/choose.ts'
import { handOver } from './support/gatehouse.ts'

const alice = { username: 'alice', password: 'alice-password' }
const password = 'marked vault words 5521'
const url = (page: Page) => page.getByRole('textbox', { name: 'URL' })
const tab = (page: Page, name: string | RegExp) =>
  page.getByRole('tab', { name }).and(page.locator('[aria-controls="tab-panel"]'))

/** Types a new request as a person does, key by key. */
const typeRequest = async (page: Page, address: string): Promise<void> => {
  await page.keyboard.press('Control+n')
  await expect(url(page)).toHaveValue('')
  await url(page).pressSequentially(address)
}

test('closing a tab keeps what was typed, and it is opened again by key, palette and menu', async ({
  gatehouse,
}) => {
  const { page } = gatehouse
  await typeRequest(page, 'https://api.example/typed')
  await page.keyboard.press('Control+w')
  await expect(url(page)).toHaveCount(0)
  await page.keyboard.press('Control+Shift+T')
  await expect(url(page)).toHaveValue('https://api.example/typed')
  await page.keyboard.press('Control+w')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('reopen')
  await page.keyboard.press('Enter')
  await expect(url(page)).toHaveValue('https://api.example/typed')
})

test('a changed request that was closed comes back with its change from the list', async ({ gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  await url(page).fill('https://api.example/saved')
  await requests.saveAs('Saved one')
  await url(page).fill('https://api.example/changed')
  await page.keyboard.press('Control+w')
  await requests.row('Saved one').click()
  await expect(url(page)).toHaveValue('https://api.example/changed')
})

test('closing the window with many tabs loses none of them, nor the last keystroke', async ({ launch }) => {
  const { page, process } = await launch()
  for (let number = 1; number <= 17; number += 1) await typeRequest(page, `https://api.example/tab${number}`)
  await url(page).press('!')
  await page.close({ runBeforeUnload: true })
  await process?.exited

  const again = (await launch()).page
  await expect(url(again)).toHaveValue('https://api.example/tab17!')
  for (let number = 1; number <= 16; number += 1) {
    await tab(again, new RegExp(`/tab${number}$`)).click()
    await expect(url(again)).toHaveValue(`https://api.example/tab${number}`)
  }
})

test('a kill loses nothing that was typed', async ({ launch }) => {
  const { page, process } = await launch()
  const requests = new RequestPage(page)
  await typeRequest(page, 'https://api.example/before-the-kill')
  await requests.fillBody('{"typed": true}')
  await page.keyboard.press('Control+w')
  await typeRequest(page, 'https://api.example/other')
  await expect
    .poll(() => page.evaluate<string>("window.bridge.call['page:kept']({}).then(JSON.stringify)"))
    .toContain('api.example/other')
  await process?.kill('SIGKILL')

  const again = (await launch()).page
  await expect(url(again)).toHaveValue('https://api.example/other')
  await again.keyboard.press('Control+Shift+T')
  await expect(url(again)).toHaveValue('https://api.example/before-the-kill')
  await expect(again.getByRole('textbox', { name: 'Request body' })).toHaveText('{"typed": true}')
})

test('the first lock after a password was set loses nothing', async ({ gatehouse }) => {
  const { page } = gatehouse
  const vault = new VaultPage(page)
  await typeRequest(page, 'https://api.example/before-the-lock')
  await vault.setPassword(password)
  await tab(page, /before-the-lock/).click()
  await url(page).press('End')
  await url(page).press('!')
  await vault.lock()
  await vault.unlock(password)
  await expect(url(page)).toHaveValue('https://api.example/before-the-lock!')
})

test("a body's kind changed and changed back keeps the text", async ({ gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await typeRequest(page, 'https://api.example/body')
  await requests.fillBody('{"kept": 1}')
  for (const kind of ['Form', 'None', 'JSON'])
    await choose(page.getByRole('combobox', { name: 'Body type' }), kind)
  await expect(page.getByRole('textbox', { name: 'Request body' })).toHaveText('{"kept": 1}')
})

test('variables that were typed wait while another section, tab or start comes between', async ({
  launch,
}) => {
  const { page, process } = await launch()
  const vault = new VaultPage(page)
  await vault.openSection('Environments')
  await page.getByLabel('Name of variable 1').pressSequentially('host')
  await page.getByLabel('Value of host').pressSequentially('https://typed.example')
  await vault.openSection('Appearance')
  await vault.openSection('Environments')
  await expect(page.getByLabel('Value of host')).toHaveValue('https://typed.example')
  await page.keyboard.press('Control+w')
  await new WorkbenchPage(page).openRoom('Accounts')
  await vault.openSection('Environments')
  await page.getByRole('button', { name: 'Save variables' }).click()
  await expect(page.getByText('Variables saved.')).toBeVisible()
  await expect(page.getByLabel('Value of host')).toHaveValue('https://typed.example')
  await page.close({ runBeforeUnload: true })
  await process?.exited
})

test('what was typed in the connect dialog and on the bench outlives closing and a lock', async ({
  gatehouse,
}) => {
  const { page } = gatehouse
  const vault = new VaultPage(page)
  const rooms = new WorkbenchPage(page)
  await vault.setPassword(password)
  await rooms.openRoom('Accounts')
  const connect = page.getByRole('button', { name: 'Connect', exact: true }).first()
  const dialog = page.getByRole('dialog', { name: 'Connect a provider' })
  const clientId = dialog.getByRole('textbox', { name: /^Client ID/ })
  await connect.click()
  await clientId.fill('typed-client')
  await page.keyboard.press('Escape')
  await rooms.openRoom('Token bench')
  await page.getByRole('group', { name: 'What to do' }).getByText('Make', { exact: true }).click()
  const payload = page.getByRole('textbox', { name: 'Payload' })
  await payload.fill('{"typed": 1}')
  await vault.lock()
  await vault.unlock(password)
  await expect(payload).toHaveText('{"typed": 1}')
  await rooms.openRoom('Accounts')
  await connect.click()
  await expect(clientId).toHaveValue('typed-client')
  await dialog.getByRole('button', { name: 'Start over' }).click()
  await expect(clientId).toHaveValue('')
  await expect(dialog.getByRole('button', { name: 'Start over' })).toHaveCount(0)
})

test('a deleted request comes back from its message, and from the bin after a restart', async ({
  launch,
}) => {
  const { page, process } = await launch()
  const requests = new RequestPage(page)
  await requests.open()
  await url(page).fill('https://api.example/dear')
  await requests.saveAs('Dear one')
  const remove = async (): Promise<void> => {
    await requests.row('Dear one').focus()
    await page.keyboard.press('Delete')
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await expect(requests.row('Dear one')).toHaveCount(0)
  }
  await remove()
  await page.getByRole('status', { name: 'Notifications' }).getByRole('button', { name: 'Undo' }).click()
  await expect(requests.row('Dear one')).toBeVisible()
  await remove()
  await page.close({ runBeforeUnload: true })
  await process?.exited

  const again = (await launch()).page
  await again.keyboard.press('Control+k')
  await again.getByRole('dialog').getByRole('combobox').fill('open the bin')
  await again.keyboard.press('Enter')
  const bin = again.getByRole('list', { name: 'Bin' })
  await expect(bin.getByText('Dear one')).toBeVisible()
  await bin.getByRole('button', { name: 'Restore' }).click()
  await expect(again.getByText('The bin is empty.')).toBeVisible()
  await new WorkbenchPage(again).openRoom('Requests')
  await expect(new RequestPage(again).row('Dear one')).toBeVisible()
})

test('a deleted connection comes back with its account, which still sends', async ({ home, launch }) => {
  const { page } = await launch()
  const workbench = new WorkbenchPage(page)
  await workbench.startPlayground()
  await workbench.signInButton().click()
  expect(await handOver(home, await signInAtProvider(await home.nextOpenedUrl(), alice))).toBe(0)
  await workbench.expectSignedIn('alice')
  await page.getByRole('button', { name: /^Playground ·/ }).click()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the connection' }).click()
  await expect(page.getByRole('button', { name: /^Playground ·/ })).toHaveCount(0)
  await page.getByRole('status', { name: 'Notifications' }).getByRole('button', { name: 'Undo' }).click()
  await page
    .getByRole('button', { name: /^alice/ })
    .first()
    .click()
  await workbench.sendReadyRequest()
  await workbench.expectStatus(/^200/)
})
