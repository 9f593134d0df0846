import type { Database, Migration } from './database.ts'
import { storageFailures, StorageError } from './failure.ts'

/** The version that the database's schema has; 0 for a new file. */
export const schemaVersion = (db: Database): number => db.pragma('user_version', { simple: true }) as number

const assertRising = (migrations: readonly Migration[]): void => {
  let last = 0
  for (const { version, name } of migrations) {
    if (!Number.isInteger(version) || version <= last || version % 10 !== 0)
      throw new Error(`migration ${version} (${name}) does not rise in tens after ${last}`)
    last = version
  }
}

/** Brings the schema up to date: each step in a transaction of its own together with its version, so that a
 *  crash leaves either the step before or the step after. Throws StorageError `database_newer` before any
 *  write where the file knows more than this program. Answers the versions that were run. */
export const migrate = (db: Database, migrations: readonly Migration[]): number[] => {
  assertRising(migrations)
  const known = migrations.at(-1)?.version ?? 0
  const found = schemaVersion(db)
  if (found > known) throw new StorageError(storageFailures.newer(db.name, found, known))
  const ran: number[] = []
  for (const migration of migrations.filter(({ version }) => version > found)) {
    db.transaction(() => {
      migration.up(db)
      const broken = db.pragma('foreign_key_check') as unknown[]
      if (broken.length > 0)
        throw new Error(`migration ${migration.version} leaves ${broken.length} dangling references`)
      db.pragma(`user_version = ${migration.version}`)
    }).immediate()
    ran.push(migration.version)
  }
  return ran
}
