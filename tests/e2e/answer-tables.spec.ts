import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from './fixtures.ts'
import { violationsOf } from './support/axe.ts'
import { keepShots } from './support/shots.ts'
import { RequestPage } from './pages/request-page.ts'

const people = ['Ada Lovelace', 'Grace Hopper', 'Alan Turing', 'Edsger "E. W." Dijkstra']
const csv = [
  'id,customer,placed at,total,note',
  ...Array.from(
    { length: 20_000 },
    (_, id) =>
      `${id},"${(people[id % 4] ?? '').replaceAll('"', '""')}",2026-11-27T09:15:00Z,${(id * 7.25).toFixed(2)},"left at\nthe door, ${id}"`,
  ),
].join('\r\n')
const orders = JSON.stringify({
  total: 40_000,
  orders: Array.from({ length: 40_000 }, (_, id) => ({
    id: id === 0 ? 'FIRST' : id,
    customer: people[id % 4],
    address: { city: 'Lisbon', zip: `10${id % 9}0` },
    ...(id > 39_990 && { refunded: true }),
  })),
}).replace('"FIRST"', '90071992547409931234')
const records = Array.from({ length: 3 }, (_, id) => JSON.stringify({ id, level: 'info' })).join('\n')

const bodies: Record<string, [contentType: string, body: string]> = {
  '/orders.csv': ['text/csv; charset=utf-8', csv],
  '/orders': ['application/json', orders],
  '/log': ['application/x-ndjson', records],
  '/mistaken': ['text/html; charset=utf-8', '{"sent":"as a page"}'],
}
let server: Server
let origin: string
test.beforeAll(async () => {
  server = createServer((request, response) => {
    const [type, body] = bodies[request.url ?? ''] ?? ['', '{"sent":"without a type"}']
    response.writeHead(200, type === '' ? {} : { 'content-type': type }).end(body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
test.afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('CSV is a table whose values are gone to, copied and found', async ({ gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  await requests.get(`${origin}/orders.csv`)
  const table = page.getByRole('grid', { name: 'Body as a table' })
  await expect(table.getByRole('columnheader', { name: 'placed at' })).toBeVisible()
  await expect(page.getByText('20,000 rows, 5 columns')).toBeVisible()
  const first = table.getByRole('row', { name: /^1 0/ })
  await expect(first.getByRole('gridcell').nth(1)).toHaveText('Ada Lovelace')
  await keepShots(page, 'table-csv')

  await table.focus()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('End')
  await expect(table.getByRole('gridcell', { selected: true })).toHaveText('left at\nthe door, 19999')
  await page.keyboard.press('Control+c')
  await expect(page.getByText('Value copied.')).toBeVisible()
  const column = table.getByRole('columnheader', { name: 'note' })
  const before = (await column.boundingBox())?.width ?? 0
  await page.keyboard.press('Alt+ArrowRight')
  await expect.poll(async () => (await column.boundingBox())?.width ?? 0).toBeGreaterThan(before + 20)

  await page.keyboard.press('Control+f')
  const search = page.getByRole('searchbox', { name: 'Search the body' })
  await page.keyboard.press('Control+v')
  // A field of one line takes no breaks.
  await expect(search).toHaveValue(/^left at\s?the door, 19999$/)
  await search.fill('the door, 777')
  await expect(page.getByRole('search', { name: 'In the body' })).toContainText('1 of 11')
  await expect(table.getByRole('gridcell', { name: '777', exact: true })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
})

test('a long list in JSON is a table too, with its digits as they came and names that come late', async ({
  gatehouse,
}) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  await requests.get(`${origin}/orders`)
  await page.getByRole('group', { name: 'Body view' }).getByText('Table', { exact: true }).click()
  const table = page.getByRole('grid', { name: 'Body as a table' })
  await expect(page.getByText('orders: 40,000 rows, 3 columns')).toBeVisible()
  await expect(table.getByRole('gridcell', { name: '90071992547409931234' })).toBeVisible()
  await expect(table.getByRole('gridcell', { name: '{"city":"Lisbon","zip":"1000"}' }).first()).toBeVisible()
  await keepShots(page, 'table-json')
  await table.focus()
  await page.keyboard.press('Control+End')
  await expect(page.getByText('orders: 40,000 rows, 4 columns')).toBeVisible()
  await expect(table.getByRole('columnheader', { name: 'refunded' })).toBeVisible()

  await requests.get(`${origin}/log`)
  await page.getByRole('group', { name: 'Body view' }).getByText('Table', { exact: true }).click()
  await expect(page.getByText('3 rows, 2 columns')).toBeVisible()
})

test('a body is recognized by its bytes where its type is wrong or missing', async ({ gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  await requests.get(`${origin}/mistaken`)
  await expect(page.getByText('application/json, sent as text/html')).toBeVisible()
  await expect(page.getByLabel('Body, formatted')).toContainText('"sent": "as a page"')
  await requests.get(`${origin}/missing`)
  await expect(page.getByText('application/json, sent without a type')).toBeVisible()
})
