import { isMap, type YAMLMap } from 'yaml'
import { createMapEdit } from '../edit-rows.ts'
import { alignRows, listOf } from '../rows.ts'
import type { NewEntries } from '../scalar-text.ts'
import type { Splices } from '../splices.ts'
import { pairOf, valueOf, type YamlFile } from '../yaml-file.ts'

/** The order of names in a request's file, as Bruno writes it. */
const rootOrder = ['info', 'http', 'runtime', 'settings', 'docs', 'extensions']

interface ListEdit<Was, Row> {
  /** The names that lead to it from the top; what is missing on the way is made. */
  path: readonly string[]
  was: readonly Was[]
  wanted: readonly Row[]
  isSame: (one: Was | undefined, other: Row | undefined) => boolean
  fresh: (row: Row) => NewEntries
  change: (was: Was, row: Row) => void
}

/** Makes a list of a request's file have other rows: those that stay keep what else they have, and items that are no
 *  such rows stay. */
export function setList<Was extends { index: number }, Row>(
  file: YamlFile,
  { path, was, wanted, isSame, fresh, change }: ListEdit<Was, Row>,
  splices: Splices,
): void {
  const [name = '', ...above] = path.toReversed()
  let map: YAMLMap = file.root
  const missing = above.toReversed()
  while (missing.length > 0) {
    const next = valueOf(file, map, missing[0] ?? '')
    if (!isMap(next) || next.items.length === 0) break
    map = next
    missing.shift()
  }
  const edit = createMapEdit(file, map, splices, map === file.root ? rootOrder : [])
  if (missing.length > 0) {
    const inner = [...missing.slice(1), name]
      .toReversed()
      .reduce<NewEntries | NewEntries[]>((below, each) => [[each, below]], wanted.map(fresh))
    return edit.replace(missing[0] ?? name, inner)
  }
  const list = listOf(file, map, name)
  const pair = pairOf(map, name)
  if (list === undefined || pair === undefined || list.items.length === 0)
    return edit.replace(name, wanted.map(fresh))
  if (wanted.length === 0 && was.length === list.items.length) {
    if (map.items.length > 1) return splices.removePair(map, pair)
    return edit.replace(name, [])
  }
  const aligned = alignRows<Was, Row>(was, wanted, isSame)
  const kept = new Set(aligned.map((each) => each.was))
  for (const row of was) if (!kept.has(row)) splices.removeItem(list, row.index)
  let behind = was.length === 0 ? list.items.length - 1 : -1
  const added = new Map<number, NewEntries[]>()
  for (const { row, was: before } of aligned) {
    if (before) {
      behind = before.index
      change(before, row)
    } else added.set(behind, [...(added.get(behind) ?? []), fresh(row)])
  }
  for (const [at, items] of added) splices.addItems(list, at, items)
}
