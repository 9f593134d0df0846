import Database from 'better-sqlite3'
import type { OpenSqlite } from './database.ts'

/** SQLite by better-sqlite3, which the app brings along. */
export const openBetterSqlite: OpenSqlite = (file) => {
  const database = new Database(file)
  return {
    prepare: (sql) => {
      const statement = database.prepare(sql)
      return {
        run: (...values) => ({ changes: statement.run(...values).changes }),
        get: (...values) => statement.get(...values),
        all: (...values) => statement.all(...values),
      }
    },
    exec: (sql) => void database.exec(sql),
    transaction: (run) => database.transaction(run)(),
    close: () => {
      if (database.open) database.close()
    },
  }
}
