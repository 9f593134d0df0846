import type { Check } from '@contract/sending/checks'
import { ok, type Result } from '@contract/result'
import { isOwnCheck } from '@contract/tables/own-checks'
import { setList } from './edit-list.ts'
import { editRefusal as refusal } from './edit-refusal.ts'
import { plainOf } from '../plain.ts'
import type { CheckRow } from './read-checks.ts'
import { readRequest } from '../read-request.ts'
import type { NewEntries } from '../scalar-text.ts'
import { createSplices, isFlow, type Splices } from '../splices.ts'
import { pairOf, type YamlFile } from '../yaml-file.ts'

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
  const edit = {
    isSame,
    fresh: newCheck,
    change: (was: CheckRow, row: Check) => changeCheck(was, row, splices),
  }
  const [wasFormat, wasOwn] = [parts.checks.format, parts.checks.own]
  if (!isSameFormat)
    setList(file, { ...edit, path: ['runtime', 'assertions'], was: wasFormat, wanted: format }, splices)
  if (!isSameOwn)
    setList(file, { ...edit, path: ['extensions', 'gatehouse', 'checks'], was: wasOwn, wanted: own }, splices)
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
