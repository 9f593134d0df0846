import { hintsFor, mentionsSecret, remembered } from './names.ts'
import { isVariable, type Span } from './looks.ts'

/** A value that is beside its name in a text, without the quotes around it. */
export interface NamedValue extends Span {
  name: string
}

/** Finds values by their names in any text: `name=value`, `name: value`, JSON members also where the JSON is escaped
 *  or percent-encoded itself, `<name>value</name>`. One way through the text, whatever it is. */
export function findNamed(text: string, isName: (name: string) => boolean): NamedValue[] {
  const found: NamedValue[] = []
  const wanted = remembered((name) => isName(name) || isName(lastPart(name)))
  const hints = hintsFor(isName)
  for (let at = 0; at < text.length;) {
    const start = hints === undefined ? nextName(text, at) : nextHinted(text, at, hints)
    at = start
    while (at < text.length && isNameUnit(text.charCodeAt(at))) at += 1
    const tag = opensTag(text, start)
    if (!tag && !mayHoldValue(text, at)) continue
    // Names are short; of a longer run its end is looked at.
    let name = text.slice(Math.max(start, at - longestName), at)
    if (!wanted(name)) {
      const bare = afterEscape(text, start)
      if (bare === start) continue
      name = text.slice(Math.max(bare, at - longestName), at)
      if (!wanted(name)) continue
    }
    // Only now: what follows a name that is not wanted is looked at once, as text.
    const content = tag ? contentAfter(text, at) : undefined
    const value = content ?? valueAfter(text, at)
    if (value === undefined) continue
    if (content !== undefined) found.push(...inAttributes(text, at, content.start, isName))
    if (value.end > value.start) found.push({ name, start: value.start, end: value.end })
    at = value.end
  }
  return found
}

const longestName = 100

/** Whether a name begins a tag, with the prefix of its namespace or without: `<wsse:Password …`. */
function opensTag(text: string, start: number): boolean {
  let at = start - 1
  const before = text.charCodeAt(at)
  if (before !== colon) return before === lessThan
  const furthest = at - longestName
  while (at > furthest && isNameUnit(text.charCodeAt(at - 1))) at -= 1
  return text.charCodeAt(at - 1) === lessThan
}

/** What is in an element whose name ends at `from`, up to the next tag. */
function contentAfter(text: string, from: number): Span | undefined {
  const attributes = /^(?:\s[^<>]{0,1000})?>/.exec(text.slice(from, from + 1_002))
  if (attributes === null || attributes[0].endsWith('/>')) return undefined
  const start = from + attributes[0].length
  const data = text.startsWith(dataBegins, start)
  const end = data ? text.indexOf(']]>', start) : text.indexOf('<', start)
  return { start: data ? start + dataBegins.length : start, end: end === -1 ? text.length : end }
}

const colon = 0x3a
const lessThan = 0x3c
const dataBegins = '<![CDATA['

function inAttributes(
  text: string,
  from: number,
  to: number,
  isName: (name: string) => boolean,
): NamedValue[] {
  const found = findNamed(text.slice(from, to), isName)
  return found.map(({ name, start, end }) => ({ name, start: start + from, end: end + from }))
}

/** Behind an escape that runs into the name, as in `%22pin%22` or `\\npin`. */
function afterEscape(text: string, start: number): number {
  const sign = text[start - 1]
  if (sign !== '%' && sign !== '\\') return start
  const escape = sign === '%' ? /^[\da-f]{2}/i : /^(?:u[\da-f]{4}|[bfnrt])/i
  return start + (escape.exec(text.slice(start, start + 5))?.[0].length ?? 0)
}

function nextName(text: string, from: number): number {
  let at = from
  while (at < text.length && !isNameUnit(text.charCodeAt(at))) at += 1
  return at
}

/** Where the next name begins that has a hint in it, or the end of the text. The engine's own search is five times as
 *  fast as a look at every word. */
function nextHinted(text: string, from: number, hints: RegExp): number {
  hints.lastIndex = from
  const match = hints.exec(text)
  if (match === null) return text.length
  let at = match.index
  while (isNameUnit(text.charCodeAt(at - 1))) at -= 1
  return at
}

/** Whether a separator can follow, by a short look ahead: most words of a text are no names, and to take each of them
 *  out of it costs more than all the rest. Where the look does not reach, it can. */
function mayHoldValue(text: string, from: number): boolean {
  for (let at = from; at < from + 8; at += 1) {
    const unit = text.charCodeAt(at)
    if (begins.has(unit)) return true
    if (!passed.has(unit)) return false
  }
  return true
}

/** The first characters of separators, and of quotes that are spelled in another way. */
const begins = new Set(Array.from('=:>%&\\').map((character) => character.charCodeAt(0)))
/** What may be between a name and its separator. */
const passed = new Set(Array.from('"\'`] \t\r\n').map((character) => character.charCodeAt(0)))

/** What opens and closes a value, each as it may be spelled. */
const quotes = ['\\u0022', '\\\\\\"', '\\"', '"', "\\'", "'", '&quot;', '&#34;', '%22', '`']
const openers = new Set(quotes.map((quote) => quote.charCodeAt(0)))
const separators = ['=>', '=', ':', '%3D', '%3d', '%3A', '%3a']
/** The first characters of quotes, separators, brackets and blanks. */
const followers = new Set(Array.from('\\"\'&%`=:>] \t\r\n').map((character) => character.charCodeAt(0)))

const blanks = new Set(Array.from(' \t\r\n').map((character) => character.charCodeAt(0)))

/** What ends a value without quotes. */
const ends = new Set(Array.from(' \t\r\n&;,"\'}<>').map((character) => character.charCodeAt(0)))

/** Letters, digits, `_`, `.` and `-`. */
function isNameUnit(unit: number): boolean {
  return unit < 128 && nameUnits[unit] === 1
}

const nameUnits = Uint8Array.from({ length: 128 }, (_, unit) =>
  /[\w.-]/.test(String.fromCharCode(unit)) ? 1 : 0,
)

function lastPart(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('-')) + 1)
}

function startsWithOne(text: string, at: number, all: readonly string[]): string | undefined {
  return followers.has(text.charCodeAt(at)) ? all.find((each) => text.startsWith(each, at)) : undefined
}

function quoteAt(text: string, at: number): string | undefined {
  return openers.has(text.charCodeAt(at)) ? startsWithOne(text, at, quotes) : undefined
}

/** The value behind a name that ends at `from`. */
function valueAfter(text: string, from: number): Span | undefined {
  let at = from
  if (text[at] === ']') at += 1
  at += quoteAt(text, at)?.length ?? 0
  at = afterBlanks(text, at)
  const separator = startsWithOne(text, at, separators)
  if (separator === undefined) return undefined
  at = afterBlanks(text, at + separator.length)
  const quote = quoteAt(text, at)
  if (quote !== undefined) {
    const start = at + quote.length
    return { start, end: quotedEnd(text, start, quote) }
  }
  if (text[at] === '{' || text[at] === '[') return undefined
  return { start: at, end: plainEnd(text, at, separator.startsWith('%')) }
}

function afterBlanks(text: string, from: number): number {
  let at = from
  while (blanks.has(text.charCodeAt(at))) at += 1
  return at
}

function quotedEnd(text: string, from: number, quote: string): number {
  if (quote !== '"') {
    const end = text.indexOf(quote, from)
    return end === -1 ? text.length : end
  }
  let at = from
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return Math.min(at, text.length)
}

function plainEnd(text: string, from: number, encoded: boolean): number {
  let at = from
  while (at < text.length && !ends.has(text.charCodeAt(at))) {
    if (encoded && text.startsWith('%26', at)) break
    at += 1
  }
  return at
}

/** Whether something secret is named in a text, with a value behind it that is no variable. Meant to be right rather too often. */
export function mentionsSecretIn(text: string): boolean {
  return findNamed(text, mentionsSecret).some(({ start, end }) => !isVariable(text.slice(start, end)))
}
