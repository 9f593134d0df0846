import type { VariableValueType } from '@opencollection/types/common/variables'
import { isMap, isSeq, type Pair as YamlPair, type YAMLMap } from 'yaml'
import type { FileRow } from '../rows.ts'
import { pairOf, resolved, textOf, valueOf, type YamlFile } from '../yaml-file.ts'

/** A variable of a file. One that is secret has no value there. */
export interface VariableRow extends FileRow {
  secret?: true
}

/** The variables that a map has in its list. What is written in another way is left alone. */
export function variableRows(file: YamlFile, map: unknown, name = 'variables'): VariableRow[] {
  const list = valueOf(file, map, name)
  if (!isSeq(list)) return []
  return list.items.flatMap((item, index): VariableRow[] => {
    const node = resolved(file.document, item)
    const own = textOf(valueOf(file, node, 'name'))
    if (!isMap(node) || own === undefined) return []
    const row = { index, node, name: own, enabled: textOf(valueOf(file, node, 'disabled')) !== 'true' }
    if (textOf(valueOf(file, node, 'secret')) === 'true') return [{ ...row, value: '', secret: true }]
    const held = valueHolder(file, node)
    if (held === undefined) return pairOf(node, 'value') ? [] : [{ ...row, value: '' }]
    const value = textOf(resolved(file.document, held.value))
    if (value === undefined) return []
    return [{ ...row, value, ...(held !== pairOf(node, 'value') && { holder: held }) }]
  })
}

const types: Record<VariableValueType, true> = {
  string: true,
  number: true,
  boolean: true,
  null: true,
  object: true,
}

/** The pair that has the text of a variable: its value, the data of one with a type, or those of the one of several
 *  that is chosen. */
function valueHolder(file: YamlFile, node: YAMLMap): YamlPair | undefined {
  const own = pairOf(node, 'value')
  if (own === undefined) return undefined
  const value = resolved(file.document, own.value)
  if (isSeq(value)) {
    const some = value.items.map((item) => resolved(file.document, item)).filter(isMap)
    const chosen = some.find((each) => textOf(valueOf(file, each, 'selected')) === 'true') ?? some[0]
    const inner = chosen && pairOf(chosen, 'value')
    return inner && typedHolder(file, inner)
  }
  return typedHolder(file, own)
}

function typedHolder(file: YamlFile, pair: YamlPair): YamlPair | undefined {
  const value = resolved(file.document, pair.value)
  if (!isMap(value)) return textOf(value) === undefined ? undefined : pair
  const type = textOf(valueOf(file, value, 'type')) ?? ''
  return Object.hasOwn(types, type) ? pairOf(value, 'data') : undefined
}
