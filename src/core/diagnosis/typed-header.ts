import type { TypedCredential } from './case.ts'

const longest = 65_536

/** Reads an `Authorization` header that was entered manually (RFC 9110 section 11.6.2, RFC 6750 section 2.1), the way a
 *  server does: its scheme, the token of `Bearer` and `DPoP`, and what is wrong with how it is written. */
export function readAuthorization(value: string): { credential: TypedCredential; token?: string } {
  const text = value.slice(0, longest).trim()
  const gap = text.search(/[ \t]/)
  const first = gap < 0 ? text : text.slice(0, gap)
  const rest = gap < 0 ? '' : text.slice(gap).trim()
  const credential = (more: Partial<TypedCredential>): TypedCredential => ({
    header: 'Authorization',
    ...more,
  })
  const scheme = first.toLowerCase().replace(/:$/, '')
  if (gap < 0 && !isScheme(scheme)) {
    const flaw = 'The Authorization header does not start with a scheme such as Bearer'
    return { credential: credential({ flaw }), ...(looksLikeToken(text) && { token: text }) }
  }
  if (scheme !== 'bearer' && scheme !== 'dpop') return { credential: credential({ scheme }) }
  const name = scheme === 'dpop' ? 'DPoP' : 'Bearer'
  const flaw = flawOf(first, rest, name)
  return {
    credential: credential({ scheme, ...(flaw !== undefined && { flaw }) }),
    ...(rest !== '' && { token: rest }),
  }
}

function isScheme(word: string): boolean {
  return ['bearer', 'dpop', 'basic', 'digest', 'negotiate', 'hoba', 'mutual', 'token'].includes(word)
}

function looksLikeToken(text: string): boolean {
  return text.split('.', 4).length === 3
}

function flawOf(first: string, rest: string, name: string): string | undefined {
  if (first.endsWith(':')) return `The Authorization header has a colon after ${name}`
  if (rest === '') return `The Authorization header has no token after ${name}`
  if (/^(bearer|dpop)[ \t]/i.test(rest)) return `The Authorization header names its scheme twice`
  if (/^["'“].*["'”]$/.test(rest)) return 'The token in the Authorization header is in quotation marks'
  if (/[ \t]/.test(rest)) return 'The token in the Authorization header has a space in it'
  if (/=[^=]/.test(rest)) return 'The token in the Authorization header has padding (=), which no JWT has'
  // RFC 6750 section 2.1: b64token.
  if (!/^[\w.~+/-]+=*$/.test(rest))
    return 'The token in the Authorization header has a character that no token has'
  return undefined
}
