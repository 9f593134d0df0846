import type { Check } from '@contract/tokens/tokens'
import { notKnown, type Known } from '../../text/known.ts'
import { checkBinding } from './check-binding.ts'
import { checkHeaderNonce } from './check-header-nonce.ts'
import { checkIssuer, type AnotherIssuer } from './check-issuer.ts'
import { checkSignature } from './check-signature.ts'
import { checkTime } from './check-time.ts'
import { check, comparedWith, quoted } from './check.ts'
import type { DecodedToken } from '../text/decode.ts'
import { member, saysNothing, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { compareScopes, scopeList } from '../text/scope.ts'
import type { SignatureKeys } from '../keys/verify-signature.ts'

/** What an access token is judged against; the API's own judgement counts, this foresees it. */
export interface AccessTokenExpectations extends SignatureKeys {
  /** Milliseconds since 1970. */
  now: number
  skewSeconds: number
  issuer: Known<string>
  /** The provider's own issuer for access tokens, where its metadata name one. */
  accessTokenIssuer?: AnotherIssuer
  clientId: Known<string>
  /** The API: resource indicator or audience; null where the connection names none. */
  audience: Known<string | null>
  scopeAsked: Known<string>
  /** `scope` of the token response; null where it named none. */
  scopeGranted: Known<string | null>
  /** `token_type` of the token response. */
  tokenType: Known<string>
  /** RFC 7638 thumbprint of this app's DPoP key; null where the connection proves none. */
  keyThumbprint: Known<string | null>
}

const rule = 'RFC 9068 section 4'

/** The rules of RFC 9068 section 4 as checks, seen from the client. Ids: signature, time, issuer, audience,
 *  client_id, scope, type, required-claims, binding; for anything that cannot be read, one `format` check. */
export async function checkAccessToken(
  token: DecodedToken,
  given: AccessTokenExpectations,
): Promise<Check[]> {
  const format = check('format', 'Format', 'RFC 6749 section 1.4')
  if (token.format === 'opaque')
    return [format.unchecked('Opaque, which is allowed: only the issuer can read it.', 'opaque')]
  if (token.format === 'jwe')
    return [format.unchecked('Encrypted for the API: only the API can check it.', 'encrypted')]
  if (token.format === 'malformed')
    return [
      format.invalid(token.defects[0]?.message ?? 'Not a valid JWT.', token.defects[0]?.code ?? 'malformed'),
    ]
  if (token.nested !== undefined) return [format.unchecked('It contains another token.', 'nested')]

  const { header, claims } = token
  const { now, skewSeconds } = given
  const signature = await checkSignature(token, given)
  const byNonce = signature[0]?.code === 'signature_wrong' ? await checkHeaderNonce(token, given) : undefined
  return [
    ...(byNonce === undefined ? signature : [byNonce]),
    checkTime(claims, { now, skewSeconds, required: isTyped(header) ? ['exp'] : [], futureIssue: 'notice' }),
    checkIssuer(claims, given.issuer, rule, given.accessTokenIssuer),
    checkAudience(claims, given),
    checkClient(claims, given.clientId),
    checkScope(claims, given),
    checkType(header, claims),
    checkClaims(header, claims),
    checkBinding(claims, given),
  ]
}

function isTyped(header: JsonObject): boolean {
  return /^(application\/)?at\+jwt$/i.test(textMember(header, 'typ') ?? '')
}

const required = ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti']

function checkType(header: JsonObject, claims: JsonObject): Check {
  const type = check('type', 'Type', rule)
  const value = textMember(header, 'typ')
  if (isTyped(header)) return type.valid(`${value}, RFC 9068.`)
  if (member(claims, 'nonce') !== undefined && member(claims, 'at_hash') !== undefined)
    return type.notice(
      'This looks like an ID token: ID tokens are for the app, not for an API.',
      'looks_like_id_token',
    )
  return type.notice(
    value === undefined
      ? 'Its type is not that of an access token (typ at+jwt); an API could mistake other tokens for one.'
      : `Its type is ${quoted(value)}, not at+jwt; an API could mistake other tokens for access tokens.`,
    'type_unusual',
  )
}

function checkClaims(header: JsonObject, claims: JsonObject): Check {
  const claimsCheck = check('required-claims', 'Required claims', 'RFC 9068 section 2.2')
  const missing = required.filter((name) => saysNothing(claims, name))
  if (missing.length === 0)
    return claimsCheck.valid('Has every claim that the access token profile requires.')
  const detail = `Missing: ${missing.join(', ')}.`
  return isTyped(header)
    ? claimsCheck.invalid(`${detail} Its type (typ) requires them.`, 'claims_missing')
    : claimsCheck.unchecked(`${detail} The token does not claim to follow RFC 9068.`, 'not_promised')
}

function checkAudience(claims: JsonObject, { audience: expected }: AccessTokenExpectations): Check {
  const audience = check('audience', 'Audience', rule)
  const value = member(claims, 'aud')
  const list = Array.isArray(value) ? value : value === undefined ? [] : [value]
  if (list.length === 0)
    return audience.notice('It has no audience (aud), so any API might accept it.', 'aud_missing')
  // A pasted token comes without a connection.
  if (expected === notKnown) return audience.unchecked('Nothing to compare it with.', 'no_expectation')
  if (expected === null)
    return audience.unchecked('The connection names no API (resource or audience).', 'no_expectation')
  if (list.includes(expected)) return audience.valid('The connection’s API.')
  return audience.invalid(
    `Meant for ${quoted(list.map(String).join(', '))}, not for ${quoted(expected)}.`,
    'aud_wrong',
    comparedWith(list.map(String).join(' '), expected),
  )
}

function checkClient(claims: JsonObject, expected: Known<string>): Check {
  const client = check('client_id', 'Client', 'RFC 9068 section 2.2')
  const name = ['client_id', 'azp', 'cid', 'appid'].find((one) => member(claims, one) !== undefined)
  if (name === undefined) return client.unchecked('It does not name the client it was issued to.', 'not_sent')
  if (expected === notKnown) return client.unchecked('No connection to compare with.', 'no_expectation')
  return member(claims, name) === expected
    ? client.valid('Issued to this connection’s client.')
    : client.invalid(`Issued to ${quoted(member(claims, name))}, not to this client.`, 'client_wrong')
}

function checkScope(claims: JsonObject, { scopeAsked: asked, scopeGranted }: AccessTokenExpectations): Check {
  const inToken = member(claims, 'scope') ?? member(claims, 'scp')
  const source = 'RFC 6749 section 3.3'
  const full = check('scope', 'Scope', source)
  const granted = typeof scopeGranted === 'string' ? scopeGranted : undefined
  if (asked === notKnown)
    return full.unchecked('The requested scope is not known: the token was pasted.', 'no_expectation')
  if (asked.trim() === '') return full.unchecked('No scope was requested.', 'no_expectation')
  if (inToken === undefined && granted === undefined)
    return full.unchecked('Neither the token nor the token response names a scope.', 'not_sent')
  const { missing } = compareScopes(asked, inToken, granted)
  if (missing.length > 0)
    return check('scope', 'Scope reduced', source).notice(
      `${missing.join(', ')} was requested but not granted.`,
      'scope_reduced',
    )
  return full.valid(
    `Everything that was requested${scopeList(inToken).length > 0 ? '' : ', as the token response says'}.`,
  )
}
