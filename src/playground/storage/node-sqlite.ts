import { DatabaseSync } from 'node:sqlite'
import type { OpenSqlite } from './database.ts'

/** SQLite by Node 24 itself: nothing native has to come along. */
export const openNodeSqlite: OpenSqlite = (file) => {
  const database = new DatabaseSync(file, { timeout: 5000 })
  return {
    prepare: (sql) => {
      const statement = database.prepare(sql)
      return {
        run: (...values) => ({ changes: Number(statement.run(...values).changes) }),
        get: (...values) => statement.get(...values),
        all: (...values) => statement.all(...values),
      }
    },
    exec: (sql) => database.exec(sql),
    transaction: (run) => {
      database.exec('BEGIN IMMEDIATE')
      try {
        const result = run()
        database.exec('COMMIT')
        return result
      } catch (error) {
        database.exec('ROLLBACK')
        throw error
      }
    },
    close: () => {
      if (database.isOpen) database.close()
    },
  }
}
