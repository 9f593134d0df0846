import { createHash } from 'node:crypto'
import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose'
import { isEncrypted, type OpenToken } from '../provider/encrypted-tokens.ts'
import { readForm, type TokenFailure } from './token-form.ts'

export type Caller = {
  /** The user's id, or the client's where no user is behind the call. */
  subject: string
  clientId: string
  isUser: boolean
  scopes: ReadonlySet<string>
  roles: readonly string[]
  /** The thumbprint of the key the token is bound to (RFC 9449), if it is. */
  keyThumbprint: string | undefined
  /** The thumbprint of the certificate the token is bound to (RFC 8705), if it is. */
  certificateThumbprint: string | undefined
  tokenHash: string
}

export type VerifyToken = (
  token: string,
  audience: string,
) => Promise<{ ok: true; value: Caller } | { ok: false; error: TokenFailure }>

/** An issuer whose tokens are accepted. */
export type TokenIssuer = {
  issuer: string
  keys: () => JSONWebKeySet
  /** Looks an opaque token up, where this issuer gives such. */
  find?: (token: string) => Promise<(JWTPayload & Record<string, unknown>) | undefined>
}

export type VerifyOptions = {
  /** The issuer that a token names; the first one where it names none. */
  issuerOf: (issuer: string | undefined) => TokenIssuer | undefined
  /** Every issuer, for tokens that say nothing. */
  issuers: () => readonly TokenIssuer[]
  issuer: string
  /** For tokens that were encrypted for this API. */
  open: OpenToken
  /** Milliseconds. */
  now: () => number
}

type Verified = Awaited<ReturnType<VerifyToken>>

/** Judges a JWT access token as RFC 9068 section 4 says: form, type, signature, issuer, audience, expiry. */
export function createVerifyToken(options: VerifyOptions): VerifyToken {
  async function verifyOpaque(token: string, audience: string): Promise<Verified> {
    for (const { find } of options.issuers()) {
      const payload = await find?.(token)
      if (!payload) continue
      const audiences: unknown[] = [payload.aud].flat()
      const now = Math.floor(options.now() / 1000)
      if (!audiences.includes(audience)) return failed(wrongAudience(audience))
      if (Number(payload.exp) <= now) return failed(expired(payload.exp))
      return judged(payload, token)
    }
    return failed({
      code: 'unknown',
      detail: 'The access token is not known: it expired, was revoked, or never was',
    })
  }

  return async (token, audience) => {
    if (!token.includes('.') && options.issuers().some(({ find }) => find))
      return verifyOpaque(token, audience)
    const jwt = isEncrypted(token) ? ((await options.open(token)) ?? token) : token
    const form = readForm(jwt)
    if (!form.ok) return form
    const { iss } = form.value.claims
    const issuer = options.issuerOf(typeof iss === 'string' ? iss : undefined)
    if (!issuer)
      return failed({ code: 'issuer', detail: `The access token was not issued by ${options.issuer}` })
    try {
      const { payload } = await jwtVerify(jwt, createLocalJWKSet(issuer.keys()), {
        typ: 'at+jwt',
        issuer: issuer.issuer,
        audience,
        requiredClaims: ['exp', 'iat', 'jti', 'sub', 'client_id'],
        currentDate: new Date(options.now()),
      })
      return judged(payload, token)
    } catch (error) {
      return failed(failureOf(error, issuer.issuer, audience))
    }
  }
}

function failed(error: TokenFailure): Verified {
  return { ok: false, error }
}

function wrongAudience(audience: string): TokenFailure {
  return {
    code: 'audience',
    detail: `The access token is not for this API; its audience must contain ${audience}`,
  }
}

function expired(exp: unknown): TokenFailure {
  const seconds = Number(exp)
  const isTime = Number.isFinite(seconds) && Math.abs(seconds) < 8e12
  const at = isTime ? ` at ${new Date(seconds * 1000).toISOString()}` : ''
  return { code: 'expired', detail: `The access token expired${at}` }
}

function failureOf(error: unknown, issuer: string, audience: string): TokenFailure {
  if (error instanceof errors.JWTExpired) return expired(error.payload.exp)
  if (error instanceof errors.JWTClaimValidationFailed) {
    const { claim, reason } = error
    if (claim === 'aud') return wrongAudience(audience)
    if (claim === 'iss') return { code: 'issuer', detail: `The access token was not issued by ${issuer}` }
    if (claim === 'nbf' && reason === 'check_failed')
      return { code: 'not_yet_valid', detail: 'The access token is not valid yet' }
    if (claim === 'typ')
      return { code: 'malformed', detail: 'The access token has no acceptable typ, at+jwt is expected' }
    return {
      code: 'malformed',
      detail: `The access token has no acceptable ${claim}${reason === 'missing' ? ': it is missing' : ''}`,
    }
  }
  if (error instanceof errors.JWKSNoMatchingKey) {
    return {
      code: 'signature',
      detail: 'The access token is signed with a key that the provider does not publish',
    }
  }
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return {
      code: 'signature',
      detail: 'The access token names no kid, and more than one key could have signed it',
    }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return { code: 'signature', detail: 'The signature of the access token is wrong' }
  }
  if (error instanceof errors.JOSENotSupported)
    return {
      code: 'malformed',
      detail: 'The header of the access token asks for something that this API does not understand',
    }
  return { code: 'malformed', detail: 'The access token cannot be verified' }
}

function judged(payload: JWTPayload, token: string): Verified {
  const {
    sub,
    client_id: clientId,
    scope,
    cnf,
    roles,
  } = payload as JWTPayload & {
    client_id?: unknown
    scope?: unknown
    cnf?: Record<string, unknown>
    roles?: unknown
  }
  if (typeof sub !== 'string' || typeof clientId !== 'string')
    return failed({
      code: 'malformed',
      detail: 'The access token has no acceptable sub and client_id: both must be strings',
    })
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  return {
    ok: true,
    value: {
      subject: sub,
      clientId,
      isUser: sub !== clientId,
      scopes: new Set(typeof scope === 'string' ? scope.split(' ') : []),
      roles: Array.isArray(roles) ? roles.filter((role): role is string => typeof role === 'string') : [],
      keyThumbprint: text(cnf?.jkt),
      certificateThumbprint: text(cnf?.['x5t#S256']),
      tokenHash: createHash('sha256').update(token).digest('base64url'),
    },
  }
}
