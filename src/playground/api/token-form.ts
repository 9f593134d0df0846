/** The form of an access token, before any signature is looked at. Only what is no JWT is called that. */

export type TokenFailure = {
  code: 'expired' | 'audience' | 'issuer' | 'signature' | 'not_yet_valid' | 'malformed' | 'unknown'
  detail: string
}

type Members = Record<string, unknown>
export type TokenForm = { header: Members; claims: Members }
type Read<T> = { ok: true; value: T } | { ok: false; error: TokenFailure }

const maximumLength = 16 * 1024
const algorithms = ['ES256', 'ES384', 'ES512', 'RS256', 'PS256', 'Ed25519', 'EdDSA']

/** Reads the three parts of a JWS in compact form (RFC 7515 section 7.1), each in the one right spelling. */
export function readForm(token: string): Read<TokenForm> {
  if (token.length > maximumLength) return malformed('The access token is longer than 16 KB')
  const parts = token.split('.')
  if (parts.length === 5) return malformed('The access token is encrypted (JWE), and not for this API')
  const [head = '', body = '', signature = ''] = parts
  if (parts.length !== 3 || head === '' || body === '')
    return malformed('The access token is not a well-formed JWT')
  const wrong = parts.findIndex((part) => !isCanonical(part))
  if (wrong >= 0) {
    const name = ['header', 'claims', 'signature'][wrong] ?? 'signature'
    const detail = /^[\w-]*=+$/.test(parts[wrong] ?? '')
      ? `The ${name} of the access token has padding (=), which base64url in a JWT has not (RFC 7515 section 2)`
      : `The ${name} of the access token is not base64url in its one right spelling (RFC 7515 section 2)`
    return malformed(detail)
  }
  const header = membersOf(head)
  if (!header) return malformed('The header of the access token is not a JSON object')
  const claims = membersOf(body)
  if (!claims) return malformed('The claims of the access token are not a JSON object')
  const wrongHeader = judgeHeader(header)
  if (wrongHeader !== undefined) return malformed(wrongHeader)
  if (signature === '')
    return { ok: false, error: { code: 'signature', detail: 'The access token has no signature' } }
  const wrongClaim = judgeClaims(claims)
  return wrongClaim === undefined ? { ok: true, value: { header, claims } } : malformed(wrongClaim)
}

function judgeHeader({ alg, typ, crit, kid, b64 }: Members): string | undefined {
  if (typeof alg !== 'string') return 'The header of the access token names no alg'
  if (alg.toLowerCase() === 'none')
    return 'The access token is not signed: its alg is none (RFC 9068 section 4)'
  if (!algorithms.includes(alg))
    return `The access token is signed with ${alg.slice(0, 20)}, which this API does not take`
  if (crit !== undefined)
    return 'The header of the access token names an extension (crit) that this API does not know'
  if (b64 !== undefined)
    return 'The header of the access token has b64, which a JWT has not (RFC 7797 section 7)'
  if (kid !== undefined && typeof kid !== 'string') return 'The kid of the access token is not a string'
  // RFC 9068 section 4, with or without what RFC 7515 section 4.1.9 lets out.
  const type = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : undefined
  return type === 'at+jwt' ? undefined : 'The access token has no acceptable typ, at+jwt is expected'
}

function judgeClaims(claims: Members): string | undefined {
  for (const name of ['exp', 'iat', 'nbf']) {
    const value = claims[name]
    if (value === undefined ? name !== 'nbf' : typeof value !== 'number')
      return `The access token has no acceptable ${name}: ${value === undefined ? 'it is missing' : 'it must be a number'}`
  }
  for (const name of ['iss', 'sub', 'client_id', 'jti']) {
    const value = claims[name]
    if (typeof value !== 'string' || value === '')
      return `The access token has no acceptable ${name}: ${value === undefined ? 'it is missing' : 'it must be a string'}`
  }
  const { cnf } = claims
  if (cnf !== undefined && (typeof cnf !== 'object' || cnf === null || Array.isArray(cnf)))
    return 'The access token has no acceptable cnf: it must be an object'
  return undefined
}

function isCanonical(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part
}

function membersOf(part: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(part, 'base64url')),
    )
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Members)
      : undefined
  } catch {
    return undefined
  }
}

function malformed(detail: string): { ok: false; error: TokenFailure } {
  return { ok: false, error: { code: 'malformed', detail } }
}
