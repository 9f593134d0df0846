import type { Migration } from '../../database.ts'

/** What a connection asks for beyond the common path, its keys, and sign-ins by device code. */
export const connectionSettings: Migration = {
  version: 200,
  name: 'connection-settings',
  up: (db) => {
    db.exec(`
      ALTER TABLE connections ADD COLUMN settings TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(settings));
      ALTER TABLE connections ADD COLUMN public_keys TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(public_keys));
      ALTER TABLE connections ADD COLUMN sealed_client_key BLOB;
      ALTER TABLE connections ADD COLUMN sealed_client_certificate BLOB;
      ALTER TABLE connections ADD COLUMN sealed_dpop_key BLOB;
      ALTER TABLE pending_sign_ins ADD COLUMN kind TEXT NOT NULL DEFAULT 'browser';
    `)
  },
}
