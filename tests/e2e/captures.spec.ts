import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { choose } from './support/choose.ts'
import { rememberCollection } from './support/open-collection.ts'
import { keepShots } from './support/shots.ts'
import { RequestPage } from './pages/request-page.ts'

let server: Server
let origin: string
let asked: string[]
let empty: boolean
test.beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push([request.url, request.headers['x-session']].join(' ').trimEnd())
    response.setHeader('Content-Type', 'application/json')
    if (empty) return response.end('{}')
    response.setHeader('Location', '/orders/A-17')
    // Long enough for a file of its own, in which what is secret is covered.
    const filler = request.method === 'POST' ? 'x'.repeat(3_000_000) : ''
    response.end(JSON.stringify({ filler, order: { id: 'A-17' }, access_token: 'opaque-s3ssion-value' }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
test.afterAll(() => {
  server.closeAllConnections()
  server.close()
})
test.beforeEach(() => {
  asked = []
  empty = false
})

test('values of a response become variables of the next request', async ({ home, gatehouse }) => {
  const { page } = gatehouse
  const folder = join(home.directory, 'collections', 'shop')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'opencollection.yml'), 'opencollection: 1.0.0\ninfo:\n  name: Shop\n')
  const head = (name: string, seq: number) => `info:\n  name: ${name}\n  type: http\n  seq: ${seq}\n`
  writeFileSync(
    join(folder, 'make.yml'),
    `${head('Make', 1)}http:\n  method: POST\n  url: ${origin}/orders\n`,
  )
  writeFileSync(
    join(folder, 'look.yml'),
    `${head('Look', 2)}http:\n  method: GET\n  url: "${origin}/orders/{{orderId}}"\n  headers:\n    - name: X-Session\n      value: "{{session}}"\n`,
  )
  rememberCollection(home, folder)
  await page.getByRole('navigation').getByRole('button', { name: 'Requests' }).click()
  const tree = page.getByRole('tree', { name: 'Collections' })
  const parts = page.getByRole('tablist', { name: 'Parts of the request' })
  await tree.getByRole('treeitem', { name: 'Make' }).dblclick()
  await parts.getByRole('tab', { name: 'Variables' }).click()
  const captures = page.getByRole('region', { name: 'Captured from the response' })
  await captures.getByRole('textbox', { name: 'Variable of capture 1' }).fill('orderId')
  await captures.getByRole('textbox', { name: 'Source of capture 1' }).fill('res.body.order.id')
  await captures.getByRole('textbox', { name: 'Variable of capture 2' }).fill('session')
  await captures.getByRole('textbox', { name: 'Source of capture 2' }).fill('$.access_token')
  await choose(captures.getByRole('combobox', { name: 'Scope of capture 2' }), 'Collection')
  await captures.getByRole('textbox', { name: 'Variable of capture 3' }).fill('gone')
  await captures.getByRole('textbox', { name: 'Source of capture 3' }).fill('res.body.nothing')
  await page.keyboard.press('Control+Enter')
  const response = page.getByRole('group', { name: 'Response' })
  await expect(response).toContainText('1 of 3 not captured')
  await page
    .getByRole('tablist', { name: 'Parts of the response' })
    .getByRole('tab', { name: 'Captured' })
    .click()
  const rows = page.getByRole('table', { name: 'Captured' }).getByRole('row')
  await expect(rows.nth(1)).toContainText('A-17')
  await expect(rows.nth(2)).toContainText('secret')
  await expect(rows.nth(2)).not.toContainText('opaque')
  await expect(rows.nth(3)).toContainText('The response has nothing at res.body.nothing.')
  const inherited = page.getByRole('region', { name: 'Inherited' })
  await expect(inherited.getByRole('listitem')).toHaveText([
    'orderIdA-17from an earlier response',
    'sessionsecretfrom an earlier response, for the collection',
  ])
  await keepShots(page, 'captures')
  await captures.getByRole('button', { name: 'Remove capture 3' }).click()
  await page.keyboard.press('Control+s')
  await expect.poll(() => readFileSync(join(folder, 'make.yml'), 'utf8')).toContain('set-variable')
  const file = readFileSync(join(folder, 'make.yml'), 'utf8')
  expect(file).toContain('expression: res.body.order.id')
  expect(file).toContain('expression: $.access_token')
  expect(file).not.toContain('opaque')

  // The next request has them.
  await tree.getByRole('treeitem', { name: 'Look' }).dblclick()
  await new RequestPage(page).expectShown('Look')
  await expect(page.getByText('Unknown variables')).toHaveCount(0)
  await page.keyboard.press('Control+Enter')
  await expect(response).toContainText('200')
  expect(asked).toEqual(['/orders', '/orders/A-17 opaque-s3ssion-value'])

  // A response that has them no more leaves those of before, and marks them.
  empty = true
  await tree.getByRole('treeitem', { name: 'Make' }).dblclick()
  await new RequestPage(page).expectShown('Make')
  await page.keyboard.press('Control+Enter')
  await expect(response).toContainText('2 of 2 not captured')
  await tree.getByRole('treeitem', { name: 'Look' }).dblclick()
  await expect(page.getByText('Captured values are from an earlier response')).toBeVisible()
  await keepShots(page, 'captures-stale')

  // They can be forgotten.
  await parts.getByRole('tab', { name: 'Variables' }).click()
  const forget = page.getByRole('button', { name: 'Forget captured values' })
  await forget.click()
  await expect(page.getByText('Unknown variables')).toBeVisible()
  await expect(page.locator('body')).not.toBeFocused()
  const news = page.getByRole('status', { name: 'Notifications' })
  await expect(news).toContainText('“2 captured values” was moved to the bin.')
  await news.getByRole('button', { name: 'Undo' }).click()
  await expect(forget).toBeVisible()
  await expect(page.getByText('Unknown variables')).toHaveCount(0)
})

test('a value of a response is captured and checked from its menu', async ({ home, gatehouse }) => {
  const { page } = gatehouse
  const folder = join(home.directory, 'collections', 'shop')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'opencollection.yml'), 'opencollection: 1.0.0\ninfo:\n  name: Shop\n')
  writeFileSync(
    join(folder, 'look.yml'),
    `info:\n  name: Look\n  type: http\nhttp:\n  method: GET\n  url: ${origin}/orders\n`,
  )
  rememberCollection(home, folder)
  await page.getByRole('navigation').getByRole('button', { name: 'Requests' }).click()
  await page.getByRole('tree', { name: 'Collections' }).getByRole('treeitem', { name: 'Look' }).dblclick()
  await new RequestPage(page).expectShown('Look')
  await page.keyboard.press('Control+Enter')
  const lines = page.getByLabel('Body, formatted')
  await lines.getByText('"A-17"').click({ button: 'right' })
  await keepShots(page, 'line-menu')
  await page.getByRole('menuitem', { name: 'Copy path' }).click()
  await expect(page.getByText('Path copied.')).toBeVisible()
  await lines.getByText('"A-17"').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Check this value' }).click()
  await expect(page.getByRole('textbox', { name: 'Subject of check 1' })).toHaveValue('$.order.id')
  await page.getByRole('group', { name: 'Body view' }).getByText('Tree', { exact: true }).click()
  const value = page.getByRole('tree', { name: 'Body as a tree' }).getByRole('treeitem', { name: 'A-17' })
  await value.click({ button: 'right' })
  await keepShots(page, 'capture-menu')
  await page.getByRole('menuitem', { name: 'Capture as a variable' }).click()
  await expect(page.getByRole('textbox', { name: 'Variable of capture 1' })).toHaveValue('id')
  await expect(page.getByRole('textbox', { name: 'Source of capture 1' })).toHaveValue('$.order.id')
  await value.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Check this value' }).click()
  await expect(page.getByRole('textbox', { name: 'Expected value of check 2' })).toHaveValue('A-17')
  await page.keyboard.press('Control+Enter')
  const response = page.getByRole('group', { name: 'Response', exact: true })
  await expect(response).toContainText('1 captured')
  await expect(response).toContainText('2 of 2 checks passed')
})
