import type { Migration } from '../../database.ts'

/** What vouches for a connection: an empty text, sealed for where it leads. Written at the next unlock for those that
 *  are here already. */
export const connectionProofs: Migration = {
  version: 460,
  name: 'connection-proofs',
  up: (db) => {
    db.exec('ALTER TABLE connections ADD COLUMN sealed_proof BLOB')
  },
}
