import type { ActionSetVariable, ActionVariableScope } from '@opencollection/types/common/actions'
import type { Capture } from '@contract/sending/captures'
import { captureScopeTable, type CaptureScope } from '@contract/tables/own-checks'
import { keyIn } from '@contract/tables/keys-of'
import { isMap, type YAMLMap } from 'yaml'
import { listOf } from '../rows.ts'
import { pairOf, resolved, textOf, valueOf, type YamlFile } from '../yaml-file.ts'

/** A capture of a file, and where it is in its list. */
export interface CaptureRow extends Capture {
  index: number
  node: YAMLMap
  /** What has its name and scope, and what has its expression. */
  holders: { variable: YAMLMap; selector: YAMLMap }
}

/** The format's own captures, and those that only Gatehouse knows. */
export interface CaptureLists {
  /** `runtime.actions` that set a variable after the response. */
  format: CaptureRow[]
  /** `extensions.gatehouse.captures`. */
  own: CaptureRow[]
  /** Whether there are actions of another kind. */
  hasOthers: boolean
}

/** What the format calls them. */
export const setVariable: Pick<ActionSetVariable, 'type' | 'phase'> & { method: 'jsonq' } = {
  type: 'set-variable',
  phase: 'after-response',
  method: 'jsonq',
}
// The format's scopes and ours are the same.
void ({
  runtime: true,
  request: true,
  folder: true,
  environment: true,
  collection: true,
} satisfies Record<ActionVariableScope, true> & Record<CaptureScope, true>)

/** The captures of a request's file. What is written in another way is left alone. */
export function captureLists(file: YamlFile): CaptureLists {
  const runtime = valueOf(file, file.root, 'runtime')
  const format = rowsIn(file, runtime, 'actions', (node) => {
    const [variable, selector] = [valueOf(file, node, 'variable'), valueOf(file, node, 'selector')]
    const said = (map: unknown, name: string): string => textOf(valueOf(file, map, name)) ?? ''
    const isOne = said(node, 'type') === setVariable.type && said(node, 'phase') === setVariable.phase
    return isOne && said(selector, 'method') === setVariable.method && isMap(variable) && isMap(selector)
      ? { variable, selector }
      : undefined
  })
  const gatehouse = valueOf(file, valueOf(file, file.root, 'extensions'), 'gatehouse')
  return {
    format,
    own: rowsIn(file, gatehouse, 'captures', (node) => ({ variable: node, selector: node })),
    hasOthers: (listOf(file, runtime, 'actions')?.items.length ?? 0) > format.length,
  }
}

/** The part of a draft that they are; left out where there are none. */
export function capturesIn({ format, own }: CaptureLists): { captures?: Capture[] } {
  const all = [...format, ...own]
  if (all.length === 0) return {}
  return {
    captures: all.map(({ name, expression, scope, enabled }) => ({ name, expression, scope, enabled })),
  }
}

function rowsIn(
  file: YamlFile,
  map: unknown,
  name: string,
  holdersOf: (node: YAMLMap) => CaptureRow['holders'] | undefined,
): CaptureRow[] {
  const list = listOf(file, map, name)
  if (list === undefined) return []
  return list.items.flatMap((item, index): CaptureRow[] => {
    const node = resolved(file.document, item)
    const holders = isMap(node) ? holdersOf(node) : undefined
    if (!isMap(node) || holders === undefined) return []
    const { variable, selector } = holders
    const [own, expression] = [pairOf(variable, 'name'), pairOf(selector, 'expression')].map(
      (pair) => pair && textOf(resolved(file.document, pair.value)),
    )
    const scope = pairOf(variable, 'scope') ? textOf(valueOf(file, variable, 'scope')) : 'runtime'
    const known = scope === undefined ? undefined : keyIn(captureScopeTable, scope)
    if (own === undefined || expression === undefined || known === undefined) return []
    const enabled = textOf(valueOf(file, node, 'disabled')) !== 'true'
    return [{ index, node, holders, name: own, expression, scope: known, enabled }]
  })
}
