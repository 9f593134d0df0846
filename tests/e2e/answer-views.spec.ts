import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from './fixtures.ts'
import { keepShots } from './support/shots.ts'
import { RequestPage } from './pages/request-page.ts'

/** Everything that a page may try to reach a server by, or to run. */
const hostilePage = (elsewhere: string): string => `<!doctype html><html><head><title>Shop</title>
<meta http-equiv="refresh" content="0;url=${elsewhere}/refresh">
<link rel="preconnect" href="${elsewhere}"><link rel="dns-prefetch" href="${elsewhere}">
<link rel="prefetch" href="${elsewhere}/prefetch"><link rel="stylesheet" href="${elsewhere}/style.css">
<style>body { font-family: sans-serif; background: url(${elsewhere}/background) } h1 { color: rgb(10, 90, 160) }</style>
<script>document.title = 'ran'; fetch('${elsewhere}/fetch')</script></head>
<body onload="document.body.textContent = 'ran'"><h1>Orders</h1><p id="text">Three orders are open.</p>
<img src="${elsewhere}/image" onerror="document.body.textContent = 'ran'"><video src="${elsewhere}/video" autoplay></video>
<iframe src="${elsewhere}/frame"></iframe><object data="${elsewhere}/object"></object><embed src="${elsewhere}/embed">
<form action="${elsewhere}/form"><button>Send</button></form><a href="${elsewhere}/link">Link</a>
<a href="javascript:document.body.textContent='ran'">Script</a><svg><script>document.body.textContent='ran'</script></svg>
</body></html>`
const pdf = Buffer.from('%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n<<>>\nendobj\n'.repeat(20), 'latin1')
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const doubled = '{"id":12345678901234567890,"rate":1e400,"exact":1.000,"id":2,"in":{"a":1,"a":2}}'
const long = `{"items":[${Array.from({ length: 30_000 }, (_, id) => `{"id":${id},"name":"order ${id}","big":9007199254740993}`).join(',')}],"end":1,"end":2}`

const withLinks = (count: number): string =>
  JSON.stringify({
    items: Array.from({ length: count }, (_, id) => ({
      id,
      name: `order ${id}`,
      next: '/none',
      padding: 'x'.repeat(40),
    })),
    next: '/orders?page=2',
    _links: { author: { href: '/ann' } },
  })

let server: Server
let origin: string
/** A server that no one may reach: its connections are counted, whatever they are for. */
let other: Server
let elsewhere: string
let reached: string[] = []

function listen(made: Server): Promise<string> {
  return new Promise((done) =>
    made.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${(made.address() as AddressInfo).port}`)),
  )
}
test.beforeAll(async () => {
  other = createServer((request, response) => {
    reached.push(request.url ?? '')
    response.end()
  })
  other.on('connection', () => reached.push('a connection'))
  elsewhere = await listen(other)
  let turn = 0
  let busy = 0
  server = createServer((request, response) => {
    if (request.url === '/orders') {
      turn += 1
      const orders = Array.from({ length: turn }, (_, at) => ({ id: turn - at }))
      response
        .writeHead(200, {
          'content-type': 'application/json',
          link: `</orders?page=2>; rel="next", <${elsewhere}/help>; rel=help`,
          'x-number': turn,
        })
        .end(JSON.stringify({ total: turn, orders }))
      return
    }
    if (request.url === '/busy') {
      busy += 1
      response.writeHead(busy === 1 ? 503 : 200, { 'retry-after': '12' }).end('{}')
      return
    }
    const bodies: Record<string, [string, string | Buffer]> = {
      '/page': ['text/html; charset=utf-8', hostilePage(elsewhere)],
      '/pdf': ['text/plain', pdf],
      '/picture': ['application/octet-stream', png],
      '/doubled': ['application/json', doubled],
      '/long': ['application/json', long],
      '/long-links': ['application/json', withLinks(5_000)],
    }
    const [type, body] = bodies[request.url ?? ''] ?? ['text/plain', '']
    response.writeHead(200, { 'content-type': type }).end(body)
  })
  origin = await listen(server)
})
test.beforeEach(() => void (reached = []))
test.afterAll(() => {
  for (const each of [server, other]) {
    each.closeAllConnections()
    each.close()
  }
})

test('a web page is drawn on request alone, and neither runs nor reaches anything', async ({ gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  await requests.get(`${origin}/page`)
  const views = page.getByRole('group', { name: 'Body view' })
  await expect(page.getByLabel('Body as text')).toContainText('<h1>Orders</h1>')
  await views.getByText('Page', { exact: true }).click()
  await expect(page.locator('iframe')).toHaveCount(0)
  await page.getByRole('button', { name: 'Render the page' }).click()
  const drawn = page.frameLocator('iframe[title="The response as a page"]')
  await expect(drawn.getByRole('heading', { name: 'Orders' })).toBeVisible()
  await expect(drawn.getByRole('heading', { name: 'Orders' })).toHaveCSS('color', 'rgb(10, 90, 160)')
  await keepShots(page, 'page-drawn')
  for (const link of ['Script', 'Link']) {
    await drawn.getByRole('link', { name: link }).click()
    await expect(drawn.getByText('Three orders are open.')).toBeVisible()
  }
  await drawn.getByRole('button', { name: 'Send' }).click()
  await expect(drawn.getByText('Three orders are open.')).toBeVisible()
  const frame = page.frames().find((each) => each.url().includes('/drawn/'))
  expect(await frame?.title()).toBe('Shop')
  expect(page.url()).toBe('app://gatehouse/index.html')
  // The page itself still works, and another response is not drawn unasked.
  await requests.get(`${origin}/page`)
  await expect(page.locator('iframe')).toHaveCount(0)
  expect(reached).toEqual([])
})

test('pictures are shown, and what is not drawn says what it is', async ({ gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  await requests.get(`${origin}/picture`)
  await expect(page.getByText('image/png, sent as application/octet-stream')).toBeVisible()
  await expect(page.getByText('1 × 1')).toBeVisible()
  await requests.get(`${origin}/pdf`)
  await expect(page.getByText('PDF document')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save to a file…' })).toBeVisible()
  await keepShots(page, 'file')
})

test('numbers are shown as they came, and doubled names are marked', async ({ gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  await requests.get(`${origin}/doubled`)
  const body = page.getByLabel('Body, formatted')
  for (const digits of ['12345678901234567890', '1e400', '1.000']) await expect(body).toContainText(digits)
  await expect(body.getByText('name occurs twice')).toHaveCount(2)
  await page.getByRole('group', { name: 'Body view' }).getByText('Tree', { exact: true }).click()
  const tree = page.getByRole('tree', { name: 'Body as a tree' })
  await expect(tree).toContainText('12345678901234567890')
  await expect(tree.getByText('name occurs twice')).toHaveCount(2)
  await keepShots(page, 'doubled')
})

test('a long body is folded, gone about in by line and JSONPath, and copied from', async ({ gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  await requests.get(`${origin}/long`)
  const body = page.getByLabel('Body, formatted')
  await expect(page.getByText('1 name occurs twice')).toBeVisible()
  await expect(body).toContainText('9007199254740993')
  await body.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowLeft')
  await expect(body).toContainText('"items": [ … 150,000 lines … ]')
  await expect(body.getByText('name occurs twice')).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(body).toContainText('"order 0"')

  await page.keyboard.press('Control+f')
  await page.getByRole('checkbox', { name: 'JSONPath' }).check()
  const search = page.getByRole('searchbox', { name: 'Search the body' })
  await search.fill('$.items[29999].name')
  await expect(page.getByRole('search', { name: 'In the body' })).toContainText('1 of 1')
  await expect(body).toContainText('"order 29999"')
  await page.getByRole('textbox', { name: 'Go to line' }).fill('6')
  await page.keyboard.press('Enter')
  await expect(body).toContainText('"order 0"')
  await body.getByText('"order 0"').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Copy path' }).click()
  await expect(page.getByText('Path copied.')).toBeVisible()
  // Another size draws all of it again.
  await keepShots(page, 'search-path')
})

test('two responses of a request are compared, and its links are followed', async ({ gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  await requests.get(`${origin}/orders`)
  await expect(page.getByRole('tab', { name: 'Compare' })).toBeVisible()
  await page.getByRole('tab', { name: 'Compare' }).click()
  await expect(page.getByText('Send the request again to compare its responses here.')).toBeVisible()
  await page.keyboard.press('Control+Enter')
  const body = page.getByRole('table', { name: 'Differences of the bodies' })
  await expect(body.getByRole('row', { name: /\$\.total 1 2/ })).toBeVisible()
  await expect(body.getByRole('row', { name: /added \$\.orders\[0\]/ })).toBeVisible()
  await expect(
    page.getByRole('table', { name: 'Headers that differ' }).getByRole('row', { name: /x-number 1 2/ }),
  ).toBeVisible()
  await keepShots(page, 'compare')

  // Any other response of the history, too.
  await requests.history('/orders').nth(1).click({ button: 'right' })
  await expect(page.getByRole('menuitem', { name: 'Compare with the open response' })).toBeVisible()
  await page.keyboard.press('Escape')

  const links = page.getByRole('group', { name: 'Links of the response' })
  await expect(links.getByRole('button')).toHaveText([/^next/, /^help/])
  await links.getByRole('button', { name: /^help/ }).click()
  await expect(page.getByRole('textbox', { name: 'URL' })).toHaveValue(`${elsewhere}/help`)
  await page
    .getByRole('tab', { name: /orders/ })
    .first()
    .click()
  await links.getByRole('button', { name: /^next/ }).click()
  await expect(page.getByRole('textbox', { name: 'URL' })).toHaveValue(`${origin}/orders?page=2`)
  // Nothing is sent by itself.
  expect(reached).toEqual([])
})

test('links at the end of a long body are found beside the page', async ({ gatehouse }) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  await requests.get(`${origin}/long-links`)
  const links = page.getByRole('group', { name: 'Links of the response' })
  await expect(links.getByRole('button')).toHaveText([/^next/, /^author/])
})

test('a request that has to wait is sent when the pause is over, from whatever tab is shown', async ({
  gatehouse,
}) => {
  const { page } = gatehouse
  const requests = new RequestPage(page)
  await requests.open()
  await requests.get(`${origin}/busy`, /^503/)
  await expect(page.getByRole('region', { name: 'Why it was refused' })).toContainText(
    'The service is not available: the server asks for a pause of 12 seconds',
  )
  await page.getByRole('button', { name: 'Send then' }).click()
  await expect(page.getByText(/The request is sent at/)).toBeVisible()
  await keepShots(page, 'send-then')
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Send then' })).toBeVisible()
  await page.getByRole('button', { name: 'Send then' }).click()
  await page.getByRole('button', { name: 'New', exact: true }).click()
  await expect(page.getByRole('tab', { name: /\/busy ?, sends in/ })).toBeVisible()
  await expect(requests.history('/busy')).toHaveCount(2, { timeout: 30_000 })
  await page.getByRole('tab', { name: /\/busy/ }).click()
  await expect(requests.answer()).toContainText('200')
})
