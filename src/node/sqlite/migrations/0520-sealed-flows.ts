import type { Migration } from '../database.ts'

/** What was said in a flow is sealed: a server can put a secret where nothing tells that it is one. What an earlier
 *  version wrote stays in `steps` and `failure` until its user is in and it is sealed. */
export const sealedFlows: Migration = {
  version: 520,
  name: 'sealed flows',
  up: (db) => {
    db.exec(`
      ALTER TABLE flows ADD COLUMN sealed_steps BLOB;
      ALTER TABLE flows ADD COLUMN sealed_failure BLOB;
    `)
  },
}
