/** Writes to a profile without pause until it is killed: refreshes with rotation, history, saved requests. Says the
 *  number of each round on its own line once everything of the round has been acknowledged. With a number of turns it
 *  stores long bodies instead, and kills itself so many turns after the last of a few. */
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { nodeCrypto } from '../../../src/node/crypto/node-crypto.ts'
import { createHistoryKeys } from '../../../src/core/vault/box/history-keys.ts'
import { openHistoryAtOnce } from '../../../src/node/sqlite/history/open-history.ts'
import { createExchangeStore } from '../../../src/node/sqlite/stores/exchange-store.ts'
import { createHistoryKeyStore } from '../../../src/node/sqlite/stores/history-key-store.ts'
import { openDatabase } from '../../../src/node/sqlite/open.ts'
import { createRequestStore } from '../../../src/node/sqlite/stores/request-store.ts'
import { createTokenStore } from '../../../src/node/sqlite/stores/token-store.ts'
import { createVaultKeyStore } from '../../../src/node/sqlite/stores/vault-key-store.ts'
import { openVault } from '../../../src/core/vault/box/open-vault.ts'

const folder = process.argv[2] ?? ''
const turnsToLive = process.argv[3] === undefined ? undefined : Number(process.argv[3])
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
const history = openHistoryAtOnce(db.value, 1).db
const { exchanges } = createExchangeStore(db.value, {
  db: history,
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

const nextTurn = () => new Promise((done) => setImmediate(done))

/** A body of 5 MiB is written in steps: it is acknowledged as whole when its size is stored. */
async function storeLongBodies(turns: number): Promise<never> {
  const isWhole = history.prepare('SELECT 1 FROM exchanges WHERE id = ? AND body_size IS NOT NULL')
  for (let round = 1; round <= 3; round += 1) {
    const id = `long${round}`
    const exchange = { id, userId: 'u1', at: round, method: 'GET', url: 'u', view: '{}' }
    exchanges.add(exchange, new Uint8Array(5 * 1024 * 1024).fill(round))
    writeSync(1, `${id} kept\n`)
    for (let turn = 0; round < 3 ? isWhole.get(id) === undefined : turn < turns; turn += 1) await nextTurn()
    if (isWhole.get(id) !== undefined) writeSync(1, `${id} whole\n`)
  }
  process.kill(process.pid, 'SIGKILL')
  throw new Error('dead')
}
if (turnsToLive !== undefined) await storeLongBodies(turnsToLive)

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
