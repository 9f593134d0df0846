import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import type { DatabaseCopies, DatabaseCopy } from '../../core/vault/transfer/database-copies.ts'
import { ok } from '@contract/result'
import { backUpWhenDue, listBackups, listBeforeRestore, logSize, makeBackup, type Backup } from './backups.ts'
import type { Database } from './database.ts'
import type { HeavyWork } from './heavy-thread.ts'

/** The database's copies in its profile, newest first. */
export function listCopies(file: string): DatabaseCopy[] {
  return [...listBackups(folderOf(file)).map(routine), ...keptBeside(file)].sort((a, b) => b.at - a.at)
}

/** The path of a copy that is listed; `undefined` for any other name. */
export function copyPath(file: string, name: string): string | undefined {
  const copy = listCopies(file).find((each) => each.name === name)
  if (!copy) return undefined
  return copy.kind === 'routine' ? join(folderOf(file), name) : join(dirname(file), name)
}

/** Copies and checks of an open database; `heavy` does what takes long. */
export function createCopies(db: Database, heavy: HeavyWork): DatabaseCopies {
  return {
    list: () => listCopies(db.name),
    make: async (now) => {
      const made = await makeBackup(db, folderOf(db.name), now, heavy)
      return made.ok ? ok(routine(made.value)) : made
    },
    makeWhenDue: async (now) => {
      const made = await backUpWhenDue(db, folderOf(db.name), now, heavy)
      return made.ok ? ok(made.value && routine(made.value)) : made
    },
    withoutPasswordIn: (name) => {
      const path = copyPath(db.name, name)
      if (path === undefined) return []
      const there = guardedIn(path)
      const now = db.prepare(guarded).pluck().all() as string[]
      return now.filter((id) => there.users.has(id) && !there.guarded.has(id))
    },
    passwordHashIn: (name, userId) => {
      const path = copyPath(db.name, name)
      return path === undefined ? undefined : passwordHashIn(path, userId)
    },
    stripHistory: () => {
      const listed = listCopies(db.name).flatMap(({ name }) => copyPath(db.name, name) ?? [])
      const files = [...new Set([...listed, ...listBeforeRestore(db.name).map(({ file }) => file)])]
      // Which of them hold any is seen by opening them: with a large log that takes its time, too.
      return files.length === 0 ? Promise.resolve(ok(null)) : heavy.stripHistory({ files })
    },
    checkFast: () => heavy.checkFast({ file: db.name }),
    checkFull: () => heavy.checkFull({ file: db.name }),
  }
}

/** Where the routine backups of a database lie. */
function folderOf(file: string): string {
  return join(dirname(file), 'backups')
}

function routine({ file, at, size }: Backup): DatabaseCopy {
  return {
    name: basename(file),
    kind: 'routine',
    at,
    size,
  }
}

const guarded = "SELECT user_id FROM vault_keys WHERE state = 'current' AND guard <> 'keyring'"

/** Copies that a restore or an update left beside the database. One with a log beside it was not closed
 *  properly and is for a person with tools, until history is taken out of it. */
function keptBeside(file: string): DatabaseCopy[] {
  const folder = dirname(file)
  const own = `${basename(file)}.before-`
  return readdirSync(folder).flatMap((name): DatabaseCopy[] => {
    const match = name.startsWith(own) ? /^(restore|format)-(\d{1,15})$/.exec(name.slice(own.length)) : null
    const path = join(folder, name)
    if (!match || logSize(path) > 0) return []
    const { size, mtimeMs } = statSync(path)
    return match[1] === 'restore'
      ? [{ name, kind: 'before-restore', at: Number(match[2]), size }]
      : [{ name, kind: 'before-update', at: Math.round(mtimeMs), size }]
  })
}

/** The users of a copy, each with whether a password guards his vault there. A copy that says nothing of it guards
 *  no one. */
function guardedIn(path: string): { users: Set<unknown>; guarded: Set<unknown> } {
  let copy: Database | undefined
  try {
    copy = new SqliteDatabase(path, { readonly: true, fileMustExist: true })
    const users = new Set(copy.prepare('SELECT id FROM users').pluck().all())
    const hasKeys = copy.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'vault_keys'").get() !== undefined
    return { users, guarded: new Set(hasKeys ? copy.prepare(guarded).pluck().all() : []) }
  } catch {
    // Damaged or of another program: the restore itself refuses it, and says why.
    return { users: new Set(), guarded: new Set() }
  } finally {
    copy?.close()
  }
}

function passwordHashIn(path: string, userId: string): string | undefined {
  let copy: Database | undefined
  try {
    copy = new SqliteDatabase(path, { readonly: true, fileMustExist: true })
    const hash = copy
      .prepare("SELECT password_hash FROM vault_keys WHERE user_id = ? AND state = 'current'")
      .pluck()
      .get(userId)
    return typeof hash === 'string' ? hash : undefined
  } catch {
    return undefined
  } finally {
    copy?.close()
  }
}
