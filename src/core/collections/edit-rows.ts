import type { FormPart, Pair } from '@contract/requests'
import type { YAMLMap, YAMLSeq } from 'yaml'
import { isSamePart } from './part-rows.ts'
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
    } else {
      const made = groups.map(({ was, wanted, also }) => ({
        was,
        wanted,
        fresh: (row: Pair) => newRow(row, also),
      }))
      changeGroups(list, made, splices)
    }
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

/** Makes a list have other rows: those that stay keep what else they have. `fresh` writes one that is new. */
export function changeRows<Row extends FormPart>(
  list: YAMLSeq,
  was: readonly FileRow[],
  wanted: readonly Row[],
  fresh: (row: Row) => NewEntries,
  splices: Splices,
): void {
  changeGroups(list, [{ was, wanted, fresh }], splices)
}

interface Change<Row> {
  was: readonly FileRow[]
  wanted: readonly Row[]
  fresh: (row: Row) => NewEntries
}

function changeGroups<Row extends FormPart>(
  list: YAMLSeq,
  groups: readonly Change<Row>[],
  splices: Splices,
): void {
  const added = new Map<number, NewEntries[]>()
  for (const { was, wanted, fresh } of groups) {
    const aligned = alignRows(was, wanted, isSame)
    const kept = new Set(aligned.map((each) => each.was))
    for (const row of was) if (!kept.has(row)) splices.removeItem(list, row.index)
    // The first of their kind go behind all others.
    let behind = was.length === 0 ? list.items.length - 1 : -1
    for (const { row, was: before } of aligned) {
      if (before) {
        behind = before.index
        changeRow(before, row, splices)
      } else added.set(behind, [...(added.get(behind) ?? []), fresh(row)])
    }
  }
  for (const [at, items] of added) splices.addItems(list, at, items)
}

function changeRow(before: FileRow, row: FormPart, splices: Splices): void {
  if (isSamePart(before, row)) return
  const { node, holder } = before
  const [name, own, disabled, type] = ['name', 'value', 'disabled', 'type'].map((each) => pairOf(node, each))
  const value = holder ?? own
  if (name && row.name !== before.name) splices.setText(name, row.name, isFlow(node))
  const fresh: NewEntries = []
  const isOther = JSON.stringify(row.files) !== JSON.stringify(before.files)
  if (isOther && type) splices.setText(type, row.files ? 'file' : 'text', isFlow(node))
  else if (isOther) fresh.push(['type', row.files ? 'file' : 'text'])
  if (isOther && own) splices.replacePair(node, own, [['value', row.files ?? row.value]])
  else if (value && row.value !== before.value)
    splices.setText(value, row.value, isFlow(node) || isInFlow(own, holder))
  else if (!value && (row.files ?? row.value) !== '') fresh.push(['value', row.files ?? row.value])
  setType(before, row, fresh, splices)
  if (row.enabled !== before.enabled && disabled) splices.removePair(node, disabled)
  else if (row.enabled !== before.enabled) fresh.push(['disabled', true])
  const last = node.items.at(-1)
  if (fresh.length > 0 && last) splices.addEntries(node, last, fresh)
}

function setType(before: FileRow, row: FormPart, fresh: NewEntries, splices: Splices): void {
  const [was = '', wanted = ''] = [before.contentType, row.contentType]
  const { node } = before
  const pair = pairOf(node, 'contentType')
  if (was === wanted) return
  if (pair && wanted === '') splices.removePair(node, pair)
  else if (pair) splices.setText(pair, wanted, isFlow(node))
  else fresh.push(['contentType', wanted])
}

/** Whether what holds a text further within is written on one line: a value with a type may be. */
function isInFlow(own: { value: unknown } | undefined, holder: unknown): boolean {
  return holder !== undefined && isFlow(own?.value)
}

/** A new row; one that is secret has no value. */
export function newRow({ name, value, enabled }: Pair, also: NewEntries): NewEntries {
  return [
    ['name', name],
    ...(also.some(([other]) => other === 'secret') ? [] : [['value', value] as [string, string]]),
    ...also,
    ...(enabled ? [] : [['disabled', true] as [string, true]]),
  ]
}
