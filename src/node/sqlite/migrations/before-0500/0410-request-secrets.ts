import type { Migration } from '../../database.ts'

/** Secret values of saved requests, sealed apart from the draft. */
export const requestSecrets: Migration = {
  version: 410,
  name: 'request-secrets',
  up: (db) => {
    db.exec('ALTER TABLE requests ADD COLUMN sealed_secrets BLOB')
  },
}
