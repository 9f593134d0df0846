import type { Capture } from '@contract/sending/captures'
import { readExpression } from './expression.ts'
import { bodyOf, lookAt, unknownPart, type Body, type FindByPath, type JudgedAnswer } from './look.ts'

/** What a variable becomes, or why it becomes nothing. */
export type Captured = { value: string } | { reason: string }

/** What is asked of whoever captures beside the main thread. */
export interface Capturing {
  captures: readonly Capture[]
  answer: Omit<JudgedAnswer, 'body'>
  body?: { bytes: Uint8Array; contentType: string }
}

/** Characters of a captured value. */
export const longestCaptured = 65_536

/** Whether capturing takes time that cannot be known: a body to be read, a path. */
export function looksIntoBody({ expression }: Pick<Capture, 'expression'>): boolean {
  const part = readExpression(expression)?.part
  return part === 'body' || part === 'json-path'
}

/** The values that a response has for these captures, in their order. Whoever has some that look into the body does it
 *  where it may take time. */
export function captureValues(
  captures: readonly Capture[],
  answer: JudgedAnswer,
  findByPath?: FindByPath,
): Captured[] {
  const body = bodyOf(answer.body, exactJson)
  return captures.map((each) => {
    try {
      return captureOne(each, answer, body, findByPath)
    } catch {
      return { reason: 'The response is nested too deeply.' }
    }
  })
}

function captureOne(
  { expression }: Capture,
  answer: JudgedAnswer,
  body: Body,
  findByPath: FindByPath | undefined,
): Captured {
  const looked = readExpression(expression)
  if (looked === undefined || looked.part === 'refused') return { reason: unknownPart }
  const found = lookAt(looked, answer, body, findByPath)
  if ('reason' in found) return found
  if (found.value === undefined)
    return { reason: found.note ?? `The response has nothing at ${expression.trim().slice(0, 200)}.` }
  const value = typeof found.value === 'string' ? found.value : JSON.stringify(found.value)
  if (value === '') return { reason: `There is an empty string at ${expression.trim().slice(0, 200)}.` }
  return value.length > longestCaptured
    ? { reason: 'The value has more than 65,536 characters, too many for a variable.' }
    : { value }
}

/** JSON whose numbers stay as they are written, where a number of this language would be another: an id beyond 2^53, 1e400. */
function exactJson(text: string): unknown {
  if (!oddNumber.test(text)) return JSON.parse(text)
  return JSON.parse(text, ((_name: string, value: unknown, { source }: { source?: string } = {}) => {
    if (typeof value !== 'number') return value
    if (Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value)) return value
    const { rawJSON } = JSON as { rawJSON?: (text: string) => unknown }
    // A runtime that does not tell how it is written: no number is better than another one.
    return source === undefined ? undefined : rawJSON?.(source)
  }) as (name: string, value: unknown) => unknown) as unknown
}

/** Digits, or an exponent, that more than a safe number may have. */
const oddNumber = /\d{16}|\d[eE]\+?\d{2}/
