import { defined } from '@contract/defined'
import { keyed, opener, closer, comma, open, twice, isSpace, readRows, stringEnd } from './outline-rows.ts'

/** A row of the tree: a value, or the head of a list or an object. */
export interface TreeRow {
  /** Names it for `toggle`. */
  node: number
  depth: number
  /** As written, with its quotes; none in a list. */
  key?: string
  /** A scalar as written, else `{` or `[`. */
  text: string
  /** Its place, in a list. */
  index?: number
  /** Members, of a list or an object that has some. */
  members?: number
  /** The first values in it, while it is closed. */
  preview?: string
  /** Its object has this name already. */
  doubled?: true
  open: boolean
}

/** JSON laid out in rows that refer to the text: it is never copied as a whole, and digits stay as they are. */
export interface Outline {
  lineCount: () => number
  /** A line of the text laid out, indented. */
  line: (index: number) => string
  /** Lines whose name their object has already, at most so many. */
  doubled: (most: number) => number[]
  nodeCount: () => number
  node: (index: number) => TreeRow | undefined
  /** Opens or closes a row of the tree; returns how many rows there are now. */
  toggle: (node: number) => number
  /** What can be copied of a row, or of the line of that number: the value as written, a text without its quotes, and its JSONPath (RFC 9535). */
  copy: (node: number) => CopiedNode | undefined
}

export interface CopiedNode {
  value: string
  path: string
}

/** Indentation ends here; deeper text stays on one level. */
const deepest = 100
/** Larger documents show their first two levels only. */
const openWhole = 400
/** What one row shows of a long text. */
const longest = 4_000

/** A closed row tells so many of its values, each so long, among so many rows after it. */
const [previewParts, previewLength, previewLooks] = [3, 24, 40]

/** Lays JSON out. Null where the text is not JSON. */
export function outlineJson(text: string): Outline | null {
  try {
    JSON.parse(text)
  } catch {
    return null
  }
  const rows = readRows(text)
  const flag = (row: number): number => rows.flags[row] ?? 0
  const whole = rows.count <= openWhole
  for (let row = 0; row < rows.count; row += 1) {
    if (flag(row) & opener && (whole || (rows.depths[row] ?? 0) < 1)) rows.flags[row] = flag(row) | open
  }
  function parts(row: number): { key?: string; text: string } {
    const start = rows.starts[row] ?? 0
    const end = rows.ends[row] ?? 0
    if (!(flag(row) & keyed)) return { text: text.slice(start, end) }
    const keyEnd = stringEnd(text, start)
    let value = keyEnd
    while (isSpace(text.charCodeAt(value)) || text.charCodeAt(value) === 58) value += 1
    return { key: text.slice(start, keyEnd), text: text.slice(value, end) }
  }
  /** An empty list or object may hold white space. */
  const tidy = (value: string): string =>
    /^[[{]\s+[\]}]$/.test(value) ? value.charAt(0) + value.charAt(value.length - 1) : value

  const unquoted = (value: string): string => (value.startsWith('"') ? value.slice(1, -1) : value)
  /** The first scalars of a list or an object that say something, each cut short. */
  function preview(head: number): string {
    const found: string[] = []
    const end = Math.min(rows.partners[head] ?? head, head + previewLooks)
    for (let row = head + 1; row < end && found.length < previewParts; row += 1) {
      if (flag(row) & opener) {
        row = rows.partners[row] ?? row
        continue
      }
      const { key, text: value } = parts(row)
      if (value === 'null' || value === '""') continue
      const name = key === undefined ? '' : `${unquoted(key).slice(0, previewLength)}: `
      const short = unquoted(value)
      found.push(name + (short.length > previewLength ? `${short.slice(0, previewLength)}…` : short))
    }
    return found.join(' · ')
  }

  let shown: Uint32Array | undefined
  function showing(): Uint32Array {
    if (shown) return shown
    const list = new Uint32Array(rows.count)
    let length = 0
    for (let row = 0; row < rows.count; row += 1) {
      if (flag(row) & closer) continue
      list[length] = row
      length += 1
      if (flag(row) & opener && !(flag(row) & open)) row = rows.partners[row] ?? row
    }
    shown = list.subarray(0, length)
    return shown
  }

  return {
    lineCount: () => rows.count,
    line: (row) => {
      if (row < 0 || row >= rows.count) return ''
      const { key, text: value } = parts(row)
      const indent = '  '.repeat(Math.min(rows.depths[row] ?? 0, deepest))
      const name = key === undefined ? '' : `${cut(key)}: `
      return `${indent}${name}${cut(tidy(value))}${flag(row) & comma ? ',' : ''}`
    },
    doubled: (most) => rows.doubled.slice(0, most),
    nodeCount: () => showing().length,
    node: (index) => {
      const node = showing()[index]
      if (node === undefined) return undefined
      const { key, text: value } = parts(node)
      const closed = (flag(node) & (opener | open)) === opener
      return {
        node,
        depth: rows.depths[node] ?? 0,
        ...defined({
          key: key === undefined ? undefined : cut(key),
          index: key === undefined && node > 0 ? (rows.places[node] ?? 0) : undefined,
        }),
        text: cut(tidy(value)),
        ...defined({
          preview: closed ? preview(node) : undefined,
          members: flag(node) & opener ? (rows.members[node] ?? 0) : undefined,
          doubled: flag(node) & twice ? (true as const) : undefined,
        }),
        open: (flag(node) & open) !== 0,
      }
    },
    toggle: (node) => {
      if (flag(node) & opener) rows.flags[node] = flag(node) ^ open
      shown = undefined
      return showing().length
    },
    copy: (row) => {
      if (row < 0 || row >= rows.count) return undefined
      const node = flag(row) & closer ? (rows.partners[row] ?? row) : row
      const { text: value } = parts(node)
      const start = (rows.ends[node] ?? 0) - value.length
      const whole = flag(node) & opener ? text.slice(start, rows.ends[rows.partners[node] ?? node]) : value
      return { value: value.startsWith('"') ? String(JSON.parse(value)) : tidy(whole), path: pathTo(node) }
    },
  }

  /** The way from the whole document to a row. Goes back over rows, past what is closed before it. */
  function pathTo(node: number): string {
    const steps: string[] = []
    let row = node
    while (row > 0) {
      const { key } = parts(row)
      steps.push(key === undefined ? `[${rows.places[row] ?? 0}]` : stepTo(key))
      const depth = rows.depths[row] ?? 0
      do row = (flag(row - 1) & closer ? rows.partners[row - 1] : row - 1) ?? 0
      while (row > 0 && !(flag(row) & opener && (rows.depths[row] ?? 0) < depth))
    }
    return `$${steps.reverse().join('')}`
  }
}

/** A step of a JSONPath to a key, which is as written, with its quotes. */
function stepTo(key: string): string {
  const name = String(JSON.parse(key))
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return `.${name}`
  return `['${JSON.stringify(name).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}']`
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
