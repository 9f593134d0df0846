/** Where a name of a member is typed. */
export interface TypedName {
  /** From the opening quotation mark, if there is one, up to behind the closing one. */
  from: number
  to: number
  typed: string
  /** Whether a colon follows already. */
  hasColon: boolean
  /** Names that the object has before it. */
  others: string[]
}

/** The name that is typed at a place of JSON that need not be whole, in the outermost object; null where no name is. */
export function nameAt(text: string, at: number): TypedName | null {
  const open: string[] = []
  const others: string[] = []
  /** Whether the next text is a name: behind `{` and behind a comma of an object. */
  let expected = false
  for (let index = 0; index < at; index += 1) {
    const character = text.charAt(index)
    if (character === '"') {
      const end = endOfString(text, index)
      if (end >= at) return expected && open.length === 1 ? found(text, index, at, others) : null
      if (expected && open.length === 1) others.push(text.slice(index + 1, end))
      expected = false
      index = end
    } else if (character === '{' || character === '[') {
      open.push(character)
      expected = character === '{'
    } else if (character === '}' || character === ']') {
      open.pop()
      expected = false
    } else if (character === ',') expected = open.at(-1) === '{'
    else if (!/\s/.test(character)) expected = false
  }
  return expected && open.length === 1 ? { from: at, to: at, typed: '', hasColon: false, others } : null
}

function found(text: string, from: number, at: number, others: string[]): TypedName {
  const rest = /^[\w./:#-]*"?/.exec(text.slice(at, at + 200))?.[0] ?? ''
  const closed = rest.endsWith('"')
  const to = closed ? at + rest.length : at
  return {
    from,
    to,
    typed: text.slice(from + 1, closed ? to - 1 : at),
    hasColon: /^\s{0,80}:/.test(text.slice(to, to + 82)),
    others,
  }
}

/** The closing quotation mark; the end of the line where there is none, as one is being typed. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '\\') at += 1
    else if (character === '"' || character === '\n') return at
  }
  return text.length
}
