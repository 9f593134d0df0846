/** A text with the characters of tokens as they are meant, and where each of them was. */
export interface Unescaped {
  text: string
  /** Where in the text as it was written: asked from left to right. */
  origin: (at: number) => number
}

/** ASCII in the escapes of JSON (RFC 8259 section 7), of JSON within JSON, and of addresses (RFC 3986 section 2.1), up to
 *  three times over: encoders write `\/` and `\u002b` in the middle of a token, and `%3D` before one. */
const escapes = /\\{1,4}(?:u00[2-7][\dA-Fa-f]|[nrt/])|%(?:25){0,2}[2-7][\dA-Fa-f]/g

/** Takes escapes off; `undefined` where there are none. */
export function unescaped(written: string): Unescaped | undefined {
  /** Behind which place of the text how many characters are left out, one after another. */
  const places: number[] = []
  const shorter: number[] = [0]
  let less = 0
  const text = written.replace(escapes, (escape: string, at: number) => {
    places.push(at - less)
    less += escape.length - 1
    shorter.push(less)
    return meant.get(escape.slice(-2)) ?? escape
  })
  if (places.length === 0) return undefined
  let passed = 0
  function origin(at: number): number {
    while ((places[passed] ?? Infinity) < at) passed += 1
    return at + (shorter[passed] ?? 0)
  }
  return { text, origin }
}

/** What an escape means, by its last two characters. */
const meant = new Map([
  ['\\n', '\n'],
  ['\\r', '\r'],
  ['\\t', '\t'],
  ['\\/', '/'],
  ...Array.from({ length: 96 }, (_, at): [string, string][] => {
    const character = String.fromCharCode(at + 32)
    const hex = (at + 32).toString(16)
    return [
      [hex, character],
      [hex.toUpperCase(), character],
    ]
  }).flat(),
])
