import { randomUUID } from 'node:crypto'
import { copyFileSync, cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { openTokens, sealTokens } from '../../src/core/app/tokens/token-vault.ts'
import { createSaveConnection } from '../../src/core/app/connections/connection-proof.ts'
import { createSessions } from '../../src/core/app/vault/sessions.ts'
import type { Result } from '../../src/core/contract/result.ts'
import type { Connection } from '../../src/core/records/model.ts'
import { nodeCrypto } from '../../src/node/crypto/node-crypto.ts'
import { makeBackup } from '../../src/node/sqlite/backups.ts'
import { checkFast } from '../../src/node/sqlite/check.ts'
import type { Database } from '../../src/node/sqlite/database.ts'
import { closeDatabase } from '../../src/node/sqlite/generation.ts'
import { findingOf, openDatabase } from '../../src/node/sqlite/open.ts'
import { heavyWork } from '../../src/node/sqlite/heavy-work.ts'
import { createFirstStores } from '../../src/node/sqlite/stores/first-stores.ts'
import { createSealedFields } from '../../src/node/sqlite/stores/rows/sealed-fields.ts'
import { createSettingsReader } from '../../src/node/sqlite/stores/settings-reader.ts'
import { openStores } from '../../src/node/sqlite/stores/stores.ts'
import { createUserStore } from '../../src/node/sqlite/stores/user-store.ts'
import { createVaultKeyStore } from '../../src/node/sqlite/stores/vault-key-store.ts'
import { createFakeKeyring } from '../../tests/support/fake-keyring.ts'
import { factsBeside, fillBeside } from './profile-beside.ts'

export const databaseName = 'gatehouse.db'
const keyring = createFakeKeyring()
const settings = createSettingsReader()

/** What a start on a profile came to: what is read in it, and what its user is told. */
export interface Start {
  /** Everything that the stores give, tokens opened; absent where the start was refused. */
  facts?: string
  told?: string
}

/** The value, or its failure thrown. */
export function must<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw Object.assign(new Error(result.error.message), { failure: result.error })
}

/** Opens database, vault and history of a profile, as a start does. */
export async function begin(folder: string) {
  await settings.load()
  const db = must(openDatabase(join(folder, databaseName)))
  const first = createFirstStores(db, settings)
  const users = createUserStore(db)
  const keys = createVaultKeyStore(db)
  const sessions = createSessions({
    users,
    store: keys,
    fields: createSealedFields(db, first.connections),
    protector: keyring.protector,
    crypto: nodeCrypto,
    clock: { now: () => Date.now() },
    newId: randomUUID,
    beforeLock: () => Promise.resolve(),
    notify: () => undefined,
  })
  const kept = await openStores(db, first.connections, {
    session: sessions.current,
    clock: { now: Date.now },
  })
  try {
    await sessions.start()
  } catch (error) {
    db.close()
    kept.close()
    throw error
  }
  return { db, kept, stores: { users, ...first, ...kept.stores }, sessions }
}

const draft = (number: number) =>
  JSON.stringify({
    method: 'GET',
    url: `https://api.example/orders/${number}`,
    query: [],
    headers: [],
    body: { kind: 'none' },
    accountId: null,
  })

function fill(begun: Awaited<ReturnType<typeof begin>>, from: number, to: number): void {
  const { stores, sessions } = begun
  const { user, environment } = sessions.current()
  const saveConnection = createSaveConnection({
    session: sessions.current,
    connections: stores.connections,
    resealing: sessions.resealing,
  })
  for (let number = from; number < to; number += 1) {
    const connection: Connection = {
      id: `c${number}`,
      userId: user.id,
      environmentId: environment.id,
      name: `Connection ${number}`,
      metadata: { issuer: 'https://id.example', token_endpoint: 'https://id.example/token' },
      metadataSource: 'by-hand',
      clientId: 'client',
      clientAuthentication: 'none',
      scope: 'openid',
      redirectKind: 'loopback',
      allowInsecure: false,
      isPlayground: false,
      createdAt: 1,
      updatedAt: 1,
    }
    saveConnection(undefined, connection)
    const account = {
      id: `a${number}`,
      userId: user.id,
      connectionId: connection.id,
      issuer: 'https://id.example',
      subject: `subject ${number}`,
      profile: { name: `Person ${number}` },
      signedInAt: 1,
    }
    const described = {
      id: `t${number}`,
      userId: user.id,
      accountId: account.id,
      grant: 'authorization_code' as const,
      tokenType: 'Bearer',
      scope: 'openid',
      scopeAsked: 'openid',
      obtainedAt: 1,
      accessTokenFormat: 'opaque' as const,
      refreshCount: 0,
    }
    const tokens = { access: `access ${number} ${'x'.repeat(800)}`, refresh: `refresh ${number}` }
    const sealed = sealTokens(sessions.current, { connection, account, tokenSet: described }, tokens)
    const step = { tokenSetId: described.id, at: 1, event: 'signed-in' as const, reason: 'r', changes: [] }
    stores.tokens.saveSignIn(account, { ...described, ...sealed }, step)
    stores.requests.save({
      id: `r${number}`,
      userId: user.id,
      name: `Request ${number}`,
      draft: draft(number),
      updatedAt: 1,
    })
    stores.exchanges.add(
      {
        id: `x${number}`,
        userId: user.id,
        at: number,
        method: 'GET',
        url: 'https://api.example',
        view: '{}',
      },
      new TextEncoder().encode(`answer ${number} ${'y'.repeat(2_000)}`),
    )
    fillBeside(begun, number)
  }
}

/** Makes a profile that was closed properly, with a backup and settings, and one that was killed with a log that holds
 *  commits. */
export async function makeProfiles(closed: string, killed: string): Promise<void> {
  const first = await begin(closed)
  fill(first, 0, 8)
  must(await makeBackup(first.db, join(closed, 'backups'), 1_700_000_000_000, heavyWork))
  await first.sessions.close()
  closeDatabase(first.db)
  first.kept.close()
  writeFileSync(
    join(closed, 'settings.json'),
    '{"theme":"dark","textSize":110,"lock":{"idleMinutes":5,"onScreenLock":true}}',
  )

  const second = await begin(killed)
  fill(second, 0, 4)
  // A reader keeps the log from being emptied, as a backup does.
  const reader = new SqliteDatabase(join(killed, databaseName), { readonly: true })
  reader.exec('BEGIN; SELECT * FROM users')
  fill(second, 4, 8)
  // The mark of a sign-in is renewed one turn after it was committed (empty-log.ts).
  await new Promise((done) => void setImmediate(done))
  const left = `${killed}-left`
  cpSync(killed, left, { recursive: true })
  reader.close()
  await second.sessions.close()
  second.db.close()
  second.kept.close()
  for (const name of readdirSync(left))
    if (!name.endsWith('-shm')) copyFileSync(join(left, name), join(killed, name))
  if (!existsSync(join(killed, `${databaseName}-wal`))) throw new Error('the killed profile has no log')
}

/** Starts on a profile and reads everything in it, as the program would. */
export async function startOn(folder: string): Promise<Start> {
  let db: Database | undefined
  let kept: { close: () => void } | undefined
  try {
    const begun = await begin(folder)
    ;({ db, kept } = begun)
    const { stores, sessions } = begun
    const found = findingOf(db)?.code
    const check = checkFast(db)
    const trouble = sessions.state()
    const told =
      found ??
      begun.kept.trouble?.code ??
      (check.ok ? undefined : check.error.code) ??
      (trouble.ok ? trouble.value.trouble?.code : undefined)
    const { user } = sessions.current()
    const facts = JSON.stringify([
      stores.users.list().map(({ lastUnlockAt: _last, ...rest }) => rest),
      stores.users.environments(user.id),
      stores.connections.list(user.id).map(({ sealedProof: _proof, ...rest }) => rest),
      stores.tokens.listAccounts(user.id).map(({ account, tokenSet }) => {
        const connection = stores.connections.get(user.id, account.connectionId)
        const tokens =
          tokenSet && connection && must(openTokens(sessions.current, { connection, account, tokenSet }))
        const { sealedAccessToken: _a, sealedRefreshToken: _r, ...plain } = tokenSet ?? {}
        return [account, plain, tokens, tokenSet && stores.tokens.lineage(tokenSet.id)]
      }),
      factsBeside(begun),
      stores.requests.list(user.id),
      stores.exchanges
        .page(user.id, 100)
        .map((row) => [
          row,
          stores.exchanges.get(user.id, row.id) ?? listedOnly(),
          Buffer.from(stores.exchanges.body(user.id, row.id, 0, 10_000)?.bytes ?? []).toString('latin1'),
        ]),
    ])
    await sessions.close()
    return { facts, ...(told === undefined ? {} : { told }) }
  } catch (error) {
    return { told: codeOf(error) }
  } finally {
    db?.close()
    kept?.close()
  }
}

/** Opened, what is in the list and nowhere else says so. */
function listedOnly(): never {
  throw Object.assign(new Error('listed only'), { failure: { code: 'exchange_unknown' } })
}

/** The code of what was told; `defect` for an error without one. */
function codeOf(error: unknown): string {
  if (error instanceof Error && 'failure' in error) return (error.failure as { code: string }).code
  return `defect: ${error instanceof Error ? error.message : String(error)}`
}
