/** Commas, colons and brackets in one item, at most: to take apart millions of them holds everything up. */
const mostParts = 1_000_000

/** What a document is made of: a member with its value, or a member that is a list, then its items. `end` is where it
 *  stops in the bytes. */
export type JsonPart =
  | { kind: 'value' | 'item'; name: string; value: unknown; end: number }
  | { kind: 'list'; name: string; end: number }

/** Takes a JSON object (RFC 8259) apart, member by member and lists item by item, so that a large one can be read in
 *  pieces: only the outermost two levels are looked at here, each value is for JSON.parse. Answers what is wrong where
 *  the bytes are no such object; what came before may be used or not. */
export function* jsonMembers(bytes: Uint8Array): Generator<JsonPart, string | undefined> {
  const names = new Set<string>()
  let at = afterSpace(bytes, 0)
  if (bytes[at] !== sign.openObject) return noJson
  at = afterSpace(bytes, at + 1)
  if (bytes[at] === sign.closeObject) return ending(bytes, at + 1)
  for (;;) {
    const nameEnd = afterValue(bytes, at)
    const name = valueIn(bytes, at, nameEnd)?.value
    if (typeof name !== 'string') return noJson
    if (names.has(name)) return `${name.slice(0, 40)} appears twice`
    names.add(name)
    at = afterSpace(bytes, nameEnd)
    if (bytes[at] !== sign.colon) return noJson
    at = afterSpace(bytes, at + 1)
    if (bytes[at] === sign.openList) {
      yield { kind: 'list', name, end: at }
      at = afterSpace(bytes, at + 1)
      if (bytes[at] !== sign.closeList)
        for (;;) {
          const end = afterValue(bytes, at)
          const item = valueIn(bytes, at, end)
          if (item === undefined) return noJson
          yield { kind: 'item', name, value: item.value, end }
          at = afterSpace(bytes, end)
          if (bytes[at] === sign.closeList) break
          if (bytes[at] !== sign.comma) return noJson
          at = afterSpace(bytes, at + 1)
        }
      at += 1
    } else {
      const end = afterValue(bytes, at)
      const read = valueIn(bytes, at, end)
      if (read === undefined) return noJson
      yield { kind: 'value', name, value: read.value, end }
      at = end
    }
    at = afterSpace(bytes, at)
    if (bytes[at] === sign.closeObject) return ending(bytes, at + 1)
    if (bytes[at] !== sign.comma) return noJson
    at = afterSpace(bytes, at + 1)
  }
}

const noJson = 'no JSON'
const sign = {
  quote: 0x22,
  backslash: 0x5c,
  comma: 0x2c,
  colon: 0x3a,
  openObject: 0x7b,
  closeObject: 0x7d,
  openList: 0x5b,
  closeList: 0x5d,
} as const

function ending(bytes: Uint8Array, at: number): string | undefined {
  return afterSpace(bytes, at) === bytes.length ? undefined : noJson
}

function afterSpace(bytes: Uint8Array, from: number): number {
  let at = from
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at += 1
  return at
}

function afterString(bytes: Uint8Array, from: number): number {
  let at = from + 1
  while (at < bytes.length && bytes[at] !== sign.quote) at += bytes[at] === sign.backslash ? 2 : 1
  return at + 1
}

/** Where the value that begins here ends; past the end for one that doesn't, or that has too many parts. */
function afterValue(bytes: Uint8Array, from: number): number {
  let at = from
  let depth = 0
  let parts = 0
  while (at < bytes.length) {
    const byte = bytes[at]
    if (byte === sign.quote) {
      at = afterString(bytes, at)
      if (depth === 0) return at
      continue
    }
    const closes = byte === sign.closeObject || byte === sign.closeList
    const separates = byte === sign.comma || byte === sign.colon
    if (depth === 0 && (closes || separates)) return at
    if (byte === sign.openObject || byte === sign.openList) depth += 1
    if (closes) depth -= 1
    if (closes && depth === 0) return at + 1
    if ((closes || separates) && (parts += 1) > mostParts) return bytes.length + 1
    at += 1
  }
  return at
}

function valueIn(bytes: Uint8Array, from: number, end: number): { value: unknown } | undefined {
  if (end > bytes.length) return undefined
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(from, end))
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}
