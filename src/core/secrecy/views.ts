/** Bytes as they read when an encoding is taken off, and where each was before. */
export interface View {
  bytes: Uint8Array
  /** Where each byte began in the source, and where the source ends; `undefined` where nothing moved. */
  origin?: Int32Array
}

/** Answers what is encoded at a place: its length times 2^22, and the code point; 0 where nothing does. Numbers, and
 *  not objects: this runs for every character. */
type Codec = (bytes: Uint8Array, at: number) => number

const byLength = 0x400000

const percent = 0x25
const backslash = 0x5c
const ampersand = 0x26
const plus = 0x2b

/** The bytes themselves, and what they are where someone encoded them as in a URL, as a form, as JSON or as HTML, once
 *  or twice. Each view is one way through the bytes. */
export function viewsOf(bytes: Uint8Array, withSpaces: boolean): View[] {
  const views: View[] = [{ bytes }]
  let last = [...views]
  for (let depth = 0; depth < 2; depth += 1) {
    const next: View[] = []
    for (const view of last) next.push(...decoded(view, withSpaces))
    views.push(...next)
    last = next
  }
  return views
}

function decoded(view: View, withSpaces: boolean): View[] {
  const { bytes } = view
  const found: View[] = []
  const escaped = bytes.includes(percent)
  if (escaped) push(found, view, readPercent, true)
  if (withSpaces && bytes.includes(plus)) push(found, view, readForm, true)
  if (bytes.includes(backslash)) push(found, view, readJson, false)
  if (bytes.includes(ampersand)) push(found, view, readHtml, false)
  return found
}

function push(found: View[], view: View, codec: Codec, bytewise: boolean): void {
  const made = decodeWith(view, codec, bytewise)
  if (made !== undefined) found.push(made)
}

/** `undefined` where the codec finds nothing to take off. `bytewise` where it yields bytes, not characters. */
function decodeWith({ bytes, origin }: View, codec: Codec, bytewise: boolean): View | undefined {
  const out = new Uint8Array(bytes.length)
  const from = new Int32Array(bytes.length + 1)
  let filled = 0
  let changed = false
  for (let at = 0; at < bytes.length;) {
    const place = origin === undefined ? at : (origin[at] ?? 0)
    const read = codec(bytes, at)
    const begun = filled
    if (read === 0) {
      out[filled++] = bytes[at] ?? 0
      at += 1
    } else {
      const point = read % byLength
      filled = bytewise ? put(out, filled, point) : putCodePoint(out, filled, point)
      at += (read - point) / byLength
      changed = true
    }
    for (let each = begun; each < filled; each += 1) from[each] = place
  }
  if (!changed) return undefined
  from[filled] = origin === undefined ? bytes.length : (origin[bytes.length] ?? 0)
  return { bytes: out.subarray(0, filled), origin: from.subarray(0, filled + 1) }
}

function put(out: Uint8Array, at: number, byte: number): number {
  out[at] = byte
  return at + 1
}

/** UTF-8 (RFC 3629). */
function putCodePoint(out: Uint8Array, from: number, point: number): number {
  if (point < 0x80) return put(out, from, point)
  const size = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  for (let at = from + size - 1, rest = point; at > from; at -= 1, rest >>= 6) out[at] = 0x80 | (rest & 63)
  out[from] = ([0, 0, 0xc0, 0xe0, 0xf0][size] ?? 0) | (point >> (6 * (size - 1)))
  return from + size
}

/** Less than nothing where it is none. */
function hexDigit(unit: number): number {
  if (unit <= 0x39) return unit - 0x30
  const lower = unit | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

function hexNumber(bytes: Uint8Array, from: number, digits: number): number {
  let value = 0
  for (let at = from; at < from + digits; at += 1) {
    const digit = hexDigit(bytes[at] ?? 0)
    if (digit < 0) return -1
    value = value * 16 + digit
  }
  return value
}

/** RFC 3986 section 2.1. */
function readPercent(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== percent) return 0
  const value = hexNumber(bytes, at + 1, 2)
  return value < 0 ? 0 : 3 * byLength + value
}

/** `application/x-www-form-urlencoded` (URL standard, section 5.1). */
function readForm(bytes: Uint8Array, at: number): number {
  return bytes[at] === plus ? byLength + 0x20 : readPercent(bytes, at)
}

const jsonEscapes = new Map(
  Array.from('"\\/\'bfnrt').map((name) => [
    name.charCodeAt(0),
    { b: 8, f: 12, n: 10, r: 13, t: 9 }[name] ?? name.charCodeAt(0),
  ]),
)

/** RFC 8259 section 7, and `\xHH`. */
function readJson(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== backslash) return 0
  const kind = bytes[at + 1]
  if (kind === 0x78) {
    const value = hexNumber(bytes, at + 2, 2)
    return value < 0 ? 0 : 4 * byLength + value
  }
  if (kind !== 0x75) {
    const plain = jsonEscapes.get(kind ?? 0)
    return plain === undefined ? 0 : 2 * byLength + plain
  }
  const high = hexNumber(bytes, at + 2, 4)
  if (high < 0) return 0
  if (high >= 0xd800 && high < 0xdc00 && bytes[at + 6] === backslash && bytes[at + 7] === 0x75) {
    const low = hexNumber(bytes, at + 8, 4)
    if (low >= 0xdc00 && low < 0xe000)
      return 12 * byLength + 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)
  }
  return 6 * byLength + high
}

/** Names of the characters that encoders write by name; every ASCII mark has one (HTML section 13.5). */
const htmlNames: Record<string, string> = {
  amp: '&',
  AMP: '&',
  apos: "'",
  ast: '*',
  bsol: '\\',
  colon: ':',
  comma: ',',
  commat: '@',
  dollar: '$',
  equals: '=',
  excl: '!',
  grave: '`',
  gt: '>',
  GT: '>',
  Hat: '^',
  lbrace: '{',
  lbrack: '[',
  lcub: '{',
  lowbar: '_',
  lpar: '(',
  lsqb: '[',
  lt: '<',
  LT: '<',
  nbsp: '\u00a0',
  num: '#',
  percnt: '%',
  period: '.',
  plus: '+',
  quest: '?',
  quot: '"',
  QUOT: '"',
  rbrace: '}',
  rbrack: ']',
  rcub: '}',
  rpar: ')',
  rsqb: ']',
  semi: ';',
  sol: '/',
  verbar: '|',
  vert: '|',
}
const longestName = 12

/** Character references of HTML and XML, by number or by name. */
function readHtml(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== ampersand) return 0
  let name = ''
  let end = at + 1
  for (; end < at + longestName && end < bytes.length && bytes[end] !== 0x3b; end += 1)
    name += String.fromCharCode(bytes[end] ?? 0)
  if (bytes[end] !== 0x3b) return 0
  const point = name.startsWith('#') ? numbered(name) : htmlPoints.get(name)
  return point === undefined || point > 0x10ffff ? 0 : (end - at + 1) * byLength + point
}

function numbered(name: string): number | undefined {
  const number = /^#(?:[xX]([\da-fA-F]{1,6})|(\d{1,7}))$/.exec(name)
  if (number === null) return undefined
  return number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16)
}

const htmlPoints = new Map(
  Object.entries(htmlNames).map(([name, character]) => [name, character.codePointAt(0) ?? 0]),
)
