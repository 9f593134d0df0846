/** Runs in Electron's Node: fills a history on the disk with exchanges, opens it as after an unlock, lists its newest page
 *  and searches it letter by letter. Prints one line of JSON. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createHistorySearch } from '../../../src/core/app/history/history-search.ts'
import type { ExchangeView } from '../../../src/core/contract/requests.ts'
import type { Result } from '../../../src/core/contract/result.ts'
import { exchangeDocument } from '../../../src/core/records/documents/exchange.ts'
import { createHistoryKeys } from '../../../src/core/vault/box/history-keys.ts'
import { createMemorySecrets } from '../../../src/core/vault/box/memory-secrets.ts'
import { newVaultKey } from '../../../src/core/vault/box/sealed-format.ts'
import { createVaultBox } from '../../../src/core/vault/box/vault-box.ts'
import { nodeCrypto } from '../../../src/node/crypto/node-crypto.ts'
import { openHistoryAtOnce } from '../../../src/node/sqlite/history/open-history.ts'
import { openDatabase } from '../../../src/node/sqlite/open.ts'
import { createExchangeStore } from '../../../src/node/sqlite/stores/exchange-store.ts'
import { createHistoryKeyStore } from '../../../src/node/sqlite/stores/history-key-store.ts'

const [count = '2000', place = '', userId = 'u1', keptAs = ''] = process.argv.slice(2)
const words = [
  ...['orders', 'invoice', 'customer', 'x-request-id', 'shipping', 'refund', 'status:4xx', 'nowhere'],
  ...['word1234', 'customer word99', 'method:post took:>400ms', 'host:api.example.com 12345'],
]
/** What has to be opened to be compared: a phrase. */
const phrases = ['"name 77"', 'orders/99']
/** Exchanges of one transaction while it is filled: what is measured is reading. */
const filledAtOnce = 1_000
/** Times that the search begins anew: its slowest letters are the first ones. */
const turns = 3

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(`${result.error.code}: ${result.error.message}`)
}
const clock = { now: () => Date.now() }
const box = createVaultBox({
  crypto: nodeCrypto,
  memory: createMemorySecrets(nodeCrypto),
  protection: { kind: 'memory' } as never,
  current: newVaultKey(nodeCrypto),
  isCurrent: () => true,
})
const session = () => ({ user: { id: userId }, box }) as never

function open(folder: string) {
  const db = must(openDatabase(join(folder, 'gatehouse.db')))
  const history = openHistoryAtOnce(db, clock.now()).db
  const keys = createHistoryKeys({
    store: createHistoryKeyStore(db),
    crypto: nodeCrypto,
    clock,
    newId: randomUUID,
    session,
  })
  const limits = { exchanges: Number(count) + 1, bytes: Number.MAX_SAFE_INTEGER }
  const { exchanges } = createExchangeStore(db, { db: history, keys, crypto: nodeCrypto, clock }, limits)
  async function close() {
    await exchanges.forget()
    history.close()
    db.close()
  }
  return { db, history, exchanges, close }
}

const subjects = ['orders', 'invoices', 'customers', 'shipping', 'refunds']
function add({ exchanges }: ReturnType<typeof open>, number: number): void {
  const status = number % 17 === 0 ? 404 : 200
  const summary = {
    id: randomUUID(),
    at: 1_700_000_000_000 + number * 1_000,
    method: number % 5 === 0 ? 'POST' : 'GET',
    url: `https://api.example.com/${subjects[number % subjects.length]}/${number}`,
    status,
    duration: 20 + (number % 400),
  }
  const body = new TextEncoder().encode(
    JSON.stringify({
      id: number,
      customer: { name: `Name ${number}` },
      note: Array.from({ length: 6 }, (_, each) => `word${(number * (each + 7) * 31) % 5_000}`).join(' '),
      lines: Array(12).fill({ sku: 'A1', amount: number }),
    }),
  )
  const view: ExchangeView = {
    ...summary,
    sent: { headers: [['Accept', 'application/json']], bodySize: 0 },
    response: {
      status,
      statusText: '',
      headers: [
        ['Content-Type', 'application/json'],
        ['X-Request-Id', randomUUID()],
      ],
      bodySize: body.byteLength,
      contentType: 'application/json',
      truncated: false,
    },
  }
  exchanges.add({ ...summary, userId, view: exchangeDocument.write(view) }, body)
}

/** Until what is done in the background is done. */
async function quiet({ history }: ReturnType<typeof open>): Promise<void> {
  const state = history.prepare('SELECT max(place), count(*) FROM search_blocks').raw()
  let [before, same] = ['', 0]
  while (same < 10) {
    await new Promise((done) => setTimeout(done, 300))
    const now = JSON.stringify(state.get())
    same = now === before ? same + 1 : 0
    before = now
  }
}

/** Milliseconds until the newest page is there after an opening. */
async function opening(folder: string): Promise<number> {
  const from = performance.now()
  const store = open(folder)
  void store.exchanges.enter(userId)
  store.exchanges.page(userId, 100)
  const ms = performance.now() - from
  await store.close()
  return ms
}

/** Milliseconds of the newest page, and of each letter typed. */
async function measure(folder: string) {
  const store = open(folder)
  void store.exchanges.enter(userId)
  const pages: number[] = []
  for (let turn = 0; turn < 200; turn += 1) {
    const at = performance.now()
    store.exchanges.page(userId, 100)
    pages.push(performance.now() - at)
  }
  const { search } = createHistorySearch({
    session,
    clock,
    exchanges: store.exchanges,
    elapsed: () => performance.now(),
    wait: () => new Promise((done) => void setImmediate(done)),
  })
  async function typed(words: string[]): Promise<{ letter: string; ms: number }[]> {
    const letters: { letter: string; ms: number }[] = []
    for (const word of words)
      for (let length = 1; length <= word.length; length += 1) {
        const letter = word.slice(0, length)
        const at = performance.now()
        await search(100, letter, undefined)
        letters.push({ letter, ms: performance.now() - at })
      }
    return letters
  }
  const cold = await typed(words)
  const warm: typeof cold = []
  for (let turn = 0; turn < turns; turn += 1) warm.push(...(await typed(words)))
  const phrased = await typed(phrases)
  const memory = process.memoryUsage().rss
  await store.close()
  return {
    pages,
    cold,
    warm,
    phrased,
    memory,
  }
}

const addUser = 'INSERT INTO users (id, username, username_folded, created_at) VALUES (?, ?, ?, 1)'
const folders = { empty: mkdtempSync(join(place, 'empty-')), full: mkdtempSync(join(place, 'full-')) }
try {
  for (const folder of Object.values(folders)) {
    const fresh = open(folder)
    fresh.db.prepare(addUser).run(userId, 'u1', 'u1')
    await fresh.close()
  }
  const filling = open(folders.full)
  // What is measured is reading: nothing is lost if the computer stops while it is filled.
  filling.history.pragma('synchronous = OFF')
  const from = performance.now()
  const some = filling.history.transaction((start: number) => {
    for (let number = start; number < Math.min(start + filledAtOnce, Number(count)); number += 1)
      add(filling, number)
  })
  for (let start = 0; start < Number(count); start += filledAtOnce) some(start)
  const fillMs = performance.now() - from
  const indexing = performance.now()
  while ((await filling.exchanges.searchable(userId)) > 0);
  await quiet(filling)
  const indexMs = performance.now() - indexing
  const indexBytes = filling.history
    .prepare('SELECT coalesce(sum(length(bytes)), 0) FROM search_blocks')
    .pluck()
    .get() as number
  const segments = filling.history.prepare('SELECT documents FROM search_segments').pluck().all()
  await filling.close()
  const openings: Record<keyof typeof folders, number[]> = { empty: [], full: [] }
  for (let turn = 0; turn < 5; turn += 1)
    for (const name of ['empty', 'full'] as const) openings[name].push(await opening(folders[name]))
  const empty = await measure(folders.empty)
  const full = await measure(folders.full)
  const file = join(folders.full, 'history.db')
  const bytes = statSync(file).size
  if (keptAs !== '') renameSync(file, keptAs)
  process.stdout.write(
    `${JSON.stringify({ empty, full, openings, fillMs, indexMs, indexBytes, segments, bytes })}\n`,
  )
} finally {
  for (const folder of Object.values(folders)) rmSync(folder, { recursive: true, force: true })
}
