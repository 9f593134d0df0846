import { rememberWritten } from '../../text/written.ts'

/** A JSON object as received; read its members with `member`, never by plain indexing. */
export type JsonObject = Record<string, unknown>

/** Limits on JSON inside a token; they keep hostile input from costing time or stack. */
const jsonLimits = { depth: 100, members: 2_000 } as const

/** A reason why bytes are not an acceptable JSON object. */
interface JsonDefect {
  code: 'not_utf8' | 'not_json' | 'not_object' | 'too_deep' | 'too_many_members'
  message: string
}

export type JsonReading =
  | { ok: true; value: JsonObject; duplicates: string[] }
  | { ok: false; defect: JsonDefect }

/** Tells objects from arrays, null and the rest. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An own member, so that names such as `constructor` find nothing that was not sent. */
export function member(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** Whether a member is missing or empty: `aud: []` is for no one, just as no `aud` at all. */
export function saysNothing(object: JsonObject, name: string): boolean {
  const value = member(object, name) ?? ''
  return value === '' || (Array.isArray(value) && value.length === 0)
}

/** An own member if it is text. */
export function textMember(object: JsonObject, name: string): string | undefined {
  const value = member(object, name)
  return typeof value === 'string' ? value : undefined
}

/** Reads bytes as one JSON object: strict UTF-8, no byte order mark, within `jsonLimits`; names that
 *  occur twice are listed (RFC 7519 section 4, RFC 8259), the last one counts as JavaScript has it. */
export function readJsonObject(bytes: Uint8Array): JsonReading {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return refuse('not_utf8', 'The bytes are not UTF-8 text (RFC 7519 section 7.2).')
  }
  const { depth, members, duplicates } = measure(text)
  if (depth > jsonLimits.depth) return refuse('too_deep', `More than ${jsonLimits.depth} levels of nesting.`)
  if (members > jsonLimits.members)
    return refuse('too_many_members', `More than ${jsonLimits.members} members.`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('not_json', 'The text is not JSON.')
  }
  if (!isObject(value))
    return refuse('not_object', 'JSON, but not an object: a token contains an object of claims.')
  return { ok: true, value: rememberWritten(value, text), duplicates: [...duplicates] }
}

/** The whole members of an object whose text is broken further on, only for showing; undefined where there is none. */
export function salvageObject(text: string): JsonObject | undefined {
  if (!text.startsWith('{')) return undefined
  let depth = 0
  let lastMember = -1
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (character === '"') index = endOfString(text, index)
    else if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') {
      depth--
      if (depth < 1) break
    } else if (character === ',' && depth === 1) lastMember = index
    if (depth > jsonLimits.depth) return undefined
  }
  if (lastMember < 0) return undefined
  const reading = readJsonObject(new TextEncoder().encode(`${text.slice(0, lastMember)}}`))
  return reading.ok ? reading.value : undefined
}

function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    const character = text[index]
    if (character === '\\') index++
    else if (character === '"') return index
  }
  return text.length
}

interface Shape {
  depth: number
  members: number
  duplicates: Set<string>
}

function nameOf(literal: string): string {
  try {
    return String(JSON.parse(literal))
  } catch {
    return literal
  }
}

/** Measures JSON text without building anything; also safe on text that is not JSON. */
function measure(text: string): Shape {
  const shape: Shape = { depth: 0, members: 0, duplicates: new Set() }
  const open: (Set<string> | null)[] = []
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : null)
      shape.depth = Math.max(shape.depth, open.length)
      if (shape.depth > jsonLimits.depth) return shape
    } else if (character === '}' || character === ']') open.pop()
    else if (character === '"') {
      const end = endOfString(text, index)
      let after = end + 1
      while (after < text.length && ' \t\r\n'.includes(text.charAt(after))) after++
      const names = open.at(-1)
      if (text[after] === ':' && names) {
        const name = nameOf(text.slice(index, end + 1))
        if (names.has(name)) shape.duplicates.add(name)
        names.add(name)
        if (++shape.members > jsonLimits.members) return shape
      }
      index = end
    }
  }
  return shape
}

function refuse(code: JsonDefect['code'], message: string): JsonReading {
  return {
    ok: false,
    defect: { code, message },
  }
}
