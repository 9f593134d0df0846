import { randomUUID } from 'node:crypto'
import type { ConnectionStore } from '../../../core/records/ports.ts'
import { createHistoryKeys } from '../../../core/vault/box/history-keys.ts'
import { nodeCrypto } from '../../crypto/node-crypto.ts'
import type { Database } from '../database.ts'
import { openHistory } from '../history/open-history.ts'
import { createBinStore } from './bin/bin-store.ts'
import { createDeletedFileStore } from './bin/deleted-file-store.ts'
import { createDeletedPartStore } from './bin/deleted-part-store.ts'
import { createCollectionStore } from './collection-store.ts'
import { createExchangeStore } from './exchange-store.ts'
import { createFlowStore } from './flow-store.ts'
import { createHistoryKeyStore } from './history-key-store.ts'
import { createKeyRingStore } from './key-ring-store.ts'
import { createCookieStore } from './network/cookie-store.ts'
import { createNetworkStore } from './network/network-store.ts'
import { createOwnFileStore } from './own-file-store.ts'
import { joinBins } from './bin/joined-bin.ts'
import { createPendingSignInStore } from './pending-sign-in-store.ts'
import { createPinStore } from './pin-store.ts'
import { createRefreshStateStore } from './refresh-state-store.ts'
import { createRegistrationStore } from './registration-store.ts'
import { createRequestStore } from './request-store.ts'
import { createTokenOriginStore } from './token-origin-store.ts'

type HistoryParts = Pick<Parameters<typeof createHistoryKeys>[0], 'session' | 'clock'>

/** All that the use cases keep beside the first stores, and beside users and vault keys, which open them; with the file of
 *  the history, and why that is not where it should be. */
export async function openStores(
  db: Database,
  connections: Pick<ConnectionStore, 'get'>,
  { session, clock }: HistoryParts,
) {
  const { db: file, trouble } = await openHistory(db, clock.now())
  const store = createHistoryKeyStore(db)
  const keys = createHistoryKeys({ store, session, clock, crypto: nodeCrypto, newId: randomUUID })
  const history = createExchangeStore(db, { db: file, keys, crypto: nodeCrypto, clock })
  return {
    trouble,
    historyFile: file,
    stores: {
      bin: joinBins(createBinStore(db, connections), history.bin),
      refreshStates: createRefreshStateStore(db),
      registrations: createRegistrationStore(db),
      pending: createPendingSignInStore(db),
      requests: createRequestStore(db),
      collections: createCollectionStore(db),
      ownFiles: createOwnFileStore(db),
      exchanges: history.exchanges,
      flows: createFlowStore(db),
      keyRing: createKeyRingStore(db),
      network: createNetworkStore(db),
      cookies: createCookieStore(db),
      deletedParts: createDeletedPartStore(db),
      deletedFiles: createDeletedFileStore(db),
      pins: createPinStore(db),
      tokenOrigins: createTokenOriginStore(db),
    },
    close: (): void => void file.close(),
  }
}
