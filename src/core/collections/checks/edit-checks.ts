import type { Check } from '@contract/sending/checks'
import { ok, type Result } from '@contract/result'
import { isOwnCheck } from '@contract/tables/own-checks'
import { isMap, type YAMLMap } from 'yaml'
import { editRefusal as refusal } from './edit-refusal.ts'
import { createMapEdit } from '../edit-rows.ts'
import { plainOf } from '../plain.ts'
import type { CheckRow } from './read-checks.ts'
import { readRequest } from '../read-request.ts'
import { alignRows, listOf } from '../rows.ts'
import type { NewEntries } from '../scalar-text.ts'
import { createSplices, isFlow, type Splices } from '../splices.ts'
import { pairOf, valueOf, type YamlFile } from '../yaml-file.ts'

/** The order of names in a request's file, as Bruno writes it. */
const rootOrder = ['info', 'http', 'runtime', 'settings', 'docs', 'extensions']

/** The text of a request's file with these checks: rows that differ are written, the rest stays to the byte. Codes:
 *  `collection_edit`. */
export function editChecks(text: string, checks: readonly Check[]): Result<string> {
  const read = readRequest(text)
  if (!read.ok) return refusal(read.fault.reason)
  const { file, parts } = read.request
  const filled = checks.filter(({ expression, value }) => expression.trim() !== '' || value !== '')
  const format = filled.filter((one) => !isOwnCheck(one))
  const own = filled.filter(isOwnCheck)
  const splices = createSplices(text)
  const isSameFormat = sameChecks(parts.checks.format, format)
  const isSameOwn = sameChecks(parts.checks.own, own)
  if (isSameFormat && isSameOwn) return ok(text)
  if (!isSameFormat) setList(file, ['runtime', 'assertions'], parts.checks.format, format, splices)
  if (!isSameOwn) setList(file, ['extensions', 'gatehouse', 'checks'], parts.checks.own, own, splices)
  const written = splices.write()
  const again = written === undefined ? undefined : readRequest(written)
  if (written === undefined || again?.ok !== true) return refusal('Two changes are in the same place.')
  const { checks: now } = again.request.parts
  if (!sameChecks(now.format, format) || !sameChecks(now.own, own))
    return refusal('The result would not be what was intended.')
  return othersOf(file) === othersOf(again.request.file)
    ? ok(written)
    : refusal('A value that is used in several places (an anchor) would change with it.')
}

/** All but the checks, as one text. */
function othersOf(file: YamlFile): string {
  const { runtime, extensions, ...rest } = plainOf(file)
  const { gatehouse, ...others } = objectOf(extensions)
  const { assertions: _format, ...beside } = objectOf(runtime)
  const { checks: _own, ...ownBeside } = objectOf(gatehouse)
  return JSON.stringify([rest, beside, others, ownBeside])
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function sameChecks(one: readonly Check[], other: readonly Check[]): boolean {
  return one.length === other.length && one.every((check, index) => isSame(check, other[index]))
}

function setList(
  file: YamlFile,
  path: readonly string[],
  was: readonly CheckRow[],
  wanted: readonly Check[],
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
    const rest = [...missing.slice(1), name]
    const inner = rest
      .toReversed()
      .reduce<NewEntries | NewEntries[]>((below, each) => [[each, below]], wanted.map(newCheck))
    return edit.replace(missing[0] ?? name, inner)
  }
  const list = listOf(file, map, name)
  const pair = pairOf(map, name)
  if (list === undefined || pair === undefined || list.items.length === 0)
    return edit.replace(name, wanted.map(newCheck))
  if (wanted.length === 0 && was.length === list.items.length) {
    if (map.items.length > 1) return splices.removePair(map, pair)
    return edit.replace(name, [])
  }
  const aligned = alignRows<CheckRow, Check>(was, wanted, isSame)
  const kept = new Set(aligned.map((each) => each.was))
  for (const row of was) if (!kept.has(row)) splices.removeItem(list, row.index)
  let behind = was.length === 0 ? list.items.length - 1 : -1
  const added = new Map<number, NewEntries[]>()
  for (const { row, was: before } of aligned) {
    if (before) {
      behind = before.index
      changeCheck(before, row, splices)
    } else added.set(behind, [...(added.get(behind) ?? []), newCheck(row)])
  }
  for (const [at, items] of added) splices.addItems(list, at, items)
}

function changeCheck(before: CheckRow, row: Check, splices: Splices): void {
  const { node } = before
  const fresh: NewEntries = []
  for (const name of ['expression', 'operator', 'value'] as const) {
    if (row[name] === before[name]) continue
    const pair = pairOf(node, name)
    if (pair) splices.setText(pair, row[name], isFlow(node))
    else fresh.push([name, row[name]])
  }
  const disabled = pairOf(node, 'disabled')
  if (row.enabled !== before.enabled && disabled) splices.removePair(node, disabled)
  else if (row.enabled !== before.enabled) fresh.push(['disabled', true])
  const last = node.items.at(-1)
  if (fresh.length > 0 && last) splices.addEntries(node, last, fresh)
}

function newCheck({ expression, operator, value, enabled }: Check): NewEntries {
  return [
    ['expression', expression],
    ['operator', operator],
    ...(value === '' ? [] : [['value', value] as [string, string]]),
    ...(enabled ? [] : [['disabled', true] as [string, true]]),
  ]
}

function isSame(one: Check | undefined, other: Check | undefined): boolean {
  return (
    one?.expression === other?.expression &&
    one?.operator === other?.operator &&
    one?.value === other?.value &&
    one?.enabled === other?.enabled
  )
}
