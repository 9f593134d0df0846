import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { RequestDraft } from '../../../src/core/contract/requests.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
let server: Server
let origin: string

beforeEach(async () => {
  bench = await openWorkbench({ keyring: 'none', playground: { issuer: '', apiBase: '', users: [] } })
  server = createServer((request, response) => {
    if (request.url === '/latin') {
      response.setHeader('Content-Type', 'text/plain; charset=iso-8859-1')
      return response.end(Buffer.from([0x66, 0xfc, 0x72]))
    }
    if (request.url === '/moved') return response.writeHead(302, { Location: '/orders' }).end()
    if (request.url === '/refused')
      return response.writeHead(403, { 'WWW-Authenticate': 'Bearer realm="orders"' }).end()
    if (request.url === '/odd') response.setHeader('Content-Encoding', 'unheard-of')
    response.setHeader('Content-Type', 'application/json')
    return response.end(JSON.stringify({ path: request.url }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await bench.close()
})

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const draft = (path: string, part: Partial<RequestDraft> = {}): RequestDraft => ({
  method: 'GET',
  url: `${origin}${path}`,
  query: [],
  headers: [],
  body: { kind: 'none' },
  accountId: null,
  ...part,
})
const send = async (path: string, part: Partial<RequestDraft> = {}) =>
  value(await bench.app.sendRequest.send({ sendId: randomUUID(), draft: draft(path, part) }))
const list = async (search?: string, before?: { at: number; id: string }) =>
  value(await bench.app.history.find({ limit: 2, search, before })).rows

it('finds what was sent by all words of the search, page by page', async () => {
  for (const path of ['/orders/1', '/users/1', '/orders/2', '/users/2', '/orders/3']) await send(path)
  const paths = (found: Awaited<ReturnType<typeof list>>) =>
    found.map(({ url }) => new URL(url).pathname).sort()
  const first = await list('ORDERS 200')
  const rest = await list('ORDERS 200', first.at(-1))
  expect(paths([...first, ...rest])).toEqual(['/orders/1', '/orders/2', '/orders/3'])
  expect(await list('orders users')).toEqual([])
  expect(await list('  ')).toHaveLength(2)
})

it('finds what is in headers and bodies, and by filters, of one user up to the lock', async () => {
  await send('/orders/1')
  await send('/refused')
  await send('/orders/2', { method: 'POST', body: { kind: 'json', text: '{"note":"needle in a body"}' } })
  const paths = async (search: string) => (await list(search)).map(({ url }) => new URL(url).pathname)
  expect(await paths('"in a body"')).toEqual(['/orders/2'])
  expect(await paths('REALM="orders"')).toEqual(['/refused'])
  expect(await paths('status:4xx')).toEqual(['/refused'])
  expect(await paths('method:post host:127 needle')).toEqual(['/orders/2'])
  expect(await paths('method:get needle')).toEqual([])
  expect(await paths('after:1d status:200 url:/orders/1')).toEqual(['/orders/1'])
  expect(await paths('before:yesterday')).toEqual([])
  expect(await paths('took:>1h orders')).toEqual([])
  bench.app.history.clear()
  expect(await paths('needle')).toEqual([])
})

it('keeps what is pinned, and finds it', async () => {
  const { id } = await send('/orders/1')
  await send('/orders/2')
  expect(bench.app.history.pin({ id, pinned: true }).ok).toBe(true)
  expect((await list('is:pinned')).map((one) => one.id)).toEqual([id])
  expect(value(bench.app.history.get({ id })).pinned).toBe(true)
  await bench.restart()
  bench.app.history.pin({ id, pinned: false })
  expect(await list('is:pinned')).toEqual([])
  expect(bench.app.history.pin({ id: randomUUID(), pinned: true })).toMatchObject({ ok: false })
})

it('copies what a refusal states', async () => {
  const { id } = await send('/refused')
  value(await bench.app.history.copyFact({ id, label: 'Realm' }))
  expect(bench.copied.at(-1)).toBe('orders')
  expect(await bench.app.history.copyFact({ id, label: 'Nothing' })).toMatchObject({
    error: { code: 'exchange_unknown' },
  })
})

it('tells a time for each part, which add up', async () => {
  const { timing, duration } = await send('/orders')
  const { preparing = 0, waiting = 0, receiving = 0, total } = timing ?? {}
  expect(preparing + waiting + receiving).toBeCloseTo(total ?? -1, 6)
  expect(duration).toBe(total)
})

it('clears the history, bodies with it', async () => {
  const { id } = await send('/orders')
  value(bench.app.history.clear())
  expect(await list()).toEqual([])
  expect(bench.app.history.body({ id, offset: 0, length: 10 })).toMatchObject({
    error: { code: 'exchange_unknown' },
  })
  expect(await bench.app.history.openWhole(id)).toBeUndefined()
})

it('copies a body in its own charset and saves it byte by byte', async () => {
  const { id } = await send('/latin')
  value(await bench.app.history.copyBody({ id }))
  expect(bench.copied.at(-1)).toBe('für')
  expect(value(await bench.app.history.saveBody({ id }))).toEqual({ file: 'latin.txt' })
  expect([...(bench.exported?.bytes ?? [])]).toEqual([0x66, 0xfc, 0x72])
})

it('says what happened on the way: notes, redirects, a coding nobody knows', async () => {
  const { notes } = await send('/orders', { body: { kind: 'json', text: '{' } })
  expect(notes?.join(' ')).toMatch(/not valid JSON.*GET/)
  const { hops } = await send('/moved')
  expect(hops).toEqual([{ method: 'GET', url: `${origin}/moved`, status: 302, leftBehind: [] }])
  const { response } = await send('/odd')
  expect(response?.undecoded).toBe('unheard-of')
})

it('copies a command with a placeholder for the token', async () => {
  const accountId = randomUUID()
  const body = { kind: 'json', text: `{"it's":1}` } as const
  value(await bench.app.copyCurl({ draft: draft('/orders', { method: 'POST', accountId, body }) }))
  expect(bench.copied.at(-1)?.split(' \\\n  ')).toEqual([
    `curl --request 'POST' '${origin}/orders'`,
    `--header 'Content-Type: application/json'`,
    `--header 'Authorization: Bearer <access token>'`,
    `--data-raw '{"it'\\''s":1}'`,
  ])
})

it('puts plain variables into the command and placeholders for secret ones', async () => {
  const { id } = value(bench.app.first.environments())[0] ?? { id: '' }
  value(
    bench.app.environments.saveVariables({
      id,
      variables: [
        { name: 'api', value: origin, secret: false },
        { name: 'key', value: 'a secret that must not be copied', secret: true },
      ],
    }),
  )
  const headers = [{ name: 'X-Key', value: '{{key}}', enabled: true }]
  value(await bench.app.copyCurl({ draft: { ...draft('', { headers }), url: '{{api}}/orders' } }))
  expect(bench.copied.at(-1)).toBe(`curl --request 'GET' '${origin}/orders' \\\n  --header 'X-Key: <key>'`)
  const unknown = await bench.app.copyCurl({
    draft: { ...draft(''), url: '{{nobody}}/orders' },
  })
  expect(unknown).toMatchObject({ error: { code: 'variable_unknown' } })
})
