import { findJsonFault, jsonFault } from '../../lib/json/json-fault.ts'
import { prettyJson } from '../../lib/json/json-tokens.ts'
import type { CodeFault } from '../../lib/code/parts.ts'
import { numbersForNames } from '../../lib/names.ts'

/** Longer texts are not tried while one types, in characters. */
const longest = 262_144

/** Why the text of a body is not JSON once its comments are off; null where it is, or is too long to try while typing. */
export function jsonProblem(text: string): string | null {
  if (text.trim() === '' || text.length > longest) return null
  return jsonFault(blankComments(numbersForNames(text)))
}

/** The same at its place. */
export function jsonFaults(text: string): CodeFault[] {
  if (text.trim() === '' || text.length > longest) return []
  const found = findJsonFault(blankComments(numbersForNames(text)))
  return found ? [{ from: found.at, to: found.at + 1, message: `Not valid JSON: ${found.says}` }] : []
}

/** The text in lines; comments stay where they are. */
export async function formatJson(text: string): Promise<string> {
  if (!hasComments(text)) return prettyJson(text) ?? text
  const { applyEdits, format } = await import('jsonc-parser')
  return applyEdits(text, format(text, undefined, { tabSize: 2, insertSpaces: true, eol: '\n' }))
}

function hasComments(text: string): boolean {
  return blankComments(text) !== text
}

/** A text of the same length and lines whose comments are spaces. */
function blankComments(text: string): string {
  if (!text.includes('//') && !text.includes('/*')) return text
  // A string is taken whole, so that nothing in it counts; each part of the text is looked at once.
  return text.replace(/"(?:[^"\\\n]|\\.)*"?|\/\/[^\n\r]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?/g, (part) =>
    part.startsWith('"') ? part : part.replace(/[^\n\r]/g, ' '),
  )
}
