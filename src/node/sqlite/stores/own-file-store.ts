import type { OwnFile, OwnFileStore } from '../../../core/records/own-file-store.ts'
import type { Database } from '../database.ts'
import { explained } from '../explained.ts'
import { readRow } from './rows/row.ts'

/** What the files of own collections say, in SQLite. */
export function createOwnFileStore(db: Database): OwnFileStore {
  const all = db.prepare('SELECT path, version, text FROM own_files WHERE user_id = ? ORDER BY path')
  const versions = db.prepare('SELECT path, version FROM own_files WHERE user_id = ?')
  const put = db.prepare(`
    INSERT INTO own_files (user_id, path, version, text) VALUES (@userId, @path, @version, @text)
    ON CONFLICT (user_id, path) DO UPDATE SET version = excluded.version, text = excluded.text`)
  const remove = db.prepare('DELETE FROM own_files WHERE user_id = ? AND path = ?')
  const change = db.transaction((userId: string, noted: readonly OwnFile[], gone: readonly string[]) => {
    for (const { path, version, text } of noted) put.run({ userId, path, version, text })
    for (const path of gone) remove.run(userId, path)
  })
  return explained<OwnFileStore>(db, {
    list: (userId) =>
      all.all(userId).map((row) => {
        const read = readRow(db, row)
        return { path: read.text('path'), version: read.text('version'), text: read.text('text') }
      }),
    versions: (userId) =>
      new Map(
        versions.all(userId).map((row) => {
          const read = readRow(db, row)
          return [read.text('path'), read.text('version')]
        }),
      ),
    change: (userId, noted, gone) => {
      change(userId, noted, gone)
    },
  })
}
