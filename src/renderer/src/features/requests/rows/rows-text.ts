import type { Pair, QueryRow } from '@contract/requests.ts'
import { addressRows, partRow, partText, typedRow } from '@contract/tables/addresses.ts'

/** How rows of a kind are text: a line each, with `# ` before one that is off. */
export interface RowsAsText<Row extends Pair> {
  write: (rows: readonly Row[]) => string
  read: (text: string) => Row[]
}

/** `name: value`. A name ends at the first colon, equals sign or tab, so that headers and forms can be pasted as they are
 *  found elsewhere. */
export const pairsAsText: RowsAsText<Pair> = {
  write: (rows) => written(rows, ({ name, value }) => `${name}: ${value}`),
  read: (text) =>
    linesOf(text).map(({ content, enabled }) => {
      const at = content.search(/[:=\t]/)
      const name = (at < 0 ? content : content.slice(0, at)).trim()
      const value = at < 0 ? '' : content.slice(at + 1).replace(/^ /, '')
      return { name, value, enabled }
    }),
}

/** `name=value`, as it is in the address. What is pasted may be a whole query or address, or `name: value`. */
export const queryAsText: RowsAsText<QueryRow> = {
  write: (rows) => written(rows, partText),
  read: (text) =>
    linesOf(text).flatMap(({ content, enabled }) =>
      rowsOfLine(content).map((row) => (enabled ? row : { ...row, enabled })),
    ),
}

function rowsOfLine(line: string): QueryRow[] {
  const [, name, value = ''] = /^([^=&?:]+): (.*)$/.exec(line) ?? []
  if (name !== undefined)
    return [typedRow({ name: '', value: '', enabled: true }, { name: name.trim(), value })]
  if (/^(?:https?:\/\/|\?)/i.test(line)) return addressRows(line).query
  return line.split('&').map(partRow)
}

/** Whether rows can be edited as text and come back as they are: those with a line break, for one, cannot. */
export function isTextual<Row extends Pair>({ write, read }: RowsAsText<Row>, rows: readonly Row[]): boolean {
  return sameRows(read(write(rows)), rows)
}

export function sameRows(one: readonly Pair[], other: readonly Pair[]): boolean {
  return JSON.stringify(one.map(parts)) === JSON.stringify(other.map(parts))
}

/** The rows that a text is which was pasted into the name of a row; nothing where it is a name. */
export function rowsPasted<Row extends Pair>(
  { read }: RowsAsText<Row>,
  text: string,
  isBlank: boolean,
): Row[] | undefined {
  if (text.length > longestPaste) return undefined
  const isOne = isBlank && /^[^\s:=]+(?:: |=)/.test(text)
  const rows = isOne || /[\r\n]/.test(text.trim()) ? read(text) : []
  return rows.length === 0 ? undefined : rows
}

const longestPaste = 1_000_000

function written<Row extends Pair>(rows: readonly Row[], line: (row: Row) => string): string {
  return rows.map((row) => `${row.enabled ? '' : '# '}${line(row)}`).join('\n')
}

function linesOf(text: string): { content: string; enabled: boolean }[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => {
    if (line.trim() === '') return []
    const enabled = !line.startsWith('# ')
    return [{ content: enabled ? line : line.slice(2), enabled }]
  })
}

function parts({ name, value, enabled, bare }: Pair & Pick<QueryRow, 'bare'>): unknown[] {
  return [name, value, enabled, bare === true]
}
