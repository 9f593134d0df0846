import { expect, it, vi } from 'vitest'
import type { BodyState } from '../../../../../src/core/contract/bodies.ts'
import { fail, ok } from '../../../../../src/core/contract/result.ts'
import type { Arrival } from '../../../../../src/core/contract/requests.ts'
import { keptOf, receiveBody } from '../../../../../src/core/app/requests/long/arrival.ts'
import { createLongBodies } from '../../../../../src/core/app/requests/long/long-bodies.ts'
import type { HttpAnswer } from '../../../../../src/core/http/wire.ts'
import type { BodyShelf, ShelvedBody } from '../../../../../src/core/records/body-shelf.ts'

/** A shelf that remembers what it was given. */
function setUp() {
  const written: string[] = []
  const begun = new Map<string, BodyState>()
  const shelf = {
    begin: vi.fn(({ id }: { id: string }) => {
      begun.set(id, { id, received: 0, size: 0, whole: false })
      return {
        write: async (piece: Uint8Array) => void written.push(new TextDecoder().decode(piece)),
        end: () => void written.push('end'),
      }
    }),
    state: (id: string) => begun.get(id),
    rows: async () => ok(['a row']),
    bytes: async () => ok(new Uint8Array(1)),
    search: async () => ok({ total: 0, capped: false, searched: 0, done: true }),
    node: async () => ok({ path: '$', value: '1' }),
    table: async () => ok({ columns: ['a'], left: 0, rows: [[{ kind: 'number', text: '1' }]] }),
    cell: async () => ok('1'),
    fold: async () => ok({ to: 1 }),
    checkPath: async (_id, path) => (path.startsWith('$') ? ok(null) : fail('path_unfit', 'no path')),
    filter: vi.fn(),
    stopSearch: vi.fn(),
    open: (id: string) => (begun.has(id) ? ({ byteLength: 2_000_000 } as ShelvedBody) : undefined),
    release: (id: string) => void begun.delete(id),
    forget: () => begun.clear(),
    warm: vi.fn(),
    close: async () => undefined,
  } satisfies BodyShelf
  let user = 'u1'
  const stored = new TextEncoder().encode('stored '.repeat(60_000))
  const bodies = createLongBodies({
    session: () => ({ user: { id: user } }) as never,
    shelf,
    exchanges: {
      body: (userId, id, offset, length) =>
        userId === 'u1' && id === 'old'
          ? { bytes: stored.slice(offset, offset + length), total: stored.length }
          : undefined,
    },
    wait: async () => undefined,
    newId: () => 'new-id',
  })
  return { bodies, shelf, written, stored, become: (id: string) => void (user = id) }
}
const secrets = { known: [{ value: 'a-secret-value' }], short: new Map<string, string>() }
const rows = { as: 'json', from: 0, count: 1 } as const

it('shows a body to whoever received it, and to no one else', async () => {
  const { bodies, become } = setUp()
  bodies.begin('x', 'application/json', secrets)
  expect(await bodies.rows({ id: 'x', ...rows })).toEqual(ok(['a row']))
  become('u2')
  for (const answer of [
    await bodies.rows({ id: 'x', ...rows }),
    await bodies.search({ id: 'x', as: 'json', text: 'a', pattern: false, matchCase: false, hit: 0 }),
    await bodies.node({ id: 'x', line: 0 }),
    await bodies.filter({ id: 'x', path: '$' }),
    await bodies.table({ id: 'x', from: 0, count: 1 }),
    await bodies.cell({ id: 'x', row: 0 }),
    await bodies.fold({ id: 'x', line: 0 }),
    bodies.open({ id: 'x', contentType: '' }),
  ])
    expect(answer).toMatchObject({ ok: false, error: { code: 'body_gone' } })
  expect(bodies.bytes('x', 0, 1)).toBeUndefined()
  expect(bodies.shelved('x')).toBeUndefined()
  expect(bodies.state('x')).toBeUndefined()
})

it('takes a body of the history on the shelf, once', async () => {
  const { bodies, shelf, written, stored } = setUp()
  expect(bodies.open({ id: 'old', contentType: 'text/plain' })).toMatchObject({ ok: true })
  await vi.waitFor(() => expect(written.at(-1)).toBe('end'))
  expect(written.slice(0, -1).join('')).toBe(new TextDecoder().decode(stored))
  // It was covered when it came.
  expect(shelf.begin).toHaveBeenCalledWith({ id: 'old', contentType: 'text/plain' })
  bodies.open({ id: 'old', contentType: 'text/plain' })
  expect(shelf.begin).toHaveBeenCalledTimes(1)
})

it('filters by a path that can be used', async () => {
  const { bodies, shelf } = setUp()
  bodies.begin('x', 'application/json', secrets)
  expect(await bodies.filter({ id: 'x', path: 'a' })).toMatchObject({
    ok: false,
    error: { code: 'path_unfit' },
  })
  expect(await bodies.filter({ id: 'x', path: '$.a' })).toEqual(ok({ id: 'new-id' }))
  expect(shelf.filter).toHaveBeenCalledWith({ from: 'x', id: 'new-id', path: '$.a' })
})

it('tells of a response that begins, without what is secret in its head', async () => {
  const { bodies } = setUp()
  const told: Arrival[] = []
  const receive = receiveBody(bodies, (arrival) => told.push(arrival), {
    sendId: 's',
    base: {
      id: 'x',
      at: 1,
      method: 'GET',
      url: 'https://a.example/',
      sent: { headers: [], bodySize: 0 },
    },
    secretsIn: () => secrets,
    pacer: () => ({ isDue: () => false, turn: async () => undefined }),
  })
  await receive({
    status: 200,
    statusText: 'OK',
    headers: [['X-Echo', 'a-secret-value']],
    contentType: 'text/event-stream',
    body: new Uint8Array(),
    url: 'https://a.example/',
    method: 'GET',
    hops: [],
    tokenSent: false,
    expected: 5,
  })
  expect(told).toMatchObject([
    { sendId: 's', exchange: { id: 'x', status: 200, response: { bodySize: 0, arriving: { expected: 5 } } } },
  ])
  expect(JSON.stringify(told)).not.toContain('a-secret-value')
})

it('keeps all of a long body in the history, and of a very long or a damaged one the first part', () => {
  const { bodies } = setUp()
  bodies.begin('x', 'text/plain', secrets)
  const body = new Uint8Array(10)
  const answer = (elsewhere: number | undefined, code?: string) =>
    ({
      body,
      ...(elsewhere !== undefined && { elsewhere }),
      ...(code !== undefined && { problem: { code, message: '' } }),
    }) as unknown as HttpAnswer
  expect(keptOf(bodies, 'x', answer(undefined))).toEqual({ body })
  expect(keptOf(bodies, 'x', answer(1_000))).toEqual({ body })
  expect(keptOf(bodies, 'x', answer(2_000_000)).body).toMatchObject({ byteLength: 2_000_000 })
  expect(keptOf(bodies, 'x', answer(100_000_000))).toEqual({ body, keptSize: 10 })
  expect(keptOf(bodies, 'x', answer(2_000_000, 'body_disk_full'))).toEqual({ body, keptSize: 10 })
})
