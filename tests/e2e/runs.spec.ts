import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { choose } from './support/choose.ts'
import { rememberCollection } from './support/open-collection.ts'
import { keepShots } from './support/shots.ts'

let server: Server
let origin: string
test.beforeAll(async () => {
  server = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json')
    if (request.url === '/orders/3') response.statusCode = 404
    response.end(JSON.stringify({ path: request.url, items: [{ id: 7 }] }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
test.afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('checks are judged, kept in the file, and a folder is run with data', async ({ home, gatehouse }) => {
  const { page } = gatehouse
  const folder = join(home.directory, 'collections', 'shop')
  mkdirSync(join(folder, 'orders'), { recursive: true })
  writeFileSync(join(folder, 'opencollection.yml'), 'opencollection: 1.0.0\ninfo:\n  name: Shop\n')
  const file = join(folder, 'orders', 'order.yml')
  writeFileSync(
    file,
    `info:\n  name: One order\n  type: http\nhttp:\n  method: GET\n  url: "${origin}/orders/{{id}}"\nruntime:\n  variables:\n    - name: other\n      value: "1"\n  assertions:\n    - expression: res.status\n      operator: eq\n      value: "200"\n`,
  )
  writeFileSync(
    join(folder, 'orders', 'list.yml'),
    `info:\n  name: All orders\n  type: http\nhttp:\n  method: GET\n  url: ${origin}/orders\n`,
  )
  rememberCollection(home, folder)
  await page.getByRole('navigation').getByRole('button', { name: 'Requests' }).click()
  const tree = page.getByRole('tree', { name: 'Collections' })

  // Checks of one request.
  await tree.getByRole('treeitem', { name: 'orders folder' }).click()
  await tree.getByRole('treeitem', { name: 'All orders' }).click()
  const parts = page.getByRole('tablist', { name: 'Parts of the request' })
  await parts.getByRole('tab', { name: 'Checks' }).click()
  await page.getByRole('button', { name: 'Status is 200' }).click()
  await page.getByRole('textbox', { name: 'Subject of check 2' }).fill('$.items[0].id')
  await page.getByRole('textbox', { name: 'Expected value of check 2' }).fill('8')
  await choose(page.getByRole('combobox', { name: 'Operator of check 2' }), 'is less than')
  await page.getByRole('textbox', { name: 'Subject of check 3' }).fill('res.body.items')
  await choose(page.getByRole('combobox', { name: 'Operator of check 3' }), 'is a text')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('group', { name: 'Response' })).toContainText('2 of 3 checks passed')
  await page
    .getByRole('tablist', { name: 'Parts of the response' })
    .getByRole('tab', { name: 'Checks' })
    .click()
  const table = page.getByRole('table', { name: 'Checks' })
  await expect(table.getByRole('row').nth(1)).toContainText('Passed')
  await expect(table.getByRole('row').nth(3)).toContainText('Failed')
  await expect(table.getByRole('row').nth(3)).toContainText('[{"id":7}]')
  await keepShots(page, 'checks')
  await page.keyboard.press('Control+s')
  await expect.poll(() => readFileSync(join(folder, 'orders', 'list.yml'), 'utf8')).toContain('extensions:')
  expect(readFileSync(join(folder, 'orders', 'list.yml'), 'utf8')).toContain('- expression: res.body.items')

  // The folder, three times, with the rows of a file.
  await tree.getByRole('treeitem', { name: 'orders folder' }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Run…' }).click()
  await expect(page.getByRole('heading', { name: 'Run “orders”' })).toBeVisible()
  await page.getByLabel('Data file').setInputFiles({
    name: 'ids.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('id\n1\n2\n3\n'),
  })
  await expect(page.getByText('ids.csv')).toBeVisible()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const results = page.getByRole('region', { name: 'Results' })
  await expect(results).toContainText('Finished')
  await expect(results).toContainText('6 of 6 done')
  await expect(results).toContainText('4 failed')
  await expect(results).toContainText('8 of 12 checks passed')
  await expect(page.getByRole('button', { name: 'Run again' })).toBeFocused()
  const rows = page.getByRole('list', { name: 'Requests of the run' }).getByRole('button')
  await expect(rows).toHaveCount(6)
  await keepShots(page, 'run')
  await results.getByLabel('Only failures').check()
  await expect(rows).toHaveCount(4)
  await rows.filter({ hasText: '404' }).click()
  await expect(page.getByRole('group', { name: 'Response' })).toContainText('0 of 1 check passed')
})

test('a run says before and in its results which requests are sent without their auth', async ({
  home,
  gatehouse,
}) => {
  const { page } = gatehouse
  const folder = join(home.directory, 'collections', 'shop')
  mkdirSync(join(folder, 'reports'), { recursive: true })
  writeFileSync(join(folder, 'opencollection.yml'), 'opencollection: 1.0.0\ninfo:\n  name: Shop\n')
  writeFileSync(
    join(folder, 'reports', 'folder.yml'),
    'info:\n  name: Reports\n  type: folder\nrequest:\n  auth:\n    type: ntlm\n    username: a\n    password: ""\n',
  )
  const request = (name: string, auth: string): string =>
    `info:\n  name: ${name}\n  type: http\nhttp:\n  method: GET\n  url: "${origin}/reports"\n${auth}`
  writeFileSync(join(folder, 'reports', 'a.yml'), request('Sales', '  auth: inherit\n'))
  writeFileSync(join(folder, 'reports', 'b.yml'), request('Stock', '  auth:\n    type: oauth1\n'))
  writeFileSync(join(folder, 'reports', 'c.yml'), request('Public', ''))
  rememberCollection(home, folder)
  await page.getByRole('navigation').getByRole('button', { name: 'Requests' }).click()
  const tree = page.getByRole('tree', { name: 'Collections' })
  await tree.getByRole('treeitem', { name: 'Reports folder' }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Run…' }).click()
  const notice = page.getByRole('status').filter({ hasText: 'Gatehouse does not send' })
  await expect(notice).toContainText('2 requests have an auth that Gatehouse does not send')
  await expect(notice).toContainText('NTLM, OAuth 1: Sales, Stock.')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const results = page.getByRole('region', { name: 'Results' })
  await expect(results).toContainText('3 of 3 done')
  const rows = page.getByRole('list', { name: 'Requests of the run' }).getByRole('button')
  await expect(rows.filter({ hasText: 'Sales' })).toContainText('NTLM auth not sent.')
  await expect(rows.filter({ hasText: 'Stock' })).toContainText('OAuth 1 auth not sent.')
  await expect(rows.filter({ hasText: 'Public' })).not.toContainText('not sent')
  await expect(notice).toBeVisible()
  await keepShots(page, 'run-unsent')
  // Where no one's auth is sent, there is nothing to say.
  await choose(page.getByRole('combobox', { name: 'Call as' }), 'No token')
  await expect(notice).toBeHidden()
})
