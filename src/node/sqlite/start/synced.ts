import { linkSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import type { Failure } from '@contract/result'
import type { Database } from '../database.ts'
import { holdsAnything, settleFile } from '../database-file.ts'
import { storageFailures } from '../failure.ts'

// A profile in a folder that a program keeps the same on two computers. Each of them has whole files only: whichever was
// written later takes the place of the other.

/** Whether another computer had the database open last; notes that this one has. Told once each time, as it can't be known
 *  here whether the other had all that was changed on this one. Tokens stay: for who works on one computer after the other
 *  nothing is lost. Code: `database_elsewhere`. */
export function lookAtComputer(db: Database, computer: string): Failure | undefined {
  const table = db.memory ? undefined : computerTable(db)
  const last = table === undefined ? computer : lastComputer(db)
  if (table === undefined || last === computer) return undefined
  db.prepare(`UPDATE ${table} SET computer = ?`).run(computer)
  if (last === undefined || last === '') return undefined
  // Into the file itself: from now on its log is this computer's.
  db.pragma('wal_checkpoint(TRUNCATE)')
  return storageFailures.elsewhere(db.name, last)
}

/** Puts a log aside that this computer left when the program was killed, where the file, the database's or the history's, is
 *  another computer's since: read into it, it would bring back old pages, or damage it. Answers where it is kept. To be
 *  called before anyone opens the file. */
export function leaveForeignLog(file: string, computer: string, now: number): string | undefined {
  const log = `${file}-wal`
  if (!holdsAnything(log) || !holdsAnything(file)) return undefined
  // A computer may have another name today: a file that came from elsewhere is newer in its place than the log.
  if (statSync(file).ctimeMs <= statSync(log).mtimeMs) return undefined
  const last = computerInFile(file)
  if (last === undefined || last === '' || last === computer) return undefined
  const aside = `${file}.left-log-${now}`
  renameSync(log, aside)
  rmSync(`${file}-shm`, { force: true })
  return aside
}

/** What the file says without its log, which SQLite finds by the name. */
function computerInFile(file: string): string | undefined {
  const alone = `${file}.alone`
  let db: Database | undefined
  try {
    rmSync(alone, { force: true })
    linkSync(file, alone)
    db = new SqliteDatabase(alone, { readonly: true, fileMustExist: true })
    return lastComputer(db)
  } catch {
    // A disk without links, or a damaged file: opening it tells.
    return undefined
  } finally {
    db?.close()
    for (const end of ['', '-wal', '-shm']) rmSync(alone + end, { force: true })
  }
}

/** Takes the computer out of a copy that its user puts in the database's place. */
export function leaveComputer(copy: Database): void {
  if (computerTable(copy) === 'generation') copy.exec("UPDATE generation SET computer = ''")
}

function lastComputer(db: Database): string | undefined {
  const table = computerTable(db)
  return table === undefined
    ? undefined
    : (db.prepare(`SELECT computer FROM ${table}`).pluck().get() as string | undefined)
}

/** Where a file says which computer had it open last: the database, and the history. Earlier formats say nothing. */
function computerTable(db: Database): 'generation' | 'last_computer' | undefined {
  return db
    .prepare(
      `SELECT t.name FROM sqlite_schema t, pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.name IN ('generation', 'last_computer') AND c.name = 'computer'`,
    )
    .pluck()
    .get() as 'generation' | 'last_computer' | undefined
}

/** A file that a sync program put beside the database in place of overwriting it. Code: `database_conflict`. */
export function conflictBeside(file: string): Failure | undefined {
  const [name, end] = [basename(file, extname(file)), extname(file)]
  const other = readdirSync(dirname(file)).find(
    (each) => each.startsWith(name) && each.endsWith(end) && /conflict/i.test(each.slice(name.length)),
  )
  return other === undefined ? undefined : storageFailures.conflict(file, join(dirname(file), other))
}

/** Watches whether the file that is written to still is the one that bears its name. Where it is not, all that is written
 *  goes with the program: a copy is kept, again at the end, and it is told once. Code: `database_replaced`. */
export function watchPlace(
  db: Database,
  { now, told }: { now: () => number; told: (found: Failure) => void },
) {
  const place = placeOf(db.name)
  let kept: string | undefined
  let copied: unknown
  const changes = () => db.prepare('SELECT total_changes()').pluck().get()

  async function keep(): Promise<void> {
    const partial = `${db.name}.before-restore-${now()}.partial`
    try {
      copied = changes()
      await db.backup(partial, { progress: () => pagesAStep })
      settleFile(partial)
      const copy = kept ?? partial.slice(0, -'.partial'.length)
      renameSync(partial, copy)
      kept = copy
    } catch {
      // It is told that there is none, or only the one before.
      rmSync(partial, { force: true })
    }
  }

  let found = false
  return {
    /** Looks, and keeps a copy the first time. */
    async look(): Promise<void> {
      if (found || place === undefined || !db.open || placeOf(db.name) === place) return
      found = true
      leaveLog(db)
      await keep()
      told(storageFailures.replaced(db.name, kept))
    },
    /** Before the database is closed. */
    async close(): Promise<void> {
      if (found && db.open && changes() !== copied) await keep()
    },
  }
}

/** The same look at the history, of which no copy is kept. Code: `history_replaced`. */
export function watchHistory(history: Database, told: (found: Failure) => void): () => void {
  const place = history.memory ? undefined : placeOf(history.name)
  let found = false
  return () => {
    if (found || place === undefined || !history.open || placeOf(history.name) === place) return
    found = true
    leaveLog(history)
    told(storageFailures.historyReplaced(history.name))
  }
}

/** Pages of a step: 1 MiB. */
const pagesAStep = 256

function placeOf(file: string): string | undefined {
  try {
    const { dev, ino } = statSync(file, { bigint: true })
    return `${dev} ${ino}`
  } catch {
    return undefined
  }
}

/** No log of ours stays beside a file of someone else: after a kill it would be read into that. */
function leaveLog(db: Database): void {
  try {
    db.pragma('journal_mode = MEMORY')
  } catch {
    // Someone reads; the copy is kept all the same.
  }
}
