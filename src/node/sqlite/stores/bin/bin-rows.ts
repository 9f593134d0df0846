import type { BinKind } from '@contract/bin'
import type { Database } from '../../database.ts'

/** Where each kind of thing is. */
export const binTables: Record<BinKind, string> = {
  request: 'requests',
  file: 'deleted_files',
  exchange: 'exchanges',
  history: 'exchanges',
  flow: 'flows',
  flows: 'flows',
  account: 'accounts',
  connection: 'connections',
  environment: 'environments',
  key: 'ring_keys',
  pin: 'pinned_tokens',
  variable: 'environment_variables',
  cookie: 'deleted_parts',
  server: 'deleted_parts',
  login: 'deleted_parts',
  captured: 'deleted_parts',
}

/** What does not come back: a sign-in that waited for its response. */
const leftOut: ReadonlySet<string> = new Set(['pending_sign_ins'])

export type Row = Record<string, unknown>

export interface PlacedRow {
  table: string
  row: Row
}

interface Reference {
  table: string
  /** Column of the child by column of the parent. */
  columns: [child: string, parent: string][]
}

/** The rows of these ids and all that would be deleted with them, parents first. */
export function rowsWithChildren(
  db: Database,
  table: string,
  userId: string,
  ids: readonly string[],
): PlacedRow[] {
  const one = db.prepare(`SELECT * FROM ${table} WHERE user_id = ? AND id = ?`)
  const found: PlacedRow[] = ids.flatMap((id) => {
    const row = one.get(userId, id) as Row | undefined
    return row === undefined ? [] : [{ table, row }]
  })
  const references = referencesOf(db)
  for (let index = 0; index < found.length; index += 1) {
    const parent = found[index]
    if (!parent) break
    for (const { table: child, columns } of references.get(parent.table) ?? []) {
      if (leftOut.has(child)) continue
      const where = columns.map(([column]) => `${column} = ?`).join(' AND ')
      const values = columns.map(([, column]) => parent.row[column])
      for (const row of db.prepare(`SELECT * FROM ${child} WHERE ${where} ORDER BY rowid`).all(...values))
        found.push({ table: child, row: row as Row })
    }
  }
  return found
}

/** Puts rows back. A number that the database gave out is given out again. */
export function insertRow(db: Database, { table, row }: PlacedRow): void {
  const given = new Set(
    db
      .prepare(`SELECT name FROM pragma_table_info(?) WHERE pk = 1 AND type = 'INTEGER'`)
      .pluck()
      .all(table) as string[],
  )
  const names = Object.keys(row).filter((name) => !given.has(name))
  const places = names.map(() => '?').join(', ')
  db.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places})`).run(
    ...names.map((name) => row[name]),
  )
}

/** Tables whose rows go with a row of each table, as the schema says. */
function referencesOf(db: Database): Map<string, Reference[]> {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[]
  const references = new Map<string, Reference[]>()
  for (const child of tables) {
    const keys = db.prepare('SELECT * FROM pragma_foreign_key_list(?)').all(child) as {
      id: number
      table: string
      from: string
      to: string
      on_delete: string
    }[]
    for (const id of new Set(keys.map((key) => key.id))) {
      const columns = keys.filter((key) => key.id === id)
      const [first] = columns
      if (first?.on_delete !== 'CASCADE') continue
      const known = references.get(first.table) ?? []
      references.set(first.table, [
        ...known,
        { table: child, columns: columns.map(({ from, to }) => [from, to]) },
      ])
    }
  }
  return references
}
