import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import SqliteDatabase from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { createTokenStore } from '../../../src/node/sqlite/stores/token-store.ts'
import { createUserStore } from '../../../src/node/sqlite/stores/user-store.ts'
import { createVaultKeyStore } from '../../../src/node/sqlite/stores/vault-key-store.ts'
import type { Database } from '../../../src/node/sqlite/database.ts'
import { databaseWithUsers, openOrThrow, temporaryFolder } from './temporary-database.ts'

const key = {
  id: 'a'.repeat(32),
  userId: 'u1',
  state: 'current' as const,
  guard: 'password' as const,
  passwordHash: 'hash',
  wrapped: Uint8Array.of(1),
  checkValue: Uint8Array.of(2),
  createdAt: 1,
}
const account = {
  id: 'a1',
  userId: 'u1',
  connectionId: 'c1',
  issuer: 'https://as.example',
  subject: 's',
  profile: {},
  signedInAt: 1,
}
const tokenSet = {
  id: 't1',
  userId: 'u1',
  accountId: 'a1',
  grant: 'authorization_code' as const,
  tokenType: 'Bearer',
  scope: '',
  scopeAsked: '',
  obtainedAt: 1,
  accessTokenFormat: 'opaque' as const,
  refreshCount: 0,
  sealedAccessToken: Uint8Array.of(3),
}
const step = { tokenSetId: 't1', at: 1, event: 'signed-in' as const, reason: 'r', changes: [] }
const addConnection = (db: Database): void => {
  db.exec(`INSERT INTO connections (id, user_id, environment_id, name, metadata, metadata_source, client_id,
    client_authentication, scope, redirect_kind, allow_insecure, is_playground, created_at, updated_at)
    VALUES ('c1', 'u1', 'e1', 'C', '{"issuer":"https://as.example"}', 'by-hand', 'x', 'none', '', 'loopback', 0, 0, 1, 1)`)
}

it.each<[string, string, (db: Database) => void]>([
  [
    'user',
    "SELECT count(*) FROM users WHERE id = 'new'",
    (db) => createUserStore(db).add({ id: 'new', username: 'New', createdAt: 1 }),
  ],
  ['key', 'SELECT count(*) FROM vault_keys', (db) => createVaultKeyStore(db).add(key)],
  [
    'change of keys in a transaction',
    'SELECT count(*) FROM vault_keys',
    (db) => {
      const store = createVaultKeyStore(db)
      store.atomically(() => store.add(key))
    },
  ],
  [
    'sign-in',
    'SELECT count(*) FROM token_sets',
    (db) => {
      addConnection(db)
      createTokenStore(db).saveSignIn(account, tokenSet, step)
    },
  ],
  [
    'rotated token',
    "SELECT count(*) FROM lineage WHERE event = 'refreshed'",
    (db) => {
      addConnection(db)
      const tokens = createTokenStore(db)
      tokens.saveSignIn(account, tokenSet, step)
      tokens.saveRefresh(tokenSet, { ...step, event: 'refreshed' })
    },
  ],
])('a flipped bit in the log loses no %s', async (_, count, write) => {
  const db = databaseWithUsers()
  write(db)
  // What a sign-in waits for is emptied one turn later.
  await nextTurn()
  const file = join(temporaryFolder(), 'gatehouse.sqlite')
  copyFileSync(db.name, file)
  const log = readFileSync(`${db.name}-wal`)
  // The first commit's checksum, if the log holds any: all behind it would be forgotten.
  if (log.length > 60) log[56] = (log[56] ?? 0) ^ 1
  writeFileSync(`${file}-wal`, log)
  expect(openOrThrow(file).prepare(count).pluck().get()).toBe(1)
})

it('waits for nobody who reads, and takes the commit along the next time', () => {
  const db = databaseWithUsers()
  const reader = new SqliteDatabase(db.name, { readonly: true })
  onTestFinished(() => void reader.close())
  const users = createUserStore(db)
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM users').get()
  const before = performance.now()
  const patience = db.pragma('busy_timeout', { simple: true })
  users.add({ id: 'one', username: 'One', createdAt: 1 })
  expect(performance.now() - before).toBeLessThan(1_000)
  expect(db.pragma('busy_timeout', { simple: true })).toBe(patience)
  reader.exec('COMMIT')
  users.add({ id: 'two', username: 'Two', createdAt: 1 })
  expect(statSync(`${db.name}-wal`).size).toBe(0)
})
