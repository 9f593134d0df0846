import { setImmediate as nextTurn } from 'node:timers/promises'
import { fail, ok, type Result } from '@contract/result'
import type { Database } from './database.ts'
import { storageFailure, storageFailures } from './failure.ts'

/** Tables that grow without bound; the fast check leaves them out. */
const large = new Set(['exchanges', 'exchange_body_pieces'])

/** Looks at every table but the history: a few milliseconds, made for every start. Code: `database_corrupt`. */
export function checkFast(db: Database): Result<null> {
  try {
    const problem = tables(db)
      .filter((table) => !large.has(table))
      .flatMap((table) => problemsOf(db, 'quick_check', table))[0]
    if (problem === undefined) return ok(null)
    return { ok: false, error: storageFailures.corrupt(db.name, problem) }
  } catch (error) {
    return { ok: false, error: storageFailure(error, db.name) }
  }
}

/** Looks at every table, index and reference, a table at a time so that the window goes on.
 *  Answers what was found, empty where all is sound. Code: `check_cancelled`. */
export async function checkFull(
  db: Database,
  options: { onProgress?: (done: number, all: number) => void; signal?: AbortSignal } = {},
): Promise<Result<string[]>> {
  try {
    const names = tables(db)
    const problems: string[] = []
    for (const [index, table] of names.entries()) {
      if (options.signal?.aborted) return fail('check_cancelled', 'The check was stopped before it finished.')
      problems.push(...problemsOf(db, 'integrity_check', table))
      options.onProgress?.(index + 1, names.length)
      await nextTurn()
    }
    const dangling = db.pragma('foreign_key_check') as { table: string }[]
    return ok([
      ...problems,
      ...dangling.map(({ table }) => `a row of ${table} refers to something that does not exist`),
    ])
  } catch (error) {
    return { ok: false, error: storageFailure(error, db.name) }
  }
}

function tables(db: Database): string[] {
  return db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    .pluck()
    .all() as string[]
}

/** Counted: what SQLite says of them, pages and cells, is for whoever mends a database manually. */
function problemsOf(db: Database, check: 'quick_check' | 'integrity_check', table: string): string[] {
  const faults = (db.pragma(`${check}("${table}")`) as Record<string, unknown>[])
    .flatMap((row) => Object.values(row).map(String))
    .filter((text) => text !== 'ok').length
  return faults === 0
    ? []
    : [`${table}: ${faults === 1 ? 'a fault' : `${faults} faults`} in its pages or indexes`]
}
