import type { ConnectionSettings } from '@contract/connection-settings'
import { ok, type Result } from '@contract/result'
import type { Database } from '../database.ts'

/** Reads the settings of stored connections against their schema, and writes them. */
export interface SettingsReader {
  /** Codes: `document_*`. */
  read: (stored: string) => Result<ConnectionSettings>
  write: (settings: ConnectionSettings) => string
  /** Whether any connection has settings. */
  isNeeded: (db: Database) => boolean
  /** Loads the schema. Before that only empty settings can be read and written. */
  load: () => Promise<void>
}

const none = '{}'

/** The schema's library takes longer to load than all else that the first picture needs, and most connections
 *  have no settings of their own: it is loaded where one has, or when the rest of the app is. */
export function createSettingsReader(): SettingsReader {
  let document: Pick<SettingsReader, 'read' | 'write'> | undefined
  function loaded(): Pick<SettingsReader, 'read' | 'write'> {
    if (!document) throw new Error('the schema of the settings is not loaded')
    return document
  }
  return {
    read: (stored) => (stored === none ? ok({}) : loaded().read(stored)),
    write: (settings) =>
      Object.values<unknown>(settings).every((value) => value === undefined)
        ? none
        : loaded().write(settings),
    isNeeded: (db) =>
      db.prepare('SELECT 1 FROM connections WHERE settings <> ? LIMIT 1').get(none) !== undefined,
    load: async () => {
      const { settingsDocument } = await import('../../../core/records/documents/connection-settings.ts')
      document = settingsDocument
    },
  }
}
