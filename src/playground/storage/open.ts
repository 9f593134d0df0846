import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { OpenSqlite, PlaygroundDatabase } from './database.ts'
import { migrate, schemaVersion, versionOf } from './migrations.ts'

export type { PlaygroundDatabase } from './database.ts'

/** Opens (and on first use makes) the Playground's database in a folder, or in memory. */
export function openDatabase(dataDirectory: string, openSqlite: OpenSqlite): PlaygroundDatabase {
  const inMemory = dataDirectory === ':memory:'
  if (!inMemory) mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
  const file = inMemory ? ':memory:' : join(dataDirectory, 'playground.db')
  // Looked at before SQLite opens it, so that the file of a newer program stays as it is.
  if (!inMemory) refuseNewer(versionInFile(file))
  const database = openSqlite(file)
  try {
    if (!inMemory) chmodSync(file, 0o600)
    refuseNewer(versionOf(database))
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON')
    migrate(database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function refuseNewer(version: number): void {
  if (version > schemaVersion)
    throw new Error(
      `This Playground database has version ${version}, newer than this program’s (${schemaVersion}). It was left unchanged.`,
    )
}

/** The user version is at byte 60 of the file (SQLite file format 1.3). */
function versionInFile(file: string): number {
  if (!existsSync(file)) return 0
  const handle = openSync(file, 'r')
  try {
    const header = Buffer.alloc(64)
    return readSync(handle, header, 0, 64, 0) === 64 ? header.readUInt32BE(60) : 0
  } finally {
    closeSync(handle)
  }
}
