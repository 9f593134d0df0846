import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from './fixtures.ts'
import { RequestPage } from './pages/request-page.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8z8DAwMDAxMDAwMDAAAANHQEDasKb6QAAAABJRU5ErkJggg==',
  'base64',
)
const large = JSON.stringify({
  note: 'large',
  items: Array.from({ length: 30_000 }, (_, id) => ({ id, name: `item ${id}`, tags: ['a', 'b'] })),
})

const rows = JSON.stringify({
  items: Array.from({ length: 2_000 }, (_, id) => ({ id, name: `item ${id}`, tags: ['a', 'b'] })),
})

let server: Server
let origin: string
/** The same server by another name: another origin. */
let other: string

test.beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? ''
    if (path === '/picture') return response.setHeader('Content-Type', 'image/png').end(png)
    if (path === '/page')
      return response.setHeader('Content-Type', 'text/html').end('<script>document.title = "taken"</script>')
    if (path === '/elsewhere') return response.writeHead(307, { Location: `${other}/taken` }).end()
    if (path === '/moved') return response.writeHead(302, { Location: '/small' }).end()
    response.setHeader('Content-Type', 'application/json')
    if (path === '/rows') return response.end(rows)
    return response.end(path === '/large' ? large : JSON.stringify({ path, list: [1, { deep: true }] }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  other = origin.replace('127.0.0.1', 'localhost')
})
test.afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('requests are saved, found, renamed, duplicated and removed by keyboard', async ({ gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  await requests.get(`${origin}/small/one`)
  await requests.saveAs('First request')
  await page.getByRole('button', { name: 'New', exact: true }).click()
  await requests.get(`${origin}/small/two`)

  await requests.row('First request').focus()
  await page.keyboard.press('F2')
  const rename = page.getByRole('dialog', { name: 'Rename “First request”' })
  await rename.getByLabel('Name').fill('Renamed')
  await page.keyboard.press('Enter')
  await expect(requests.row('Renamed')).toBeVisible()

  await requests.row('Renamed').click({ button: 'right' })
  await expect(page.getByRole('menu').getByText('Renamed', { exact: true })).toBeVisible()
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await expect(requests.row('Renamed (copy)')).toBeVisible()

  const search = page.getByRole('searchbox', { name: 'Search requests and history' })
  await search.fill('small two')
  await expect(requests.history('/small/two')).toBeVisible()
  await expect(requests.history('/small/one')).toHaveCount(0)
  await expect(requests.row('Renamed')).toHaveCount(0)
  await search.press('Escape')
  await expect(requests.history('/small/one')).toBeVisible()

  await requests.row('Renamed (copy)').focus()
  await page.keyboard.press('Delete')
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(requests.row('Renamed (copy)')).toHaveCount(0)

  await requests.history('/small/two').focus()
  await page.keyboard.press('End')
  await expect(requests.history('/small/one')).toBeFocused()
  await page.keyboard.press('Delete')
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(requests.history('/small/one')).toHaveCount(0)

  await requests.history('/small/two').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Clear history…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Clear the history' }).click()
  await expect(requests.history('/small/two')).toHaveCount(0)
  await expect(requests.row('Renamed')).toBeVisible()
})

test('a body is shown as JSON, tree, picture and bytes, and nothing of it runs', async ({ gatehouse }) => {
  const { page } = gatehouse
  const refused: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) refused.push(message.text())
  })
  const requests = new RequestPage(page)
  await requests.open()
  await requests.get(`${origin}/small`)
  await expect(page.getByLabel('Body, formatted')).toContainText('"deep": true')
  await requests.showAs('Tree')
  const tree = page.getByRole('tree', { name: 'Body as a tree' })
  await expect(tree.getByRole('treeitem')).toHaveCount(6)
  await tree.focus()
  for (const key of ['Home', 'ArrowDown', 'ArrowDown', 'ArrowLeft']) await page.keyboard.press(key)
  await expect(tree.getByRole('treeitem')).toHaveCount(3)
  await page.keyboard.press('ArrowRight')
  await expect(tree.getByRole('treeitem')).toHaveCount(6)

  await requests.get(`${origin}/large`)
  // The tab keeps what was picked.
  await expect(tree.getByRole('treeitem').nth(2)).toContainText('30000 items')
  await requests.showAs('JSON')
  await expect(page.getByLabel('Body, formatted')).toContainText('"note": "large"')
  await page.getByLabel('Body, formatted').focus()
  await page.keyboard.press('End')
  await expect(page.getByLabel('Body, formatted')).toContainText('"name": "item 29999"')
  await requests.showAs('Tree')
  await expect(tree.getByRole('treeitem').nth(2)).toContainText('30000 items')
  await tree.getByRole('treeitem').nth(2).click()
  await tree.focus()
  await page.keyboard.press('End')
  await expect(tree.getByRole('treeitem').last()).toContainText('3 fields')

  await requests.get(`${origin}/rows`)
  await requests.showAs('Table')
  const table = page.getByRole('table', { name: 'items: 2000 rows, 3 fields' })
  await expect(table.getByRole('row', { name: '0 0 item 0 a, b' })).toBeVisible()
  expect(await table.getByRole('row').count()).toBeLessThan(200)
  await page.getByRole('region', { name: 'Body as a table' }).focus()
  await page.keyboard.press('End')
  await expect(table.getByRole('rowheader', { name: '1999' })).toBeVisible()

  await requests.get(`${origin}/picture`)
  await expect(page.getByText('2 × 2')).toBeVisible()

  await requests.get(`${origin}/page`)
  await expect(page.getByText('<script>')).toBeVisible()
  expect(await page.title()).not.toBe('taken')
  const kinds = await page.evaluate(async () => {
    const list = await window.bridge.call['exchanges:list']({ limit: 4 })
    const ids = list.ok ? list.value.rows.map(({ id }) => id) : []
    return Promise.all(ids.map(async (id) => (await fetch(`/body/${id}`)).headers.get('content-type')))
  })
  expect(kinds).toEqual([
    'application/octet-stream',
    'image/png',
    'application/octet-stream',
    'application/octet-stream',
  ])
  expect(refused).toEqual([])
})

test('redirects are told, panes move by keyboard', async ({ gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  await requests.get(`${origin}/moved`)
  await page.getByRole('tab', { name: 'Sent', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Redirects' })).toContainText('302')
  const bar = page.getByRole('separator', { name: 'Width of the request' })
  const before = Number(await bar.getAttribute('aria-valuenow'))
  await bar.focus()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeLessThan(before)
  // One above the other and back: what has the focus stays, and so does the width that was given.
  const moved = String(await bar.getAttribute('aria-valuenow'))
  await page.setViewportSize({ width: 900, height: 600 })
  await expect(bar).toHaveAttribute('aria-orientation', 'horizontal')
  await expect(bar).toBeFocused()
  await expect(page.getByRole('region', { name: 'Redirects' })).toContainText('302')
  await page.setViewportSize({ width: 1280, height: 800 })
  await expect(bar).toHaveAttribute('aria-orientation', 'vertical')
  await expect(bar).toHaveAttribute('aria-valuenow', moved)
  await expect(bar).toBeFocused()
})

test('a body waits for a word before a redirect carries it to another server', async ({ gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  await requests.post(`${origin}/elsewhere`, '{"password":"s3cret"}')
  const held = page.getByRole('alert').filter({ hasText: 'http_redirect_held' })
  await expect(held).toContainText(`${origin}/elsewhere`)
  await expect(held).toContainText(`${other}/taken`)
  await held.getByRole('button', { name: /^Forward the body to localhost/ }).click()
  await expect(page.getByRole('group', { name: 'Response' })).toContainText('200')
  await expect(held).toBeHidden()
})

test('values, paths, headers and curl are copied from menus', async ({ gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  await requests.get(`${origin}/small/one`)
  await requests.showAs('Tree')
  const tree = page.getByRole('tree', { name: 'Body as a tree' })
  const search = page.getByRole('searchbox')
  /** What is on the clipboard, as a search for it. */
  async function copied(): Promise<string> {
    await search.fill('')
    await search.focus()
    await page.keyboard.press('Control+v')
    const text = await search.inputValue()
    await search.fill('')
    return text
  }
  await tree.getByRole('treeitem').filter({ hasText: 'deep' }).last().click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Copy path' }).click()
  await expect(page.getByText('Path copied.')).toBeVisible()
  expect(await copied()).toBe('$.list[1].deep')
  await tree.focus()
  await page.keyboard.press('Control+c')
  await expect(page.getByText('Value copied.')).toBeVisible()
  expect(await copied()).toBe('true')
  await tree.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ContextMenu')
  await page.getByRole('menuitem', { name: 'Copy value' }).click()
  await expect.poll(copied).toBe('{"path":"/small/one","list":[1,{"deep":true}]}')

  await page
    .getByRole('tab', { name: /^Headers/ })
    .last()
    .click()
  const headers = page.getByRole('table', { name: 'Headers of the response' })
  await headers.getByText('application/json').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Copy line' }).click()
  await expect.poll(copied).toBe('Content-Type: application/json')

  await requests.history('/small/one').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Copy as curl' }).click()
  await expect.poll(copied).toBe(`curl --request 'GET' '${origin}/small/one'`)
})

test('keys of the request’s menu do what it says', async ({ gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  await requests.get(`${origin}/small/two`)
  await requests.saveAs('Kept')
  await page.getByRole('button', { name: 'More about this request' }).click()
  for (const [name, keys] of [
    ['Save', 'Ctrl S'],
    ['Copy as curl', 'Ctrl Shift C'],
    ['Rename…', 'F2'],
    ['Duplicate', 'Ctrl D'],
  ] as const)
    await expect(page.getByRole('menuitem', { name: `${name} ${keys}` })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+d')
  await expect(requests.row('Kept (copy)')).toBeVisible()
  await page.keyboard.press('F2')
  await expect(page.getByRole('dialog', { name: 'Rename “Kept”' })).toBeVisible()
})

test('the method is chosen by keyboard alone', async ({ gatehouse }) => {
  const { page } = gatehouse
  await new RequestPage(page).open()
  const method = page.getByRole('combobox', { name: 'Method' })
  const options = page.getByRole('listbox', { name: 'Method' }).getByRole('option')
  await method.focus()
  await page.keyboard.press('ArrowDown')
  await expect(options).toHaveText(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'Other…'])
  await expect(method).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('End')
  await page.keyboard.press('Escape')
  await expect(options).toHaveCount(0)
  await expect(method).toHaveText('GET')
  await page.keyboard.type('pa')
  await page.keyboard.press('Enter')
  await expect(method).toHaveText('PATCH')
  await expect(method).toBeFocused()
  await page.keyboard.press('Alt+ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  await expect(method).toHaveText('DELETE')
  await expect(page.getByRole('textbox', { name: 'URL' })).toBeFocused()
})
