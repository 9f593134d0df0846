import type { ConnectionSettings } from '@contract/connection-settings'
import type { Database } from '../database.ts'

/** Reads the settings of stored connections against their schema. */
export interface SettingsReader {
  /** Settings that hold; nothing where the stored ones do not. */
  read: (stored: Record<string, unknown>) => ConnectionSettings | undefined
  /** Whether any connection has settings. */
  isNeeded: (db: Database) => boolean
  /** Loads the schema. Before that only empty settings can be read. */
  load: () => Promise<void>
}

/** The schema's library takes longer to load than all else that the first picture needs, and most connections
 *  have no settings of their own: it is loaded where one has, or when the rest of the app is. */
export function createSettingsReader(): SettingsReader {
  let parse: SettingsReader['read'] | undefined
  return {
    read: (stored) => {
      if (Object.keys(stored).length === 0) return {}
      if (!parse) throw new Error('the schema of the settings is not loaded')
      return parse(stored)
    },
    isNeeded: (db) =>
      db.prepare("SELECT 1 FROM connections WHERE settings <> '{}' LIMIT 1").get() !== undefined,
    load: async () => {
      const { connectionSettings } = await import('@contract/connection-settings')
      parse = (stored) => connectionSettings.safeParse(stored).data
    },
  }
}
