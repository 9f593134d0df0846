import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'

const people = ['Ada Lovelace', 'Grace Hopper', 'Alan Turing', 'Katherine Johnson', 'Edsger W. Dijkstra']
const cities = ['Lisbon', 'Porto', 'Braga', 'Coimbra', 'Faro', 'Évora', 'Vila Nova de Famalicão']
const of = <T>(list: readonly T[], at: number): T => list[at % list.length] as T

const customers = Array.from({ length: 50 }, (_, at) => ({
  id: `C-${2041 + at}`,
  name: of(people, at),
  email: `${of(people, at).split(' ')[0]?.toLowerCase()}.${2041 + at}@example.com`,
  city: of(cities, at * 3),
  orders: (at * 7) % 23,
  spent: `${(((at * 7) % 23) * 31.4).toFixed(2)} EUR`,
  since: `20${18 + (at % 8)}-0${1 + (at % 9)}-1${at % 10}`,
  newsletter: at % 3 === 0,
}))
const order = (at: number) => ({
  id: `A-${10_017 + at}`,
  placedAt: `2026-11-${10 + (at % 18)}T0${at % 10}:15:00Z`,
  status: of(['open', 'paid', 'shipped', 'returned'], at),
  customer: { id: `C-${2041 + at}`, name: of(people, at) },
  currency: 'EUR',
  total: Number((19.9 + at * 7.25).toFixed(2)),
  items: [
    { sku: 'MUG-0421', count: 1 + (at % 3), price: 12.5 },
    { sku: 'TEE-1130-L', count: 1, price: 24.9, gift: { wrapped: at % 2 === 0, note: null } },
  ],
})
const csv = [
  'id,name,email,city,orders,spent,since,newsletter',
  ...customers.map((row) => Object.values(row).join(',')),
].join('\r\n')
const payouts = `<?xml version="1.0" encoding="UTF-8"?>
<payouts xmlns="urn:shop:payouts" currency="EUR">
${Array.from({ length: 12 }, (_, at) => `  <payout id="PO-${880 + at}" date="2026-11-${10 + at}">\n    <amount>${(1840.5 + at * 91.3).toFixed(2)}</amount>\n    <iban>PT50 0002 0123 1234 5678 9015 4</iban>\n    <!-- settled overnight -->\n  </payout>`).join('\n')}
</payouts>`
const statusPage = `<!doctype html><html lang="en"><head><title>Shop status</title><style>
body { font: 15px system-ui; margin: 32px; color: #222 } h1 { font-size: 22px } td, th { padding: 6px 18px 6px 0; text-align: left }
.up { color: #13703a } .slow { color: #8a4f04 }</style></head><body><h1>All systems operational</h1><table>
<tr><th>Service</th><th>State</th><th>90 days</th></tr><tr><td>Checkout</td><td class="up">up</td><td>99.98 %</td></tr>
<tr><td>Catalogue</td><td class="up">up</td><td>99.99 %</td></tr><tr><td>Webhooks</td><td class="slow">slow</td><td>99.71 %</td></tr>
</table></body></html>`
const refusal = { error: 'insufficient_scope', message: 'The scope admin:read is needed.' }

const photo = readFileSync(join(import.meta.dirname, '../../../resources/icon.png'))

type Answer = [status: number, type: string, body: string | Buffer, headers?: Record<string, string>]

function answerTo(method: string, path: string): Answer {
  const json = (status: number, body: unknown, headers?: Record<string, string>): Answer => [
    status,
    'application/json; charset=utf-8',
    JSON.stringify(body),
    headers,
  ]
  if (path === '/customers.csv') return [200, 'text/csv; charset=utf-8', csv]
  if (path === '/payouts.xml') return [200, 'application/xml', payouts]
  if (path === '/status') return [200, 'text/html; charset=utf-8', statusPage]
  if (path === '/admin/stock.bin')
    return [200, 'application/octet-stream', deflateSync(JSON.stringify(customers))]
  if (path.startsWith('/admin'))
    return json(403, refusal, {
      'www-authenticate': 'Bearer realm="shop", error="insufficient_scope", scope="admin:read"',
    })
  if (path.endsWith('/photo') && method === 'GET') return [200, 'image/png', photo]
  if (path === '/customers')
    return json(
      200,
      { total: 50, page: 1, customers },
      {
        link: '</customers?page=2>; rel="next", </customers?page=9>; rel="last"',
        etag: '"c-50-1"',
        'x-request-id': 'req_01JD8ZK4Q7',
        'cache-control': 'private, max-age=30',
      },
    )
  if (path === '/orders' && method === 'POST')
    return json(201, { ...order(0), id: 'A-10057' }, { location: '/orders/A-10057' })
  if (path === '/orders')
    return json(200, { total: 120, orders: Array.from({ length: 40 }, (_, at) => order(at)) })
  if (path.startsWith('/webhooks/'))
    return json(404, { error: 'not_found', message: 'There is no webhook W-12.' })
  return json(200, { ...order(0), path })
}

/** A shop's API on a port of its own, with a body of each kind, and a log that is followed for as long as one likes. */
export async function startShopApi(): Promise<{ origin: string; stop: () => Promise<void> }> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const path = new URL(request.url ?? '/', 'http://shop').pathname
    request.resume()
    if (path === '/admin/audit') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (let at = 0; at < 14; at += 1)
        response.write(
          `id: ${4410 + at}\nevent: ${of(['sign-in', 'order', 'refund'], at)}\ndata: ${JSON.stringify({ who: of(people, at), order: `A-${10_017 + at}`, at: `2026-11-27T09:${10 + at}:00Z` })}\n\n`,
        )
      return
    }
    const [status, type, body, headers] = answerTo(request.method ?? 'GET', path)
    response.writeHead(status, { 'content-type': type, ...headers }).end(body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}
