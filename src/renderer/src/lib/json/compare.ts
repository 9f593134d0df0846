import { diffLines } from 'diff'
import { createListParts } from './list-parts.ts'

/** What is other in two JSON bodies, by structure. Values as they are written, long ones cut off. */
export interface JsonChange {
  kind: 'added' | 'removed' | 'changed'
  /** A JSONPath (RFC 9535): in the first body of what was removed, else in the second. */
  path: string
  before?: string
  after?: string
}

/** A line of a comparison, with its numbers in both; or so many equal ones that are not shown. */
export type ComparedLine =
  | { kind: 'same' | 'added' | 'removed'; text: string; left?: number; right?: number }
  | { kind: 'gap'; lines: number }

/** `capped`: there is more than is told. `moved`: so many items of lists are at other places, which is not told of each. */
export type Comparison =
  | { kind: 'json'; changes: JsonChange[]; capped: boolean; moved: number }
  | { kind: 'lines'; lines: ComparedLine[]; capped: boolean }
  | { kind: 'same' }
  /** There is too much that differs to be put side by side in time. */
  | { kind: 'unlike' }

const most = { changes: 1_000, lines: 2_000, depth: 200, text: 300, line: 1_000 }
/** Steps of an edit, and milliseconds, after which lines are taken for altogether different. */
const effort = { maxEditLength: 20_000, timeout: 1_500 }
/** Equal lines around a difference. */
const around = 3

/** Compares two JSON texts by what they hold: the order of names means nothing, that of lists does. Undefined where one is
 *  no JSON. */
export function compareJson(left: string, right: string): Comparison | undefined {
  const [one, other] = [read(left), read(right)]
  if (one === undefined || other === undefined) return undefined
  const changes: JsonChange[] = []
  let capped = false
  let moved = 0
  const partsOf = createListParts()

  function note(change: JsonChange): void {
    if (changes.length < most.changes) changes.push(change)
    else capped = true
  }
  function compare(a: unknown, b: unknown, path: string, depth: number): void {
    if (capped || written(a) === written(b)) return
    if (depth < most.depth && isMembers(a) && isMembers(b)) compareMembers(a, b, path, depth)
    else if (depth < most.depth && Array.isArray(a) && Array.isArray(b)) compareLists(a, b, path, depth)
    else note({ kind: 'changed', path, before: shown(a), after: shown(b) })
  }
  function compareMembers(a: Members, b: Members, path: string, depth: number): void {
    for (const [name, value] of Object.entries(a)) {
      const now = Object.hasOwn(b, name) ? b[name] : undefined
      if (now === undefined) note({ kind: 'removed', path: path + stepTo(name), before: shown(value) })
      else compare(value, now, path + stepTo(name), depth + 1)
    }
    for (const [name, value] of Object.entries(b))
      if (!Object.hasOwn(a, name)) note({ kind: 'added', path: path + stepTo(name), after: shown(value) })
  }
  function compareLists(a: readonly unknown[], b: readonly unknown[], path: string, depth: number): void {
    const [aTexts, bTexts] = [a.map(written), b.map(written)]
    const { parts, coarse } = partsOf(aTexts, bTexts)
    // What is in both is no item that changed: it was moved.
    const [here, there] = [new Set(coarse ? aTexts : []), new Set(coarse ? bTexts : [])]
    const stays = (text = ''): boolean => !here.has(text) || !there.has(text)
    let [from, to] = [0, 0]
    let gone: number[] = []
    /** What went and what came in one place is one item that changed. */
    function settle(come: number[]): void {
      moved += come.filter((index) => !stays(bTexts[index])).length
      gone = gone.filter((index) => stays(aTexts[index]))
      come = come.filter((index) => stays(bTexts[index]))
      gone.forEach((index, at) => {
        const now = come[at]
        if (now === undefined)
          note({ kind: 'removed', path: `${path}[${index}]`, before: shown(a[index] ?? null) })
        else compare(a[index] ?? null, b[now] ?? null, `${path}[${now}]`, depth + 1)
      })
      for (const index of come.slice(gone.length))
        note({ kind: 'added', path: `${path}[${index}]`, after: shown(b[index] ?? null) })
      gone = []
    }
    for (const { added, removed, count } of parts) {
      if (removed) {
        settle([])
        gone = indexes(from, count)
        from += count
      } else if (added) {
        settle(indexes(to, count))
        to += count
      } else {
        settle([])
        from += count
        to += count
      }
    }
    settle([])
  }
  compare(one.value, other.value, '$', 0)
  return changes.length + moved === 0 ? { kind: 'same' } : { kind: 'json', changes, capped, moved }
}

/** Compares two texts line by line; equal lines far from a difference are counted and not told. */
export function compareLines(left: string, right: string): Comparison {
  if (left === right) return { kind: 'same' }
  const parts = diffLines(withoutReturns(left), withoutReturns(right), effort)
  if (parts === undefined) return { kind: 'unlike' }
  const lines: ComparedLine[] = []
  let [from, to] = [1, 1]
  for (const [at, { value, added, removed }] of parts.entries()) {
    const texts = value.split('\n')
    if (texts.at(-1) === '') texts.pop()
    const kind = added ? 'added' : removed ? 'removed' : 'same'
    const [head, tail] = [at === 0 ? 0 : around, at === parts.length - 1 ? 0 : around]
    texts.forEach((text, index) => {
      const isFar = kind === 'same' && index >= head && index < texts.length - tail
      if (!isFar)
        lines.push({
          kind,
          text: text.slice(0, most.line),
          ...(kind !== 'added' && { left: from }),
          ...(kind !== 'removed' && { right: to }),
        })
      else if (index === head) lines.push({ kind: 'gap', lines: texts.length - head - tail })
      if (kind !== 'added') from += 1
      if (kind !== 'removed') to += 1
    })
    if (lines.length > most.lines) return { kind: 'lines', lines: lines.slice(0, most.lines), capped: true }
  }
  return lines.every(({ kind }) => kind === 'gap' || kind === 'same')
    ? { kind: 'same' }
    : { kind: 'lines', lines, capped: false }
}

type Members = Record<string, unknown>
/** A number as it is written. */
class Digits {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown
const keepDigits: Reviver = (_key, value, context) =>
  typeof value === 'number' ? new Digits(context?.source ?? String(value)) : value

/** A value in which numbers are as they are written. */
function read(text: string): { value: unknown } | undefined {
  if (isDeep(text)) return undefined
  try {
    return { value: JSON.parse(text, keepDigits) }
  } catch {
    return undefined
  }
}

/** Deeper than is compared by structure. */
function isDeep(text: string): boolean {
  let depth = 0
  for (const [sign] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (sign === '{' || sign === '[') depth += 1
    else if (sign === '}' || sign === ']') depth -= 1
    if (depth > most.depth) return true
  }
  return false
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Digits)
}

const texts = new WeakMap<object, string>()

/** A value as text, its names in order: what is equal is written alike. */
function written(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (value instanceof Digits) return value.text
  const known = texts.get(value)
  if (known !== undefined) return known
  const text = Array.isArray(value)
    ? `[${value.map(written).join(',')}]`
    : `{${Object.entries(value)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, member]) => `${JSON.stringify(name)}:${written(member)}`)
        .join(',')}}`
  texts.set(value, text)
  return text
}

function shown(value: unknown): string {
  const text = written(value)
  return text.length > most.text ? `${text.slice(0, most.text)}…` : text
}

function stepTo(name: string): string {
  return /^[A-Z_]\w*$/i.test(name)
    ? `.${name}`
    : `['${JSON.stringify(name).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}']`
}

function indexes(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => from + at)
}

function withoutReturns(text: string): string {
  return text.replaceAll('\r\n', '\n')
}
