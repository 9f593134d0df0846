import { join } from 'node:path'
import type { Database } from '../../../src/node/sqlite/database.ts'
import { createConnectionStore } from '../../../src/node/sqlite/stores/connection-store.ts'
import { createSettingsReader } from '../../../src/node/sqlite/stores/settings-reader.ts'
import { createSealedFields } from '../../../src/node/sqlite/stores/rows/sealed-fields.ts'
import { createVaultKeyStore } from '../../../src/node/sqlite/stores/vault-key-store.ts'
import { nodeCrypto } from '../../../src/node/crypto/node-crypto.ts'
import { openVault } from '../../../src/core/vault/box/open-vault.ts'
import {
  connectionDestination,
  tokenDestination,
  type Leading,
} from '../../../src/core/records/destination.ts'
import type { SecretPlace } from '../../../src/core/vault/box/secret-box.ts'
import type { OpenVault } from '../../../src/core/vault/box/vault-parts.ts'
import { createFakeKeyring } from '../../unit/core/vault/fakes.ts'
import { databaseWithUsers, openOrThrow, temporaryFolder } from '../sqlite/temporary-database.ts'

/** Cheap on purpose: what passwords cost is not what these tests look at. */
const cheapScrypt = { cost: 4, blockSize: 8, parallelization: 1 }

/** A database on disk with two users and a vault each, that can be closed and opened again. */
export const vaultOnDisk = () => {
  const folder = temporaryFolder()
  const keyring = createFakeKeyring()
  const state = { db: databaseWithUsers(folder), now: 1_000_000 }
  const parts = () => ({
    store: createVaultKeyStore(state.db),
    fields: createSealedFields(state.db, createConnectionStore(state.db, createSettingsReader())),
    protector: keyring.protector,
    crypto: nodeCrypto,
    clock: { now: () => state.now },
    scrypt: cheapScrypt,
  })
  const tryOpen = (password?: string, userId = 'u1') => openVault(userId, parts(), { password })
  return {
    folder,
    keyring,
    state,
    parts,
    tryOpen,
    db: (): Database => state.db,
    open: async (password?: string, userId = 'u1'): Promise<OpenVault> => {
      const opened = await tryOpen(password, userId)
      if (!opened.ok) throw new Error(opened.error.code)
      return opened.value
    },
    restart: () => {
      state.db.close()
      state.db = openOrThrow(join(folder, 'gatehouse.sqlite'))
    },
  }
}

const leading: Leading = {
  metadata: { issuer: 'i' },
  clientId: 'id',
  clientAuthentication: 'none',
  redirectKind: 'loopback',
  allowInsecure: false,
  isPlayground: false,
}
const destination = connectionDestination(leading)
const ofToken = tokenDestination(leading, { account: { issuer: 'i' }, tokenSet: {} })

/** Where each secret of `addSecrets` is, and where it may go. */
export const secretPlaces = (userId: string): SecretPlace[] => [
  ...['client_secret', 'client_key', 'client_certificate', 'dpop_key'].map((column) => ({
    userId,
    table: 'connections',
    rowId: `c-${userId}`,
    column,
    destination,
  })),
  ...['t1', 't2'].flatMap((token) =>
    ['access_token', 'refresh_token', 'id_token'].map((column) => ({
      userId,
      table: 'token_sets',
      rowId: `${token}-${userId}`,
      column,
      destination: ofToken,
    })),
  ),
  { userId, table: 'pending_sign_ins', rowId: `p-${userId}`, column: 'secrets', destination },
  { userId, table: 'requests', rowId: `r-${userId}`, column: 'secrets' },
]

/** Where the proof of its connection is. */
const proofPlace = (userId: string): SecretPlace => ({
  userId,
  table: 'connections',
  rowId: `c-${userId}`,
  column: 'proof',
  destination,
})

/** The text that `addSecrets` seals at a place. */
export const secretAt = ({ userId, rowId, column }: SecretPlace): string =>
  `marked ${userId} ${rowId} ${column}`

/** A connection with a client secret and keys, two accounts with three tokens each, and a pending sign-in. */
export const addSecrets = (db: Database, { userId, box }: OpenVault): void => {
  const [clientSecret, clientKey, certificate, dpopKey, ...rest] = secretPlaces(userId).map((place) =>
    box.seal(place, secretAt(place)),
  )
  const proof = box.seal(proofPlace(userId), '')
  const environment = userId.replace('u', 'e')
  db.prepare(
    `INSERT INTO connections VALUES (?, ?, ?, 'C', '{"issuer":"i"}', 'by-hand', NULL, 'id', 'none', ?, '', NULL,
     'loopback', 0, 0, 1, 1, '{}', '{}', ?, ?, ?, ?)`,
  ).run(`c-${userId}`, userId, environment, clientSecret, clientKey, certificate, dpopKey, proof)
  for (const [number, token] of ['t1', 't2'].entries()) {
    db.prepare(`INSERT INTO accounts VALUES (?, ?, ?, 'i', ?, '{}', 1)`).run(
      `a${number}-${userId}`,
      userId,
      `c-${userId}`,
      token,
    )
    db.prepare(
      `INSERT INTO token_sets VALUES (?, ?, ?, 'authorization_code', 'Bearer', '', '', NULL, 1, NULL, 'jwt', 0,
       NULL, ?, ?, ?, NULL, NULL)`,
    ).run(`${token}-${userId}`, userId, `a${number}-${userId}`, ...rest.slice(number * 3, number * 3 + 3))
  }
  db.prepare(`INSERT INTO pending_sign_ins VALUES (?, ?, ?, ?, 1, 2, ?, 'browser')`).run(
    `p-${userId}`,
    userId,
    `c-${userId}`,
    userId,
    rest[6],
  )
  db.prepare(
    `INSERT INTO requests (id, user_id, name, draft, sealed_secrets, updated_at) VALUES (?, ?, 'R', ?, ?, 1)`,
  ).run(
    `r-${userId}`,
    userId,
    JSON.stringify({
      method: 'GET',
      url: 'https://api.example/sealed',
      query: [],
      headers: [],
      body: { kind: 'none' },
      accountId: null,
    }),
    rest[7],
  )
}

/** The stored bytes of a place. */
export const storedAt = (db: Database, { table, column, rowId }: SecretPlace): Uint8Array | undefined =>
  db.prepare(`SELECT sealed_${column} FROM ${table} WHERE id = ?`).pluck().get(rowId) as
    | Uint8Array
    | undefined

/** What each place opens to: its text, the code of the failure, or that nothing is there. */
export const openAll = (db: Database, { userId, box }: OpenVault): string[] =>
  secretPlaces(userId).map((place) => {
    const stored = storedAt(db, place)
    if (stored === undefined) return 'nothing'
    const opened = box.open(place, stored)
    return opened.ok ? opened.value : opened.error.code
  })
