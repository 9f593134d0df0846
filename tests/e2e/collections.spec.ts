import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright/test'
import { expect, test } from './fixtures.ts'
import { RequestPage } from './pages/request-page.ts'
import { choose } from './support/choose.ts'
import { openCollection } from './support/open-collection.ts'

let server: Server
let origin: string
test.beforeAll(async () => {
  server = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify({ method: request.method, path: request.url }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
test.afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const tree = (page: Page): Locator => page.getByRole('tree', { name: 'Collections' })
const item = (page: Page, name: string | RegExp): Locator => tree(page).getByRole('treeitem', { name })
async function room(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Requests' }).click()
}
async function pick(page: Page, row: Locator, action: string): Promise<void> {
  await row.click({ button: 'right' })
  await page.getByRole('menuitem', { name: action }).click()
}
async function nameIt(page: Page, name: string, button: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: button }).click()
}

test('a request of a collection is found, sent, changed and saved in its file', async ({
  home,
  gatehouse,
}) => {
  const { page } = gatehouse
  const folder = openCollection(home, 'runner')
  const file = join(folder, 'get-users.yml')
  writeFileSync(file, `# the list\n${readFileSync(file, 'utf8').replace('https://api.example.com', origin)}`)
  await room(page)
  await expect(tree(page).getByRole('treeitem')).toHaveText([
    'My requests collection',
    'client-certs-enabled-yml collection',
    'Users folder',
    'GETGet Users',
    'GEThttps-request',
    'grpc-requestgRPC',
    'wss-requestWebSocket',
  ])
  // By keyboard alone: into the folder and out of it, then to the request.
  await item(page, 'Users folder').focus()
  await page.keyboard.press('ArrowRight')
  await expect(item(page, 'POST Create User')).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(item(page, 'POST Create User')).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect(item(page, 'POST Create User')).toHaveCount(0)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'URL' })).toHaveValue(`${origin}/users`)
  await page.keyboard.press('Control+Enter')
  await expect(new RequestPage(page).answer().getByText(/^200/)).toBeVisible()

  const before = readFileSync(file, 'utf8')
  await choose(page.getByRole('combobox', { name: 'Method' }), 'DELETE')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Saved in get-users.yml.')).toBeVisible()
  expect(readFileSync(file, 'utf8')).toBe(before.replace('GET', 'DELETE'))
  await expect(item(page, 'DEL Get Users')).toBeVisible()

  await page.getByRole('searchbox', { name: 'Search requests and history' }).fill('create')
  await expect(tree(page).getByRole('treeitem')).toHaveText([
    'client-certs-enabled-yml collection',
    'Users folder',
    'POSTCreate User',
  ])
})

test('changes made elsewhere are shown, and never written over unseen', async ({ home, gatehouse }) => {
  const { page } = gatehouse
  const folder = openCollection(home, 'runner')
  const file = join(folder, 'get-users.yml')
  const url = page.getByRole('textbox', { name: 'URL' })
  await room(page)
  await item(page, 'GET Get Users').click()
  await expect(url).toHaveValue('https://api.example.com/users')

  // What nobody has changed here follows the file.
  const theirs = readFileSync(file, 'utf8').replace('/users', '/people')
  writeFileSync(file, theirs)
  await expect(url).toHaveValue('https://api.example.com/people')

  await url.fill('https://api.example.com/mine')
  const again = theirs.replace('GET', 'PUT')
  writeFileSync(file, again)
  await expect(page.getByText('get-users.yml was changed elsewhere')).toBeVisible()
  await expect(url).toHaveValue('https://api.example.com/mine')
  await page.keyboard.press('Control+s')
  const dialog = page.getByRole('dialog', { name: 'The file was changed elsewhere' })
  await expect(dialog.getByRole('region', { name: 'Both versions' })).toContainText('/mine')
  expect(readFileSync(file, 'utf8')).toBe(again)
  await dialog.getByRole('button', { name: 'Save with my draft' }).click()
  await expect(dialog).toHaveCount(0)
  await expect.poll(() => readFileSync(file, 'utf8')).toContain('/mine')

  await url.fill('https://api.example.com/other')
  rmSync(file)
  await expect(page.getByText('The file cannot be read now')).toBeVisible()
  await page.keyboard.press('Control+s')
  await page
    .getByRole('dialog', { name: 'The file no longer exists' })
    .getByRole('button', { name: 'Recreate the file' })
    .click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(readFileSync(file, 'utf8')).toContain('/other')
  await expect(item(page, 'GET Get Users')).toBeVisible()
})

test('a broken file shows its place, and files are made, renamed, deleted and put back', async ({
  home,
  launch,
}) => {
  const first = await launch()
  const folder = openCollection(home, 'runner', 'shop')
  writeFileSync(join(folder, 'https-request.yml'), 'info:\n  name: "https\n  type: http\n')
  await room(first.page)
  await expect(item(first.page, /Line 4, column 1: A character is missing/)).toBeVisible()
  await expect(tree(first.page)).toContainText('Line 4, column 1')
  await first.close()

  // It is open after a restart too.
  const { page } = await launch()
  await room(page)
  await pick(page, item(page, /(?<!My requests) collection$/), 'New folder…')
  await nameIt(page, 'Orders: all', 'Create')
  await pick(page, item(page, 'Orders: all folder'), 'New request…')
  await nameIt(page, 'Place one', 'Create')
  await expect(page.getByRole('textbox', { name: 'URL' })).toHaveValue('')
  expect(readFileSync(join(folder, 'Orders- all/Place one.yml'), 'utf8')).toBe(
    'info:\n  name: Place one\n  type: http\nhttp:\n  method: GET\n  url: ""\n',
  )
  await item(page, 'GET Place one').focus()
  await page.keyboard.press('F2')
  await nameIt(page, 'Place an order', 'Rename')
  await expect(item(page, 'GET Place an order')).toBeVisible()
  await expect(page.getByRole('tab', { name: /Place an order/ })).toBeVisible()

  await item(page, 'GET Place an order').focus()
  await page.keyboard.press('Control+d')
  await expect(item(page, 'GET Place an order (copy)')).toBeVisible()

  // A request that was saved nowhere becomes a file, without what was typed as a secret.
  await page.getByRole('button', { name: 'New', exact: true }).click()
  await page
    .getByRole('textbox', { name: 'URL' })
    .fill('https://api.example.com/all?access_token=typed-by-hand-1')
  await page.keyboard.press('Control+s')
  const dialog = page.getByRole('dialog', { name: 'Save the request' })
  await choose(dialog.getByRole('combobox', { name: 'Save in' }), /Orders- all$/)
  await dialog.getByLabel('Name').fill('All of them')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(item(page, 'GET All of them')).toBeVisible()
  expect(readFileSync(join(folder, 'Orders- all/All of them.yml'), 'utf8')).toContain(
    'url: "https://api.example.com/all?access_token="\n',
  )
  await expect(page.getByRole('textbox', { name: 'URL' })).toHaveValue(/typed-by-hand-1$/)

  await item(page, 'Orders: all folder').focus()
  await page.keyboard.press('Delete')
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(item(page, 'Orders: all folder')).toHaveCount(0)
  // The copy made before can be taken back as well.
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect(item(page, 'Orders: all folder')).toBeVisible()

  renameSync(folder, `${folder}-moved`)
  await expect(item(page, /does not exist/)).toBeVisible()
  // It is noticed when it comes back.
  renameSync(`${folder}-moved`, folder)
  await expect(item(page, 'Orders: all folder')).toBeVisible()
})
