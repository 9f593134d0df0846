/** What the playground needs of SQLite; two libraries give it: better-sqlite3 in the app, Node's own in a container. */
export type PlaygroundDatabase = {
  prepare: (sql: string) => Statement
  exec: (sql: string) => void
  /** All or nothing. */
  transaction: <T>(run: () => T) => T
  close: () => void
}

type Value = string | number | null | Uint8Array
type Values = Record<string, Value>

type Statement = {
  run: (...values: (Value | Values)[]) => { changes: number }
  get: (...values: (Value | Values)[]) => unknown
  all: (...values: (Value | Values)[]) => unknown[]
}

/** Opens a file, or `:memory:`. */
export type OpenSqlite = (file: string) => PlaygroundDatabase
