/** Gatehouse without a window, on plain Node: gets a token by client credentials, sends a request with it, and says what
 *  the checks of the token found. The client secret comes from the environment: GATEHOUSE_CLIENT_SECRET. */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createHeadless } from '../../src/core/app/create-headless.ts'
import { createSessions } from '../../src/core/app/vault/sessions.ts'
import type { Result } from '../../src/core/contract/result.ts'
import type { KeyProtector } from '../../src/core/vault/guard/key-protector.ts'
import { captureWork as capture, judgeWork as judge } from '../../src/node/checks/judge-work.ts'
import { nodeCrypto } from '../../src/node/crypto/node-crypto.ts'
import { keyReaders } from '../../src/node/crypto/key-readers.ts'
import { createOauthFetch } from '../../src/node/net/fetch.ts'
import { createRequestEngine } from '../../src/node/net/send.ts'
import { openDatabase } from '../../src/node/sqlite/open.ts'
import { createFirstStores } from '../../src/node/sqlite/stores/first-stores.ts'
import { createSealedFields } from '../../src/node/sqlite/stores/rows/sealed-fields.ts'
import { createSettingsReader } from '../../src/node/sqlite/stores/settings-reader.ts'
import { openStores } from '../../src/node/sqlite/stores/stores.ts'
import { createUserStore } from '../../src/node/sqlite/stores/user-store.ts'
import { createVaultKeyStore } from '../../src/node/sqlite/stores/vault-key-store.ts'

const usage = 'Usage: headless --issuer URL --client-id ID --url URL [--scope TEXT] [--resource URL]'

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value
  const { code, message, next } = result.error
  throw new Error([`${code}: ${message}`, ...(next === undefined ? [] : [next])].join('\n'))
}

const nothing = () => undefined
const none = () => Promise.reject(new Error('There is no keyring.'))
/** A program in a pipeline has no keyring: secrets stay in memory and end with it. */
const keyring = () => Promise.resolve({ available: false, backend: 'none' } as const)
const noKeyring: KeyProtector = { keyring, wrap: none, unwrap: none }

const calledOff = (timer: NodeJS.Timeout) => () => clearTimeout(timer)
const time = {
  clock: { now: () => Date.now() },
  elapsed: () => performance.now(),
  after: (milliseconds: number, then: () => void) => calledOff(setTimeout(then, milliseconds)),
  every: (milliseconds: number, then: () => void) => calledOff(setInterval(then, milliseconds)),
  wait: (milliseconds: number) => new Promise<void>((done) => void setTimeout(done, milliseconds)),
}

/** Opens the core on a profile of its own. */
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
    protector: noKeyring,
    crypto: nodeCrypto,
    clock: time.clock,
    newId: randomUUID,
    beforeLock: () => core.settle(),
    notify: nothing,
  })
  const kept = await openStores(db, first.connections, { session: sessions.current, clock: time.clock })
  await sessions.start()
  const fetch = createOauthFetch({ now: time.clock.now })
  const engine = createRequestEngine()
  const core = createHeadless({
    sessions,
    program: { version: '0', platform: process.platform as 'linux' | 'darwin' | 'win32' },
    time,
    random: { newId: randomUUID, randomBytes: (length) => randomBytes(length) },
    stores: { users, ...first, ...kept.stores },
    net: {
      ...{ fetch, judge, capture, ...keyReaders },
      send: (request, options) => engine.send(request, options),
      warm: () => engine.warm(),
      rehearse: engine.rehearse,
      forget: () => [fetch, engine].forEach((each) => each.renew()),
      findProxy: async () => 'DIRECT',
    },
    notices: {
      ...{ changed: nothing, deleted: nothing, signInEnded: nothing, logOutEnded: nothing },
      ...{ playgroundState: nothing, importProgress: nothing, sendProgress: nothing },
      storageDamaged: ({ message }) => process.stderr.write(`${message}\n`),
    },
  })
  async function close() {
    await sessions.close()
    await Promise.all([fetch.close(), engine.close()])
    db.close()
    kept.close()
  }
  return { core, close }
}

function readOptions() {
  const text = { type: 'string' } as const
  const options = { issuer: text, 'client-id': text, url: text, scope: text, resource: text }
  const { issuer, 'client-id': clientId, url, scope = '', resource } = parseArgs({ options }).values
  if (issuer === undefined || clientId === undefined || url === undefined) throw new Error(usage)
  return { issuer, clientId, url, scope, ...(resource === undefined ? {} : { resource }) }
}

async function run({ core }: Awaited<ReturnType<typeof openCore>>): Promise<number> {
  const { url, issuer, ...wanted } = readOptions()
  const clientSecret = process.env['GATEHOUSE_CLIENT_SECRET'] ?? ''
  const { id: connectionId } = must(
    await core.connections.save({
      ...wanted,
      name: 'Headless',
      provider: { issuer },
      clientAuthentication: clientSecret === '' ? 'none' : 'client_secret_basic',
      clientSecret,
      redirectKind: 'loopback',
      allowInsecure: false,
      settings: { grant: 'client_credentials' },
    }),
  )
  const input = { grant: 'client_credentials' } as const
  const { accountId } = must(await core.directGrants.run({ connectionId, input }))
  const draft = { method: 'GET', url, query: [], headers: [], body: { kind: 'none' }, accountId } as const
  // Whoever names the address and the client together means the token to go there.
  const allowToken = { accountId, origin: URL.canParse(url) ? new URL(url).origin : url }
  const sending = { sendId: randomUUID(), draft: { ...draft, query: [], headers: [] }, allowToken }
  const { response, refusal, error } = must(await core.sendRequest.send(sending))
  process.stdout.write(`GET ${url}: ${response?.status ?? error?.message ?? 'no answer'}\n`)
  if (refusal) process.stdout.write(`  ${refusal.headline}\n`)
  const { access } = must(await core.accounts.get(accountId))
  for (const { label, state, detail } of access?.checks ?? [])
    process.stdout.write(`${state.padEnd(12)}${label}: ${detail}\n`)
  return response !== undefined && response.status < 400 ? 0 : 1
}

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-headless-'))
try {
  const opened = await openCore(folder)
  process.exitCode = await run(opened).finally(() => opened.close())
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`)
  process.exitCode = 2
} finally {
  rmSync(folder, { recursive: true, force: true })
}
