/** One challenge of a `WWW-Authenticate` field. Scheme and parameter names in lower case. */
export interface Challenge {
  scheme: string
  parameters: Map<string, string>
  token68?: string
}

/** What a server's `WWW-Authenticate` fields say, and how they differ from the grammar. */
export interface ReadChallenges {
  challenges: Challenge[]
  defects: string[]
}

const limits = { field: 16_384, challenges: 32, parameters: 64 }
const tokenAt = /[!#$%&'*+.^_`|~\w-]+/y
const token68At = /[A-Za-z0-9\-._~+/]+=*(?=[ \t]*(?:,|$))/y
const separators = /[ \t,]*/y
const quotedAt = /"((?:[^"\\]|\\[\s\S])*)"/y
const looseValue = /[^,]*/y

/** Reads `WWW-Authenticate` fields (RFC 9110 section 11.6.1): several challenges in one field, parameters
 *  quoted or not. What breaks the grammar is read as far as its meaning is plain, and noted. Never throws. */
export function readChallenges(fields: readonly string[]): ReadChallenges {
  const read: ReadChallenges = { challenges: [], defects: [] }
  const defects = new Set<string>()
  for (const field of fields.slice(0, limits.challenges)) {
    if (field.length > limits.field) defects.add('It is longer than 16 KB; only part of it was read.')
    readField(field.slice(0, limits.field), read, defects)
  }
  read.defects = [...defects].slice(0, 10)
  return read
}
type Reader = ReturnType<typeof createReader>

/** Reads the text at a place with a sticky expression. */
function createReader(text: string) {
  let place = 0
  return {
    atEnd: () => place >= text.length,
    peek: () => text[place],
    /** What is here, taken; `undefined` and nothing taken where something else is. */
    take: (expression: RegExp): RegExpExecArray | undefined => {
      expression.lastIndex = place
      const match = expression.exec(text)
      if (match === null) return undefined
      place = expression.lastIndex
      return match
    },
    back: (length: number) => {
      place -= length
    },
  }
}

function readValue(reader: Reader, name: string, defects: Set<string>): string {
  const quoted = reader.take(quotedAt)
  if (quoted !== undefined) return (quoted[1] ?? '').replace(/\\([\s\S])/g, '$1')
  if (reader.peek() === '"') {
    defects.add(`The quoted value of ${name} is not closed.`)
    return (reader.take(/"[\s\S]*/y)?.[0] ?? '').slice(1)
  }
  const value = reader.take(tokenAt)?.[0] ?? ''
  const rest = reader.take(/[ \t]*(?=,|$)|[ \t]+(?=[!#$%&'*+.^_`|~\w-]+[ \t]*=)/y)
  if (rest !== undefined && value !== '') return value
  // `error_description=The token ran out`: wrong, and what is meant is plain.
  defects.add(`The value of ${name} needs quotation marks.`)
  return `${value}${reader.take(looseValue)?.[0] ?? ''}`.trim()
}

function readField(field: string, into: ReadChallenges, defects: Set<string>): void {
  const reader = createReader(field)
  let current: Challenge | undefined
  let separated = true
  for (;;) {
    const gap = reader.take(separators)?.[0] ?? ''
    separated = separated || gap.includes(',')
    if (reader.atEnd()) return
    const name = reader.take(tokenAt)?.[0].toLowerCase()
    if (name === undefined) {
      defects.add('It contains characters that do not belong in a challenge.')
      reader.take(/[^,]+/y)
      continue
    }
    if (current !== undefined && reader.take(/[ \t]*=/y) !== undefined) {
      reader.take(/[ \t]*/y)
      if (!separated) defects.add('Commas are missing between parameters.')
      separated = false
      const value = readValue(reader, name, defects)
      if (current.parameters.has(name)) defects.add(`The parameter ${name} appears twice.`)
      else if (current.parameters.size < limits.parameters) current.parameters.set(name, value)
      continue
    }
    if (into.challenges.length === limits.challenges) return
    current = { scheme: name, parameters: new Map() }
    into.challenges.push(current)
    separated = true
    if (reader.take(/[ \t]+/y) === undefined) continue
    const token68 = reader.take(token68At)?.[0]
    if (token68 !== undefined) current.token68 = token68
  }
}
