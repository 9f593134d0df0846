import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RequestDraft } from '../../../src/core/contract/requests.ts'
import type { Result } from '../../../src/core/contract/result.ts'
import { addressRows, addressText, typedRow } from '../../../src/core/contract/tables/addresses.ts'
import { createRequestEngine } from '../../../src/node/net/send.ts'
import { startProxy } from '../../support/proxy.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

/** Queries that other clients change. */
const queries = [
  '?',
  '?a=%2F&b=+&c=%E9&d=%e9',
  '?flag&empty=&=nameless&&',
  "?q='a'(b)*!~;:@$,/?[]{}|^`\\",
  '?%&%2&%zz=100%',
  '?a=b=c==&a=b',
  '?%61=%41&.=..',
]

let bench: Workbench
let origin: string
let folder: string
let asked: string[]
const server = createServer((request, response) => {
  asked.push(request.url ?? '')
  if (request.url?.startsWith('/digest') === true && request.headers.authorization === undefined)
    response.writeHead(401, { 'www-authenticate': 'Digest realm="r", nonce="n", qop="auth"' })
  else response.setHeader('x-proof', request.headers.authorization ?? '')
  response.end()
})
beforeEach(async () => {
  asked = []
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-query-'))
  bench = await openWorkbench({ overrides: { files: { chooseFolder: async () => folder } } })
})
afterEach(async () => {
  await bench.close()
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
  await rm(folder, { recursive: true, force: true })
})

const draft = (url: string, part: Partial<RequestDraft> = {}): RequestDraft => ({
  method: 'GET',
  ...addressRows(url),
  headers: [],
  body: { kind: 'none' },
  accountId: null,
  ...part,
})
const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const send = async (one: RequestDraft) =>
  value(await bench.app.sendRequest.send({ sendId: randomUUID(), draft: one }))

describe('the query that a server gets', () => {
  it('is what was typed, to the byte', async () => {
    for (const query of queries) await send(draft(`${origin}/x${query}#not-sent`))
    expect(asked).toEqual(queries.map((query) => `/x${query}`))
  })

  it('is the same from the file of a collection, also once a row was edited and Bruno’s rows are beside it', async () => {
    const { id } = value(await bench.app.collections.create({ name: 'Shared' })) ?? { id: '' }
    const expected: string[] = []
    for (const [index, query] of queries.entries()) {
      const made = value(
        await bench.app.collectionItems.createRequest({
          collectionId: id,
          folder: '',
          name: `Request ${index}`,
          draft: draft(`${origin}/x${query}`),
        }),
      )
      const place = { collectionId: id, path: made.path }
      const read = value(await bench.app.collections.read(place))
      expect(addressText(read.draft)).toBe(`${origin}/x${query}`)
      await send(read.draft)
      const first = read.draft.query.at(0)
      const edited = first
        ? [typedRow(first, { name: 'n', value: 'a&b c' }), ...read.draft.query.slice(1)]
        : []
      const saved = await bench.app.collections.save({
        ...place,
        draft: { ...read.draft, query: edited },
        version: read.version,
      })
      value(saved)
      await send(value(await bench.app.collections.read(place)).draft)
      const [, ...rest] = query.slice(1).split('&')
      expected.push(`/x${query}`, `/x?${['n=a%26b%20c', ...rest].join('&')}`)
      // The rows are those that Bruno has: as they are in the address, without parts that have no name.
      const rows = [
        ...readFileSync(join(folder, made.path), 'utf8').matchAll(/- name: .*\n +value: .*\n +type: query/g),
      ]
      expect(rows).toHaveLength(['n', ...rest].filter((part) => !/^(?:=|$)/.test(part)).length)
    }
    expect(asked).toEqual(expected)
  })

  it('is the same through a proxy, and is what a digest proves', async () => {
    const proxy = await startProxy()
    const engine = createRequestEngine()
    try {
      const way = { proxy: proxy.proxy }
      for (const query of queries) {
        const url = `${origin}/p${query}`
        value(
          await engine.send(
            { method: 'GET', url, headers: [] },
            { findWay: async () => ({ ok: true, value: way }) },
          ),
        )
      }
      // What the proxy makes of it is its own affair.
      expect(proxy.asked).toEqual(queries.map((query) => `GET ${origin}/p${query}`))
    } finally {
      await engine.close()
      await proxy.close()
    }
    const auth = { kind: 'digest', username: 'ann', password: 'secret-word' } as const
    for (const query of queries) {
      const { response } = await send(draft(`${origin}/digest${query}`, { auth }))
      expect(response?.status).toBe(200)
    }
    expect(asked.slice(queries.length)).toEqual(
      queries.flatMap((query) => [`/digest${query}`, `/digest${query}`]),
    )
  })

  it('has the values of variables as data', async () => {
    const url = `${origin}/v?a={{one}}&b=%2F{{two}}&{{more}}`
    const row = (name: string, text: string) => ({ name, value: text, enabled: true })
    const variables = [row('one', 'a+b &c'), row('two', '%2F?#'), row('more', 'x=1&y=%E9')]
    await send(draft(url, { variables }))
    expect(asked).toEqual(['/v?a=a%2Bb%20%26c&b=%2F%2F?%23&x=1&y=%E9'])
  })
})
