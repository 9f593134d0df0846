import { rememberWritten } from '../../../../core/text/written.ts'
import type { Database } from '../../database.ts'
import { storageFailures, StorageError } from '../../failure.ts'

/** What SQLite answers for one row. */
type Row = Record<string, unknown>

/** Reads the columns of one row and refuses what the schema does not allow: a damaged page can hold anything. */
export function readRow(db: Database, row: unknown) {
  const columns = row as Row
  function damaged(column: string): never {
    throw new StorageError(storageFailures.corrupt(db.name, `unexpected value in column ${column}`))
  }
  function text(column: string): string {
    const value = columns[column]
    return typeof value === 'string' ? value : damaged(column)
  }
  function number(column: string): number {
    const value = columns[column]
    return typeof value === 'number' && Number.isFinite(value) ? value : damaged(column)
  }
  function bytes(column: string): Uint8Array {
    const value = columns[column]
    return value instanceof Uint8Array ? value : damaged(column)
  }
  const optional = <T>(read: (column: string) => T, column: string): T | undefined =>
    columns[column] === null || columns[column] === undefined ? undefined : read(column)
  return {
    text,
    number,
    bytes,
    flag: (column: string): boolean => number(column) === 1,
    optionalText: (column: string) => optional(text, column),
    optionalNumber: (column: string) => optional(number, column),
    optionalBytes: (column: string) => optional(bytes, column),
    oneOf: <const T extends string>(column: string, allowed: readonly T[]): T => {
      const value = text(column)
      return allowed.find((each) => each === value) ?? damaged(column)
    },
    /** An object of names and values, as it was saved. */
    object: (column: string): Record<string, unknown> => {
      const value = parseJson(text(column))
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return damaged(column)
      return rememberWritten(value as Record<string, unknown>, text(column))
    },
    texts: (column: string): string[] => {
      const value = parseJson(text(column))
      return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : damaged(column)
    },
  }
}

/** `undefined` has no place in SQL. */
export function orNull<T>(value: T | undefined): T | null {
  return value ?? null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
