import type { Pair } from '@contract/requests'
import type { YAMLMap, YAMLSeq } from 'yaml'
import { alignRows, isSame, listOf, type FileRow } from './rows.ts'
import type { NewEntries } from './scalar-text.ts'
import { isFlow, type Splices } from './splices.ts'
import { pairOf, textOf, type YamlFile } from './yaml-file.ts'

/** Rows of one kind in a list that may have several: what is there, what is wanted, and what new ones have besides. */
interface RowGroup {
  was: readonly FileRow[]
  wanted: readonly Pair[]
  also: NewEntries
}

/** Changes of the entries of one map; new ones come in this order of names. */
export function createMapEdit(file: YamlFile, map: YAMLMap, splices: Splices, order: readonly string[]) {
  function add(name: string, value: NewEntries[number][1]): void {
    const before = order.slice(0, order.indexOf(name))
    const behind = map.items.findLast(({ key }) => before.includes(textOf(key) ?? '')) ?? map.items.at(-1)
    if (behind) splices.addEntries(map, behind, [[name, value]])
  }
  function setGroups(name: string, groups: readonly RowGroup[]): void {
    const list = listOf(file, map, name)
    const pair = pairOf(map, name)
    const fresh = groups.flatMap(({ wanted, also }) => wanted.map((row) => newRow(row, also)))
    const known = groups.reduce((sum, { was }) => sum + was.length, 0)
    if (pair === undefined) {
      if (fresh.length > 0) add(name, fresh)
    } else if (list === undefined || list.items.length === 0) {
      if (fresh.length > 0) splices.replacePair(map, pair, [[name, fresh]])
    } else if (fresh.length === 0 && known === list.items.length && map.items.length > 1) {
      splices.removePair(map, pair)
    } else if (fresh.length === 0 && known === list.items.length) {
      splices.replacePair(map, pair, [[name, []]])
    } else changeGroups(list, groups, splices)
  }
  return {
    map,
    add,
    setText(name: string, value: string): void {
      const pair = pairOf(map, name)
      if (pair) splices.setText(pair, value, map.flow === true)
      else add(name, value)
    },
    /** Gives a name another value as a whole, or its first. */
    replace(name: string, value: NewEntries[number][1]): void {
      const pair = pairOf(map, name)
      if (pair) splices.replacePair(map, pair, [[name, value]])
      else add(name, value)
    },
    setRows: (name: string, was: readonly FileRow[], wanted: readonly Pair[], also: NewEntries = []): void =>
      setGroups(name, [{ was, wanted, also }]),
    setGroups,
  }
}
export type MapEdit = ReturnType<typeof createMapEdit>

export function changeRows(
  list: YAMLSeq,
  was: readonly FileRow[],
  wanted: readonly Pair[],
  also: NewEntries,
  splices: Splices,
): void {
  changeGroups(list, [{ was, wanted, also }], splices)
}

function changeGroups(list: YAMLSeq, groups: readonly RowGroup[], splices: Splices): void {
  const added = new Map<number, NewEntries[]>()
  for (const { was, wanted, also } of groups) {
    const aligned = alignRows(was, wanted)
    const kept = new Set(aligned.map((each) => each.was))
    for (const row of was) if (!kept.has(row)) splices.removeItem(list, row.index)
    // The first of their kind go behind all others.
    let behind = was.length === 0 ? list.items.length - 1 : -1
    for (const { row, was: before } of aligned) {
      if (before) {
        behind = before.index
        changeRow(before, row, splices)
      } else added.set(behind, [...(added.get(behind) ?? []), newRow(row, also)])
    }
  }
  for (const [at, items] of added) splices.addItems(list, at, items)
}

function changeRow(before: FileRow, row: Pair, splices: Splices): void {
  if (isSame(before, row)) return
  const { node, holder } = before
  const [name, own, disabled] = ['name', 'value', 'disabled'].map((each) => pairOf(node, each))
  const value = holder ?? own
  if (name && row.name !== before.name) splices.setText(name, row.name, isFlow(node))
  if (value && row.value !== before.value)
    splices.setText(value, row.value, isFlow(node) || isInFlow(own, holder))
  const fresh: NewEntries = []
  if (!value && row.value !== '') fresh.push(['value', row.value])
  if (row.enabled !== before.enabled && disabled) splices.removePair(node, disabled)
  else if (row.enabled !== before.enabled) fresh.push(['disabled', true])
  const last = node.items.at(-1)
  if (fresh.length > 0 && last) splices.addEntries(node, last, fresh)
}

/** Whether what holds a text further within is written on one line: a value with a type may be. */
function isInFlow(own: { value: unknown } | undefined, holder: unknown): boolean {
  return holder !== undefined && isFlow(own?.value)
}

export function newRow({ name, value, enabled }: Pair, also: NewEntries): NewEntries {
  return [
    ['name', name],
    ['value', value],
    ...also,
    ...(enabled ? [] : [['disabled', true] as [string, true]]),
  ]
}
