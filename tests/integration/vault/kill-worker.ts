/** Writes to a profile without pause until it is killed: refreshes with rotation, history, saved requests. Says the
 *  number of each round on its own line once everything of the round has been acknowledged. */
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { nodeCrypto } from '../../../src/node/crypto/node-crypto.ts'
import { createHistoryKeys } from '../../../src/core/vault/box/history-keys.ts'
import { openHistory } from '../../../src/node/sqlite/history/open-history.ts'
import { createExchangeStore } from '../../../src/node/sqlite/stores/exchange-store.ts'
import { createHistoryKeyStore } from '../../../src/node/sqlite/stores/history-key-store.ts'
import { openDatabase } from '../../../src/node/sqlite/open.ts'
import { createRequestStore } from '../../../src/node/sqlite/stores/request-store.ts'
import { createTokenStore } from '../../../src/node/sqlite/stores/token-store.ts'
import { createVaultKeyStore } from '../../../src/node/sqlite/stores/vault-key-store.ts'
import { openVault } from '../../../src/core/vault/box/open-vault.ts'

const folder = process.argv[2] ?? ''
const db = openDatabase(join(folder, 'gatehouse.sqlite'))
if (!db.ok) throw new Error(db.error.code)
const opened = await openVault(
  'u1',
  {
    store: createVaultKeyStore(db.value),
    protector: {
      keyring: () => Promise.resolve({ available: false, backend: 'basic_text' }),
      wrap: () => Promise.reject(new Error('no keyring')),
      unwrap: () => Promise.reject(new Error('no keyring')),
    },
    fields: { replace: () => undefined },
    crypto: nodeCrypto,
    clock: { now: () => 1 },
    scrypt: { cost: 4, blockSize: 8, parallelization: 1 },
  },
  { password: 'correct horse' },
)
if (!opened.ok) throw new Error(opened.error.code)
const { box } = opened.value
const tokens = createTokenStore(db.value)
const requests = createRequestStore(db.value)
const { exchanges } = createExchangeStore(db.value, {
  db: openHistory(db.value, 1).db,
  crypto: nodeCrypto,
  clock: { now: () => 1 },
  keys: createHistoryKeys({
    store: createHistoryKeyStore(db.value),
    crypto: nodeCrypto,
    clock: { now: () => 1 },
    newId: () => 'k1',
    session: () => ({ user: { id: 'u1' }, box }),
  }),
})

const place = (column: string) => ({ userId: 'u1', table: 'token_sets', rowId: 't1', column })
for (;;) {
  const set = tokens.getAccount('u1', 'a1')?.tokenSet
  if (!set) throw new Error('the token set is gone')
  const round = set.refreshCount + 1
  const sealedAccessToken = box.seal(place('access_token'), `access ${round}`)
  const sealedRefreshToken = box.seal(place('refresh_token'), `refresh ${round}`)
  tokens.saveRefresh(
    { ...set, refreshCount: round, sealedAccessToken, sealedRefreshToken },
    { tokenSetId: 't1', at: round, event: 'refreshed', reason: 'round', changes: [] },
  )
  const exchange = { id: `x${round}`, userId: 'u1', at: round, method: 'GET', url: 'u', view: '{}' }
  exchanges.add(exchange, new Uint8Array(20_000).fill(round & 255))
  requests.save({ id: 'r1', userId: 'u1', name: `round ${round}`, draft: '{}', updatedAt: round })
  writeSync(1, `${round}\n`)
}
