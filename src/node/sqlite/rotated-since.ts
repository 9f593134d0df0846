import SqliteDatabase from 'better-sqlite3'
import type { Database } from './database.ts'
import { hasTable } from './has-table.ts'

/** Takes the refresh tokens out of a copy that is about to take the database's place, where the database has seen them
 *  rotated since, or can't tell: a provider that gets a rotated one again ends the whole sign-in (RFC 9700 section
 *  4.14.2). Their accounts say to sign in again. The copy that was chosen stays as it is; this is done to a copy of it.
 *  Answers how many. */
export function withholdRotated(copy: string, present: string, now: number): number {
  const db = new SqliteDatabase(copy, { fileMustExist: true })
  try {
    if (!hasTable(db, 'token_sets')) return 0
    const known = countsIn(present)
    const stale = (
      db
        .prepare('SELECT id, user_id, refresh_count FROM token_sets WHERE sealed_refresh_token IS NOT NULL')
        .all() as {
        id: string
        user_id: string
        refresh_count: number
      }[]
    ).filter(({ id, refresh_count }) => (known?.get(id) ?? Infinity) > refresh_count)
    db.pragma('secure_delete = ON')
    withhold(db, stale, now)
    return stale.length
  } finally {
    db.close()
  }
}

/** Takes every refresh token out of a database that is older than it was: no one knows what was rotated since. To be
 *  called inside no transaction. */
export function withholdAll(db: Database, now: number): number {
  const all = db.prepare('SELECT id, user_id FROM token_sets WHERE sealed_refresh_token IS NOT NULL').all()
  withhold(db, all as { id: string; user_id: string }[], now)
  return all.length
}

function withhold(db: Database, stale: { id: string; user_id: string }[], now: number): void {
  const take = db.prepare('UPDATE token_sets SET sealed_refresh_token = NULL WHERE id = ?')
  const note = hasTable(db, 'refresh_states')
    ? db.prepare(`
        INSERT INTO refresh_states (id, user_id, refused) VALUES (@id, @user_id, @refused)
        ON CONFLICT (id) DO UPDATE SET refused = excluded.refused, intent_at = NULL, intent_run = NULL,
          intent_count = NULL, aside_at = NULL, aside_why = NULL, sealed_aside = NULL`)
    : undefined
  // What was deleted is put back without it.
  const binned = hasTable(db, 'bin_bytes')
    ? db.prepare("DELETE FROM bin_bytes WHERE column_name = 'sealed_refresh_token'")
    : undefined
  const refused = JSON.stringify({ at: now, ...restored })
  db.transaction(() => {
    binned?.run()
    for (const { id, user_id } of stale) {
      take.run(id)
      note?.run({ id, user_id, refused })
    }
  })()
}

const restored = {
  code: 'refresh_restored',
  message:
    'This account comes from an older copy of the database. Its refresh token has been rotated since, or may have been, and was left out: reusing it could end the whole sign-in.',
  next: 'Sign in again. Nothing else is lost.',
}

/** How often each token set of a database was refreshed, Infinity where a refresh was under way; `undefined` where the
 *  database can't be read. */
function countsIn(file: string): Map<string, number> | undefined {
  let db: Database | undefined
  try {
    db = new SqliteDatabase(file, { readonly: true, fileMustExist: true })
    const rows = db.prepare('SELECT id, refresh_count AS count FROM token_sets').all() as {
      id: string
      count: number
    }[]
    const open = new Set(
      hasTable(db, 'refresh_states')
        ? db.prepare('SELECT id FROM refresh_states WHERE intent_at IS NOT NULL').pluck().all()
        : [],
    )
    return new Map(rows.map(({ id, count }) => [id, open.has(id) ? Infinity : count]))
  } catch {
    return undefined
  } finally {
    db?.close()
  }
}
