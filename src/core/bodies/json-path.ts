import { fail, ok, type Result } from '@contract/result'

/** What of an object or a list is wanted. */
type Selector =
  | { kind: 'name'; name: string }
  | { kind: 'index'; index: number }
  | { kind: 'slice'; from: number; to: number; step: number }
  | { kind: 'all' }

/** A part of a path; `deep`: at any depth below. */
export interface Segment {
  deep: boolean
  selectors: Selector[]
}

/** A path that one way through a body answers: its segments, and from a filter (`?`) on what is asked of each item. */
export interface JsonPath {
  segments: Segment[]
  items?: string
}

const longest = 1_000
const mostSegments = 30

/** Reads a JSONPath (RFC 9535) without places counted from the end: what one way through a body of any length can answer.
 *  What is in a filter (`?`), and behind it, is not read here but for what can't be asked of an item by itself. Code:
 *  `path_unfit`. */
export function readJsonPath(text: string): Result<JsonPath> {
  const path = text.trim().slice(0, longest + 1)
  if (path.length > longest) return unfit('it is too long')
  if (!path.startsWith('$')) return unfit('it begins with $')
  const segments: Segment[] = []
  let at = 1
  while (at < path.length) {
    at = behindBlanks(path, at)
    const deep = path.startsWith('..', at)
    if (deep) at += 2
    else if (path[at] === '.') at += 1
    const selectors: Selector[] = []
    const isNamed = path[at - 1] === '.'
    if (/^\[\s{0,20}\?/.test(path.slice(at, at + 22)) && (deep || !isNamed)) {
      const why = deep
        ? 'a filter (?) behind .. is not available for long responses'
        : unfitFilter(path.slice(at))
      return why === undefined ? ok({ segments, items: path.slice(at) }) : unfit(why)
    }
    if (path[at] === '[' && (deep || !isNamed)) {
      const read = readBrackets(path, at + 1, selectors)
      if (typeof read === 'string') return unfit(read)
      at = read
    } else {
      const [word = ''] =
        /^(?:\*|[a-z_\u{80}-\u{10ffff}][a-z\d_\u{80}-\u{10ffff}]*)/iu.exec(path.slice(at)) ?? []
      if (word === '' || !isNamed) return unfit(`at “${path.slice(at, at + 10)}”`)
      selectors.push(word === '*' ? { kind: 'all' } : { kind: 'name', name: word })
      at += word.length
    }
    segments.push({ deep, selectors })
    if (segments.length > mostSegments) return unfit('it has too many parts')
  }
  return ok({ segments })
}

/** Those of RFC 9535, section 2.4, but for the ones whose time is in the hand of whoever wrote the pattern. */
const functions = new Set(['length', 'count', 'value'])

/** Why a path that begins with a filter can't be asked of each item by itself. */
function unfitFilter(path: string): string | undefined {
  const plain = path.replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, '""')
  if (plain.includes('$')) return 'a filter (?) can’t look at the whole of a long response ($)'
  const called = Array.from(plain.matchAll(/\b([a-z][\w-]{0,40})\(/g), ([, name = '']) => name)
  const unknown = called.find((name) => !functions.has(name))
  if (unknown === 'match' || unknown === 'search')
    return `${unknown}() is not available for long responses: search with a regular expression instead`
  if (unknown !== undefined) return `there is no function ${unknown}()`
  let depth = 0
  for (const character of plain) {
    if ('[('.includes(character)) depth += 1
    else if ('])'.includes(character)) depth -= 1
    else if (character === ',' && depth === 1)
      return 'in long responses a filter (?) is alone in its brackets'
    if (depth === 0) return undefined
  }
  return 'a bracket is not closed'
}

/** Reads up to behind the closing bracket; answers the place, or what is wrong. */
function readBrackets(path: string, from: number, selectors: Selector[]): number | string {
  let at = from
  for (;;) {
    at = behindBlanks(path, at)
    const rest = path.slice(at)
    const quoted = /^'(?:[^'\\]|\\.)*'|^"(?:[^"\\]|\\.)*"/.exec(rest)?.[0]
    const slice = readSlice(/^[\d: \t\n\r]+/.exec(rest)?.[0] ?? '')
    const index = /^\d+/.exec(rest)?.[0]
    if (quoted !== undefined) {
      const name = unquoted(quoted)
      if (name === undefined) return `at “${quoted.slice(0, 20)}”`
      selectors.push({ kind: 'name', name })
      at += quoted.length
    } else if (slice !== undefined) {
      const [all, begin = '', end = '', step = ''] = slice
      const to = end === '' ? Number.POSITIVE_INFINITY : Number(end)
      selectors.push({ kind: 'slice', from: Number(begin), to, step: step === '' ? 1 : Number(step) })
      at += all.length
    } else if (index !== undefined && isPlace(index)) {
      selectors.push({ kind: 'index', index: Number(index) })
      at += index.length
    } else if (rest.startsWith('*')) {
      selectors.push({ kind: 'all' })
      at += 1
    } else if (rest.startsWith('?')) return 'in long responses a filter (?) is alone in its brackets'
    else if (rest.startsWith('-')) return 'places from the end are not available for long responses'
    else return `at “${rest.slice(0, 10)}”`
    at = behindBlanks(path, at)
    if (path[at] === ']') return at + 1
    if (path[at] !== ',') return `at “${path.slice(at, at + 10)}”`
    at += 1
  }
}

/** What may be a slice, with its blanks; undefined where it is none. */
function readSlice(all: string): [string, ...string[]] | undefined {
  const parts = all.split(':').map((part) => part.trim())
  const isSlice = parts.length > 1 && parts.length <= 3 && parts.every((part) => part === '' || isPlace(part))
  return isSlice ? [all, ...parts] : undefined
}

/** A number of RFC 9535: without a zero before it, and one that JSON has exactly (section 2.1). */
function isPlace(digits: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(digits) && Number(digits) <= Number.MAX_SAFE_INTEGER
}

/** Behind what may be blank there (RFC 9535 section 2.1.1). */
function behindBlanks(path: string, from: number): number {
  let at = from
  while (at < path.length && ' \t\n\r'.includes(path.charAt(at))) at += 1
  return at
}

/** A name in quotes: within single ones a double one is no escape, and half a character is none. */
function unquoted(quoted: string): string | undefined {
  const inner = quoted.slice(1, -1)
  const isSingle = quoted.startsWith("'")
  const escaped = Array.from(inner.matchAll(/\\(.)/g), ([, character = '']) => character)
  if (escaped.includes(isSingle ? '"' : "'")) return undefined
  const text = isSingle
    ? inner.replaceAll(/\\.|"/g, (part) => (part === '"' ? '\\"' : part === "\\'" ? "'" : part))
    : inner
  try {
    const name = String(JSON.parse(`"${text}"`))
    return /[\ud800-\udfff]/u.test(name) ? undefined : name
  } catch {
    return undefined
  }
}

function unfit(why: string) {
  return fail(
    'path_unfit',
    `This JSONPath can’t be used: ${why}.`,
    'Names, indexes, slices, *, .. and filters are available: $.items[*].name, $..id, $.items[?@.total > 10].',
  )
}

/** Whether a child with this name (of an object) or at this place (of a list) is wanted by one of the selectors. */
export function isWanted(
  selectors: readonly Selector[],
  place: number | undefined,
  name: () => string | undefined,
): boolean {
  return selectors.some((selector) => {
    switch (selector.kind) {
      case 'all':
        return true
      case 'name':
        return place === undefined && name() === selector.name
      case 'index':
        return place === selector.index
      case 'slice':
        return (
          place !== undefined &&
          selector.step > 0 &&
          place >= selector.from &&
          place < selector.to &&
          (place - selector.from) % selector.step === 0
        )
    }
  })
}
