import { createConnectionStore } from './connection-store.ts'
import type { Database } from './database.ts'
import { createEnvironmentStore } from './environment-store.ts'
import { createExchangeStore } from './exchange-store.ts'
import { createFlowStore } from './flow-store.ts'
import { createPendingSignInStore } from './pending-sign-in-store.ts'
import { createRefreshStateStore } from './refresh-state-store.ts'
import { createRegistrationStore } from './registration-store.ts'
import { createRequestStore } from './request-store.ts'
import { createTokenStore } from './token-store.ts'

/** All that the use cases keep in one database, but users and vault keys: those open it. */
export const createStores = (db: Database) => ({
  environments: createEnvironmentStore(db),
  connections: createConnectionStore(db),
  tokens: createTokenStore(db),
  refreshStates: createRefreshStateStore(db),
  registrations: createRegistrationStore(db),
  pending: createPendingSignInStore(db),
  requests: createRequestStore(db),
  exchanges: createExchangeStore(db),
  flows: createFlowStore(db),
})
