import type { Migration } from '../../database.ts'

/** Sign-ins that wait for their redirect; found by the digest of `state`. */
export const pendingSignIns: Migration = {
  version: 40,
  name: 'pending-sign-ins',
  up: (db) => {
    db.exec(`
      CREATE TABLE pending_sign_ins (
        id TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL,
        connection_id TEXT NOT NULL,
        state_digest TEXT NOT NULL UNIQUE,
        started_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        sealed_secrets BLOB NOT NULL,
        FOREIGN KEY (user_id, connection_id) REFERENCES connections (user_id, id) ON DELETE CASCADE
      ) STRICT;
      CREATE INDEX pending_sign_ins_connection ON pending_sign_ins (user_id, connection_id);
      CREATE INDEX pending_sign_ins_expiry ON pending_sign_ins (expires_at);
    `)
  },
}
