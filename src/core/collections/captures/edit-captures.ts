import type { Capture } from '@contract/sending/captures'
import { ok, type Result } from '@contract/result'
import { isOwnCapture } from '@contract/tables/own-checks'
import type { YAMLMap } from 'yaml'
import { setList } from '../checks/edit-list.ts'
import { editRefusal as refusal } from '../checks/edit-refusal.ts'
import { plainOf, withoutNames } from '../plain.ts'
import { readRequest } from '../read-request.ts'
import type { NewEntries } from '../scalar-text.ts'
import { createSplices, isFlow, type Splices } from '../splices.ts'
import { pairOf, type YamlFile } from '../yaml-file.ts'
import { setVariable, type CaptureRow } from './read-captures.ts'

/** The text of a request's file with these captures: rows that differ are written, the rest stays to the byte. Codes:
 *  `collection_edit`. */
export function editCaptures(text: string, captures: readonly Capture[]): Result<string> {
  const read = readRequest(text)
  if (!read.ok) return refusal(read.fault.reason)
  const { file, parts } = read.request
  const filled = captures.filter(({ name, expression }) => name.trim() !== '' || expression.trim() !== '')
  const format = filled.filter((one) => !isOwnCapture(one))
  const own = filled.filter(isOwnCapture)
  const splices = createSplices(text)
  const isSameFormat = same(parts.captures.format, format)
  const isSameOwn = same(parts.captures.own, own)
  if (isSameFormat && isSameOwn) return ok(text)
  const edit = { isSame, change: (was: CaptureRow, row: Capture) => changeCapture(was, row, splices) }
  if (!isSameFormat)
    setList(
      file,
      { ...edit, path: ['runtime', 'actions'], was: parts.captures.format, wanted: format, fresh: newAction },
      splices,
    )
  if (!isSameOwn)
    setList(
      file,
      {
        ...edit,
        path: ['extensions', 'gatehouse', 'captures'],
        was: parts.captures.own,
        wanted: own,
        fresh: newOwn,
      },
      splices,
    )
  const written = splices.write()
  const again = written === undefined ? undefined : readRequest(written)
  if (written === undefined || again?.ok !== true) return refusal('Two changes are in the same place.')
  const { captures: now } = again.request.parts
  if (!same(now.format, format) || !same(now.own, own))
    return refusal('The result would not be what was intended.')
  return othersOf(file) === othersOf(again.request.file)
    ? ok(written)
    : refusal('A value that is used in several places (an anchor) would change with it.')
}

/** All but the captures, as one text. */
function othersOf(file: YamlFile): string {
  const { runtime, extensions, ...rest } = plainOf(file)
  const { gatehouse, ...others } = objectOf(extensions)
  const { actions, ...beside } = objectOf(runtime)
  const kept = Array.isArray(actions)
    ? actions.filter((each) => objectOf(each)['phase'] !== setVariable.phase)
    : []
  return JSON.stringify([rest, beside, kept, others, withoutNames(objectOf(gatehouse), ['captures'])])
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function same(one: readonly Capture[], other: readonly Capture[]): boolean {
  return one.length === other.length && one.every((each, index) => isSame(each, other[index]))
}

function isSame(one: Capture | undefined, other: Capture | undefined): boolean {
  return (
    one?.name === other?.name &&
    one?.expression === other?.expression &&
    one?.scope === other?.scope &&
    one?.enabled === other?.enabled
  )
}

function changeCapture(before: CaptureRow, row: Capture, splices: Splices): void {
  const { node, holders } = before
  function put(map: YAMLMap, name: 'name' | 'scope' | 'expression'): void {
    if (row[name] === before[name]) return
    const pair = pairOf(map, name)
    const last = map.items.at(-1)
    if (pair) splices.setText(pair, row[name], isFlow(map))
    else if (last) splices.addEntries(map, last, [[name, row[name]]])
  }
  put(holders.selector, 'expression')
  put(holders.variable, 'name')
  put(holders.variable, 'scope')
  const disabled = pairOf(node, 'disabled')
  const last = node.items.at(-1)
  if (row.enabled === before.enabled) return
  if (disabled) splices.removePair(node, disabled)
  else if (last) splices.addEntries(node, last, [['disabled', true]])
}

function off({ enabled }: Capture): NewEntries {
  return enabled ? [] : [['disabled', true]]
}

function newAction(row: Capture): NewEntries {
  return [
    ['type', setVariable.type],
    ['phase', setVariable.phase ?? ''],
    [
      'selector',
      [
        ['expression', row.expression],
        ['method', setVariable.method],
      ],
    ],
    [
      'variable',
      [
        ['name', row.name],
        ['scope', row.scope],
      ],
    ],
    ...off(row),
  ]
}

function newOwn(row: Capture): NewEntries {
  return [['name', row.name], ['expression', row.expression], ['scope', row.scope], ...off(row)]
}
