import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from './fixtures.ts'
import { RequestPage } from './pages/request-page.ts'
import { choose } from './support/choose.ts'

let server: Server
let origin: string

test.beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? ''
    response.writeHead(path.startsWith('/missing') ? 404 : 200, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify({ path, customerId: `c-${path.length}`, note: 'plain words of a body' }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
test.afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('the history is searched as one types, and is kept to limits', async ({ gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  for (const path of ['/orders/1', '/orders/2', '/invoices/3']) await requests.get(`${origin}${path}`)
  await requests.get(`${origin}/missing/4`, /^404/)
  const search = page.getByRole('searchbox', { name: 'Search requests and history' })
  await search.pressSequentially('ord')
  await expect(requests.history('/orders/1')).toBeVisible()
  await expect(requests.history('/invoices/3')).toBeHidden()
  await search.fill('status:4xx words')
  await expect(requests.history('/missing/4')).toBeVisible()
  await expect(requests.history('/orders/2')).toBeHidden()
  await search.fill('"words of" invo')
  await expect(requests.history('/invoices/3')).toBeVisible()
  await expect(requests.history('/missing/4')).toBeHidden()
  const shots = process.env['HISTORY_SHOTS']
  const show = async (name: string) => {
    if (shots === undefined) return
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.screenshot({ path: `${shots}/${name}-${colorScheme}.png` })
    }
  }
  await show('search')
  await search.fill('')

  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('tab', { name: 'History' }).click()
  await expect(page.getByText(/^4 exchanges, /)).toBeVisible()
  await choose(page.getByRole('combobox', { name: 'Maximum exchanges' }), '1,000')
  await choose(page.getByRole('combobox', { name: 'Maximum age' }), '30 days')
  const asked = page.getByRole('dialog', { name: 'Delete older history?' })
  await asked.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('combobox', { name: 'Maximum age' })).toHaveText('Any age')
  await choose(page.getByRole('combobox', { name: 'Maximum age' }), '30 days')
  await asked.getByRole('button', { name: 'Delete older history' }).click()
  await expect(page.getByRole('combobox', { name: 'Maximum age' })).toHaveText('30 days')
  await expect(page.getByText(/^4 exchanges, /)).toBeVisible()
  await show('settings')
})
