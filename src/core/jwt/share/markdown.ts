/** Longest text of a cell, in characters. */
const longest = 1_000

/** Text that was written by someone else: nothing in it makes a link, a picture or a table. */
export function prose(text: string): string {
  return shorten(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>|~!#&@]/g, (sign) =>
      sign === '<' || sign === '&' || sign === '@' ? entities[sign] : `\\${sign}`,
    )
}

const entities = { '<': '&lt;', '&': '&amp;', '@': '&#64;' } as const

/** The same as code, in one line: fenced by more backticks than are in it, bars escaped for the table. */
export function code(text: string): string {
  const line = shorten(text).replace(/\s+/g, ' ').trim()
  if (line === '') return ''
  const longestRun = (line.match(/`+/g) ?? []).reduce((most, { length }) => Math.max(most, length), 0)
  const fence = '`'.repeat(longestRun + 1)
  const padding = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${fence}${padding}${line.replaceAll('|', '\\|')}${padding}${fence}`
}

/** A table of cells that are Markdown already; nothing where there are no rows. */
export function table(head: string[], rows: string[][]): string[] {
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`
  return rows.length === 0 ? [] : [line(head), line(head.map(() => '---')), ...rows.map(line)]
}

function shorten(text: string): string {
  return text.length <= longest
    ? text
    : `${text.slice(0, longest)}… (${text.length - longest} more characters)`
}
