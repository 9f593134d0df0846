import { defined } from '@contract/defined'
import type { CookieJarRecord, CookieStore } from '../../../../core/records/cookie-store.ts'
import type { Database } from '../../database.ts'
import { explained } from '../../explained.ts'
import { orNull, readRow } from '../rows/row.ts'

/** Cookie jars in SQLite. */
export function createCookieStore(db: Database): CookieStore {
  const one = db.prepare(
    'SELECT * FROM cookie_jars WHERE user_id = ? AND environment_id = ? AND account_id IS ?',
  )
  const all = db.prepare('SELECT * FROM cookie_jars WHERE user_id = ? AND environment_id = ? ORDER BY rowid')
  const upsert = db.prepare(`
    INSERT INTO cookie_jars (id, user_id, environment_id, account_id, sealed_cookies)
    VALUES (@id, @userId, @environmentId, @accountId, @sealedCookies)
    ON CONFLICT (id) DO UPDATE SET sealed_cookies = excluded.sealed_cookies`)
  const remove = db.prepare('DELETE FROM cookie_jars WHERE user_id = ? AND id = ?')

  function toJar(row: unknown): CookieJarRecord {
    const read = readRow(db, row)
    return {
      id: read.text('id'),
      userId: read.text('user_id'),
      environmentId: read.text('environment_id'),
      ...defined({ accountId: read.optionalText('account_id') }),
      sealedCookies: read.bytes('sealed_cookies'),
    }
  }
  return explained(db, {
    get: (userId, environmentId, accountId) => {
      const row = one.get(userId, environmentId, orNull(accountId))
      return row === undefined ? undefined : toJar(row)
    },
    list: (userId, environmentId) => all.all(userId, environmentId).map(toJar),
    save: (jar) => {
      upsert.run({ ...jar, accountId: orNull(jar.accountId) })
    },
    remove: (userId, id) => {
      remove.run(userId, id)
    },
  })
}
