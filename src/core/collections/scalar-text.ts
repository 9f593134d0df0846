import { Scalar, stringify } from 'yaml'

/** Writes values as YAML text, for a place of which the rest is left as it is. */

/** One line: in the style of before where the value can be written in it. */
export function oneLine(value: string, style: Scalar.Type | null | undefined, inFlow: boolean): string {
  // Blanks at either end, of whatever kind, are seen in quotes alone.
  if (style === Scalar.QUOTE_DOUBLE || needsEscapes.test(value) || /^\s|\s$/.test(value))
    return doubleQuoted(value)
  if (style === Scalar.QUOTE_SINGLE) return `'${value.replaceAll("'", "''")}'`
  if (inFlow && /[[\]{},]/.test(value)) return doubleQuoted(value)
  const text = stringify(new Scalar(value), { lineWidth: 0 }).trimEnd()
  return text.includes('\n') ? doubleQuoted(value) : text
}

/** Block text; nothing where it cannot be written so. `header` is that of before, whose comment is kept. */
export function blockText(
  value: string,
  { indent, header, eol }: { indent: number; header: string; eol: string },
): string | undefined {
  const chomped = value.endsWith('\n') ? value.slice(0, -1) : value
  if (chomped === '' || chomped.endsWith('\n') || needsEscapes.test(value.replaceAll('\n', '')))
    return undefined
  // A first line that begins with a space would be taken for the indentation.
  if (/^\n*[ \t]/.test(chomped)) return undefined
  const hash = header.search(/\s#/)
  const comment = hash < 0 ? '' : header.slice(hash)
  const pad = ' '.repeat(indent)
  const lines = chomped.split('\n').map((line) => (line === '' ? '' : pad + line))
  return [`|${value.endsWith('\n') ? '' : '-'}${comment}`, ...lines].join(eol)
}

/** What a name is given in a new entry: text, a number or a mark, entries below it, or a list of texts or entries. */
type New = string | number | boolean | string[] | NewEntries | NewEntries[]
export type NewEntries = [name: string, value: New][]

/** Lines for new entries of a map, each indented but the first, which goes where the caller is. */
export function newLines(entries: NewEntries, indent: number, eol: string): string {
  const pad = ' '.repeat(indent)
  return entries.map(([name, value]) => `${name}:${newValue(value, indent, eol)}`).join(eol + pad)
}

function newValue(value: New, indent: number, eol: string): string {
  if (typeof value === 'boolean' || typeof value === 'number') return ` ${value}`
  if (typeof value === 'string') return ` ${newText(value, indent, eol)}`
  const inner = indent + 2
  const start = eol + ' '.repeat(inner)
  if (value.length === 0) return ' []'
  if (isTexts(value)) return start + value.map((text) => `- ${newText(text, inner, eol)}`).join(start)
  if (isList(value))
    return start + value.map((entries) => `- ${newLines(entries, inner + 2, eol)}`).join(start)
  return start + newLines(value, inner, eol)
}

export function isTexts(value: string[] | NewEntries | NewEntries[]): value is string[] {
  return typeof value[0] === 'string'
}

function isList(value: NewEntries | NewEntries[]): value is NewEntries[] {
  return Array.isArray(value[0]?.[0])
}

function newText(value: string, indent: number, eol: string): string {
  const block = value.includes('\n') ? blockText(value, { indent: indent + 2, header: '', eol }) : undefined
  return block ?? oneLine(value, null, false)
}

// What is no plain text on one line: control characters, line separators, halves of surrogate pairs.
const needsEscapes =
  // oxlint-disable-next-line no-control-regex -- what must be escaped is named by its code
  /[\u0000-\u0008\n-\u001f\u007f-\u009f\u2028\u2029\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

function doubleQuoted(value: string): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
