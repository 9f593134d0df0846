import type { ConnectionStore } from '../../../core/records/ports.ts'
import type { Database } from '../database.ts'
import { createBinStore } from './bin-store.ts'
import { createExchangeStore } from './exchange-store.ts'
import { createFlowStore } from './flow-store.ts'
import { createPendingSignInStore } from './pending-sign-in-store.ts'
import { createRefreshStateStore } from './refresh-state-store.ts'
import { createRegistrationStore } from './registration-store.ts'
import { createRequestStore } from './request-store.ts'
import { createTokenOriginStore } from './token-origin-store.ts'

/** All that the use cases keep beside the first stores, and beside users and vault keys: those open them. */
export function createStores(db: Database, connections: Pick<ConnectionStore, 'get'>) {
  return {
    bin: createBinStore(db, connections),
    refreshStates: createRefreshStateStore(db),
    registrations: createRegistrationStore(db),
    pending: createPendingSignInStore(db),
    requests: createRequestStore(db),
    exchanges: createExchangeStore(db),
    flows: createFlowStore(db),
    tokenOrigins: createTokenOriginStore(db),
  }
}
