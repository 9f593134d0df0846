import type { TreeRow } from './tree-rows.ts'

/** Rows that are picked together, by their keys; `anchor` is where a range begins. */
export interface TreeSelection {
  keys: ReadonlySet<string>
  anchor?: string
}

export const nothingSelected: TreeSelection = { keys: new Set() }

type Rows = readonly Pick<TreeRow, 'key' | 'path'>[]

/** With one row more, or without it. The row that had the focus before is one of them, as nothing else was. */
export function withToggled(
  { keys }: TreeSelection,
  row: Pick<TreeRow, 'key'>,
  focused?: string,
): TreeSelection {
  const next = new Set(keys.size === 0 && focused !== undefined ? [focused] : keys)
  if (next.has(row.key) && (keys.size > 0 || next.size > 1)) next.delete(row.key)
  else next.add(row.key)
  return { keys: next, anchor: row.key }
}

/** All rows from the anchor, or from the one that has the focus, to this one. Collections are not among them. */
export function withRange(
  { keys, anchor }: TreeSelection,
  rows: Rows,
  to: string,
  focused: string,
): TreeSelection {
  const isAnchored = keys.size > 0 && rows.some(({ key }) => key === anchor)
  const from = isAnchored ? (anchor ?? focused) : focused
  const ends = [rows.findIndex(({ key }) => key === from), rows.findIndex(({ key }) => key === to)]
  const range = rows.slice(Math.max(0, Math.min(...ends)), Math.max(...ends) + 1)
  return { keys: keysOf(range), anchor: from }
}

/** All rows that are shown. */
export function withAll(rows: Rows): TreeSelection {
  return { keys: keysOf(rows) }
}

/** What an action is for: the rows that are picked, if the one that it was begun on is one of them; else that one. */
export function actedOn<Row extends Pick<TreeRow, 'key'>>(
  { keys }: TreeSelection,
  rows: readonly Row[],
  row: Row,
): Row[] {
  return keys.has(row.key) ? rows.filter(({ key }) => keys.has(key)) : [row]
}

function keysOf(rows: Rows): Set<string> {
  return new Set(rows.filter(({ path }) => path !== '').map(({ key }) => key))
}
