import type { Check } from '@contract/sending/checks'
import type { Result } from '@contract/result'
import { isOwnCheck } from '@contract/tables/own-checks'
import { objectOf, plainOf } from '../plain.ts'
import type { NewEntries } from '../scalar-text.ts'
import { isFlow, type Splices } from '../splices.ts'
import { pairOf, type YamlFile } from '../yaml-file.ts'
import { editPartedList } from './edit-parted-list.ts'
import type { CheckRow } from './read-checks.ts'

/** The text of a request's file with these checks: rows that differ are written, the rest stays to the byte. Codes:
 *  `collection_edit`. */
export function editChecks(text: string, checks: readonly Check[]): Result<string> {
  return editPartedList<Check, CheckRow>(text, checks, {
    rowsIn: ({ checks: lists }) => lists,
    isFilled: ({ expression, value }) => expression.trim() !== '' || value !== '',
    isOwn: isOwnCheck,
    isSame,
    paths: { format: ['runtime', 'assertions'], own: ['extensions', 'gatehouse', 'checks'] },
    fresh: { format: newCheck, own: newCheck },
    change: changeCheck,
    othersOf,
  })
}

/** All but the checks, as one text. */
function othersOf(file: YamlFile): string {
  const { runtime, extensions, ...rest } = plainOf(file)
  const { gatehouse, ...others } = objectOf(extensions)
  const { assertions: _format, ...beside } = objectOf(runtime)
  const { checks: _own, ...ownBeside } = objectOf(gatehouse)
  return JSON.stringify([rest, beside, others, ownBeside])
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
