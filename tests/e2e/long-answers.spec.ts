import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from './fixtures.ts'
import { RequestPage } from './pages/request-page.ts'

const orders = Array.from({ length: 60_000 }, (_, id) => ({
  id,
  name: `order ${id}`,
  note: 'ready for dispatch',
}))
const long = JSON.stringify({ number: 7, orders, last: 12345678901234567890n.toString() })

let server: Server
let origin: string
/** Responses that wait for the test to go on. */
let open: ServerResponse[] = []

test.beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? ''
    if (path === '/events') {
      response.setHeader('Content-Type', 'text/event-stream').write('data: {"tick":1}\n\n')
      open.push(response)
      return
    }
    response.setHeader('Content-Type', 'application/json')
    if (path === '/long') return response.end(long)
    response.write(long.slice(0, 2_000_000))
    open.push(response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
test.beforeEach(() => void (open = []))
test.afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('a long body is shown before its end, is searched, and is there from the history again', async ({
  gatehouse,
}) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  await page.getByRole('textbox', { name: 'URL' }).fill(`${origin}/slow`)
  await page.keyboard.press('Control+Enter')
  const body = page.getByLabel('Body, formatted')
  await expect(body).toContainText('"number": 7,')
  await expect(requests.answer()).toContainText('receiving')
  open[0]?.end(long.slice(2_000_000))
  await expect(requests.answer()).not.toContainText('receiving')
  await expect(page.getByText('300,006 lines')).toBeVisible()

  await body.focus()
  await page.keyboard.press('End')
  await expect(body).toContainText('"last": "12345678901234567890"')
  await page.keyboard.press('Control+f')
  const search = page.getByRole('searchbox', { name: 'Search the body' })
  await expect(search).toBeFocused()
  await search.fill('"ORDER 59999"')
  await expect(page.getByRole('search', { name: 'In the body' })).toContainText('1 of 1')
  await expect(body).toContainText('"id": 59999')
  await page.getByRole('checkbox', { name: 'Regular expression' }).check()
  await search.fill('order 3[0-9]{4}"')
  await expect(page.getByRole('search', { name: 'In the body' })).toContainText('1 of 10,000')
  await expect(body).toContainText('"order 30000"')
  await search.press('Shift+Enter')
  await expect(page.getByRole('search', { name: 'In the body' })).toContainText('10,000 of 10,000')
  await expect(body).toContainText('"order 39999"')
  await search.press('Escape')
  await expect(search).toBeHidden()

  const filter = page.getByRole('searchbox', { name: 'Filter by JSONPath' })
  await filter.fill('$..[?@.id > 3]')
  await filter.press('Enter')
  await expect(page.getByText(/a filter \(\?\) behind \.\. is not available/)).toBeVisible()
  await filter.fill('$.orders[?@.id > 59997].id')
  await filter.press('Enter')
  await expect(body).toHaveText(/\[.*59998,.*59999.*\]/)
  await filter.fill('$.orders[59998:].name')
  await filter.press('Enter')
  await expect(body).toHaveText(/\[.*"order 59998",.*"order 59999".*\]/)
  await filter.fill('')
  await expect(body).toContainText('"number": 7,')

  await requests.get(`${origin}/other`.replace('other', 'long'))
  await page.getByRole('group', { name: 'Body view' }).getByText('Text', { exact: true }).click()
  await expect(page.getByLabel('Body as text')).toContainText('{"number":7,"orders"')
  await requests.history('/slow').click()
  await expect(body).toContainText('"number": 7,')
})

test('events appear as they come, and stay when they are stopped', async ({ gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  await page.getByRole('textbox', { name: 'URL' }).fill(`${origin}/events`)
  await page.keyboard.press('Control+Enter')
  const events = page.getByLabel('Messages')
  await expect(events).toContainText('{"tick":1}')
  open[0]?.write('event: changed\nid: 4\ndata: {"tick":2}\n\n')
  await expect(events).toContainText('changed')
  await expect(events).toContainText('{"tick":2}')
  await expect(page.getByText('2 messages')).toBeVisible()
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(requests.answer()).toContainText('200')
  await expect(requests.answer()).not.toContainText('receiving')
  await expect(events).toContainText('{"tick":2}')
  await expect(page.getByRole('alert').filter({ hasText: 'Stopped.' })).toBeVisible()
})
