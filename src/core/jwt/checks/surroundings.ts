/** What was around a token when it was pasted. */
export interface Surrounding {
  code: 'white_space_around' | 'authorization_header' | 'scheme_prefix' | 'quotes' | 'parameter_name'
  message: string
}

const whiteSpace: Surrounding = {
  code: 'white_space_around',
  message: 'There was white space around the token.',
}

/** What is before the token, and where a quotation mark must be behind it. */
const wrappings: { code: Surrounding['code']; prefix: RegExp; message: string }[] = [
  {
    code: 'authorization_header',
    prefix: /^authorization\s*:\s*/i,
    message: 'It was pasted with the header name Authorization.',
  },
  {
    code: 'scheme_prefix',
    prefix: /^(?:bearer|dpop|token|jwt)[ \t]+(?=\S)/i,
    message: 'It was pasted with its scheme (as in Authorization: Bearer).',
  },
  {
    code: 'parameter_name',
    prefix: /^(?:access_token|id_token|refresh_token)=/i,
    message: 'It was pasted with the name of its parameter.',
  },
  { code: 'quotes', prefix: /^["'`]/, message: 'It was pasted with quotation marks.' },
]

/** Takes off what comes along when a token is copied from a header, a form or a JSON text.
 *  `start` is where the token begins in the text given. */
export function takeOffSurroundings(text: string): {
  token: string
  start: number
  surroundings: Surrounding[]
} {
  let token = text
  let start = 0
  const found = new Map<Surrounding['code'], Surrounding>()
  for (let round = 0; round < 6; round++) {
    const trimmed = token.trim()
    if (trimmed !== token) {
      start += token.length - token.trimStart().length
      token = trimmed
      found.set('white_space_around', whiteSpace)
    }
    for (const { code, prefix, message } of wrappings) {
      const before = prefix.exec(token)?.[0]
      const end = before !== undefined && code === 'quotes' ? closingQuote(token, before) : token.length
      if (before === undefined || end === undefined) continue
      start += before.length
      token = token.slice(before.length, end)
      found.set(code, { code, message })
    }
  }
  return { token, start, surroundings: [...found.values()] }
}

/** Where the quotation mark is that closes the text, before a comma that was copied with it. */
function closingQuote(text: string, quote: string): number | undefined {
  const end = text.endsWith(',') || text.endsWith(';') ? text.length - 2 : text.length - 1
  return end > 0 && text[end] === quote ? end : undefined
}
