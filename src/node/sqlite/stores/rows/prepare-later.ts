import type { Statement } from 'better-sqlite3'
import type { Database } from '../../database.ts'

/** A statement that is compiled when it is first used. The window waits for the stores of the first picture, which uses a
 *  tenth of theirs. */
export function prepareLater(db: Database, sql: string): LaterStatement {
  let made: Statement | undefined
  let isPlucked = false
  function statement(): Statement {
    return (made ??= isPlucked ? db.prepare(sql).pluck() : db.prepare(sql))
  }
  const later: LaterStatement = {
    run: (...values) => statement().run(...values),
    get: (...values) => statement().get(...values),
    all: (...values) => statement().all(...values),
    pluck: () => {
      isPlucked = true
      return later
    },
  }
  return later
}

/** As better-sqlite3's, with what these stores use. */
interface LaterStatement extends Pick<Statement, 'run' | 'get' | 'all'> {
  pluck: () => LaterStatement
}
