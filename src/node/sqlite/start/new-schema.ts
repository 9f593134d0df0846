import type { Migration } from '../database.ts'
import { migrations } from '../migrations/index.ts'
import statements from './new-schema.json' with { type: 'json' }

/** What a step puts into a new file. */
const rows = ["INSERT INTO generation VALUES (1, lower(hex(randomblob(16))), 0, '')"]

/** All steps as one, for an empty file: what they leave there, in every word (`new-schema.json` is written by
 *  tests/integration/sqlite/new-schema.test.ts). Tables that later steps change are made once. */
export const newSchema: Migration = {
  version: migrations.at(-1)?.version ?? 0,
  name: 'all',
  up: (db) => {
    db.exec([...statements, ...rows].join(';\n'))
  },
}
