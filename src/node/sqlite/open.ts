import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { ok, type Failure, type Result } from '@contract/result'
import { holdsAnything } from './database-file.ts'
import type { Database, Migration } from './database.ts'
import { dropsCommits } from './damaged-log.ts'
import { lookAtGeneration, sinceClosed } from './generation.ts'
import { conflictBeside, leaveForeignLog, lookAtComputer } from './start/synced.ts'
import { historyName } from './history/schema.ts'
import { layDown } from './start/lay-down.ts'
import { newSchema } from './start/new-schema.ts'
import { keepBeforeMigration } from './start/keep-before-update.ts'
import { storageFailure, storageFailures, StorageError } from './failure.ts'
import { migrate, schemaVersion } from './migrate.ts'
import { migrations as allMigrations } from './migrations/index.ts'
import { applicationId as databaseId } from './application-id.ts'
import { listCopies } from './copies.ts'
import { finishRestore } from './restore.ts'

/** Milliseconds to wait for a lock that another process holds: a second Gatehouse that is just writing has let go of it by
 *  then. A viewer or a copying program has not, and to wait for it would hold up everything else. */
const busyTimeout = 100

interface OpenOptions {
  busyTimeout?: number
  migrations?: readonly Migration[]
  /** What its header says; the database's unless told otherwise. */
  applicationId?: number
  /** Whether backups are made of it, which may be put in its place. */
  hasBackups?: boolean
  /** The name of this computer. */
  computer?: string
}

/** Opens the database, makes it where there is none, and brings its schema up to date.
 *  Codes: `database_missing`, `database_restore_unfit`, `database_newer`, `database_not_ours`, `database_corrupt`, `database_read_only`, `database_locked`,
 *  `disk_full`, `database_failed`. The file is never deleted or replaced. */
export function openDatabase(file: string, options: OpenOptions = {}): Result<Database> {
  const { migrations: known = allMigrations, applicationId = databaseId, hasBackups = true } = options
  let db: Database | undefined
  try {
    if (hasBackups) {
      finishRestore(file, known.at(-1)?.version ?? 0, Date.now())
      refuseNewBesideBackups(file)
    }
    const computer = options.computer ?? hostname()
    const leftLog = leaveForeignLog(file, computer, Date.now())
    const isNew = hasBackups && !holdsAnything(file)
    const drops = dropsCommits(file)
    const since = sinceClosed(file)
    const isLaidDown =
      makeFile(file) === 0 && layDown(file, { migrations: atOnce(known), applicationId, computer })
    if (!isLaidDown && statSync(file).size > 0)
      refuseForeign(file, known, applicationId, options.busyTimeout ?? busyTimeout)
    db = new SqliteDatabase(file, { timeout: options.busyTimeout ?? busyTimeout })
    configure(db, applicationId)
    if (hasBackups) keepBeforeMigration(db, known.at(-1)?.version ?? 0)
    migrate(db, known)
    if (since !== 'same' && !isLaidDown) refuseLackingSchema(db, known)
    const before = lookAtGeneration(db, Date.now())
    const elsewhere = lookAtComputer(db, computer)
    const conflict = hasBackups ? conflictBeside(file) : undefined
    const foreignLog = hasBackups ? storageFailures.foreignLog : storageFailures.foreignHistoryLog
    const found = [
      leftLog !== undefined && foreignLog(file, leftLog),
      before,
      drops && storageFailures.logDamaged(file),
      // Of the history it says nothing new.
      hasBackups && elsewhere,
      since === 'changed' && storageFailures.changed(file),
      isNew && holdsAnything(join(dirname(file), historyName)) && storageFailures.newBesideHistory(file),
      conflict,
    ].find((each) => typeof each === 'object')
    if (found) findings.set(db, found)
    return ok(db)
  } catch (error) {
    closeQuietly(db)
    const found = storageFailure(error, file)
    const isSaid = error instanceof StorageError
    return {
      ok: false,
      error: found.code === 'disk_full' && !isSaid ? storageFailures.fullAtStart(file) : found,
    }
  }
}

/** What was found wrong with a database that could be opened all the same, to be told to its user: it is not the one that
 *  was written last, or its newest changes are lost. */
export function findingOf(db: Database): Failure | undefined {
  return findings.get(db)
}
const findings = new WeakMap<Database, Failure>()

/** Notes what was found by whoever had it open before. */
export function noteFinding(db: Database, found: Failure): void {
  findings.set(db, found)
}

/** Whoever has backups had a database: to make a new one silently would hide that it was lost. */
function refuseNewBesideBackups(file: string): void {
  if (!holdsAnything(file) && existsSync(dirname(file)) && listCopies(file).length > 0)
    throw new StorageError(storageFailures.missing(file))
}

/** Makes folder and file for the owner alone; answers the file's size. SQLite gives `-wal` and `-shm` the
 *  rights of the main file, so they must be right before SQLite makes those. */
function makeFile(file: string): number {
  const folder = dirname(file)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (process.platform !== 'win32') restrict(folder, 0o700)
  const there = statSync(file, { throwIfNoEntry: false })
  // A pipe in its place would be waited for.
  if (there && !there.isFile() && !there.isDirectory())
    throw new StorageError(storageFailures.corrupt(file, 'something else than a file is in its place'))
  closeSync(openSync(file, 'a', 0o600))
  if (process.platform !== 'win32') restrict(file, 0o600)
  return statSync(file).size
}

function restrict(path: string, mode: number): void {
  if ((statSync(path).mode & 0o777) !== mode) chmodSync(path, mode)
}

/** Looks at version and owner through a read-only handle: a read-write one would write the WAL back into the
 *  file when it closes, and a refused file has to stay as it is. */
function refuseForeign(
  file: string,
  known: readonly Migration[],
  applicationId: number,
  timeout: number,
): void {
  const db = new SqliteDatabase(file, { readonly: true, fileMustExist: true, timeout })
  try {
    const owner = db.pragma('application_id', { simple: true }) as number
    const version = schemaVersion(db)
    if (owner !== applicationId && (owner !== 0 || hasTables(db)))
      throw new StorageError(storageFailures.notOurs(file))
    const newest = known.at(-1)?.version ?? 0
    if (version > newest) throw new StorageError(storageFailures.newer(file, version, newest))
  } finally {
    closeQuietly(db)
  }
}

/** The same steps for an empty file. */
function atOnce(known: readonly Migration[]): readonly Migration[] {
  return known === allMigrations ? [newSchema] : known
}

/** A bit in the schema can take a table or a column away from every statement that names it. Looked at where the file may
 *  have changed. */
function refuseLackingSchema(db: Database, known: readonly Migration[]): void {
  const fresh = new SqliteDatabase(':memory:')
  try {
    migrate(fresh, atOnce(known))
    const columnsOf = (each: Database) =>
      each
        .prepare(
          `SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'`,
        )
        .pluck()
        .all() as string[]
    const found = new Set(columnsOf(db))
    const lacking = columnsOf(fresh).find((name) => !found.has(name))
    if (lacking !== undefined) throw new StorageError(storageFailures.corrupt(db.name, `it lacks ${lacking}`))
    for (const table of fresh.prepare(tables).pluck().all() as string[]) refuseUnusable(db, table)
  } finally {
    fresh.close()
  }
}

const tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"

/** A condition that names no function any more is noticed when a statement is made, and not by a look at the data. */
function refuseUnusable(db: Database, table: string): void {
  try {
    db.prepare(`INSERT INTO ${table} DEFAULT VALUES`)
  } catch (error) {
    throw new StorageError(storageFailures.corrupt(db.name, `nothing can be added to ${table}`), error)
  }
}

function hasTables(db: Database): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined
}

/** Why each setting is what it is: docs/vault.md, "How the database is kept". */
function configure(db: Database, applicationId: number): void {
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  if (schemaVersion(db) === 0 && !hasTables(db)) {
    db.pragma('auto_vacuum = INCREMENTAL')
    db.pragma(`application_id = ${applicationId}`)
  }
  const mode = db.pragma('journal_mode = WAL', { simple: true })
  if (mode !== 'wal')
    throw new StorageError(storageFailures.unusable(db.name, 'this disk does not allow a write-ahead log'))
  db.pragma('synchronous = FULL')
  // 1 MiB: whose commit it is that writes the log back waits for as much.
  db.pragma('wal_autocheckpoint = 256')
  db.pragma('fullfsync = ON')
  db.pragma('foreign_keys = ON')
  db.pragma('secure_delete = ON')
  db.pragma('journal_size_limit = 8388608')
  db.pragma('temp_store = MEMORY')
}

function closeQuietly(db: Database | undefined): void {
  try {
    db?.close()
  } catch {
    // The reason for closing is already on its way to the caller.
  }
}
