import type { QueryRow } from '../sending/body.ts'
import { variableName } from '../words.ts'

/** An address and the rows of its query, which are one text: `url` is what is written around the query. */
export interface AddressRows {
  url: string
  query: QueryRow[]
}

/** A query of more parts stays in the address, and is not shown as rows. */
const mostQueryRows = 1_000

/** The address as it is typed and sent, with its enabled rows in it, exactly. */
export function addressText({ url, query }: AddressRows): string {
  const parts = query.filter(({ enabled }) => enabled).map(partText)
  if (parts.length === 0) return url
  const { start, end } = querySpan(url)
  const before = url.slice(0, end)
  const joint = start < 0 ? '?' : /[?&]$/.test(before) ? '' : '&'
  return `${before}${joint}${parts.join('&')}${url.slice(end)}`
}

/** Takes an address apart: `addressText` makes the same text of it again, whatever it is. Rows of `before` that are off
 *  stay between those that were around them. */
export function addressRows(text: string, before: readonly QueryRow[] = []): AddressRows {
  const { start, end } = querySpan(text)
  const parts = start < 0 ? [] : text.slice(start + 1, end).split('&')
  if (parts.length > mostQueryRows) return { url: text, query: before.filter(({ enabled }) => !enabled) }
  const url = start < 0 ? text : text.slice(0, start) + text.slice(end)
  return { url, query: withThoseOff(parts, before) }
}

/** The same address with its whole query in the rows. */
export function inRows(address: AddressRows): AddressRows {
  const { url, query } = address
  return querySpan(url).start < 0 ? { url, query } : addressRows(addressText(address), query)
}

/** A row with what was typed into it: what would end it, or begin another, goes encoded, and so does a space. */
export function typedRow(
  row: QueryRow,
  typed: { name?: string; value?: string; enabled?: boolean },
): QueryRow {
  const { bare, ...rest } = { ...row, ...typed }
  const name = typed.name === undefined ? rest.name : outsideNames(typed.name, /[&#=\s]/g)
  const value = typed.value === undefined ? rest.value : outsideNames(typed.value, /[&#\s]/g)
  return bare && value === '' ? { ...rest, name, value, bare } : { ...rest, name, value }
}

/** A row as it is in an address. What would end it goes encoded. */
export function partText({ name, value, bare }: Pick<QueryRow, 'name' | 'value' | 'bare'>): string {
  const before = escaped(name, /[&#=]/g)
  return bare && value === '' ? before : `${before}=${escaped(value, /[&#]/g)}`
}

/** The row that a part of a query is. */
export function partRow(part: string): QueryRow {
  const at = part.indexOf('=')
  return at < 0
    ? { name: part, value: '', enabled: true, bare: true }
    : { name: part.slice(0, at), value: part.slice(at + 1), enabled: true }
}

/** Where the query is: from its question mark, if it has one, to its end. */
export function querySpan(url: string): { start: number; end: number } {
  const hash = url.indexOf('#')
  const end = hash < 0 ? url.length : hash
  const start = url.indexOf('?')
  return { start: start >= 0 && start < end ? start : -1, end }
}

function withThoseOff(parts: readonly string[], before: readonly QueryRow[]): QueryRow[] {
  const was = before.filter(({ enabled }) => enabled).map(partText)
  const most = Math.min(was.length, parts.length)
  let same = 0
  while (same < most && was[same] === parts[same]) same += 1
  let sameEnd = 0
  while (sameEnd < most - same && was.at(-1 - sameEnd) === parts.at(-1 - sameEnd)) sameEnd += 1
  const rows: QueryRow[] = []
  let [passed, put] = [0, 0]
  function putUpTo(place: number): void {
    for (; put < place; put += 1) rows.push(partRow(parts[put] ?? ''))
  }
  for (const row of before) {
    if (row.enabled) passed += 1
    else {
      const isBehind = passed > same && was.length - passed <= sameEnd
      putUpTo(isBehind ? parts.length - (was.length - passed) : Math.min(passed, same))
      rows.push(row)
    }
  }
  putUpTo(parts.length)
  return rows
}

/** `{{names}}` stay whole: what is in their place is not known here. */
function outsideNames(text: string, what: RegExp): string {
  return text
    .split(nameMark)
    .map((piece, index) => (index % 2 === 1 ? piece : escaped(piece, what)))
    .join('')
}

const nameMark = new RegExp(`(\\{\\{\\s*\\$?${variableName}\\s*\\}\\})`)

function escaped(text: string, what: RegExp): string {
  return text.replace(what, (char) => encodeURIComponent(char))
}

/** A part of a path that stands for a value, `:name`, or has such names as OData does: `Orders(:id)`, `sum(a=:a,b=:b)`. */
const pathPart = /(?<=\/)(?::([A-Za-z_][\w.-]{0,63})|[\w.-]+\([^/)]*\))(?=\/|$)/g
const nameInside = /:([A-Za-z_]\w{0,63})/g

/** The names of the parameters in an address’s path, each once: `/orders/:id`. */
export function pathNames(url: string): string[] {
  const names = Array.from(pathOf(url).matchAll(pathPart), ([part, name]) =>
    name === undefined ? Array.from(part.matchAll(nameInside), ([, inside = '']) => inside) : [name],
  )
  return [...new Set(names.flat())]
}

/** An address with these values in the place of its path’s parameters; what has none stays. */
export function withPathValues(url: string, values: ReadonlyMap<string, string>): string {
  const path = pathOf(url)
  function put(whole: string, name: string): string {
    const value = values.get(name)
    return value === undefined || value === '' ? whole : asSegment(value)
  }
  const filled = path.replace(pathPart, (part, name: string | undefined) =>
    name === undefined ? part.replace(nameInside, put) : put(part, name),
  )
  return filled + url.slice(path.length)
}

function pathOf(url: string): string {
  return /^[^?#]*/.exec(url)?.[0] ?? ''
}

/** As it was typed, but for what would end its place in the path. */
function asSegment(value: string): string {
  return value.replace(/[/\\?#\s]/g, (char) => encodeURIComponent(char))
}
