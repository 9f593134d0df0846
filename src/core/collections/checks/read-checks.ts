import type { Check } from '@contract/sending/checks'
import { isMap, type YAMLMap } from 'yaml'
import { listOf } from '../rows.ts'
import { pairOf, resolved, textOf, valueOf, type YamlFile } from '../yaml-file.ts'

/** A check of a file, and where it is in its list. */
export interface CheckRow extends Check {
  index: number
  node: YAMLMap
}

/** The format's own checks, and those that only Gatehouse knows. */
export interface CheckLists {
  /** `runtime.assertions`. */
  format: CheckRow[]
  /** `extensions.gatehouse.checks`. */
  own: CheckRow[]
}

/** The checks of a request's file. What is written in another way is left alone. */
export function checkLists(file: YamlFile): CheckLists {
  const extensions = valueOf(file, file.root, 'extensions')
  return {
    format: checkRows(file, valueOf(file, file.root, 'runtime'), 'assertions'),
    own: checkRows(file, valueOf(file, extensions, 'gatehouse'), 'checks'),
  }
}

/** The part of a draft that they are; left out where there are none. */
export function checksIn({ format, own }: CheckLists): { checks?: Check[] } {
  const all = [...format, ...own]
  if (all.length === 0) return {}
  return {
    checks: all.map(({ expression, operator, value, enabled }) => ({ expression, operator, value, enabled })),
  }
}

function checkRows(file: YamlFile, map: unknown, name: string): CheckRow[] {
  const list = listOf(file, map, name)
  if (list === undefined) return []
  return list.items.flatMap((item, index): CheckRow[] => {
    const node = resolved(file.document, item)
    if (!isMap(node) || pairOf(node, 'expression') === undefined) return []
    const text = (member: string) => (pairOf(node, member) ? textOf(valueOf(file, node, member)) : '')
    const [expression, operator, value] = [text('expression'), text('operator'), text('value')]
    if (expression === undefined || operator === undefined || value === undefined) return []
    const enabled = textOf(valueOf(file, node, 'disabled')) !== 'true'
    return [{ index, node, expression, operator, value, enabled }]
  })
}
