import { compactTokensIn } from '../../../jwt/text/find-tokens.ts'

/** A JWT that a response carries, in compact form; `name` is that of its header, or of what it is in the body. */
export interface AnswerToken {
  name: string
  text: string
}

interface Came {
  headers: readonly [string, string][]
  body: Uint8Array
}

/** Bytes of a body that are looked through. */
const longestBody = 1_048_576
/** Most tokens of one response. */
const most = 20
/** Characters of all of them together. */
const longest = 65_536

/** The JWTs in the headers and the body of a response, each once. Those that `isOwn` says are the user's own (what was
 *  sent, or is a secret variable) are left out. Linear in the response. */
export function tokensInAnswer({ headers, body }: Came, isOwn: (text: string) => boolean): AnswerToken[] {
  const inHeaders = headers.flatMap(([name, value]) =>
    compactTokensIn(value).map(({ text }) => ({ name, text })),
  )
  // A JWT is ASCII, as is the name before it: the rest may be in any charset.
  const text = latin1.decode(body.subarray(0, longestBody))
  const inBody = compactTokensIn(text).map((found) => ({
    name: found.label || 'in the body',
    text: found.text,
  }))
  const seen = new Set<string>()
  let length = 0
  return [...inHeaders, ...inBody]
    .filter((token) => {
      if (seen.has(token.text) || seen.size === most || length + token.text.length > longest) return false
      if (isOwn(token.text)) return false
      seen.add(token.text)
      length += token.text.length
      return true
    })
    .map(({ name, text: own }) => ({ name: copyOf(name), text: copyOf(own) }))
}

const latin1 = new TextDecoder('latin1')

/** A part of a text holds all of it in memory. */
function copyOf(text: string): string {
  return latin1.decode(new TextEncoder().encode(text))
}
