import { columnWidth, type ColumnWidth } from './column-widths.ts'
import { count } from '../../../../lib/format.ts'

/** A list of objects in a JSON body, with what is beside it. */
export interface Records {
  /** The member that holds the list; none where the body is the list. */
  name?: string
  rows: Record<string, unknown>[]
  /** Other members, as `name value`. */
  beside: string[]
}

const digits = Symbol('digits')

/** A number that JavaScript does not hold as it was written. */
type Written = { [digits]: string }

/** The list of objects that a body is, or holds as its only one; null where there is none. */
export function findRecords(text: string): Records | null {
  try {
    return fromValue(JSON.parse(text))
  } catch {
    return null
  }
}

/** The same, with numbers as they were written. */
export function readRecords(text: string): Records | null {
  try {
    return fromValue(JSON.parse(text, keepDigits))
  } catch {
    return null
  }
}

/** What a cell shows: texts without quotes, lists and objects in one line. */
export function cellText(value: unknown): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return value.slice(0, longestCell)
  if (isWritten(value)) return value[digits]
  if (Array.isArray(value) && value.length > 0 && value.every(isScalar)) {
    return value
      .map((item) => cellText(item))
      .join(', ')
      .slice(0, longestCell)
  }
  const text = JSON.stringify(value, (_key, item: unknown) =>
    isWritten(item) ? rawJson(item[digits]) : item,
  )
  return text.slice(0, longestCell)
}

/** How a cell is drawn. */
export function cellKind(value: unknown): 'number' | 'text' | 'empty' | 'nested' {
  if (value === null || value === undefined) return 'empty'
  if (typeof value === 'number' || isWritten(value)) return 'number'
  return typeof value === 'object' ? 'nested' : 'text'
}

/** The fields of the rows in the order in which they first occur. */
export function columnsOf(rows: readonly Record<string, unknown>[]): { columns: Column[]; left: number } {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const sample = rows.slice(0, measured)
  const columns = names.slice(0, mostColumns).map((name) => {
    const filled = sample.filter((row) => cellKind(row[name]) !== 'empty')
    return {
      name,
      ...columnWidth(
        name,
        sample.map((row) => cellText(row[name])),
      ),
      numeric: filled.length > 0 && filled.every((row) => cellKind(row[name]) === 'number'),
    }
  })
  return { columns, left: names.length - columns.length }
}

/** `orders: 5 rows, 6 fields`. */
export function recordsTitle({ name, rows }: Records, fields: number): string {
  return `${name === undefined ? '' : `${name}: `}${count(rows.length, 'row')}, ${count(fields, 'field')}`
}

type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown

const keepDigits: Reviver = (_key, value, context) =>
  typeof value === 'number' && context?.source !== undefined && String(value) !== context.source
    ? { [digits]: context.source }
    : value

function isWritten(value: unknown): value is Written {
  return typeof value === 'object' && value !== null && digits in value
}

const longestCell = 2_000

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isWritten(value)
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}

/** A list of objects that hold more values than further lists and objects. */
function asRows(value: unknown): Record<string, unknown>[] | undefined {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isObject)) return undefined
  const fields = value.flatMap((row) => Object.values(row))
  const scalars = fields.filter((field) => isScalar(field) || isWritten(field))
  return scalars.length > 0 && scalars.length * 2 >= fields.length ? value : undefined
}

const mostColumns = 50
/** So many rows decide how wide a column is. */
const measured = 200

export interface Column extends ColumnWidth {
  name: string
  numeric: boolean
}

function fromValue(json: unknown): Records | null {
  const list = asRows(json)
  if (list) return { rows: list, beside: [] }
  if (!isObject(json)) return null
  const found = Object.entries(json).flatMap(([name, value]) => {
    const rows = asRows(value)
    return rows ? [{ name, rows }] : []
  })
  const [only] = found
  if (!only || found.length > 1) return null
  const beside = Object.entries(json)
    .filter(([name]) => name !== only.name)
    .map(([name, value]) => `${name} ${cellText(value)}`)
  return { ...only, beside }
}

/** A number in JSON as it was written, where the engine can (it is newer than the language's types). */
function rawJson(text: string): unknown {
  return (JSON as { rawJSON?: (text: string) => unknown }).rawJSON?.(text) ?? Number(text)
}
