import type { YAMLMap } from 'yaml'
import type { Capture } from '@contract/sending/captures'
import type { Result } from '@contract/result'
import { isOwnCapture } from '@contract/tables/own-checks'
import { editPartedList } from '../checks/edit-parted-list.ts'
import { objectOf, plainOf, withoutNames } from '../plain.ts'
import type { NewEntries } from '../scalar-text.ts'
import { isFlow, type Splices } from '../splices.ts'
import { pairOf, type YamlFile } from '../yaml-file.ts'
import { setVariable, type CaptureRow } from './read-captures.ts'

/** The text of a request's file with these captures: rows that differ are written, the rest stays to the byte. Codes:
 *  `collection_edit`. */
export function editCaptures(text: string, captures: readonly Capture[]): Result<string> {
  return editPartedList<Capture, CaptureRow>(text, captures, {
    rowsIn: ({ captures: lists }) => lists,
    isFilled: ({ name, expression }) => name.trim() !== '' || expression.trim() !== '',
    isOwn: isOwnCapture,
    isSame,
    paths: { format: ['runtime', 'actions'], own: ['extensions', 'gatehouse', 'captures'] },
    fresh: { format: newAction, own: newOwn },
    change: changeCapture,
    othersOf,
  })
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
