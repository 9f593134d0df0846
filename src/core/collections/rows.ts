import type { FormPart, Pair } from '@contract/requests'
import { isMap, isSeq, type Pair as YamlPair, type YAMLMap, type YAMLSeq } from 'yaml'
import { pairOf, resolved, textOf, valueOf, type YamlFile } from './yaml-file.ts'

/** A row of a list of names with values, and where it is in the list. */
export interface FileRow extends FormPart {
  index: number
  node: YAMLMap
  /** What has its text, where that is not “value” itself: a value with a type, or the one of several that is chosen. */
  holder?: YamlPair
}

/** The rows of a list that are written as such; others are left alone. `type`: those of this type alone, to which
 *  rows without one belong. */
export function rowsOf(file: YamlFile, map: unknown, name: string, type?: string): FileRow[] {
  const list = listOf(file, map, name)
  if (list === undefined) return []
  return list.items.flatMap((item, index): FileRow[] => {
    const node = resolved(file.document, item)
    if (!isMap(node) || pairOf(node, 'name') === undefined) return []
    const text = (member: string): string | undefined =>
      pairOf(node, member) && textOf(valueOf(file, node, member))
    const [own, value] = [text('name'), text('value') ?? '']
    if (own === undefined || (pairOf(node, 'value') && text('value') === undefined)) return []
    if (type !== undefined && (text('type') ?? type) !== type) return []
    return [{ index, node, name: own, value, enabled: text('disabled') !== 'true' }]
  })
}

/** The list that a name of a map has. */
export function listOf(file: YamlFile, map: unknown, name: string): YAMLSeq | undefined {
  const list = valueOf(file, map, name)
  return isSeq(list) ? list : undefined
}

type Same<Was, Row> = (one: Was | undefined, other: Row | undefined) => boolean

/** How the rows of before become those that are wanted: in the order of the new ones, with what each was. A row that
 *  differs keeps its place in the file where it is between the same neighbours. */
export function alignRows<Was, Row>(
  before: readonly Was[],
  wanted: readonly Row[],
  same: Same<Was, Row>,
): { row: Row; was?: Was }[] {
  const anchors = commonRows(before, wanted, same)
  const aligned: { row: Row; was?: Was }[] = []
  let [from, to] = [0, 0]
  for (const anchor of [...anchors, { old: before.length, now: wanted.length }]) {
    const left = before.slice(from, anchor.old)
    wanted.slice(to, anchor.now).forEach((row, index) => {
      const was = left[index]
      aligned.push(was ? { row, was } : { row })
    })
    const [row, was] = [wanted[anchor.now], before[anchor.old]]
    if (row && was) aligned.push({ row, was })
    from = anchor.old + 1
    to = anchor.now + 1
  }
  return aligned
}

/** The longest run of rows that are the same in both, in order. */
function commonRows<Was, Row>(
  before: readonly Was[],
  wanted: readonly Row[],
  same: Same<Was, Row>,
): { old: number; now: number }[] {
  const width = wanted.length + 1
  const lengths = new Uint16Array((before.length + 1) * width)
  const at = (old: number, now: number): number => lengths[old * width + now] ?? 0
  for (let old = before.length - 1; old >= 0; old -= 1)
    for (let now = wanted.length - 1; now >= 0; now -= 1)
      lengths[old * width + now] = same(before[old], wanted[now])
        ? at(old + 1, now + 1) + 1
        : Math.max(at(old + 1, now), at(old, now + 1))
  const common: { old: number; now: number }[] = []
  for (let [old, now] = [0, 0]; old < before.length && now < wanted.length;) {
    if (same(before[old], wanted[now])) {
      common.push({ old, now })
      old += 1
      now += 1
    } else if (at(old + 1, now) >= at(old, now + 1)) old += 1
    else now += 1
  }
  return common
}

export function isSame(one: Pair | undefined, other: Pair | undefined): boolean {
  return one?.name === other?.name && one?.value === other?.value && one?.enabled === other?.enabled
}
