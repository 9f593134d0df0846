import type { FileFault } from '@contract/collections'
import { isAlias, isMap, isPair, isScalar, isSeq, parseDocument } from 'yaml'
import type { Document, Node, Pair, YAMLMap } from 'yaml'
import { hasTooMuchStructure } from './structure.ts'
import { yamlWords } from './yaml-words.ts'

/** Characters of one file. */
const fileLimit = 1_048_576
const depthLimit = 60
const aliasLimit = 100

/** A file whose YAML was read: the nodes know where in the text they are. */
export interface YamlFile {
  text: string
  document: Document.Parsed
  root: YAMLMap
}
export type ReadYaml = { ok: true; file: YamlFile } | { ok: false; fault: FileFault }

/** Reads a file of a collection. Never throws: what is no such file has a place and a reason. */
export function readYaml(text: string): ReadYaml {
  const fault = (at: number, reason: string): ReadYaml => ({ ok: false, fault: faultAt(text, at, reason) })
  if (text.length > fileLimit) return fault(0, 'The file is larger than 1 MB, too large for a request.')
  if (hasTooMuchStructure(text)) return fault(0, 'The file has too many entries to be read as a request.')
  const document = parsed(text)
  if (document === undefined) return fault(0, 'The file is nested too deeply.')
  const [error] = document.errors
  if (error) return fault(error.pos[0], yamlWords[error.code])
  const root = document.contents
  if (root === null) return fault(0, 'The file is empty.')
  if (!isMap(root)) return fault(root.range[0], 'Names with values are expected here.')
  const wrong = firstFault(root)
  return wrong ? fault(wrong.at, wrong.reason) : { ok: true, file: { text, document, root } }
}

function parsed(text: string): Document.Parsed | undefined {
  try {
    // Names that occur twice are looked for below: the library compares each with all others.
    return parseDocument(text, {
      keepSourceTokens: true,
      logLevel: 'error',
      prettyErrors: false,
      uniqueKeys: false,
    })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

interface Wrong {
  at: number
  reason: string
}

/** What a parser takes and this program does not: names twice, many aliases, great depth. */
function firstFault(root: YAMLMap): Wrong | undefined {
  let aliases = 0
  const waiting: { node: unknown; depth: number }[] = [{ node: root, depth: 0 }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, depth } = next
    if (isAlias(node)) aliases += 1
    if (aliases > aliasLimit) return { at: startOf(node), reason: 'There are more than 100 aliases.' }
    if (depth > depthLimit) return { at: startOf(node), reason: 'This is nested more than 60 levels deep.' }
    const twice = isMap(node) ? nameTwice(node) : undefined
    if (twice) return twice
    if (isMap(node) || isSeq(node))
      for (const item of node.items) waiting.push({ node: item, depth: depth + 1 })
    else if (isPair(node)) waiting.push({ node: node.value, depth }, { node: node.key, depth })
  }
  return undefined
}

function nameTwice(map: YAMLMap): Wrong | undefined {
  const names = new Set<string>()
  for (const { key } of map.items) {
    const name = textOf(key)
    if (name === undefined) continue
    if (names.has(name)) return { at: startOf(key), reason: `“${name.slice(0, 60)}” appears twice.` }
    names.add(name)
  }
  return undefined
}

/** The place of a node in its text. */
export function startOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0
}

/** What a scalar says, as it is written: `1.0` stays `1.0`. Nothing for lists and maps. */
export function textOf(node: unknown): string | undefined {
  if (node === null) return ''
  if (!isScalar(node)) return undefined
  if (typeof node.value === 'string') return node.value
  return node.source ?? ''
}

/** The pair of a map with this name. */
export function pairOf(map: unknown, name: string): Pair | undefined {
  return isMap(map) ? map.items.find(({ key }) => textOf(key) === name) : undefined
}

/** What a name of a map has; aliases are followed. */
export function valueOf({ document }: YamlFile, map: unknown, name: string): unknown {
  return resolved(document, pairOf(map, name)?.value)
}

/** A node, or the one that an alias means. */
export function resolved(document: Document.Parsed, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node
}

/** A fault with its place as line and column. */
export function faultAt(text: string, at: number, reason: string): FileFault {
  const before = text.slice(0, at)
  const start = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: at - start + 1, reason }
}
