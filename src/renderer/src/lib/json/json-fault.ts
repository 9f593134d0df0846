/** Where a text stops being JSON (RFC 8259), and what is expected there: `line 2, column 5: a comma or }`. Null for what is
 *  JSON. */
export function jsonFault(text: string): string | null {
  const found = findJsonFault(text)
  return found && `${placeOf(text, found.at)}: ${found.says}`
}

/** The same by the number of the character. The words of `JSON.parse` differ with the engine, and are for programmers. */
export function findJsonFault(text: string): { at: number; says: string } | null {
  const stack: ('{' | '[')[] = []
  let [at, wants]: [number, Want] = [pass(text, 0), 'value']
  for (;;) {
    const step = read(text, at, wants, stack)
    if ('wants' in step) {
      if (step.wants === 'end' && pass(text, step.at) >= text.length) return null
      at = pass(text, step.at)
      wants = step.wants
    } else return step
  }
}

const says = {
  value: 'a value is expected',
  'value or ]': 'a value or ] is expected',
  name: 'a name in double quotes is expected',
  'name or }': 'a name in double quotes or } is expected',
  colon: 'a colon is expected',
  next: 'a comma or the closing bracket is expected',
  end: 'nothing more is expected',
} as const
type Want = keyof typeof says
type Step = { at: number; wants: Want } | { at: number; says: string }

const scalar = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y

function read(text: string, at: number, wants: Want, stack: ('{' | '[')[]): Step {
  const sign = text.charAt(at)
  function after(): Want {
    return stack.length === 0 ? 'end' : 'next'
  }
  function close(): Step {
    stack.pop()
    return { at: at + 1, wants: after() }
  }
  if (wants === 'colon' && sign === ':') return { at: at + 1, wants: 'value' }
  if (wants === 'next') {
    const inObject = stack.at(-1) === '{'
    if (sign === ',') return { at: at + 1, wants: inObject ? 'name' : 'value' }
    if (sign === (inObject ? '}' : ']')) return close()
  }
  if ((wants === 'name or }' && sign === '}') || (wants === 'value or ]' && sign === ']')) return close()
  if (wants === 'name' || wants === 'name or }')
    return sign === '"' ? afterString(text, at, 'colon') : { at, says: says[wants] }
  if (wants === 'value' || wants === 'value or ]') {
    if (sign === '"') return afterString(text, at, after())
    if (sign === '{' || sign === '[') {
      stack.push(sign)
      return { at: at + 1, wants: sign === '{' ? 'name or }' : 'value or ]' }
    }
    scalar.lastIndex = at
    const found = scalar.exec(text)?.[0]
    if (found !== undefined) return { at: at + found.length, wants: after() }
  }
  return { at, says: says[wants] }
}

function afterString(text: string, start: number, wants: Want): Step {
  for (let at = start + 1; at < text.length; at += 1) {
    const sign = text.charAt(at)
    if (sign === '"') return { at: at + 1, wants }
    if (sign < ' ') return { at, says: 'a line break or tab within quotes must be written as \\n or \\t' }
    if (sign !== '\\') continue
    if (!/^(?:["\\/bfnrt]|u[\da-fA-F]{4})/.test(text.slice(at + 1, at + 6)))
      return { at, says: 'this escape sequence does not exist' }
    at += 1
  }
  return { at: start, says: 'the text that starts here has no closing quote' }
}

function pass(text: string, from: number): number {
  let at = from
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at += 1
  return at
}

function placeOf(text: string, at: number): string {
  if (at >= text.length) return 'at the end'
  const before = text.slice(0, at).split(/\r\n|[\r\n]/)
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
}
