import type { Database, Migration } from './database.ts'
import { storageFailures, StorageError } from './failure.ts'

/** The version that the database's schema has; 0 for a new file. */
export function schemaVersion(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number
}

/** Brings the schema up to date: each step in a transaction of its own together with its version, so that a
 *  crash leaves either the step before or the step after. A new file gets all of them in one transaction: nothing
 *  is to be kept, and the first start waits for one write instead of twenty. Throws StorageError
 *  `database_newer` before any write where the file knows more than this program. Answers the versions that
 *  were run. */
export function migrate(db: Database, migrations: readonly Migration[]): number[] {
  assertRising(migrations)
  const known = migrations.at(-1)?.version ?? 0
  const found = schemaVersion(db)
  if (found > known) throw new StorageError(storageFailures.newer(db.name, found, known))
  const missing = migrations.filter(({ version }) => version > found)
  const run = (some: readonly Migration[]): void =>
    db
      .transaction(() => {
        for (const { up } of some) up(db)
        finish(db, some.at(-1)?.version ?? found)
      })
      .immediate()
  if (found === 0) run(missing)
  else for (const migration of missing) run([migration])
  return missing.map(({ version }) => version)
}

function assertRising(migrations: readonly Migration[]): void {
  let last = 0
  for (const { version, name } of migrations) {
    if (!Number.isInteger(version) || version <= last || version % 10 !== 0)
      throw new Error(`migration ${version} (${name}) does not rise in tens after ${last}`)
    last = version
  }
}

/** Ends a step: what it leaves is whole, and has its number. */
function finish(db: Database, version: number): void {
  const broken = db.pragma('foreign_key_check') as unknown[]
  if (broken.length > 0)
    throw new StorageError(
      storageFailures.unusable(db.name, `migration ${version} leaves ${broken.length} dangling references`),
    )
  db.pragma(`user_version = ${version}`)
}
