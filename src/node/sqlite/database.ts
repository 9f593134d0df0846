import type SqliteDatabase from 'better-sqlite3'

/** An open handle that reads and writes. */
export type Database = SqliteDatabase.Database

/** One step of the schema. Versions are numbered in tens; see docs/migrations.md. */
export interface Migration {
  version: number
  name: string
  up(db: Database): void
}
