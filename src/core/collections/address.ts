import type { Pair } from '@contract/requests'
import type { FileRow } from './rows.ts'

/** Address and query rows, as a draft has them. */
export interface Address {
  url: string
  query: Pair[]
}

/** How a file's address and its rows of parameters go together. */
export interface FileAddress {
  url: string
  rows: readonly FileRow[]
}

/** The enabled rows are in the address too, which is how Bruno writes and sends them. */
function isMirrored({ url, rows }: FileAddress): boolean {
  const pieces = queryPieces(url)
  const enabled = rows.filter((row) => row.enabled)
  return (
    pieces.length === enabled.length &&
    enabled.every((row, index) => pieces[index] === written(row) || isDecoded(row, pieces[index]))
  )
}

/** What a draft has of them: a query that is in both is shown as rows, unless its encoding would be lost by that. */
export function readAddress(file: FileAddress): Address {
  const { url, rows } = file
  const pieces = queryPieces(url)
  const all = rows.map(pairIn)
  if (!isMirrored(file)) {
    const inUrl = new Set(pieces)
    return { url, query: all.filter((row) => !row.enabled || !inUrl.has(written(row))) }
  }
  const enabled = rows.filter((row) => row.enabled)
  return enabled.every((row, index) => isDecoded(row, pieces[index]))
    ? { url: withoutQuery(url), query: all }
    : { url, query: all.filter((row) => !row.enabled) }
}

/** What is to be written for a draft whose address or rows are others than before. */
export function writeAddress(before: FileAddress, { url, query }: Address): Address {
  if (before.rows.length === 0 && query.length === 0) return { url, query: [] }
  if (before.rows.length > 0 && !isMirrored(before)) {
    const pieces = new Set(queryPieces(url))
    const hidden = before.rows.filter((row) => row.enabled && pieces.has(written(row))).map(pairIn)
    return { url, query: [...hidden, ...query] }
  }
  const own = queryPieces(url).map(rowOf)
  return { url: fullAddress({ url, query }), query: [...own, ...query] }
}

/** The address with its enabled rows in it. */
export function fullAddress({ url, query }: Address): string {
  const rows = query.filter(({ enabled, name, value }) => enabled && (name !== '' || value !== ''))
  if (rows.length === 0) return url
  const { start, end } = querySpan(url)
  const before = url.slice(0, end)
  const joint = start < 0 ? '?' : /[?&]$/.test(before) ? '' : '&'
  return `${before}${joint}${rows.map(written).join('&')}${url.slice(end)}`
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

/** A row as it is in an address: as it was typed, but for what would end it. */
function written({ name, value }: Pair): string {
  const bare = (text: string): string => text.replace(/[&#\s]/g, (char) => encodeURIComponent(char))
  return value === ''
    ? bare(name).replaceAll('=', '%3D')
    : `${bare(name).replaceAll('=', '%3D')}=${bare(value)}`
}

function rowOf(piece: string): Pair {
  const [name, value] = parted(piece)
  return { name, value, enabled: true }
}

/** Whether a row is what a piece of the address means, so that it is sent the same. */
function isDecoded(row: Pair, piece = ''): boolean {
  if (piece.includes('+')) return false
  const [name, value] = parted(piece)
  return decoded(name) === row.name && decoded(value) === row.value
}

function parted(piece: string): [name: string, value: string] {
  const at = piece.indexOf('=')
  return at < 0 ? [piece, ''] : [piece.slice(0, at), piece.slice(at + 1)]
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function queryPieces(url: string): string[] {
  const { start, end } = querySpan(url)
  const query = start < 0 ? '' : url.slice(start + 1, end)
  return query === '' ? [] : query.split('&')
}

function withoutQuery(url: string): string {
  const { start, end } = querySpan(url)
  return start < 0 ? url : url.slice(0, start) + url.slice(end)
}

/** Where the query is: from its question mark, if it has one, to its end. */
function querySpan(url: string): { start: number; end: number } {
  const hash = url.indexOf('#')
  const end = hash < 0 ? url.length : hash
  const start = url.indexOf('?')
  return { start: start < end ? start : -1, end }
}
