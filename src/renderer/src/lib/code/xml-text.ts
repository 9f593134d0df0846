import { xmlLanguage } from '@codemirror/lang-xml'
import formatXml from 'xml-formatter'
import type { CodeFault } from './parts.ts'
import { nameMark } from '../names.ts'

/** Longer texts are not looked at while one types, in characters. */
const longest = 131_072
const mostFaults = 20

/** What is not XML in a text, at its place. What a variable stands for is not known. */
export function xmlFaults(text: string): CodeFault[] {
  if (text.trim() === '' || text.length > longest) return []
  const read = text.replace(nameMark, (whole) => 'x'.repeat(whole.length))
  const faults: CodeFault[] = []
  xmlLanguage.parser.parse(read).iterate({
    enter: ({ name, type, from, to }) => {
      if (faults.length >= mostFaults) return false
      if (name === 'MismatchedCloseTag')
        faults.push({
          from,
          to,
          message: `${read.slice(from, to).slice(0, 60)} closes no element that is open here.`,
        })
      else if (name === 'MissingCloseTag')
        faults.push({ from, to: to + 1, message: 'An element is not closed before here.' })
      else if (type.isError) faults.push({ from, to: Math.max(to, from + 1), message: wordsFor(read, from) })
      return true
    },
  })
  return faults
}

/** The text with an element a line. What is not XML stays as it is: null. Text beside elements, and what is to keep its
 *  spaces, is not laid out. */
export function prettyXml(text: string): string | null {
  if (xmlFaults(text).length > 0) return null
  try {
    return formatXml(text.trim(), { indentation: '  ', collapseContent: true, lineSeparator: '\n' })
  } catch {
    return null
  }
}

function wordsFor(text: string, at: number): string {
  if (text.charAt(at) === '&') return 'An & that begins no name is written &amp; in XML.'
  return at >= text.trimEnd().length ? 'Something is missing at the end.' : 'This is not XML.'
}
