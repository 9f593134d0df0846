/** A piece of JSON text for show. */
export interface JsonToken {
  kind: 'key' | 'string' | 'number' | 'word' | 'mark' | 'space'
  text: string
}

const pattern =
  /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|(true|false|null)|([{}[\],:])|(\s+)|([^\s{}[\],:"]+|")/g

/** Splits JSON text into coloured pieces; never fails, what it does not know is a `word`. */
export function tokenizeJson(text: string): JsonToken[] {
  const tokens: JsonToken[] = []
  for (const match of text.matchAll(pattern)) {
    const [whole, string, colon, number, word, mark, space] = match
    if (string !== undefined) {
      tokens.push({ kind: colon === undefined ? 'string' : 'key', text: string })
      if (colon !== undefined) tokens.push({ kind: 'mark', text: colon })
    } else if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark })
    else if (space !== undefined) tokens.push({ kind: 'space', text: space })
    else tokens.push({ kind: 'word', text: word ?? whole })
  }
  return tokens
}

/** The nesting that is still indented; deeper text stays on one level. */
const deepest = 100

/** Levels of what is laid out; of what nests deeper, the spaces alone would be many times the text. */
const deepestLaidOut = 512

/** Whether a JSON text nests too deep to be laid out. */
export function nestsTooDeep(text: string): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === 0x22) at = endOfString(text, at)
    else if (unit === 0x7b || unit === 0x5b) depth += 1
    else if (unit === 0x7d || unit === 0x5d) depth -= 1
    if (depth > deepestLaidOut) return true
  }
  return false
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === 0x22) return at
    if (unit === 0x5c) at += 1
  }
  return text.length
}

/**
 * Lays JSON out over lines without touching its values: numbers keep all their digits, doubled keys stay.
 * Null where the text is not JSON, or `nestsTooDeep`.
 */
export function prettyJson(text: string): string | null {
  if (nestsTooDeep(text)) return null
  try {
    JSON.parse(text)
  } catch {
    return null
  }
  let depth = 0
  let out = ''
  const line = (): string => `\n${'  '.repeat(Math.min(depth, deepest))}`
  const tokens = tokenizeJson(text).filter((token) => token.kind !== 'space')
  tokens.forEach((token, index) => {
    const mark = token.text.trim()
    if (token.kind !== 'mark') out += token.text
    else if (mark === ':') out += ': '
    else if (mark === ',') out += `,${line()}`
    else if (mark === '{' || mark === '[') {
      depth += 1
      out += mark
      const next = tokens[index + 1]?.text
      if (next !== '}' && next !== ']') out += line()
    } else {
      depth -= 1
      const before = tokens[index - 1]?.text
      out += before === '{' || before === '[' ? mark : line() + mark
    }
  })
  return out
}
