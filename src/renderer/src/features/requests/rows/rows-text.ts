import type { Pair } from '@contract/requests.ts'

/** Rows as text to edit, a line each: `name: value`, with `# ` before one that is switched off. */
export function textOfRows(rows: readonly Pair[]): string {
  return rows.map(({ name, value, enabled }) => `${enabled ? '' : '# '}${name}: ${value}`).join('\n')
}

/** The rows that a text means. A name ends at the first colon, equals sign or tab, so that headers and forms can be pasted
 *  as they are found elsewhere. */
export function rowsOfText(text: string): Pair[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => {
    if (line.trim() === '') return []
    const enabled = !line.startsWith('# ')
    const content = enabled ? line : line.slice(2)
    const at = content.search(/[:=\t]/)
    const name = (at < 0 ? content : content.slice(0, at)).trim()
    const value = at < 0 ? '' : content.slice(at + 1).replace(/^ /, '')
    return { name, value, enabled }
  })
}

/** Whether rows can be edited as text and come back as they are: those with a line break, or a colon in the name, cannot. */
export function isTextual(rows: readonly Pair[]): boolean {
  return JSON.stringify(rowsOfText(textOfRows(rows)).map(parts)) === JSON.stringify(rows.map(parts))
}

function parts({ name, value, enabled }: Pair): unknown[] {
  return [name, value, enabled]
}
