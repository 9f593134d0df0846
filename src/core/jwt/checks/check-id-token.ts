import type { Check } from '@contract/tokens/tokens'
import { notKnown, type Known } from '../../text/known.ts'
import { checkHash } from './check-hash.ts'
import { checkAuthentication, type WantedAcr } from './check-authentication.ts'
import { checkIssuer } from './check-issuer.ts'
import { checkSignature } from './check-signature.ts'
import { checkTime } from './check-time.ts'
import { check, comparedWith, quoted } from './check.ts'
import type { DecodedToken } from '../text/decode.ts'
import { member, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import type { SignatureKeys } from '../keys/verify-signature.ts'

/** What an ID token is judged against. What is not known is reported as not checked, never as valid. */
export interface IdTokenExpectations extends Omit<SignatureKeys, 'algorithms'> {
  /** Milliseconds since 1970. */
  now: number
  skewSeconds: number
  issuer: Known<string>
  clientId: Known<string>
  /** What may sign it: of `id_token_signing_alg_values_supported`, or the one algorithm that was registered. */
  algorithms: Known<string[]>
  /** The nonce that was sent; null where none was. */
  nonce: Known<string | null>
  /** What came with it; null where nothing did. */
  accessToken: Known<string | null>
  code: Known<string | null>
  /** Where the ID token came from: hashes are required at the authorization endpoint. */
  from: IdTokenOrigin
  /** `max_age`; null where none was asked for. */
  maxAgeSeconds: Known<number | null>
  acr: Known<WantedAcr>
  /** On refresh: what the ID token before it said (OpenID Connect Core section 12.2); null for the first one. */
  previous: Known<{ subject: string; authTime: Known<number | null> } | null>
}

type IdTokenOrigin = 'token-endpoint' | 'authorization-endpoint' | 'refresh'

const core = 'OpenID Connect Core section 3.1.3.7'

/** Every rule of OpenID Connect Core 3.1.3.7 (and 3.3.2.11, 12.2, RFC 8725 for types) as a list of checks.
 *  Ids: signature, algorithm, time, issuer, audience, azp, subject, nonce, at_hash, c_hash, auth_time, acr,
 *  type; for a text that is no signed JWT only `format`. */
export async function checkIdToken(token: DecodedToken, given: IdTokenExpectations): Promise<Check[]> {
  const format = check('format', 'Format', 'OpenID Connect Core section 2')
  if (token.format === 'jwe')
    return [format.unchecked('Encrypted: nothing can be checked without the key.', 'encrypted')]
  if (token.format === 'opaque') return [format.invalid('Not a JWT, which an ID token must be.', 'not_jwt')]
  if (token.format === 'malformed')
    return [
      format.invalid(token.defects[0]?.message ?? 'Not a valid JWT.', token.defects[0]?.code ?? 'malformed'),
    ]
  if (token.nested !== undefined) return [format.unchecked('It contains another token.', 'nested')]

  const { header, claims } = token
  const { now, skewSeconds, from } = given
  const direct = from === 'authorization-endpoint'
  const previous = given.previous === notKnown || given.previous === null ? undefined : given.previous
  return [
    ...(await checkSignature(token, {
      keys: given.keys,
      keysMissing: given.keysMissing,
      secret: given.secret,
      called: given.called,
    })),
    checkAlgorithm(header, given.algorithms),
    checkTime(claims, { now, skewSeconds, required: ['exp', 'iat'], futureIssue: 'invalid' }),
    checkIssuer(claims, given.issuer, `${core} rule 2`),
    checkAudience(claims, given.clientId),
    checkAuthorizedParty(claims, given.clientId),
    checkSubject(claims, previous?.subject),
    checkNonce(claims, from === 'refresh' && member(claims, 'nonce') === undefined ? null : given.nonce),
    await checkHash(token, 'at_hash', given.accessToken, direct && typeof given.accessToken === 'string'),
    await checkHash(token, 'c_hash', given.code, direct && typeof given.code === 'string'),
    ...checkAuthentication(claims, { ...given, previousAuthTime: previous?.authTime ?? null }),
    checkType(header),
  ]
}

function checkType(header: JsonObject): Check {
  const type = check('type', 'Type', 'RFC 8725 section 3.11')
  const value = textMember(header, 'typ')
  if (value === undefined || value.toUpperCase() === 'JWT')
    return type.valid('A JWT, as required for ID tokens.')
  if (/^(application\/)?(at|logout|dpop|secevent|token-introspection|oauth-authz-req)\+jwt$/i.test(value))
    return type.invalid(`Its type is ${quoted(value)}: another kind of token.`, 'type_wrong')
  return type.notice(`An unusual type for an ID token: ${quoted(value)}.`, 'type_unusual')
}

function checkAlgorithm(header: JsonObject, announced: Known<string[]>): Check {
  const algorithm = check('algorithm', 'Algorithm', `${core} rule 7`)
  const alg = textMember(header, 'alg') ?? ''
  if (announced === notKnown)
    return algorithm.unchecked('The provider announces no algorithms.', 'no_expectation')
  if (alg.toLowerCase() === 'none') return algorithm.invalid('Not signed (alg none).', 'alg_none')
  return announced.includes(alg)
    ? algorithm.valid(`${alg} may sign ID tokens for this client.`)
    : algorithm.invalid(
        `${quoted(alg)} is not announced by the provider or not allowed for this client (allowed: ${quoted(announced.join(', '))}).`,
        'alg_not_announced',
        comparedWith(alg, announced.join(' ')),
      )
}

function audiences(claims: JsonObject): string[] | undefined {
  const value = member(claims, 'aud')
  if (typeof value === 'string') return [value]
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined
}

function checkAudience(claims: JsonObject, clientId: Known<string>): Check {
  const audience = check('audience', 'Audience', `${core} rule 3`)
  const list = audiences(claims)
  if (list === undefined || list.length === 0)
    return audience.invalid('It has no audience (aud is required).', 'aud_missing')
  if (clientId === notKnown) return audience.unchecked('No connection to compare with.', 'no_expectation')
  if (!list.includes(clientId))
    return audience.invalid(
      `Meant for ${quoted(list.join(', '))}, not for this client, ${quoted(clientId)}.`,
      'aud_wrong',
      comparedWith(list.join(' '), clientId),
    )
  return list.length === 1
    ? audience.valid('This connection’s client.')
    : audience.notice(
        `This connection’s client, and also ${quoted(list.filter((one) => one !== clientId).join(', '))}.`,
        'aud_several',
      )
}

function checkAuthorizedParty(claims: JsonObject, clientId: Known<string>): Check {
  const party = check('azp', 'Authorized party', `${core} rules 4 and 5`)
  const azp = member(claims, 'azp')
  if (clientId === notKnown) return party.unchecked('No connection to compare with.', 'no_expectation')
  if (azp === undefined)
    return (audiences(claims)?.length ?? 0) > 1
      ? party.invalid(
          'Several audiences, and azp does not say for which of them it was issued.',
          'azp_missing',
        )
      : party.unchecked('Not sent; not needed with a single audience.', 'not_sent')
  return azp === clientId
    ? party.valid('Issued to this connection’s client.')
    : party.invalid(`Issued to ${quoted(azp)}, not to this client.`, 'azp_wrong', comparedWith(azp, clientId))
}

function checkNonce(claims: JsonObject, sent: Known<string | null>): Check {
  const nonce = check('nonce', 'Nonce', `${core} rule 11`)
  const found = member(claims, 'nonce')
  if (sent === notKnown)
    return nonce.unchecked('The value sent with the sign-in was not kept.', 'no_expectation')
  if (sent === null)
    return found === undefined
      ? nonce.unchecked('None was sent.', 'not_sent')
      : nonce.notice('It has a nonce although none was sent.', 'nonce_unasked')
  if (found === undefined) return nonce.invalid('The nonce that was sent is missing.', 'nonce_missing')
  return found === sent
    ? nonce.valid('The value that was sent with this sign-in.')
    : nonce.invalid(
        'Not the value that was sent: this token belongs to another sign-in.',
        'nonce_wrong',
        comparedWith(found, sent),
      )
}

function checkSubject(claims: JsonObject, previous: string | undefined): Check {
  const subject = check('subject', 'Subject', 'OpenID Connect Core sections 2 and 12.2')
  const found = member(claims, 'sub')
  if (found !== undefined && typeof found !== 'string')
    return subject.invalid(`sub must be text; it is ${quoted(found)}.`, 'sub_unsound')
  if (found === undefined || found === '')
    return subject.invalid('It has no subject (sub is required).', 'sub_missing')
  if (found.length > 255) return subject.invalid('The subject is longer than 255 characters.', 'sub_too_long')
  if (previous !== undefined && previous !== found)
    return subject.invalid(
      'Names another user than before the refresh.',
      'sub_changed',
      comparedWith(found, previous),
    )
  return subject.valid(previous === undefined ? 'Names an account.' : 'The same account as before.')
}
