import { createHash } from 'node:crypto'
import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose'

export type Caller = {
  /** The user's id, or the client's where no user is behind the call. */
  subject: string
  clientId: string
  isUser: boolean
  scopes: ReadonlySet<string>
  /** The thumbprint of the key the token is bound to (RFC 9449), if it is. */
  keyThumbprint: string | undefined
  tokenHash: string
}

export type TokenFailure = {
  code: 'expired' | 'audience' | 'issuer' | 'signature' | 'not_yet_valid' | 'malformed'
  detail: string
}

export type VerifyToken = (
  token: string,
) => Promise<{ ok: true; value: Caller } | { ok: false; error: TokenFailure }>

export type VerifyOptions = {
  issuer: string
  audience: string
  keys: () => JSONWebKeySet
  /** Milliseconds. */
  now: () => number
}

const maximumLength = 16 * 1024

/** Judges a JWT access token as RFC 9068 section 4 says: type, signature, issuer, audience, expiry. */
export function createVerifyToken(options: VerifyOptions): VerifyToken {
  return async (token) => {
    const malformed = {
      ok: false as const,
      error: { code: 'malformed' as const, detail: 'The access token is not a well-formed JWT' },
    }
    if (token.length > maximumLength) return malformed
    try {
      const { payload } = await jwtVerify(token, createLocalJWKSet(options.keys()), {
        typ: 'at+jwt',
        algorithms: ['ES256'],
        issuer: options.issuer,
        audience: options.audience,
        requiredClaims: ['exp', 'iat', 'jti', 'sub', 'client_id'],
        currentDate: new Date(options.now()),
      })
      const caller = toCaller(payload, token)
      return caller ? { ok: true, value: caller } : malformed
    } catch (error) {
      return { ok: false, error: failureOf(error, options) }
    }
  }
}

function failureOf(error: unknown, { issuer, audience }: VerifyOptions): TokenFailure {
  if (error instanceof errors.JWTExpired) {
    const exp = Number(error.payload.exp)
    const at = Number.isFinite(exp) ? ` at ${new Date(exp * 1000).toISOString()}` : ''
    return { code: 'expired', detail: `The access token expired${at}` }
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud')
      return {
        code: 'audience',
        detail: `The access token is not for this API; its audience must contain ${audience}`,
      }
    if (error.claim === 'iss')
      return { code: 'issuer', detail: `The access token was not issued by ${issuer}` }
    if (error.claim === 'nbf') return { code: 'not_yet_valid', detail: 'The access token is not valid yet' }
    return {
      code: 'malformed',
      detail: `The access token has no acceptable ${error.claim === 'typ' ? 'typ, at+jwt is expected' : error.claim}`,
    }
  }
  if (error instanceof errors.JWKSNoMatchingKey) {
    return {
      code: 'signature',
      detail: 'The access token is signed with a key that the provider does not publish',
    }
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return { code: 'signature', detail: 'The signature of the access token is wrong' }
  }
  return { code: 'malformed', detail: 'The access token is not a well-formed JWT' }
}

function toCaller(payload: JWTPayload, token: string): Caller | undefined {
  const {
    sub,
    client_id: clientId,
    scope,
    cnf,
  } = payload as JWTPayload & { client_id?: unknown; scope?: unknown; cnf?: { jkt?: unknown } }
  if (typeof sub !== 'string' || typeof clientId !== 'string') return undefined
  return {
    subject: sub,
    clientId,
    isUser: sub !== clientId,
    scopes: new Set(typeof scope === 'string' ? scope.split(' ') : []),
    keyThumbprint: typeof cnf?.jkt === 'string' ? cnf.jkt : undefined,
    tokenHash: createHash('sha256').update(token).digest('base64url'),
  }
}
