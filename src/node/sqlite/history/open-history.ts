import { renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import type { Failure } from '@contract/result'
import { defined } from '@contract/defined'
import { holdsAnything } from '../database-file.ts'
import type { Database } from '../database.ts'
import { migrate } from '../migrate.ts'
import { onceFree } from '../start/once-free.ts'
import { findingOf, openDatabase } from '../open.ts'
import { historyApplicationId, historyMigrations, historyName } from './schema.ts'

interface History {
  db: Database
  /** Why the history does not lie where it should, or not all of it. */
  trouble?: Failure
}

const movable: ReadonlySet<string> = new Set(['database_corrupt', 'database_not_ours'])

/** Opens the history as `openHistoryAtOnce` does, where another program holds it a little later. */
export async function openHistory(db: Database, now: number): Promise<History> {
  const isLost = lacksHistory(db)
  return historyOf(db, now, isLost, await onceFree(() => open(fileOf(db))))
}

/** Opens the file of the history beside `db`, the database. One that is damaged is moved aside and made again; where there
 *  can be none (disk full, no right to write), the history lives in memory. Sign-ins and requests never wait for it. */
export function openHistoryAtOnce(db: Database, now: number, computer?: string): History {
  const isLost = lacksHistory(db)
  return historyOf(db, now, isLost, open(fileOf(db), computer))
}

function fileOf(db: Database): string {
  return join(dirname(db.name), historyName)
}

function historyOf(db: Database, now: number, isLost: boolean, opened: ReturnType<typeof open>): History {
  const file = fileOf(db)
  if (opened.ok) {
    const db = opened.value
    const found = findingOf(db)
    const mended = mendIndex(db) ? indexDamaged(file) : undefined
    const trouble = isLost ? missing(file) : found ? explained(file, found) : mended
    return { db, ...defined({ trouble }) }
  }
  if (movable.has(opened.error.code)) {
    const aside = `${file}.damaged-${now}`
    const trouble = {
      code: 'history_damaged',
      message: `The history was damaged. It was moved to ${aside}, and a new one was started; accounts and saved requests are not affected.`,
      next: 'Nothing needs to be done. Delete that file when you don’t need it.',
    }
    if (moveAside(file, aside)) {
      const anew = open(file)
      if (anew.ok) return { db: anew.value, trouble }
    }
  }
  return {
    db: historyInMemory(),
    trouble: {
      code: 'history_in_memory',
      message: `The history is kept in memory until Gatehouse is closed. ${opened.error.message}`,
      ...defined({ next: opened.error.next }),
    },
  }
}

/** A history that ends with the program. */
export function historyInMemory(): Database {
  const db = new SqliteDatabase(':memory:')
  migrate(db, historyMigrations)
  return db
}

/** Whether its file is not there although something was sealed for it. To be asked before one is made. */
function lacksHistory(db: Database): boolean {
  return !holdsAnything(fileOf(db)) && db.prepare('SELECT 1 FROM history_keys LIMIT 1').get() !== undefined
}

function missing(file: string): Failure {
  return {
    code: 'history_missing',
    message: `The history, ${file}, was missing or empty. A new one was started; accounts and saved requests are not affected.`,
    next: 'If you have that file, quit Gatehouse and put it back. Otherwise nothing needs to be done.',
  }
}

/** What was found while it was opened, in the history's words. */
function explained(file: string, found: Failure): Failure {
  return found.code === 'history_elsewhere' ? found : logDamaged(file)
}

/** Rows that are compared with their index when the history is opened; a check of the database compares all. */
const comparedRows = 2_000

/** Whether the index that lists go by, and the newest rows, did not agree on whose they are: it is made again then. A bit
 *  in it would leave out half a list, and no one would know. */
function mendIndex(history: Database): boolean {
  const newest = `FROM exchanges WHERE number > (SELECT coalesce(max(number), 0) - ${comparedRows} FROM exchanges)`
  try {
    const { rows, found } = history
      .prepare(
        `SELECT count(*) AS rows, coalesce(sum(EXISTS (
           SELECT 1 FROM exchanges e INDEXED BY exchanges_newest
           WHERE e.user_id = r.user_id AND e.at = r.at AND e.id = r.id AND e.bin_id IS NULL)), 0) AS found
         FROM (SELECT user_id, at, id ${newest} AND bin_id IS NULL) r`,
      )
      .get() as { rows: number; found: number }
    const listed = history
      .prepare(
        `SELECT count(*) FROM (SELECT 1 FROM exchanges INDEXED BY exchanges_newest WHERE bin_id IS NULL LIMIT ${comparedRows + 1})`,
      )
      .pluck()
      .get() as number
    // Of a short one it is known how many it lists.
    if (rows === found && (listed > comparedRows || listed === rows || isLong(history))) return false
    history.exec('REINDEX exchanges')
    return true
  } catch {
    // What can't be read, or not be written, tells of itself where a list is read.
    return false
  }
}

function isLong(history: Database): boolean {
  const { first, last } = history
    .prepare('SELECT coalesce(min(number), 0) AS first, coalesce(max(number), 0) AS last FROM exchanges')
    .get() as { first: number; last: number }
  return last - first >= comparedRows
}

function indexDamaged(file: string): Failure {
  return {
    code: 'history_index_damaged',
    message: `An index of the history, ${file}, was damaged. It was made again; single exchanges may be missing.`,
    next: 'There is nothing to do. Accounts and saved requests are not affected.',
  }
}

function logDamaged(file: string): Failure {
  return {
    code: 'history_log_damaged',
    message: `The log of the newest exchanges, ${file}-wal, was damaged: those behind the damage are lost.`,
    next: 'Nothing needs to be done. Accounts and saved requests are not affected.',
  }
}

function open(file: string, computer?: string) {
  return openDatabase(file, {
    ...defined({ computer }),
    migrations: historyMigrations,
    applicationId: historyApplicationId,
    hasBackups: false,
  })
}

function moveAside(file: string, aside: string): boolean {
  try {
    renameSync(file, aside)
    for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
    return true
  } catch {
    return false
  }
}
