import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import type { BodyState } from '../../../src/core/contract/bodies.ts'
import type { BodyShelf } from '../../../src/core/records/body-shelf.ts'
import { createBodyShelf } from '../../../src/node/bodies/body-shelf.ts'
import { aliases } from '../../../scripts/lib/aliases.mjs'

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-bodies-'))
  await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { alias: aliases },
    build: {
      ssr: 'src/node/bodies/body-worker.ts',
      target: 'node20',
      outDir: folder,
      emptyOutDir: false,
      rollupOptions: { output: { format: 'es', entryFileNames: 'bodies.mjs' } },
    },
    ssr: { noExternal: true },
  })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function open(): { shelf: BodyShelf; states: BodyState[]; place: string } {
  const states: BodyState[] = []
  const place = mkdtempSync(join(folder, 'profile-'))
  const shelf = createBodyShelf({
    folder: join(place, 'answers'),
    script: join(folder, 'bodies.mjs'),
    told: (state) => states.push(state),
  })
  onTestFinished(() => shelf.close())
  return { shelf, states, place: join(place, 'answers') }
}
async function write(sink: ReturnType<BodyShelf['begin']>, text: string, size = 100_000): Promise<void> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) await sink.write(bytes.subarray(at, at + size))
}
const whole = (shelf: BodyShelf, id: string): Promise<void> =>
  vi.waitFor(() => expect(shelf.state(id)?.whole).toBe(true), 20_000)
function value<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (result.ok) return result.value
  throw new Error(JSON.stringify(result.error))
}

const items = Array.from({ length: 40_000 }, (_, id) => ({
  id,
  name: `order ${id}`,
  note: 'ready for dispatch',
}))
const long = JSON.stringify({ number: 12345678901234567890n.toString(), items })
const laidOut = JSON.stringify(JSON.parse(long), null, 2).split('\n')
const secrets = (...values: string[]) => ({ known: values.map((one) => ({ value: one })), short: new Map() })

it('has a body’s lines while it comes, and all of them in the end', async () => {
  const { shelf, states } = open()
  const sink = shelf.begin({
    id: 'a',
    contentType: 'application/json',
    secrets: secrets('nothing like this'),
  })
  await write(sink, long.slice(0, 1_500_000))
  await vi.waitFor(() => expect(shelf.state('a')?.json).toBeGreaterThan(100))
  expect(value(await shelf.rows({ id: 'a', as: 'json', from: 0, count: 5 }))).toEqual(laidOut.slice(0, 5))
  await write(sink, long.slice(1_500_000))
  sink.end()
  await whole(shelf, 'a')
  expect(shelf.state('a')).toMatchObject({ size: Buffer.byteLength(long), json: laidOut.length })
  expect(states.at(-1)).toEqual(shelf.state('a'))
  const end = laidOut.length - 4
  expect(value(await shelf.rows({ id: 'a', as: 'json', from: end, count: 512 }))).toEqual(laidOut.slice(end))
  expect(value(await shelf.rows({ id: 'a', as: 'text', from: 0, count: 1 }))).toEqual([long.slice(0, 240)])
  expect(Buffer.from(value(await shelf.bytes('a', 300_000, 50))).toString()).toBe(
    long.slice(300_000, 300_050),
  )
})

it('finds text and patterns, and what is at a line', async () => {
  const { shelf } = open()
  await write(shelf.begin({ id: 'a', contentType: 'application/json' }), long)
  const asked = { id: 'a', as: 'json', matchCase: false, pattern: false, hit: 0 } as const
  // Not all has come: what is sought is found when it comes.
  expect(value(await shelf.search({ ...asked, text: '"NAME": "order 39999"' })).done).toBe(false)
  shelf.begin({ id: 'b', contentType: 'text/plain' }).end()
  const sink = shelf.begin({ id: 'a', contentType: 'application/json' })
  await write(sink, long)
  sink.end()
  await whole(shelf, 'a')
  async function search(text: string, more = {}): Promise<{ total: number; line?: number }> {
    for (;;) {
      const found = value(await shelf.search({ ...asked, text, ...more }))
      if (found.done) return { total: found.total, ...(found.line !== undefined && { line: found.line }) }
    }
  }
  const line = laidOut.findIndex((row) => row.includes('"order 39999"'))
  expect(await search('"NAME": "order 39999"')).toEqual({ total: 1, line })
  expect(await search('order 3999', { hit: 10 })).toEqual({ total: 11, line })
  expect(await search('"NAME":', { matchCase: true })).toEqual({ total: 0 })
  expect(await search('order 3999[0-9]"', { pattern: true, hit: 9 })).toEqual({ total: 10, line })
  expect(await shelf.search({ ...asked, text: '(a', pattern: true })).toMatchObject({
    ok: false,
    error: { code: 'pattern_unfit' },
  })
  expect(value(await shelf.node('a', line))).toEqual({ path: '$.items[39999].name', value: 'order 39999' })
  expect(value(await shelf.node('a', line - 2))).toEqual({
    path: '$.items[39999]',
    value: JSON.stringify(items[39_999]),
  })
})

it('makes a body of what a path leads to, also of one that still comes', async () => {
  const { shelf } = open()
  const sink = shelf.begin({ id: 'a', contentType: 'application/json' })
  await write(sink, long.slice(0, 1_000_000))
  shelf.filter({ from: 'a', id: 'b', path: '$.items[*].name' })
  await vi.waitFor(() => expect(shelf.state('b')?.json).toBeGreaterThan(10), 20_000)
  await write(sink, long.slice(1_000_000))
  sink.end()
  await whole(shelf, 'b')
  expect(shelf.state('b')?.json).toBe(items.length + 2)
  expect(value(await shelf.rows({ id: 'b', as: 'json', from: items.length - 1, count: 9 }))).toEqual([
    '  "order 39998",',
    '  "order 39999"',
    ']',
  ])
})

it('covers what is secret before anyone can read it, and keeps nothing in plain', async () => {
  const { shelf, place } = open()
  const secret = randomBytes(24).toString('hex')
  const sink = shelf.begin({ id: 'a', contentType: 'application/json', secrets: secrets(secret) })
  await write(sink, long.slice(0, 1_000_000))
  await write(sink, `","echo":"${secret}","access_token":"${secret.slice(0, 20)}-x","more":"`)
  await write(sink, `${long.slice(1_000_000)}"`)
  await vi.waitFor(() => expect(readdirSync(place)).toHaveLength(1))
  sink.end()
  await whole(shelf, 'a')
  const body = shelf.open('a')
  const read = Buffer.from(body?.subarray(0, body.byteLength) ?? []).toString()
  expect(read).toContain(`"echo":"${'*'.repeat(48)}","access_token":"${'*'.repeat(22)}"`)
  expect(read).not.toContain(secret)
  const file = join(place, readdirSync(place)[0] ?? '')
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  const stored = readFileSync(file)
  for (const plain of [secret, 'dispatch', '"name"']) expect(stored.includes(plain)).toBe(false)
  body?.done()
})

it('takes more than it can cover at once, the rest on the disk, and loses none of it', async () => {
  const { shelf } = open()
  const noise = randomBytes(6_000_000).toString('base64')
  const sink = shelf.begin({ id: 'a', contentType: 'text/plain', secrets: secrets('nothing like this') })
  await write(sink, noise, 262_144)
  sink.end()
  await whole(shelf, 'a')
  const body = shelf.open('a')
  expect(Buffer.from(body?.subarray(0, noise.length) ?? []).toString() === noise).toBe(true)
})

it('shows events as they come', async () => {
  const { shelf } = open()
  const sink = shelf.begin({ id: 'a', contentType: 'text/event-stream', secrets: secrets() })
  for (const [index, event] of ['data: 1\n\n', 'event: b\ndata: {"access_token":"abc"}\n\n'].entries()) {
    await write(sink, event)
    await vi.waitFor(() => expect(shelf.state('a')?.records).toBe(index + 1))
  }
  expect(value(await shelf.rows({ id: 'a', as: 'records', from: 0, count: 9 }))).toEqual([
    'data: 1',
    'event: b\ndata: {"access_token":"***"}',
  ])
})

it('takes a body away when it is released, once nothing reads it', async () => {
  const { shelf, place } = open()
  const sink = shelf.begin({ id: 'a', contentType: 'text/plain' })
  await write(sink, long)
  sink.end()
  await whole(shelf, 'a')
  const body = shelf.open('a')
  shelf.release('a')
  expect(shelf.state('a')).toBeUndefined()
  expect(await shelf.rows({ id: 'a', as: 'text', from: 0, count: 1 })).toMatchObject({
    error: { code: 'body_gone' },
  })
  expect(Buffer.from(body?.subarray(0, 10) ?? []).toString()).toBe(long.slice(0, 10))
  // The same exchange may be opened from the history meanwhile.
  shelf.begin({ id: 'a', contentType: 'text/plain' }).end()
  body?.done()
  await vi.waitFor(() => expect(readdirSync(place)).toHaveLength(0))
})

it('empties its folder at the start and at the end', async () => {
  const place = mkdtempSync(join(folder, 'left-'))
  mkdirSync(join(place, 'answers'))
  writeFileSync(join(place, 'answers', 'left'), 'what a crash left')
  const shelf = createBodyShelf({
    folder: join(place, 'answers'),
    script: join(folder, 'bodies.mjs'),
    told: () => undefined,
  })
  expect(readdirSync(place)).toEqual([])
  await write(shelf.begin({ id: 'a', contentType: 'text/plain' }), long)
  await shelf.close()
  expect(readdirSync(place)).toEqual([])
})

it('says what the disk refuses, to whoever writes', async () => {
  const { shelf, place } = open()
  writeFileSync(place, 'no folder')
  const sink = shelf.begin({ id: 'a', contentType: 'text/plain' })
  await expect(write(sink, 'anything')).rejects.toMatchObject({ failure: { code: 'body_disk' } })
})

it('is a table where it is CSV or a list, whatever its type says, while it comes', async () => {
  const { shelf } = open()
  const csv = `id,name\r\n${items.map(({ id }) => `${id},"order\r\n${id}"`).join('\r\n')}`
  const sink = shelf.begin({ id: 'a', contentType: 'text/csv', secrets: secrets('nothing like this') })
  await write(sink, csv.slice(0, 500_000))
  await vi.waitFor(() => expect(shelf.state('a')?.table).toBeGreaterThan(1_000))
  await write(sink, csv.slice(500_000))
  sink.end()
  await whole(shelf, 'a')
  expect(shelf.state('a')?.table).toBe(items.length)
  const page = value(await shelf.table({ id: 'a', from: 39_999, count: 9 }))
  expect(page).toMatchObject({ columns: ['id', 'name'], left: 0, rows: [[{ text: '39999' }, {}]] })
  expect(value(await shelf.cell({ id: 'a', row: 7, column: 1 }))).toBe('order\r\n7')
  expect(await shelf.cell({ id: 'a', row: 90_000 })).toMatchObject({ error: { code: 'body_gone' } })

  const json = shelf.begin({ id: 'b', contentType: 'text/html' })
  await write(json, long)
  json.end()
  await whole(shelf, 'b')
  expect(shelf.state('b')).toMatchObject({ json: laidOut.length, table: items.length })
  expect(value(await shelf.table({ id: 'b', from: 20_000, count: 1 }))).toMatchObject({
    name: 'items',
    columns: ['id', 'name', 'note'],
    rows: [[{ kind: 'number', text: '20000' }, { text: 'order 20000' }, {}]],
  })
  expect(value(await shelf.cell({ id: 'b', row: 20_000 }))).toBe(JSON.stringify(items[20_000]))
  const asked = {
    id: 'b',
    as: 'table',
    text: 'order 31234"',
    pattern: false,
    matchCase: true,
    hit: 0,
  } as const
  await vi.waitFor(async () =>
    expect(value(await shelf.search(asked))).toMatchObject({ done: true, line: 31_234 }),
  )
})

it('folds, goes to what a path leads to, and filters by what items hold', async () => {
  const { shelf } = open()
  const sink = shelf.begin({ id: 'a', contentType: 'application/json' })
  await write(sink, long.replace('"number":', '"number":1,"number":'))
  expect(await shelf.fold({ id: 'a', line: 0 })).toMatchObject({ error: { code: 'body_open' } })
  sink.end()
  await whole(shelf, 'a')
  expect(shelf.state('a')?.doubled).toEqual({ count: 1, lines: [2] })
  expect(value(await shelf.fold({ id: 'a', line: 0 }))).toEqual({ to: laidOut.length })
  expect(value(await shelf.fold({ id: 'a', line: 4 }))).toEqual({ to: 8 })
  const asked = { id: 'a', as: 'json', pattern: false, matchCase: false, path: true, hit: 1 } as const
  const text = '$.items[?@.id >= 39998].name'
  await vi.waitFor(async () =>
    expect(value(await shelf.search({ ...asked, text }))).toMatchObject({
      total: 2,
      done: true,
      line: 200_001,
    }),
  )
  expect(await shelf.search({ ...asked, text: '$.items[-1]' })).toMatchObject({
    error: { code: 'path_unfit' },
  })
  expect(await shelf.checkPath('a', '$.items[?@.id >]')).toMatchObject({ error: { code: 'path_unfit' } })
  expect(value(await shelf.checkPath('a', text))).toBeNull()
  shelf.filter({ from: 'a', id: 'b', path: text })
  await whole(shelf, 'b')
  expect(value(await shelf.rows({ id: 'b', as: 'json', from: 0, count: 9 }))).toEqual([
    '[',
    '  "order 39998",',
    '  "order 39999"',
    ']',
  ])
})
