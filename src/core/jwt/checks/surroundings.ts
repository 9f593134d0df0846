/** What stood around a token when it was pasted. */
export interface Surrounding {
  code: 'white_space_around' | 'authorization_header' | 'scheme_prefix' | 'quotes' | 'parameter_name'
  message: string
}

const whiteSpace: Surrounding = {
  code: 'white_space_around',
  message: 'White space stood around the token.',
}

const wrappings: { code: Surrounding['code']; pattern: RegExp; message: string }[] = [
  {
    code: 'authorization_header',
    pattern: /^(authorization\s*:\s*)(.*)$/is,
    message: 'It was pasted with the header name Authorization.',
  },
  {
    code: 'scheme_prefix',
    pattern: /^((?:bearer|dpop|token|jwt)[ \t]+)(\S.*)$/is,
    message: 'It was pasted with the word of its scheme (as in Authorization: Bearer).',
  },
  {
    code: 'parameter_name',
    pattern: /^((?:access_token|id_token|refresh_token)=)(.*)$/is,
    message: 'It was pasted with the name of its parameter.',
  },
  { code: 'quotes', pattern: /^(["'`])(.*)\1[,;]?$/s, message: 'It was pasted with quotation marks.' },
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
    const before = token
    const trimmed = token.trim()
    if (trimmed !== token) {
      start += token.length - token.trimStart().length
      token = trimmed
      found.set('white_space_around', whiteSpace)
    }
    for (const { code, pattern, message } of wrappings) {
      const match = pattern.exec(token)
      if (!match) continue
      start += match[1]?.length ?? 0
      token = match[2] ?? ''
      found.set(code, { code, message })
    }
    if (token === before) break
  }
  return { token, start, surroundings: [...found.values()] }
}
