import { defined } from '@contract/defined'
import type { KeptPageStore } from '../../../core/records/kept-page-store.ts'
import type { Database } from '../database.ts'
import { explained } from '../explained.ts'
import { prepareLater } from './rows/prepare-later.ts'
import { readRow } from './rows/row.ts'

/** What the page has open, in SQLite. */
export function createKeptPageStore(db: Database): KeptPageStore {
  const one = prepareLater(db, 'SELECT * FROM kept_pages WHERE user_id = ?')
  const upsert = prepareLater(
    db,
    `
    INSERT INTO kept_pages (id, user_id, sealed_tabs, open_tabs) VALUES (@userId, @userId, @sealedTabs, @openTabs)
    ON CONFLICT (id) DO UPDATE SET sealed_tabs = excluded.sealed_tabs, open_tabs = excluded.open_tabs`,
  )
  return explained(db, {
    get: (userId) => {
      const row = one.get(userId)
      if (row === undefined) return undefined
      const read = readRow(db, row)
      return {
        sealedTabs: read.bytes('sealed_tabs'),
        ...defined({ openTabs: read.optionalText('open_tabs') }),
      }
    },
    save: (userId, { sealedTabs, openTabs }) => {
      upsert.run({ userId, sealedTabs, openTabs: openTabs ?? null })
    },
  })
}
