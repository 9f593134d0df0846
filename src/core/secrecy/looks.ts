import { unescaped } from './unescaped.ts'

/** A stretch of a text, from `start` up to `end`. */
export interface Span {
  start: number
  end: number
}

/** Tokens that are known by their first characters, of GitHub, GitLab, Slack, Stripe, Google, npm, AWS and others. */
const prefixes =
  /\b(?:gh[oprsu]_|github_pat_|gl(?:pat|oas|rt|cbt|dt)-|xox[abeprs]-|xapp-|[rs]k_(?:live|test)_|ya29\.|AIza|npm_|AKIA|hvs\.|shpat_|dop_v1_|sk-(?:ant|proj)-)/g
const schemes = /\b(?:bearer|basic|dpop)[ \t]/gi
const wholeCredentials =
  /^(?:bearer|basic|dpop|digest|token|negotiate|apikey|aws4-hmac-sha256)[ \t]+[^\s]{4}/i
const onlyVariables = /^(?:(?:bearer|basic|dpop|token|apikey)[ \t]+)?(?:\{\{[\w.-]{1,64}\}\}:?)+$/i
const keyBegins = '-----BEGIN '

/** Where JWTs are, signed or encrypted, wherever: in a path, behind an escape, between quotes. */
function findJwts(text: string): Span[] {
  const found: Span[] = []
  for (let at = text.indexOf('eyJ'); at >= 0;) {
    const end = jwtEnd(text, at)
    if (end > at) found.push({ start: at, end })
    // What follows within the same run ends where this one ended.
    at = text.indexOf('eyJ', Math.max(end, runEnd(text, at + 3)))
  }
  return found
}

/** Where tokens are, by their looks: JWTs, known prefixes, private keys. Also where some of their characters, or what is
 *  before them, are escapes. */
export function findTokens(text: string): Span[] {
  const plain = unescaped(text)
  if (plain === undefined) return findPlain(text)
  const { origin } = plain
  const escaped = findPlain(plain.text).map(({ start, end }) => ({ start: origin(start), end: origin(end) }))
  return inOrder([...findPlain(text), ...escaped])
}

/** The tokens in a text, each as it is written there and as it is meant. */
export function tokenTexts(text: string): string[] {
  const plain = unescaped(text)
  const texts = plain === undefined ? [text] : [text, plain.text]
  return texts.flatMap((each) => findPlain(each).map(({ start, end }) => each.slice(start, end)))
}

function findPlain(text: string): Span[] {
  return inOrder([...findJwts(text), ...findPrefixed(text), ...findKeys(text)])
}

/** Where the credentials of `Bearer`, `Basic` and `DPoP` are in free text, without the name of the scheme. */
export function findCredentials(text: string): Span[] {
  const found: Span[] = []
  schemes.lastIndex = 0
  while (schemes.test(text)) {
    let start = schemes.lastIndex
    while (isBlank(text.charCodeAt(start))) start += 1
    const end = credentialEnd(text, start)
    // A parameter of a challenge is none: `Bearer realm="…"` (RFC 9110 section 11.4).
    const parameter = text[end - 1] === '=' && text[end] === '"'
    // The search goes on behind the scheme, not behind this: `Bearer Bearer …` is sent by mistake.
    if (end - start >= 6 && !parameter) found.push({ start, end })
  }
  return found
}

/** Whether a value is what `Authorization` carries, whatever its header is called. */
export function isCredentials(value: string): boolean {
  return wholeCredentials.test(value.trimStart())
}

/** Whether a value is nothing but names of variables, maybe behind that of a scheme: who reads it learns no secret. */
export function isVariable(value: string): boolean {
  return onlyVariables.test(value.trim())
}

/** Whether a text holds a token or a private key, known by its looks. */
export function hasToken(text: string): boolean {
  return findTokens(text).length > 0
}

/** Spans in order, those that overlap made one. */
export function inOrder(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const span of [...spans].sort((one, other) => one.start - other.start)) {
    const last = merged.at(-1)
    if (last !== undefined && span.start < last.end) last.end = Math.max(last.end, span.end)
    else merged.push({ ...span })
  }
  return merged
}

/** The text with another one in the place of each span; the spans are in order. */
export function replaceSpans(text: string, spans: readonly Span[], by: string): string {
  let out = ''
  let at = 0
  for (const { start, end } of spans) {
    out += text.slice(at, start) + by
    at = end
  }
  return out + text.slice(at)
}

/** Tokens of known prefixes have sixteen characters at least. */
const shortestPrefixed = 16

function findPrefixed(text: string): Span[] {
  const found: Span[] = []
  prefixes.lastIndex = 0
  for (let match = prefixes.exec(text); match !== null; match = prefixes.exec(text)) {
    const end = credentialEnd(text, prefixes.lastIndex)
    if (end - match.index >= shortestPrefixed) found.push({ start: match.index, end })
    prefixes.lastIndex = end
  }
  return found
}

/** Private keys in PEM, from their first line to their last (RFC 7468). */
function findKeys(text: string): Span[] {
  const found: Span[] = []
  for (let at = text.indexOf(keyBegins); at >= 0;) {
    const labelEnd = text.indexOf('-----', at + keyBegins.length)
    if (labelEnd === -1) break
    let next = labelEnd
    if (labelEnd - at < 80 && text.slice(at, labelEnd).endsWith('PRIVATE KEY')) {
      const start = labelEnd + 5
      const closing = text.indexOf('-----END ', start)
      next = closing === -1 ? text.length : closing
      found.push({ start, end: next })
    }
    at = text.indexOf(keyBegins, next)
  }
  return found
}

/** The end of the JWT that begins here, or 0: a header of eight characters and a dot; within a word the whole form. */
function jwtEnd(text: string, at: number): number {
  const headerEnd = runEnd(text, at + 3)
  if (headerEnd - at < 8 || text[headerEnd] !== '.') return 0
  let end = headerEnd
  let parts = 0
  let second = 0
  while (parts < 4 && text[end] === '.') {
    const next = runEnd(text, end + 1)
    if (parts === 0) second = next - end - 1
    end = next
    parts += 1
  }
  return beginsHere(text, at) || (parts >= 2 && second >= 8) ? end : 0
}

/** Not within a word; an escape of something other than ASCII before it is no word. */
function beginsHere(text: string, at: number): boolean {
  if (!isWord(text.charCodeAt(at - 1))) return true
  return /(?:%[\da-f]{2}|\\u[\da-f]{4})$/i.test(text.slice(Math.max(0, at - 6), at))
}

function runEnd(text: string, from: number): number {
  let at = from
  while (isWord(text.charCodeAt(at)) || text.charCodeAt(at) === 0x2d) at += 1
  return at
}

/** `token68` of RFC 9110 section 11.2. */
function credentialEnd(text: string, from: number): number {
  let at = from
  while (isToken68(text.charCodeAt(at))) at += 1
  return at
}

function isToken68(unit: number): boolean {
  return isWord(unit) || (unit >= 0x2d && unit <= 0x2f) || unit === 0x2b || unit === 0x3d || unit === 0x7e
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09
}

function isWord(unit: number): boolean {
  return (
    (unit >= 0x30 && unit <= 0x39) ||
    (unit >= 0x41 && unit <= 0x5a) ||
    unit === 0x5f ||
    (unit >= 0x61 && unit <= 0x7a)
  )
}
