import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Scalar,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { blockText, isTexts, newLines, oneLine, type NewEntries } from './scalar-text.ts'
import { startOf, textOf } from './yaml-file.ts'

/** Changes of a YAML text, made where its nodes are: everything between them stays as it is, to the byte. */
interface Splice {
  start: number
  end: number
  text: string
  /** How far new lines are indented: of those in one place the deeper ones come first, as they belong to what is
   *  before. */
  column: number
}

/** Gathers splices of one text; `write` answers the text with all of them. */
export function createSplices(text: string) {
  const splices: Splice[] = []
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  function put(start: number, end: number, put: string, column = Infinity): void {
    splices.push({ start, end, text: put, column })
  }

  /** Whole lines, behind the one that holds the place before. */
  function putLines(at: number, column: number, lines: string): void {
    const missing = at > 0 && text[at - 1] !== '\n' ? eol : ''
    put(at, at, missing + ' '.repeat(column) + lines + (missing ? '' : eol), column)
  }

  /** Gives a name of a map this text. */
  function setText(pair: Pair, value: string, inFlow: boolean): void {
    const node = pair.value
    if (textOf(node) === value && !isAlias(node)) return
    const [start, end] = rangeOf(node)
    const source = text.slice(start, end)
    const style = isScalar(node) ? node.type : null
    const isBlock = style === Scalar.BLOCK_LITERAL || style === Scalar.BLOCK_FOLDED
    const ending = isBlock && /\r?\n$/.test(source) ? eol : ''
    const restIsFree = isBlock || /^[ \t]*(?:\r?\n|$)/.test(text.slice(end, end + 200))
    const asBlock =
      !inFlow && restIsFree && (value.includes('\n') || (isBlock && value !== ''))
        ? blockText(value, {
            indent: (isBlock ? indentOfBlock(source) : undefined) ?? columnOf(text, startOf(pair.key)) + 2,
            header: isBlock ? (source.split('\n')[0] ?? '').trimEnd() : '',
            eol,
          })
        : undefined
    const written = asBlock ?? oneLine(value, isBlock ? null : style, inFlow)
    const before = start > 0 && !/[\s]/.test(text.charAt(start - 1)) && start === end ? ' ' : ''
    const after = start === end && /[^\s]/.test(text.charAt(end)) ? ' ' : ''
    put(start, end, before + written + after + ending)
  }

  /** Gives a name of a map this number or mark. */
  function setPlain(pair: Pair, value: number | boolean): void {
    const [start, end] = rangeOf(pair.value)
    const isBare = start === end && start > 0 && !/\s/.test(text.charAt(start - 1))
    put(start, end, `${isBare ? ' ' : ''}${value}`)
  }

  /** Puts new entries into a map, behind one of its pairs. */
  function addEntries(map: YAMLMap, behind: Pair, entries: NewEntries): void {
    if (map.flow === true)
      return put(endOf(behind), endOf(behind), entries.map((each) => `, ${flowEntry(each)}`).join(''))
    const indent = columnOf(text, startOf(map.items[0]?.key))
    putLines(lineEnd(endOf(behind)), indent, newLines(entries, indent, eol))
  }

  /** Takes a pair out of a map that has others. */
  function removePair(map: YAMLMap, pair: Pair): void {
    const at = map.items.indexOf(pair)
    const start = startOf(pair.key)
    const next = map.items[at + 1]
    const before = map.items[at - 1]
    if (map.flow === true) {
      if (next) put(start, startOf(next.key), '')
      else if (before) put(endOf(before), endOf(pair), '')
      return
    }
    const line = text.lastIndexOf('\n', start - 1) + 1
    // One that begins behind the dash of a list has the next in its place.
    if (/\S/.test(text.slice(line, start)) && next) put(start, startOf(next.key), '')
    else put(line, lineEnd(endOf(pair)), '')
  }

  /** Puts a new value in the place of a pair, its name included. */
  function replacePair(map: YAMLMap, pair: Pair, entry: NewEntries): void {
    const start = startOf(pair.key)
    if (map.flow === true) return put(start, endOf(pair), entry.map(flowEntry).join(', '))
    const end = lineEnd(endOf(pair))
    const last = text[end - 1] === '\n' ? eol : ''
    put(start, end, newLines(entry, columnOf(text, start), eol) + last)
  }

  /** Gives a pair another name. */
  function setKey(pair: Pair, name: string): void {
    put(...rangeOf(pair.key), name)
  }

  /** Puts new items into a list behind one of its items, or before all. */
  function addItems(list: YAMLSeq, behind: number, items: (NewEntries | string)[]): void {
    const near = list.items[Math.max(behind, 0)]
    const flowed = (): string[] =>
      items.map((item) =>
        typeof item === 'string' ? oneLine(item, null, true) : `{${item.map(flowEntry).join(', ')}}`,
      )
    if (list.flow === true) {
      const [start, end] = rangeOf(near)
      if (behind < 0)
        put(
          start,
          start,
          flowed()
            .map((each) => `${each}, `)
            .join(''),
        )
      else
        put(
          end,
          end,
          flowed()
            .map((each) => `, ${each}`)
            .join(''),
        )
      return
    }
    const dash = dashOf(list, Math.max(behind, 0))
    const column = columnOf(text, dash)
    const between = eol + ' '.repeat(column)
    const lines = items
      .map((item) =>
        typeof item === 'string' ? `- ${oneLine(item, null, false)}` : `- ${newLines(item, column + 2, eol)}`,
      )
      .join(between)
    putLines(behind < 0 ? dash - column : lineEnd(rangeOf(near)[1]), column, lines)
  }

  /** Takes an item out of a list that keeps others, or gets some. */
  function removeItem(list: YAMLSeq, index: number): void {
    const [start, end] = rangeOf(list.items[index])
    if (list.flow !== true) {
      const dash = dashOf(list, index)
      return put(dash - columnOf(text, dash), lineEnd(end), '')
    }
    const [next, before] = [list.items[index + 1], list.items[index - 1]]
    if (next) put(start, rangeOf(next)[0], '')
    else if (before) put(rangeOf(before)[1], end, '')
    else put(start, end, '')
  }

  /** The place of an item's dash. */
  function dashOf(list: YAMLSeq, index: number): number {
    const token = list.srcToken?.type === 'block-seq' ? list.srcToken.items[index] : undefined
    return token?.start.find(({ type }) => type === 'seq-item-ind')?.offset ?? startOf(list.items[index])
  }

  /** Where the line ends that a place is on; a place at the start of a line is the end of the one before. */
  function lineEnd(at: number): number {
    if (at > 0 && text[at - 1] === '\n') return at
    const end = text.indexOf('\n', at)
    return end < 0 ? text.length : end + 1
  }

  return {
    setText,
    setPlain,
    setKey,
    addEntries,
    removePair,
    replacePair,
    addItems,
    removeItem,
    /** The text with all changes; nothing where two of them are in each other's way. */
    write(): string | undefined {
      const inOrder = splices.toSorted((a, b) => a.start - b.start || a.end - b.end || deeper(a, b))
      let written = ''
      let at = 0
      for (const { start, end, text: put } of inOrder) {
        if (start < at) return undefined
        written += text.slice(at, start) + put
        at = end
      }
      return written + text.slice(at)
    },
  }
}

export type Splices = ReturnType<typeof createSplices>

function deeper(a: Splice, b: Splice): number {
  return a.column === b.column ? 0 : b.column - a.column
}

function rangeOf(node: unknown): [start: number, end: number] {
  const range = (node as Node | null)?.range
  return range ? [range[0], range[1]] : [0, 0]
}

/** The end of what a pair has. */
function endOf({ key, value }: Pair): number {
  return Math.max(rangeOf(key)[1], value === null ? 0 : rangeOf(value)[1])
}

/** How far a place is from the start of its line. */
function columnOf(text: string, at: number): number {
  const start = text.lastIndexOf('\n', at - 1) + 1
  return at - start - (text.charCodeAt(start) === 0xfeff ? 1 : 0)
}

/** The indentation of a block text's first line that has any. */
function indentOfBlock(source: string): number | undefined {
  const line = source
    .split('\n')
    .slice(1)
    .find((each) => /\S/.test(each))
  return line === undefined ? undefined : /^ */.exec(line)?.[0].length
}

function flowEntry([name, value]: NewEntries[number]): string {
  if (typeof value === 'boolean' || typeof value === 'number') return `${name}: ${value}`
  if (typeof value === 'string') return `${name}: ${oneLine(value, null, true)}`
  if (isTexts(value)) return `${name}: [${value.map((each) => oneLine(each, null, true)).join(', ')}]`
  return isEntries(value)
    ? `${name}: {${value.map(flowEntry).join(', ')}}`
    : `${name}: [${value.map((each) => `{${each.map(flowEntry).join(', ')}}`).join(', ')}]`
}

function isEntries(value: NewEntries | NewEntries[]): value is NewEntries {
  return typeof value[0]?.[0] === 'string'
}

export function isFlow(node: unknown): boolean {
  return (isMap(node) || isSeq(node)) && node.flow === true
}
