import { createConnectionStore } from './connection-store.ts'
import type { Database } from '../database.ts'
import { createEnvironmentStore } from './environment-store.ts'
import type { SettingsReader } from './settings-reader.ts'
import { createKeptPageStore } from './kept-page-store.ts'
import { createTokenStore } from './token-store.ts'

/** What the first picture reads. */
export function createFirstStores(db: Database, settings: Pick<SettingsReader, 'read' | 'write'>) {
  return {
    environments: createEnvironmentStore(db),
    connections: createConnectionStore(db, settings),
    tokens: createTokenStore(db),
    keptPages: createKeptPageStore(db),
  }
}
