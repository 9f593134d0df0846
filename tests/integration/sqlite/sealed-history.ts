import { randomUUID } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { createHistoryKeys } from '../../../src/core/vault/box/history-keys.ts'
import { createMemorySecrets } from '../../../src/core/vault/box/memory-secrets.ts'
import type { SecretBox } from '../../../src/core/vault/box/secret-box.ts'
import { newVaultKey } from '../../../src/core/vault/box/sealed-format.ts'
import { createVaultBox } from '../../../src/core/vault/box/vault-box.ts'
import { nodeCrypto } from '../../../src/node/crypto/node-crypto.ts'
import type { Database } from '../../../src/node/sqlite/database.ts'
import { historyInMemory, openHistoryAtOnce } from '../../../src/node/sqlite/history/open-history.ts'
import { createExchangeStore } from '../../../src/node/sqlite/stores/exchange-store.ts'
import { createHistoryKeyStore } from '../../../src/node/sqlite/stores/history-key-store.ts'

/** A box with a vault key of its own, as after an unlock; without one where nothing protects the vault. */
export const openBox = (protectedBy: 'keyring' | 'memory' = 'keyring'): SecretBox =>
  createVaultBox({
    crypto: nodeCrypto,
    memory: createMemorySecrets(nodeCrypto),
    protection: { kind: 'memory' } as never,
    ...(protectedBy === 'keyring' ? { current: newVaultKey(nodeCrypto) } : {}),
    isCurrent: () => true,
  })

interface Wanted {
  limits?: { exchanges: number; bytes: number }
  /** In a file beside the database; in memory otherwise. */
  onDisk?: boolean
  box?: SecretBox
  /** What the clock says. */
  now?: number
}

/** The history of a database, with `u1` in unless `as` says otherwise. */
export const sealedHistory = (
  db: Database,
  { limits, onDisk = false, box = openBox(), now = 1 }: Wanted = {},
) => {
  const history = onDisk ? openHistoryAtOnce(db, 1).db : historyInMemory()
  onTestFinished(() => void history.close())
  let user = { id: 'u1' }
  const clock = { now: () => now }
  const keys = createHistoryKeys({
    store: createHistoryKeyStore(db),
    crypto: nodeCrypto,
    clock,
    newId: randomUUID,
    session: () => ({ user, box }),
  })
  return {
    ...createExchangeStore(db, { db: history, keys, crypto: nodeCrypto, clock }, limits),
    history,
    keys,
    as: (id: string) => void (user = { id }),
  }
}
