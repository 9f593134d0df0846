/** Runs in Electron's Node: sends one request again and again with the core as a run of a folder does, on a profile on the
 *  disk, and looks for each exchange in the history. Prints one line of JSON. */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createHeadless } from '../../../src/core/app/create-headless.ts'
import { createHistorySearch } from '../../../src/core/app/history/history-search.ts'
import { createSessions } from '../../../src/core/app/vault/sessions.ts'
import type { RequestDraft } from '../../../src/core/contract/requests.ts'
import type { Result } from '../../../src/core/contract/result.ts'
import { captureWork as capture, judgeWork as judge } from '../../../src/node/checks/judge-work.ts'
import { keyReaders } from '../../../src/node/crypto/key-readers.ts'
import { nodeCrypto } from '../../../src/node/crypto/node-crypto.ts'
import { createOauthFetch } from '../../../src/node/net/fetch.ts'
import { createRequestEngine } from '../../../src/node/net/send.ts'
import { openDatabase } from '../../../src/node/sqlite/open.ts'
import { createFirstStores } from '../../../src/node/sqlite/stores/first-stores.ts'
import { createSealedFields } from '../../../src/node/sqlite/stores/rows/sealed-fields.ts'
import { createSettingsReader } from '../../../src/node/sqlite/stores/settings-reader.ts'
import { openStores } from '../../../src/node/sqlite/stores/stores.ts'
import { createUserStore } from '../../../src/node/sqlite/stores/user-store.ts'
import { createVaultKeyStore } from '../../../src/node/sqlite/stores/vault-key-store.ts'

const [url = '', count = '200', place = ''] = process.argv.slice(2)

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(`${result.error.code}: ${result.error.message}`)
}
const none = () => Promise.reject(new Error('There is no keyring.'))
const clock = { now: () => Date.now() }
const elapsed = () => performance.now()
const wait = (milliseconds: number) => new Promise<void>((done) => void setTimeout(done, milliseconds))
const nothing = () => undefined

async function openCore(folder: string) {
  const db = must(openDatabase(join(folder, 'gatehouse.db')))
  const users = createUserStore(db)
  const settings = createSettingsReader()
  await settings.load()
  const first = createFirstStores(db, settings)
  const sessions = createSessions({
    users,
    store: createVaultKeyStore(db),
    fields: createSealedFields(db, first.connections),
    protector: { keyring: async () => ({ available: false, backend: 'none' }), wrap: none, unwrap: none },
    crypto: nodeCrypto,
    clock,
    newId: randomUUID,
    beforeLock: () => core.settle(),
    notify: nothing,
  })
  const kept = await openStores(db, first.connections, { session: sessions.current, clock })
  await sessions.start()
  const fetch = createOauthFetch({ now: clock.now })
  const engine = createRequestEngine()
  const core = createHeadless({
    sessions,
    program: { version: '0', platform: 'linux' },
    time: {
      clock,
      elapsed,
      wait,
      after: (milliseconds, then) => {
        const timer = setTimeout(then, milliseconds)
        return () => clearTimeout(timer)
      },
      every: () => nothing,
    },
    random: { newId: randomUUID, randomBytes: (length) => randomBytes(length) },
    stores: { users, ...first, ...kept.stores },
    net: {
      ...{ fetch, judge, capture, ...keyReaders },
      send: (request, options) => engine.send(request, options),
      warm: () => engine.warm(),
      rehearse: engine.rehearse,
      forget: nothing,
      findProxy: async () => 'DIRECT',
    },
    notices: {
      changed: nothing,
      deleted: nothing,
      signInEnded: nothing,
      logOutEnded: nothing,
      playgroundState: nothing,
      importProgress: nothing,
      sendProgress: nothing,
      storageDamaged: ({ message }) => process.stderr.write(`${message}\n`),
    },
  })
  async function close() {
    await sessions.close()
    await Promise.all([fetch.close(), engine.close()])
    db.close()
    kept.close()
  }
  return { core, session: sessions.current, close }
}

const folder = mkdtempSync(join(place, 'profile-'))
try {
  const { core, session, close } = await openCore(folder)
  const draft: RequestDraft = {
    method: 'GET',
    url,
    query: [],
    headers: [{ name: 'Accept', value: 'application/json', enabled: true }],
    body: { kind: 'none' },
    checks: [{ expression: 'res.status', operator: 'eq', value: '200', enabled: true }],
    accountId: null,
  }
  // As the app does once someone is in, and while a request is being written.
  await core.services.exchanges.enter(session().user.id)
  await core.net.warm()
  await new Promise<void>((done) => void core.rehearseSending(done).then(must))
  let passed = 0
  for (let number = 0; number < Number(count); number += 1) {
    const { checks } = must(await core.sendRequest.send({ sendId: randomUUID(), draft, inRun: true }))
    if (checks?.[0]?.outcome === 'passed') passed += 1
  }
  core.services.exchanges.flush()
  while ((await core.services.exchanges.searchable(session().user.id)) > 0);
  const { search } = createHistorySearch({
    session,
    clock,
    exchanges: core.services.exchanges,
    elapsed,
    wait,
  })
  const found = (await search(Number(count) + 1, 'status:200 word-of-the-body', undefined)).rows.length
  process.stdout.write(`${JSON.stringify({ passed, found })}\n`)
  await close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
