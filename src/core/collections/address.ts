import type { Pair, QueryRow } from '@contract/requests'
import { addressRows, addressText, partRow, partText, type AddressRows } from '@contract/tables/addresses'
import type { FileRow } from './rows.ts'

/** How a file's address and its rows of parameters go together. */
export interface FileAddress {
  url: string
  rows: readonly FileRow[]
}

/** What a draft has of them. Bruno writes and sends enabled rows within the address: they are one then, as the address has
 *  them. Rows that are not in it are sent behind it. */
export function readAddress(file: FileAddress): AddressRows {
  const { url, query } = addressRows(file.url)
  const all: QueryRow[] = file.rows.map(pairIn)
  if (isMirrored(file)) {
    const rows: QueryRow[] = []
    let next = 0
    for (const row of all) {
      if (!row.enabled) rows.push(row)
      else if (row.name.trim() !== '') {
        const at = query.findIndex((each, index) => index >= next && isRow(each))
        rows.push(...query.slice(next, at + 1))
        next = at + 1
      }
    }
    return { url, query: [...rows, ...query.slice(next)] }
  }
  const inUrl = new Set(partsOf(file.url))
  const beside = all.filter((row) => !row.enabled || !isIn(inUrl, row))
  return { url, query: [...query, ...beside] }
}

/** What is to be written for a draft whose address or rows are others than before. */
export function writeAddress(
  before: FileAddress,
  { url, query }: AddressRows,
): { url: string; query: Pair[] } {
  const text = addressText({ url, query })
  const off = query.some(({ enabled }) => !enabled)
  if (before.rows.length === 0 && !off && partsOf(before.url).length > 0) return { url: text, query: [] }
  const beside = isMirrored(before) ? undefined : besideUrl(before, { url, query })
  if (beside) return beside
  const known = isMirrored(before) ? writtenRows(before) : new Map<string, Pair>()
  const rows = query.filter((row) => !row.enabled || isRow(row))
  return {
    url: text,
    query: rows.map((row) => (row.enabled && known.get(partText(row))) || pairIn(row)),
  }
}

/** Whom an address calls, as it is written: all before its path, variables included. A browser takes any number of
 *  slashes in either direction behind the scheme, and drops line breaks and tabs. */
export function originText(url: string): string {
  const plain = url.replace(/[\t\r\n]/g, '').trim()
  return /^[^\\/?#]*(?:(?:(?<=^|:)[\\/]+|[\\/]{2,})[^\\/?#]*)?/.exec(plain)?.[0] ?? ''
}

export function pairIn({ name, value, enabled }: Pair): Pair {
  return { name, value, enabled }
}

/** The enabled rows are in the address too. */
function isMirrored({ url, rows }: FileAddress): boolean {
  const parts = partsOf(url)
  const enabled = rows.filter((row) => row.enabled && row.name.trim() !== '')
  return parts.length === enabled.length && enabled.every((row, index) => isPart(row, parts[index]))
}

/** What an address can have that is no row for Bruno: parts without a name. */
function isRow({ name }: Pick<QueryRow, 'name'>): boolean {
  return name.trim() !== ''
}

/** The parts of an address that are rows. */
function partsOf(url: string): string[] {
  const { query } = addressRows(url)
  return query.filter(isRow).map(partText)
}

/** Whether a part of the address is what a row says, as it is written or decoded, as earlier Brunos wrote it. */
function isPart(row: Pair, part = ''): boolean {
  if (isIn(new Set([part]), row)) return true
  if (part.includes('+')) return false
  const { name, value } = partRow(part)
  return decoded(name) === row.name && decoded(value) === row.value
}

function isIn(parts: ReadonlySet<string>, { name, value }: Pair): boolean {
  return (
    parts.has(partText({ name, value })) || (value === '' && parts.has(partText({ name, value, bare: true })))
  )
}

/** How the file writes the rows that its address has. */
function writtenRows({ url, rows }: FileAddress): Map<string, Pair> {
  const parts = partsOf(url)
  const enabled = rows.filter((row) => row.enabled && isRow(row))
  return new Map(parts.flatMap((part, index) => (enabled[index] ? [[part, pairIn(enabled[index])]] : [])))
}

/** Rows that were beside the address stay beside it, where the result is the same address. */
function besideUrl(before: FileAddress, wanted: AddressRows): { url: string; query: Pair[] } | undefined {
  const inUrl = addressRows(before.url).query
  const enabled = wanted.query.filter((row) => row.enabled)
  if (enabled.length < inUrl.length) return undefined
  const [first, rest] = [enabled.slice(0, inUrl.length), enabled.slice(inUrl.length)]
  const own = new Set(partsOf(before.url))
  const hidden = before.rows.filter((row) => row.enabled && isIn(own, row)).map(pairIn)
  const beside = new Set(rest)
  const url = addressText({ url: wanted.url, query: first })
  const query = [...hidden, ...wanted.query.filter((row) => !row.enabled || beside.has(row)).map(pairIn)]
  const rows = query.map((row, index) => ({ ...row, index }) as FileRow)
  return addressText(readAddress({ url, rows })) === addressText(wanted) ? { url, query } : undefined
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
