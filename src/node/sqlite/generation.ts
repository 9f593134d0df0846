import { createHash } from 'node:crypto'
import {
  close,
  closeSync,
  existsSync,
  fsync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import type { Failure } from '@contract/result'
import SqliteDatabase from 'better-sqlite3'
import type { Database } from './database.ts'
import { hasTable } from './has-table.ts'
import { storageFailures } from './failure.ts'
import { withholdAll } from './rotated-since.ts'
import { leaveComputer } from './start/synced.ts'

/** Which database of which profile was the last. The database holds the same; a database that counts less is older
 *  than the one that was written last. */
interface Mark {
  profile: string
  number: number
  /** SHA-256 of the file as it was when it was closed; absent while it is in use. */
  digest?: string | undefined
}

const markSize = 256
const inUse = '-'
const markForm = /^gatehouse generation 1\n([0-9a-f]{32}) (\d{1,15}) ([0-9a-f]{64}|-)\n([0-9a-f]{64})\n *$/
/** Bytes of a database of which a digest is kept: reading it at the start must not be felt. */
const digested = 16 * 1024 * 1024

/** Closes a database, and notes how the file is then: what no one may change until the next start. */
export function closeDatabase(db: Database): void {
  const { name, memory } = db
  const mark = memory ? undefined : markIn(db)
  db.close()
  if (mark === undefined || mark.number === 0 || existsSync(`${name}-wal`)) return
  try {
    write(fileOf(name), { ...mark, digest: digestOf(name) })
  } catch {
    // Without a digest nothing is compared.
  }
}

/** Whether the file is as it was when it was closed, in every bit; not known after a kill. To be asked before it is
 *  opened. */
export function sinceClosed(database: string): 'same' | 'changed' | 'unknown' {
  const mark = read(fileOf(database))
  if (mark === undefined || mark === 'damaged' || mark.digest === undefined) return 'unknown'
  return existsSync(database) && digestOf(database) === mark.digest ? 'same' : 'changed'
}

/** Notes that the database is in use: from now on its file changes. */
function begin(db: Database): void {
  const mark = markIn(db)
  if (mark === undefined || mark.number === 0) return
  const file = fileOf(db.name)
  try {
    write(file, mark)
    const handle = openSync(file, 'r+')
    fsync(handle, () => close(handle, () => undefined))
  } catch {
    // As in noteGeneration.
  }
}

function digestOf(database: string): string | undefined {
  if (statSync(database).size > digested) return undefined
  return createHash('sha256').update(readFileSync(database)).digest('hex')
}

/** Counts on, within the transaction of what matters. Does nothing where the schema is older. */
export function countOn(db: Database): void {
  if (hasTable(db, 'generation')) db.prepare('UPDATE generation SET number = number + 1').run()
}

/** Notes outside the database how far it has counted. Where that is lost, the mark is older than the database, and
 *  nothing is told. */
export function noteGeneration(db: Database): void {
  const mark = db.memory ? undefined : markIn(db)
  if (mark === undefined) return
  try {
    write(fileOf(db.name), mark)
  } catch {
    // A full or failing disk tells of itself where something is written.
  }
}

/** Whether this is the database that was written last; what was rotated since an older one is not sent again. Counts on,
 *  so that it is told once. Codes: `database_rolled_back`, `database_unmarked`. */
export function lookAtGeneration(db: Database, now: number): Failure | undefined {
  const here = db.memory ? undefined : markIn(db)
  if (here === undefined) return undefined
  const mark = read(fileOf(db.name))
  if (mark === undefined && here.number === 0) return undefined
  const isKnown = mark !== undefined && mark !== 'damaged'
  if (isKnown && mark.profile === here.profile && mark.number <= here.number) {
    begin(db)
    return undefined
  }
  if (isKnown) withholdAll(db, now)
  const last = Math.max(here.number, isKnown ? mark.number : 0)
  db.prepare('UPDATE generation SET number = ?').run(last + 1)
  noteGeneration(db)
  return isKnown ? storageFailures.rolledBack(db.name) : storageFailures.unmarked(fileOf(db.name))
}

/** Prepares a copy to take the place of the database: it counts on from there, as its user wants it. */
export function continueGeneration(copy: string, file: string): void {
  const mark = read(fileOf(file))
  const db = new SqliteDatabase(copy, { fileMustExist: true })
  try {
    const isKnown = mark !== undefined && mark !== 'damaged'
    leaveComputer(db)
    if (isKnown && hasTable(db, 'generation')) {
      const { profile, number } = mark
      db.prepare('UPDATE generation SET profile = ?, number = max(number, ?) + 1').run(profile, number)
      write(fileOf(file), { profile, number })
      return
    }
    // Neither an older schema nor a lost mark is a reason to warn of what the user just chose.
    if (hasTable(db, 'generation')) db.prepare('UPDATE generation SET number = 0').run()
    rmSync(fileOf(file), { force: true })
  } finally {
    db.close()
  }
}

function fileOf(database: string): string {
  return `${database}.generation`
}

function markIn(db: Database): Mark | undefined {
  return hasTable(db, 'generation')
    ? (db.prepare('SELECT profile, number FROM generation').get() as Mark | undefined)
    : undefined
}

function read(file: string): Mark | 'damaged' | undefined {
  try {
    if (statSync(file).size !== markSize) return 'damaged'
    const match = markForm.exec(readFileSync(file, 'latin1'))
    const [, profile = '', number = '', digest = '', sum = ''] = match ?? []
    const mark = { profile, number: Number(number), digest: digest === inUse ? undefined : digest }
    return match && sum === sumOf(mark) ? mark : 'damaged'
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? undefined : 'damaged'
  }
}

/** Over what was there and of the same length: a crash leaves the old one or the new one, as it is less than a sector. */
function write(file: string, mark: Mark): void {
  const text =
    `gatehouse generation 1\n${mark.profile} ${mark.number} ${mark.digest ?? inUse}\n${sumOf(mark)}\n`.padEnd(
      markSize,
    )
  // A pipe in its place would be waited for.
  const there = statSync(file, { throwIfNoEntry: false })
  if (there && !there.isFile() && !there.isDirectory()) rmSync(file)
  closeSync(openSync(file, 'a', 0o600))
  const handle = openSync(file, 'r+')
  try {
    writeSync(handle, text, 0, 'latin1')
  } finally {
    closeSync(handle)
  }
}

function sumOf({ profile, number, digest }: Mark): string {
  return createHash('sha256')
    .update(`gatehouse generation 1 ${profile} ${number} ${digest ?? inUse}`)
    .digest('hex')
}
