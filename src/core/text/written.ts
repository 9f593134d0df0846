import { parseJson } from './parse-json.ts'

/** The text of each member of an object that came as JSON, where it holds a number that a double does not give back as it
 *  was written (`1147953659032899584`, `1.0`, `1e400`). Whoever judges reads the object; whoever shows it, this. */
const texts = new WeakMap<object, ReadonlyMap<string, string>>()

/** Begins a text that is a number; with an equals sign behind it, one that began with the mark itself. */
const numberMark = '\ue000'
const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
/** The same; a name has its colon. */
const valueOrName = /"(?:[^"\\]|\\.)*"(?:\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
const beginsMarked = /^"(?:\ue000|\\ue000)/i

/** Remembers how the numbers of an object are written in the JSON text that it was read from. */
export function rememberWritten<T extends object>(object: T, json: string): T {
  const members = inexact(json) ? membersOf(json) : undefined
  if (members !== undefined) texts.set(object, members)
  return object
}

/** A copy of an object, or part of it, that is written as the first is. */
export function writtenAs<T extends object>(first: object, copy: T): T {
  const members = texts.get(first)
  const before = texts.get(copy)
  if (members !== undefined)
    texts.set(copy, before === undefined ? members : new Map([...before, ...members]))
  return copy
}

/** The JSON text of a member as it was written, else as this program writes it. */
export function writtenMember(object: object, name: string, value: unknown): string {
  return texts.get(object)?.get(name) ?? JSON.stringify(value)
}

/** An object as JSON, its members as they were written. */
export function writtenObject(object: Record<string, unknown>): string {
  const members = Object.entries(object).filter(([, value]) => value !== undefined)
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${writtenMember(object, name, value)}`).join(',')}}`
}

/** Whether the object holds a number that is not written as this program would write it. */
export function isWrittenOtherwise(object: object): boolean {
  return texts.has(object)
}

/** Plain data of JSON in which numbers are kept as they are written: to be compared, and for `exactText`; undefined for
 *  text that is none. */
export function exactData(json: string): unknown {
  return parseJson(marked(json))?.value
}

/** JSON of what `exactData` read, laid out, or on one line. */
export function exactText(data: unknown, layout: 'laid out' | 'line' = 'laid out'): string {
  return unmarked(JSON.stringify(data, null, layout === 'line' ? undefined : 2))
}

/** JSON laid out, its numbers as they are written. */
export function laidOut(json: string): string {
  const parsed = parseJson(marked(json))
  return parsed === undefined ? json : exactText(parsed.value)
}

/** The items of a JSON list, each as text: strings without quotes, all else as it is written. */
export function itemsOf(json: string): string[] {
  const value = exactData(json)
  return Array.isArray(value) ? value.map(exactItem) : []
}

/** A part of what `exactData` read as a person reads it: a text without quotes, all else as it is written. */
export function exactItem(item: unknown): string {
  if (typeof item !== 'string') return exactLine(item)
  if (!item.startsWith(numberMark)) return item
  return item.slice(item.charAt(1) === '=' ? 2 : 1)
}

function exactLine(data: unknown): string {
  return unmarked(JSON.stringify(data))
}

function marked(json: string): string {
  return json.replace(valueOrName, (part) => {
    if (!part.startsWith('"')) return `"${numberMark}${part}"`
    return beginsMarked.test(part) && !part.endsWith(':') ? `"${numberMark}=${part.slice(1)}` : part
  })
}

function unmarked(json: string): string {
  return json.replace(valueOrName, (part) => {
    if (!part.startsWith(`"${numberMark}`) || part.endsWith(':')) return part
    return part.charAt(2) === '=' ? `"${part.slice(3)}` : part.slice(2, -1)
  })
}

function inexact(json: string): boolean {
  for (const [part] of json.matchAll(stringOrNumber))
    if (!part.startsWith('"') && JSON.stringify(Number(part)) !== part) return true
  return false
}

/** The outermost members of a JSON object that was parsed already; of a name that appears twice the last. */
function membersOf(json: string): Map<string, string> {
  const members = new Map<string, string>()
  let depth = 0
  let name: string | undefined
  let from = -1
  function end(at: number): void {
    if (name !== undefined && from >= 0) members.set(name, json.slice(from, at).trim())
    name = undefined
    from = -1
  }
  for (let at = 0; at < json.length; at += 1) {
    const character = json.charAt(at)
    if (character === '"') {
      const closed = endOfString(json, at)
      if (depth === 1 && name === undefined) name = String(JSON.parse(json.slice(at, closed + 1)))
      at = closed
    } else if (character === ':' && depth === 1 && from < 0) from = at + 1
    else if (character === '{' || character === '[') depth += 1
    else if (character === '}' || character === ']') {
      depth -= 1
      if (depth === 0) end(at)
    } else if (character === ',' && depth === 1) end(at)
  }
  return members
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1
  return at
}
