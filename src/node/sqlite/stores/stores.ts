import type { ConnectionStore } from '../../../core/records/ports.ts'
import { createHistoryKeys } from '../../../core/vault/box/history-keys.ts'
import type { Database } from '../database.ts'
import { createBinStore } from './bin-store.ts'
import { createExchangeStore } from './exchange-store.ts'
import { createFlowStore } from './flow-store.ts'
import { createHistoryKeyStore } from './history-key-store.ts'
import { joinBins } from './joined-bin.ts'
import { createPendingSignInStore } from './pending-sign-in-store.ts'
import { createRefreshStateStore } from './refresh-state-store.ts'
import { createRegistrationStore } from './registration-store.ts'
import { createRequestStore } from './request-store.ts'
import { createTokenOriginStore } from './token-origin-store.ts'

/** What the history needs beside the database. */
type HistoryParts = Omit<Parameters<typeof createHistoryKeys>[0], 'store'> & { db: Database }

/** All that the use cases keep beside the first stores, and beside users and vault keys: those open them. */
export function createStores(db: Database, connections: Pick<ConnectionStore, 'get'>, parts: HistoryParts) {
  const keys = createHistoryKeys({ ...parts, store: createHistoryKeyStore(db) })
  const history = createExchangeStore(db, { ...parts, keys })
  return {
    bin: joinBins(createBinStore(db, connections), history.bin),
    refreshStates: createRefreshStateStore(db),
    registrations: createRegistrationStore(db),
    pending: createPendingSignInStore(db),
    requests: createRequestStore(db),
    exchanges: history.exchanges,
    flows: createFlowStore(db),
    tokenOrigins: createTokenOriginStore(db),
  }
}
