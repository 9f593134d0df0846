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
    const text = textOf(resolved(file.document, held.pair.value))
    if (text === undefined) return []
    const value = held.isObject ? inOneLine(text) : text
    return [{ ...row, value, ...(held.pair !== pairOf(node, 'value') && { holder: held.pair }) }]
  })
}

const types: Record<VariableValueType, true> = {
  string: true,
  number: true,
  boolean: true,
  null: true,
  object: true,
}

/** The text of a variable, and whether it is that of an object. */
interface Held {
  pair: YamlPair
  isObject?: boolean
}

/** The pair that has the text of a variable: its value, the data of one with a type, or those of the one of several
 *  that is chosen. */
function valueHolder(file: YamlFile, node: YAMLMap): Held | undefined {
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

function typedHolder(file: YamlFile, pair: YamlPair): Held | undefined {
  const value = resolved(file.document, pair.value)
  if (!isMap(value)) return textOf(value) === undefined ? undefined : { pair }
  const type = textOf(valueOf(file, value, 'type')) ?? ''
  const data = Object.hasOwn(types, type) ? pairOf(value, 'data') : undefined
  return data && { pair: data, isObject: type === 'object' }
}

/** JSON that is written over several lines, as Bruno writes an object, as Bruno sends it: without what is between its parts.
 *  Numbers keep all their digits. Anything else stays as it is. */
function inOneLine(text: string): string {
  if (!text.includes('\n')) return text
  try {
    JSON.parse(text)
  } catch {
    return text
  }
  // Every quote is closed here, so that no two attempts read the same characters.
  return text.replace(/("(?:[^"\\]|\\.)*")|[ \t\r\n]+/g, '$1')
}
