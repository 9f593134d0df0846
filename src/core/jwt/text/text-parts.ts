import type { TextMark, TextPart, TextRole, TokenDefect } from '@contract/tokens/tokens'
import type { DecodedToken } from './decode.ts'

/** Longer texts are not coloured, in characters. */
const longest = 65_536
/** What may be inside a token that was wrapped, and is not of it: line ends as a program writes them, or one sign. */
const between = /\\[nr]|=\r?\n|[\s"'`+\\>|();,]/y

type Place = (index: number) => number | undefined

/** Where the parts of a token are in the text that it was pasted in, and where its defects. `piece` is the token as it
 *  was found, to which the positions of its defects refer. */
export function textParts(
  text: string,
  piece: string,
  token: DecodedToken,
): { parts: TextPart[]; marks: TextMark[] } {
  if (text.length > longest) return { parts: [], marks: [] }
  const place = placeOf(text, piece)
  const own = Math.max(0, piece.indexOf(token.text))
  const parts = token.format === 'opaque' ? [] : ownParts(text, token.text, own, place)
  const last = parts.at(-1)
  if (last !== undefined && token.format === 'jwt') parts.push(...disclosed(text, last.end))
  const defects = token.format === 'malformed' ? token.defects : []
  return {
    parts: parts.filter(({ start, end }) => end > start).sort((one, other) => one.start - other.start),
    marks: defects.map((defect) => mark(defect, parts, place)).filter((each) => each !== undefined),
  }
}

/** Translates positions in the piece to those in the text: alike where it is in there as it is, else sign by sign. */
function placeOf(text: string, piece: string): Place {
  const whole = text.indexOf(piece)
  if (whole >= 0) return (index) => whole + index
  const from = text.indexOf(piece.slice(0, 4))
  if (from < 0) return () => undefined
  const places: number[] = []
  let at = from
  for (let index = 0; index < piece.length; at += 1) {
    between.lastIndex = at
    const skipped = between.exec(text)
    if (skipped) at += skipped[0].length - 1
    else if (text[at] === piece[index]) places[index++] = at
    else return () => undefined
  }
  places.push(at)
  return (index) => places[index]
}

function rolesOf(count: number): readonly TextRole[] {
  return count === 5
    ? ['header', 'encrypted', 'encrypted', 'payload', 'signature']
    : ['header', 'payload', 'signature']
}

function ownParts(text: string, token: string, own: number, place: Place): TextPart[] {
  const segments = token.split('.', 12)
  const roles = rolesOf(segments.length)
  let at = own
  return segments.flatMap((segment, index) => {
    const role = roles[index] ?? 'extra'
    const [start, last] = [place(at), place(at + Math.max(0, segment.length - 1))]
    at += segment.length + 1
    if (start !== undefined && last !== undefined)
      return [{ role, start, end: segment === '' ? start : last + 1 }]
    // A JSON serialization has the parts in whatever order.
    const found = segment === '' ? -1 : text.indexOf(segment)
    return found < 0 ? [] : [{ role, start: found, end: found + segment.length }]
  })
}

/** Disclosures and the key binding behind an SD-JWT. */
function disclosed(text: string, from: number): TextPart[] {
  const [tail = ''] = /^~[\w.~-]*/.exec(text.slice(from)) ?? []
  let at = from
  return tail
    .split('~', 1_002)
    .slice(1)
    .map((segment) => {
      const start = at + 1
      at = start + segment.length
      return { role: segment.includes('.') ? 'binding' : 'disclosure', start, end: at } as const
    })
}

const wholeParts: readonly [RegExp, TextRole][] = [
  [/^(?:header_|alg_missing|enc_missing)/, 'header'],
  [/^payload_(?!detached)/, 'payload'],
]

function mark(
  { code, message, position }: TokenDefect,
  parts: TextPart[],
  place: Place,
): TextMark | undefined {
  const role = wholeParts.find(([pattern]) => pattern.test(code))?.[1]
  const part = role && parts.find((each) => each.role === role)
  if (part !== undefined) return { code, message, start: part.start, end: part.end }
  if (position === undefined) return undefined
  const [start, before] = [place(position), position > 0 ? place(position - 1) : undefined]
  const at = start ?? (before === undefined ? undefined : before + 1)
  if (at === undefined) return undefined
  const missing = ['segment_count', 'signature_missing', 'payload_detached'].includes(code)
  return { code, message, start: at, end: missing ? at : at + 1 }
}
