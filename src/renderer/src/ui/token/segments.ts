import type { TextMark, TextPart, TextRole } from '@contract/tokens/tokens.ts'

/** A compact JWS or JWE: three or five parts between dots. */
const compact = /^(\s*)([\w-]+(?:\.[\w-]*){2}(?:(?:\.[\w-]*){2})?)\s*$/
/** Longer texts are not coloured while they are edited, in characters. */
const most = 65_536

const signed: readonly TextRole[] = ['header', 'payload', 'signature']
const encrypted: readonly TextRole[] = ['header', 'encrypted', 'encrypted', 'payload', 'signature']

/** A stretch of text with one look. */
export interface Piece {
  text: string
  role?: TextRole
  mark?: true
}

/** The parts of a token that is alone in its text; none for any other text. */
export function segmentsOf(text: string): TextPart[] {
  const match = text.length <= most ? compact.exec(text) : null
  if (match === null) return []
  const segments = (match[2] ?? '').split('.')
  let at = (match[1] ?? '').length
  return segments.map((segment, index) => {
    const start = at
    at += segment.length + 1
    const role = (segments.length === 5 ? encrypted : signed)[index] ?? 'extra'
    return { role, start, end: start + segment.length }
  })
}

/** The whole text in pieces, cut where a part or a mark begins or ends; none where nothing is to be shown of it. */
export function piecesOf(text: string, parts: readonly TextPart[], marks: readonly TextMark[]): Piece[] {
  if (text.length > most || parts.length + marks.length === 0) return []
  const cuts = [0, text.length, ...[...parts, ...marks].flatMap(({ start, end }) => [start, end])]
  const places = [...new Set(cuts)].filter((at) => at <= text.length).toSorted((one, other) => one - other)
  const missing = new Set(marks.filter(({ start, end }) => start === end).map(({ start }) => start))
  return places.flatMap((start, index): Piece[] => {
    const end = places[index + 1] ?? start
    const role = parts.find((part) => part.start <= start && start < part.end)?.role
    const marked = marks.some((mark) => mark.start <= start && start < mark.end)
    const gap: Piece[] = missing.has(start) ? [{ text: '', mark: true }] : []
    if (end === start) return gap
    return [...gap, { text: text.slice(start, end), ...(role && { role }), ...(marked && { mark: true }) }]
  })
}
