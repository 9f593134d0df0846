import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright/test'
import { expect, test } from './fixtures.ts'
import { violationsOf } from './support/axe.ts'
import { openCollection } from './support/open-collection.ts'

const tree = (page: Page): Locator => page.getByRole('tree', { name: 'Collections' })
const item = (page: Page, name: string | RegExp): Locator => tree(page).getByRole('treeitem', { name })
/** The rows but the profile's own collection, which is always first. */
const rows = (page: Page): Locator =>
  tree(page)
    .getByRole('treeitem')
    .filter({ hasNotText: /^My requests/ })
const names = (page: Page): Promise<string[]> => rows(page).allTextContents()
async function room(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Requests' }).click()
}
/** Where in a row something is dropped. */
const part = { upper: { x: 60, y: 4 }, middle: { x: 60, y: 14 }, lower: { x: 60, y: 24 } }

const first = [
  'client-certs-enabled-yml collection',
  'Users folder',
  'GETGet Users',
  'GEThttps-request',
  'grpc-requestgRPC',
  'wss-requestWebSocket',
]

test('a request is dragged to another place, its draft goes along, and Undo brings it back', async ({
  home,
  gatehouse,
}) => {
  const { page } = gatehouse
  const folder = openCollection(home, 'runner')
  await room(page)
  await expect(rows(page)).toHaveText(first)
  await item(page, 'GET Get Users').click()
  const url = page.getByRole('textbox', { name: 'URL' })
  await url.fill('https://api.example.com/mine')

  await item(page, 'GET Get Users').dragTo(item(page, 'Users folder'), { targetPosition: part.middle })
  await expect(page.getByText('“Get Users” moved to “Users”.')).toBeVisible()
  await expect(item(page, 'GET Get Users')).toHaveAttribute('aria-level', '3')
  await expect(item(page, 'GET Get Users')).toBeFocused()
  expect(existsSync(join(folder, 'get-users.yml'))).toBe(false)
  await expect(url).toHaveValue('https://api.example.com/mine')
  await expect(page.getByText('changed elsewhere')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(item(page, 'GET Get Users')).toHaveAttribute('aria-level', '2')
  expect(existsSync(join(folder, 'get-users.yml'))).toBe(true)

  // Before another: the order is written, and the draft is saved where its file is by then.
  await item(page, 'GET Get Users').dragTo(item(page, 'wss-request'), { targetPosition: part.lower })
  await expect(page.getByText('“Get Users” moved.')).toBeVisible()
  expect((await names(page)).slice(3)).toEqual([...first.slice(3), 'GETGet Users'])
  await item(page, 'GET Get Users').dragTo(item(page, 'POST Create User'), { targetPosition: part.upper })
  await expect(page.getByText('“Get Users” moved.')).toBeVisible()
  await expect(item(page, 'GET Get Users')).toHaveAttribute('aria-level', '3')
  await expect(item(page, 'GET Get Users')).toHaveAttribute('aria-current', 'true')
  await url.press('Control+s')
  await expect(page.getByText('Saved in get-users.yml.')).toBeVisible()
  expect(readFileSync(join(folder, 'users/get-users.yml'), 'utf8')).toContain('https://api.example.com/mine')
  // A folder does not go into itself.
  await item(page, 'Users folder').dragTo(item(page, 'POST Create User'), { targetPosition: part.middle })
  await expect(item(page, 'Users folder')).toHaveAttribute('aria-level', '2')
})

test('a request and a folder go to another collection, their drafts go along, and Undo brings them back', async ({
  home,
  gatehouse,
}) => {
  const { page } = gatehouse
  const folder = openCollection(home, 'runner')
  await room(page)
  await expect(rows(page)).toHaveText(first)
  await item(page, 'GET Get Users').click()
  const url = page.getByRole('textbox', { name: 'URL' })
  await url.fill('https://api.example.com/mine')
  await item(page, 'GET Get Users').dragTo(item(page, /^My requests/), { targetPosition: part.middle })
  await expect(page.getByText('“Get Users” moved to “My requests”.')).toBeVisible()
  await expect(item(page, 'GET Get Users')).toBeFocused()
  await expect(item(page, 'GET Get Users')).toHaveAttribute('aria-current', 'true')
  expect(existsSync(join(folder, 'get-users.yml'))).toBe(false)
  await expect(url).toHaveValue('https://api.example.com/mine')
  await expect(page.getByText('changed elsewhere')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => existsSync(join(folder, 'get-users.yml'))).toBe(true)
  await expect(rows(page)).toHaveText(first)
  await expect(url).toHaveValue('https://api.example.com/mine')
  await url.press('Control+s')
  await expect(page.getByText('Saved in get-users.yml.')).toBeVisible()
  expect(readFileSync(join(folder, 'get-users.yml'), 'utf8')).toContain('https://api.example.com/mine')

  await item(page, 'Users folder').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Move to…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Move “Users”' })
  await dialog.getByRole('option', { name: 'My requests (top level)' }).click()
  await dialog.getByRole('button', { name: 'Move' }).click()
  await expect(page.getByText('“Users” moved to “My requests”.')).toBeVisible()
  await expect(item(page, 'Users folder')).toBeFocused()
  expect(existsSync(join(folder, 'users'))).toBe(false)
})

test('tags are written into the file, found by the search, and narrow a run', async ({ home, gatehouse }) => {
  const { page } = gatehouse
  const folder = openCollection(home, 'runner')
  await room(page)
  await item(page, 'GET Get Users').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Tags…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Tags of “Get Users”' })
  await dialog.getByRole('textbox', { name: 'Tags' }).fill('smoke, read only')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(item(page, 'GET Get Users')).toContainText('smoke read only')
  expect(readFileSync(join(folder, 'get-users.yml'), 'utf8')).toContain(
    '  tags:\n    - smoke\n    - read only\n',
  )

  // In the tab, beside a draft that is not saved.
  await item(page, 'GET https-request').click()
  await page.getByRole('textbox', { name: 'URL' }).fill('https://api.example.com/mine')
  await page.getByRole('button', { name: 'More about this request' }).click()
  await page.getByRole('menuitem', { name: 'Tags…' }).click()
  const other = page.getByRole('dialog', { name: 'Tags of “https-request”' })
  await other.getByRole('button', { name: 'smoke' }).click()
  await other.getByRole('button', { name: 'Save' }).click()
  await expect(item(page, 'GET https-request')).toContainText('smoke')
  await expect(page.getByRole('textbox', { name: 'URL' })).toHaveValue('https://api.example.com/mine')
  await expect(page.getByText('changed elsewhere')).toHaveCount(0)

  await page.getByRole('searchbox', { name: 'Search requests and history' }).fill('tag:read')
  await expect(rows(page)).toHaveText([/collection$/, /^GETGet Users/])
  await page.getByRole('searchbox', { name: 'Search requests and history' }).fill('')
  await item(page, /(?<!My requests) collection$/).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Run…' }).click()
  await page.getByRole('textbox', { name: 'Include tags' }).fill('none')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByText('None of these requests has these tags.')).toBeVisible()
})

test('all of it works by keyboard: moving up and down, to a folder, and several at once', async ({
  home,
  gatehouse,
}) => {
  const { page } = gatehouse
  const folder = openCollection(home, 'runner')
  await room(page)
  await expect(tree(page)).toHaveAttribute('aria-multiselectable', 'true')
  await item(page, 'GET Get Users').focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expect(page.getByText('“Get Users” moved down.')).toBeVisible()
  await expect(item(page, 'GET Get Users')).toHaveAttribute('aria-posinset', '3')
  await expect(item(page, 'GET Get Users')).toBeFocused()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(page.getByText('“Get Users” moved up.')).toBeVisible()
  await expect(item(page, 'GET Get Users')).toHaveAttribute('aria-posinset', '2')
  expect(readFileSync(join(folder, 'get-users.yml'), 'utf8')).toContain('seq: 1\n')

  // Three of them, the middle one left out.
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(tree(page).getByRole('treeitem', { selected: true })).toHaveText([
    'GETGet Users',
    'GEThttps-request',
    'grpc-requestgRPC',
  ])
  await item(page, 'GET https-request').click({ modifiers: ['Control'] })
  await expect(tree(page).getByRole('treeitem', { selected: true })).toHaveText([
    'GETGet Users',
    'grpc-requestgRPC',
  ])
  await item(page, 'grpc-request').click({ button: 'right' })
  await expect(page.getByText('2 selected')).toBeVisible()
  await page.getByRole('menuitem', { name: 'Move to…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Move 2 items' })
  await expect(dialog.getByRole('combobox', { name: 'To' })).toBeFocused()
  const places = dialog.getByRole('listbox', { name: 'Folders' }).getByRole('option')
  await expect(places).toHaveText(['client-certs-enabled-ymltop levelnow', 'Users', 'My requeststop level'])
  await expect(places.nth(1)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowDown')
  await expect(places.nth(2)).toHaveAttribute('aria-selected', 'true')
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.type('nowhere')
  await expect(dialog.getByText('No folder has this in its name.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Move' })).toBeDisabled()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('user')
  await expect(places).toHaveText(['Users'])
  await page.keyboard.press('Enter')
  await expect(page.getByText('2 items moved to “Users”.')).toBeVisible()
  await expect(item(page, 'grpc-request')).toHaveAttribute('aria-level', '3')
  await expect(tree(page).getByRole('treeitem', { selected: true })).toHaveCount(2)
  expect(existsSync(join(folder, 'users/grpc-request.yml'))).toBe(true)

  await page.keyboard.press('Delete')
  await page.getByRole('dialog', { name: 'Delete 2 items?' }).getByRole('button', { name: 'Delete' }).click()
  await expect(item(page, 'grpc-request')).toHaveCount(0)
  await page
    .getByText(/was moved to the bin\.$/)
    .last()
    .locator('..')
    .getByRole('button', { name: 'Undo' })
    .click()
  await expect(item(page, 'grpc-request')).toHaveAttribute('aria-level', '3')
  await item(page, 'POST Create User').focus()
  await page.keyboard.press('Control+a')
  await expect(tree(page).getByRole('treeitem', { selected: true })).toHaveCount(6)
  await page.keyboard.press('Escape')
  await expect(tree(page).getByRole('treeitem', { selected: true })).toHaveCount(0)
})

test('folders and several at once are duplicated by menu and keyboard, have the focus, and Undo takes them away', async ({
  home,
  gatehouse,
}) => {
  const { page } = gatehouse
  const folder = openCollection(home, 'runner')
  await room(page)
  await item(page, 'Users folder').click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Duplicate/ }).click()
  await expect(page.getByText('“Users” duplicated.')).toBeVisible()
  await expect(item(page, 'Users (copy) folder')).toBeFocused()
  expect(readFileSync(join(folder, 'Users (copy)/create-user.yml'), 'utf8')).toBe(
    readFileSync(join(folder, 'users/create-user.yml'), 'utf8'),
  )
  await page.keyboard.press('ArrowRight')
  await expect(item(page, 'POST Create User')).toHaveAttribute('aria-level', '3')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(tree(page).getByRole('treeitem', { selected: true })).toHaveText([
    'Users (copy) folder',
    'POSTCreate User',
    'GETGet Users',
  ])
  await page.keyboard.press('Control+d')
  await expect(page.getByText('3 items duplicated.')).toBeVisible()
  await expect(tree(page).getByRole('treeitem', { selected: true })).toHaveText([
    'Users (copy 2) folder',
    'GETGet Users (copy)',
  ])
  await expect(item(page, 'Users (copy 2) folder')).toBeFocused()
  await page.getByText('3 items duplicated.').locator('..').getByRole('button', { name: 'Undo' }).click()
  await expect(item(page, 'Users (copy 2) folder')).toHaveCount(0)
  expect(existsSync(join(folder, 'Get Users (copy).yml'))).toBe(false)
  expect(existsSync(join(folder, 'Users (copy)/create-user.yml'))).toBe(true)
})

test('a draft stays in its tab while its folder is deleted and comes back, and is saved there', async ({
  home,
  gatehouse,
}) => {
  const { page } = gatehouse
  const folder = openCollection(home, 'runner')
  await room(page)
  await item(page, 'Users folder').click()
  await item(page, 'POST Create User').click()
  const url = page.getByRole('textbox', { name: 'URL' })
  await url.fill('https://api.example.com/mine')
  await item(page, 'Users folder').click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Delete…/ }).click()
  await page.getByRole('dialog', { name: 'Delete “Users”?' }).getByRole('button', { name: 'Delete' }).click()
  await expect(item(page, 'Users folder')).toHaveCount(0)
  await expect(url).toHaveValue('https://api.example.com/mine')
  await page
    .getByText(/was moved to the bin\.$/)
    .last()
    .locator('..')
    .getByRole('button', { name: 'Undo' })
    .click()
  await expect(item(page, 'Users folder')).toBeVisible()
  await expect(url).toHaveValue('https://api.example.com/mine')
  await url.press('Control+s')
  await expect(page.getByText('Saved in create-user.yml.')).toBeVisible()
  expect(readFileSync(join(folder, 'users/create-user.yml'), 'utf8')).toContain(
    'https://api.example.com/mine',
  )
})
