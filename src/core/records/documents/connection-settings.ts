import { connectionSettings, type ConnectionSettings } from '@contract/connection-settings'
import { bySchema } from './by-schema.ts'
import { storedDocument } from './document.ts'

/** `connections.settings`. Loaded where a connection has any: see the settings reader. */
export const settingsDocument = storedDocument<ConnectionSettings>({
  name: 'settings',
  called: 'connection',
  check: bySchema(connectionSettings),
})
