import type { BinKind } from '@contract/bin'
import { defined } from '@contract/defined'
import { keyIn, keysOf } from '@contract/tables/keys-of'
import { binBriefTime, binKindTable } from '@contract/tables/bin-kinds'
import SqliteDatabase from 'better-sqlite3'
import type { ConnectionStore } from '../../../../core/records/ports.ts'
import type { BinRecord, BinStore } from '../../../../core/records/bin-store.ts'
import { binRowsDocument, type BinRow } from '../../../../core/records/documents/bin-rows.ts'
import { expectedFailure } from '../../../../core/text/expected-failure.ts'
import type { Database } from '../../database.ts'
import { emptyLogAfter } from '../../empty-log.ts'
import { explained } from '../../explained.ts'
import { binTables, insertRow, rowsWithChildren, type PlacedRow, type Row } from './bin-rows.ts'
import { orNull, readRow } from '../rows/row.ts'
import { createSealedFields } from '../rows/sealed-fields.ts'

/** Tables whose rows go with an account, or are one. */
const ofAccounts: ReadonlySet<string> = new Set([
  'accounts',
  'token_sets',
  'lineage',
  'refresh_states',
  'token_origins',
  'cookie_jars',
])

/** What stays for a shorter time. */
const briefKinds = keysOf(binKindTable)
  .filter((kind) => binKindTable[kind].keptFor === binBriefTime)
  .map((kind) => `'${kind}'`)
  .join(', ')

/** Deleted things in SQLite. */
export function createBinStore(db: Database, connections: Pick<ConnectionStore, 'get'>): BinStore {
  const fields = createSealedFields(db, connections)
  const insert = db.prepare(`
    INSERT INTO bin (id, user_id, kind, name, detail, deleted_at, rows)
    VALUES (@id, @userId, @kind, @name, @detail, @deletedAt, @rows)`)
  const insertBytes = db.prepare(`
    INSERT INTO bin_bytes (user_id, bin_id, position, column_name, bytes, place_table, place_row, place_destination, sealed_bytes)
    VALUES (@userId, @binId, @at, @column, @bytes, @table, @row, @destination, @sealed)`)
  const all = db.prepare(
    'SELECT id, user_id, kind, name, detail, deleted_at FROM bin WHERE user_id = ? ORDER BY deleted_at DESC, rowid DESC',
  )
  const rowsOf = db.prepare('SELECT rows FROM bin WHERE user_id = ? AND id = ?').pluck()
  const bytesOf = db.prepare('SELECT * FROM bin_bytes WHERE user_id = ? AND bin_id = ?')
  const remove = db.prepare('DELETE FROM bin WHERE user_id = ? AND id = ?')
  const removeAll = db.prepare('DELETE FROM bin WHERE user_id = ?')
  const removeOlder = db.prepare('DELETE FROM bin WHERE user_id = ? AND deleted_at < ?')
  const removeBrief = db.prepare(
    `DELETE FROM bin WHERE user_id = ? AND kind IN (${briefKinds}) AND deleted_at < ?`,
  )
  const oldConnections = db
    .prepare("SELECT id FROM bin WHERE user_id = ? AND kind = 'connection' AND deleted_at < ?")
    .pluck()
  const rewrite = db.prepare('UPDATE bin SET rows = ? WHERE user_id = ? AND id = ?')
  const removeBytes = db.prepare('DELETE FROM bin_bytes WHERE user_id = ? AND bin_id = ? AND position = ?')

  /** Where the sealed values of these rows may be sent: their ciphertext is bound to it. */
  function destinationsOf(userId: string, found: readonly PlacedRow[]): Map<string, string> {
    const destinations = new Map<string, string>()
    if (!found.some(({ row }) => Object.keys(row).some((column) => column.startsWith('sealed_'))))
      return destinations
    fields.replace(userId, ({ table, rowId, column, destination }) => {
      if (destination !== undefined)
        destinations.set(placeName(table, rowId, `sealed_${column}`), destination)
      return undefined
    })
    return destinations
  }
  function put(record: BinRecord, found: readonly PlacedRow[]): void {
    const { userId, id: binId } = record
    const destinations = destinationsOf(userId, found)
    const rows: BinRow[] = found.map(({ table, row }, at) => ({ table, at, row: withoutBytes(row) }))
    insert.run({ ...record, detail: orNull(record.detail), rows: binRowsDocument.write(rows) })
    found.forEach(({ table, row }, at) => {
      for (const [column, value] of Object.entries(row)) {
        if (!(value instanceof Uint8Array)) continue
        const sealed = column.startsWith('sealed_')
        insertBytes.run({
          userId,
          binId,
          at,
          column,
          bytes: sealed ? null : value,
          sealed: sealed ? value : null,
          table: sealed ? table : null,
          row: sealed ? String(row['id']) : null,
          destination: orNull(destinations.get(placeName(table, row['id'], column))),
        })
      }
    })
  }
  const discard = db.transaction((record: BinRecord, ids: readonly string[]): boolean => {
    const table = binTables[record.kind]
    const found = rowsWithChildren(db, table, record.userId, ids)
    if (found.length === 0) return false
    put(record, found)
    const drop = db.prepare(`DELETE FROM ${table} WHERE user_id = ? AND id = ?`)
    for (const id of ids) drop.run(record.userId, id)
    return true
  })
  const restore = db.transaction((userId: string, id: string): boolean => {
    const text = rowsOf.get(userId, id)
    if (typeof text !== 'string') return false
    const rows = readRows(text)
    for (const bytes of bytesOf.all(userId, id)) {
      const read = readRow(db, bytes)
      const into = rows.find(({ at }) => at === read.number('position'))
      const value = read.optionalBytes('bytes') ?? read.optionalBytes('sealed_bytes')
      if (into) into.row[read.text('column_name')] = value
    }
    for (const row of rows) insertRow(db, row)
    remove.run(userId, id)
    return true
  })
  const eraseAccounts = db.transaction((userId: string, before: number): number => {
    let erased = removeBrief.run(userId, before).changes
    for (const id of oldConnections.all(userId, before) as string[]) {
      const rows = readRows(rowsOf.get(userId, id) as string)
      const going = rows.filter(({ table }) => ofAccounts.has(table))
      if (going.length === 0) continue
      erased += 1
      for (const { at } of going) removeBytes.run(userId, id, at)
      rewrite.run(binRowsDocument.write(rows.filter((row) => !going.includes(row))), userId, id)
    }
    return erased
  })

  function toRecord(row: unknown): BinRecord[] {
    const read = readRow(db, row)
    const kind: BinKind | undefined = keyIn(binKindTable, read.text('kind'))
    if (kind === undefined) return []
    return [
      {
        id: read.text('id'),
        userId: read.text('user_id'),
        kind,
        name: read.text('name'),
        ...defined({ detail: read.optionalText('detail') }),
        deletedAt: read.number('deleted_at'),
      },
    ]
  }

  const store = explained<BinStore>(db, {
    discard: (record, ids) => discard(record, ids),
    discardAll: (record) => {
      const ids = db.prepare(`SELECT id FROM ${binTables[record.kind]} WHERE user_id = ?`).pluck()
      return discard(record, ids.all(record.userId) as string[])
    },
    list: (userId) => all.all(userId).flatMap(toRecord),
    restore: (userId, id) => {
      try {
        return restore(userId, id) ? 'restored' : 'unknown'
      } catch (error) {
        if (error instanceof SqliteDatabase.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT'))
          return 'conflict'
        throw error
      }
    },
    erase: (userId, id) => {
      remove.run(userId, id)
    },
    eraseAll: (userId) => {
      removeAll.run(userId)
    },
    eraseOlder: (userId, before) => removeOlder.run(userId, before).changes,
    eraseBrief: (userId, before) => eraseAccounts(userId, before),
  })
  return emptyLogAfter(db, store, ['discard', 'discardAll', 'restore', 'erase', 'eraseAll', 'eraseBrief'])
}

function placeName(table: string, rowId: unknown, column: string): string {
  return `${table}/${String(rowId)}/${column}`
}

function withoutBytes(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => !(value instanceof Uint8Array)))
}

/** Throws where they are damaged; the entry then stays as it is. */
function readRows(text: string): BinRow[] {
  const rows = binRowsDocument.read(text)
  if (!rows.ok) throw expectedFailure(rows.error)
  return rows.value
}
