import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { expect, test } from './fixtures.ts'
import { RequestPage } from './pages/request-page.ts'
import { VaultPage } from './pages/vault-page.ts'
import { choose } from './support/choose.ts'
import type { Gatehouse } from './support/gatehouse.ts'
import type { Home } from './support/home.ts'
import { rememberCollection } from './support/open-collection.ts'

const password = 'marked vault words 3308'

/** Closes the window, as a person does, and waits until the app has ended. */
const end = async ({ page, process }: Gatehouse): Promise<void> => {
  await page.close({ runBeforeUnload: true })
  await process?.exited
}

const openShelf = (home: Home): string => {
  const folder = join(home.directory, 'collections', 'shelf')
  mkdirSync(join(folder, 'Books'), { recursive: true })
  writeFileSync(join(folder, 'opencollection.yml'), 'opencollection: 1.0.0\ninfo:\n  name: Shelf\n')
  writeFileSync(
    join(folder, 'Books', 'list.yml'),
    'info:\n  name: List\n  type: http\n  tags:\n    - smoke\nhttp:\n  method: GET\n  url: https://shelf.example/books\n',
  )
  rememberCollection(home, folder)
  return folder
}
const row = (page: Page, name: string) =>
  page.getByRole('tree', { name: 'Collections' }).getByRole('treeitem', { name })
const requestsRoom = (page: Page) =>
  page.getByRole('navigation').getByRole('button', { name: 'Requests' }).click()

test('what was entered for a kind of auth comes back with the kind, after a restart too', async ({
  launch,
}) => {
  const first = await launch()
  await new VaultPage(first.page).setPassword(password)
  const requests = new RequestPage(first.page)
  await requests.open()
  await first.page.getByRole('textbox', { name: 'URL' }).fill('https://api.example/auth')
  await requests.callAs('Basic')
  await first.page.getByRole('textbox', { name: 'Username' }).fill('alice')
  await first.page.getByRole('textbox', { name: 'Password' }).fill('looking-glass')
  await requests.callAs('API key')
  await first.page.getByRole('textbox', { name: 'Name' }).fill('X-Key')
  await requests.callAs('No auth')
  await end(first)

  const { page } = await launch()
  await new VaultPage(page).unlock(password)
  const again = new RequestPage(page)
  await again.callAs('API key')
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('X-Key')
  await again.callAs('Basic')
  await expect(page.getByRole('textbox', { name: 'Username' })).toHaveValue('alice')
  await expect(page.getByRole('textbox', { name: 'Password' })).toHaveValue('looking-glass')
})

test('a proxy and limits that are typed wait for Save in another section and after a restart', async ({
  launch,
}) => {
  const first = await launch()
  const vault = new VaultPage(first.page)
  await vault.setPassword(password)
  await vault.openSection('Network')
  await first.page.getByRole('radio', { name: /^Manual/ }).check()
  await first.page.getByRole('textbox', { name: /^Proxy/ }).fill('proxy.example:3128')
  await first.page.getByRole('textbox', { name: /^Password/ }).fill('through-the-wall')
  await first.page.getByRole('spinbutton', { name: 'Total timeout' }).fill('77')
  await vault.openSection('Appearance')
  await vault.openSection('Network')
  await expect(first.page.getByRole('textbox', { name: /^Proxy/ })).toHaveValue('proxy.example:3128')
  await end(first)

  const { page } = await launch()
  await new VaultPage(page).unlock(password)
  await expect(page.getByRole('textbox', { name: /^Proxy/ })).toHaveValue('proxy.example:3128')
  await expect(page.getByRole('textbox', { name: /^Password/ })).toHaveValue('through-the-wall')
  await expect(page.getByRole('spinbutton', { name: 'Total timeout' })).toHaveValue('77')
  await page.getByRole('button', { name: 'Save the proxy' }).click()
  await expect(page.getByText('Proxy saved.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: /^Password/ })).toHaveValue('')
  await page.getByRole('button', { name: 'Discard changes' }).click()
  await expect(page.getByRole('spinbutton', { name: 'Total timeout' })).toHaveValue('')
  await expect(page.getByRole('button', { name: 'Discard changes' })).toHaveCount(0)
})

test('settings of a folder, a server and a cookie that are typed outlive Escape', async ({
  home,
  gatehouse,
}) => {
  const { page } = gatehouse
  const folder = openShelf(home)
  await requestsRoom(page)
  const settings = async () => {
    await row(page, 'Books folder').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Folder settings…' }).click()
    return page.getByRole('dialog', { name: 'Folder Books' })
  }
  const dialog = await settings()
  await dialog.getByRole('textbox', { name: 'Name of header 1' }).fill('X-Shelf')
  await dialog.getByRole('textbox', { name: 'Value of header 1' }).fill('top')
  await dialog.getByRole('tab', { name: 'Auth' }).click()
  const auth = dialog.getByRole('combobox', { name: 'Auth for requests that inherit it' })
  await choose(auth, 'Basic')
  await dialog.getByRole('textbox', { name: 'Username' }).fill('alice')
  await choose(auth, 'Bearer token')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await settings()
  await expect(dialog.getByText('What you entered earlier is still here')).toBeVisible()
  await expect(dialog.getByRole('textbox', { name: 'Value of header 1' })).toHaveValue('top')
  await dialog.getByRole('tab', { name: 'Auth' }).click()
  await choose(auth, 'Basic')
  await expect(dialog.getByRole('textbox', { name: 'Username' })).toHaveValue('alice')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toHaveCount(0)
  expect(readFileSync(join(folder, 'Books', 'folder.yml'), 'utf8')).toContain('X-Shelf')
  await settings()
  await expect(dialog.getByText('What you entered earlier is still here')).toHaveCount(0)
  await page.keyboard.press('Escape')

  const vault = new VaultPage(page)
  for (const [section, button, title, label] of [
    ['Network', 'Add a server', 'Add a server', /^Server/],
    ['Cookies', 'Add a cookie', 'Add a cookie', 'Name'],
  ] as const) {
    await vault.openSection(section)
    const opener = page.getByRole('button', { name: button })
    await opener.click()
    const asked = page.getByRole('dialog', { name: title })
    await asked.getByRole('textbox', { name: label }).fill('typed.example')
    await page.keyboard.press('Escape')
    await opener.click()
    await expect(asked.getByRole('textbox', { name: label })).toHaveValue('typed.example')
    await asked.getByRole('button', { name: 'Start over' }).click()
    await expect(asked.getByRole('textbox', { name: label })).toHaveValue('')
    await page.keyboard.press('Escape')
  }
})

test('what is set for a run comes back with its tab', async ({ home, launch }) => {
  const first = await launch()
  await new VaultPage(first.page).setPassword(password)
  openShelf(home)
  await requestsRoom(first.page)
  await row(first.page, 'Books folder').click({ button: 'right' })
  await first.page.getByRole('menuitem', { name: 'Run…' }).click()
  await first.page.getByLabel('Data file').setInputFiles({
    name: 'books.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('book\n1\n2\n'),
  })
  await first.page.getByLabel('Delay in ms').fill('250')
  await first.page.getByRole('textbox', { name: 'Include tags' }).fill('smoke')
  await choose(first.page.getByRole('combobox', { name: 'Call as' }), 'No token')
  await first.page.getByRole('checkbox', { name: 'Stop at the first failure' }).check()
  await end(first)

  const { page } = await launch()
  await new VaultPage(page).unlock(password)
  await expect(page.getByLabel('Delay in ms')).toHaveValue('250')
  await expect(page.getByRole('group', { name: 'Data' })).toContainText('books.csv')
  await expect(page.getByRole('textbox', { name: 'Include tags' })).toHaveValue('smoke')
  await expect(page.getByRole('combobox', { name: 'Call as' })).toHaveText('No token')
  await expect(page.getByRole('checkbox', { name: 'Stop at the first failure' })).toBeChecked()
})
