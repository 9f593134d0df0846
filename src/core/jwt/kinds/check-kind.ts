import type { JwtKind } from '@contract/tables/jwt-kinds'
import type { Check } from '@contract/tokens/tokens'
import { check, quoted } from '../checks/check.ts'
import { checkSignature } from '../checks/check-signature.ts'
import { checkTime, type TimeExpectations } from '../checks/check-time.ts'
import type { SignatureKeys } from '../keys/verify-signature.ts'
import type { DecodedJwt } from '../text/decode.ts'
import { isObject, member, saysNothing, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { checkProof, proofKey } from './check-proof.ts'
import { logoutEvent } from './recognise-kind.ts'

/** Kinds with rules here; access and ID tokens have functions of their own. */
export type RuledKind = Exclude<JwtKind, 'access' | 'id'>

interface KindRules {
  /** Where the rules are. */
  source: string
  /** Claims that must be there. */
  required: readonly string[]
  /** Claims that must not be there. */
  forbidden: readonly string[]
  /** `typ` that must, or should, be there; undefined where any will do. */
  typ: { value: string; must: boolean } | undefined
  time: Pick<TimeExpectations, 'required' | 'endless'>
  /** What else there is to look at. */
  further: (token: DecodedJwt, now: number) => Check[]
}

function none(): Check[] {
  return []
}
const free = { required: [], forbidden: [], typ: undefined, time: { required: [] }, further: none }

const rules: Record<RuledKind, KindRules> = {
  plain: { ...free, source: 'RFC 7519 section 4.1' },
  refresh: { ...free, source: 'RFC 6749 section 1.5' },
  sd_jwt: { ...free, source: 'RFC 9901 section 4.1', further: ({ claims }) => checkDigestAlgorithm(claims) },
  dpop: {
    source: 'RFC 9449 section 4.3',
    required: ['jti', 'htm', 'htu', 'iat'],
    forbidden: [],
    typ: { value: 'dpop+jwt', must: true },
    time: { required: ['iat'], endless: true },
    further: checkProof,
  },
  client_assertion: {
    source: 'RFC 7523 section 3',
    required: ['iss', 'sub', 'aud', 'exp'],
    forbidden: [],
    typ: undefined,
    time: { required: ['exp'] },
    further: ({ claims }) => checkClient(claims),
  },
  request_object: {
    source: 'RFC 9101 section 4',
    required: ['client_id', 'response_type'],
    forbidden: ['request', 'request_uri'],
    typ: { value: 'oauth-authz-req+jwt', must: false },
    time: { required: [] },
    further: none,
  },
  authorization_response: {
    source: 'JARM section 2.1',
    required: ['iss', 'aud', 'exp'],
    forbidden: [],
    typ: undefined,
    time: { required: ['exp'] },
    further: none,
  },
  logout: {
    source: 'OpenID Connect Back-Channel Logout section 2.4',
    required: ['iss', 'aud', 'iat', 'exp', 'jti', 'events'],
    forbidden: ['nonce'],
    typ: { value: 'logout+jwt', must: false },
    time: { required: ['iat', 'exp'] },
    further: ({ claims }) => checkLogout(claims),
  },
  security_event: {
    source: 'RFC 8417 section 2.2',
    required: ['iss', 'iat', 'jti', 'events'],
    forbidden: [],
    typ: { value: 'secevent+jwt', must: false },
    time: { required: ['iat'], endless: true },
    further: none,
  },
  introspection: {
    source: 'RFC 9701 section 5',
    required: ['iss', 'aud', 'iat', 'token_introspection'],
    forbidden: ['sub', 'exp'],
    typ: { value: 'token-introspection+jwt', must: true },
    time: { required: ['iat'], endless: true },
    further: none,
  },
  key_binding: {
    source: 'RFC 9901 section 4.3',
    required: ['iat', 'aud', 'nonce', 'sd_hash'],
    forbidden: [],
    typ: { value: 'kb+jwt', must: true },
    time: { required: ['iat'], endless: true },
    further: none,
  },
}

/** Judges a JWT by the rules of its kind. `now` in milliseconds. Ids: signature, time, required-claims,
 *  forbidden-claims, type, and those of the kind (proof-key, proof-target, proof-age, client, events, digest). */
export async function checkKind(
  kind: RuledKind,
  token: DecodedJwt,
  { now, skewSeconds = 30, ...keys }: SignatureKeys & { now: number; skewSeconds?: number },
): Promise<Check[]> {
  const { source, required, forbidden, typ, time, further } = rules[kind]
  const { header, claims } = token
  const embedded = kind === 'dpop' ? proofKey(header) : undefined
  const signature = await checkSignature(
    token,
    embedded === undefined || keys.called !== undefined
      ? keys
      : { ...keys, keys: { keys: [embedded] }, called: 'the key inside the proof (jwk)' },
  )
  return [
    ...signature,
    checkTime(claims, { now, skewSeconds, ...time, futureIssue: 'notice' }),
    ...(required.length === 0 ? [] : [checkRequired(claims, required, source)]),
    ...forbidden
      .filter((name) => member(claims, name) !== undefined)
      .map((name) => refuseClaim(name, source)),
    ...(typ === undefined ? [] : [checkType(header, typ, source)]),
    ...further(token, now),
  ]
}

function checkRequired(claims: JsonObject, required: readonly string[], source: string): Check {
  const claimsCheck = check('required-claims', 'Required claims', source)
  const missing = required.filter((name) => saysNothing(claims, name))
  return missing.length === 0
    ? claimsCheck.valid(`All required claims are present: ${required.join(', ')}.`)
    : claimsCheck.invalid(`Missing or empty: ${missing.join(', ')}.`, 'claims_missing')
}

function refuseClaim(name: string, source: string): Check {
  return check('forbidden-claims', 'Forbidden claims', source).invalid(
    `${name} must not be present: it makes tokens of two kinds look alike.`,
    'claim_forbidden',
  )
}

function checkType(
  header: JsonObject,
  { value, must }: { value: string; must: boolean },
  source: string,
): Check {
  const type = check('type', 'Type', source)
  const stated = textMember(header, 'typ')
  const bare = stated?.toLowerCase().replace(/^application\//, '')
  if (bare === value) return type.valid(`${value}.`)
  const says =
    stated === undefined
      ? `typ is missing; it should be ${value}.`
      : `typ is ${quoted(stated)}, not ${value}.`
  return must ? type.invalid(says, 'type_wrong') : type.notice(says, 'type_unusual')
}

function checkClient(claims: JsonObject): Check[] {
  const client = check('client', 'Client', 'OpenID Connect Core section 9')
  const issuer = member(claims, 'iss')
  const same = issuer !== undefined && issuer === member(claims, 'sub')
  const named = check('jti', 'Used once', 'RFC 7523 section 3')
  return [
    same
      ? client.valid('iss and sub both name the client.')
      : client.notice(
          'iss and sub differ: this is a grant for a subject, not the authentication of a client.',
          'iss_sub_differ',
        ),
    member(claims, 'jti') === undefined
      ? named.notice('There is no jti: a server cannot detect a replay.', 'jti_missing')
      : named.valid('jti names this one assertion.'),
  ]
}

function checkLogout(claims: JsonObject): Check[] {
  const events = check('events', 'Event', 'OpenID Connect Back-Channel Logout section 2.4')
  const session = check('session', 'Who is logged out', 'OpenID Connect Back-Channel Logout section 2.4')
  const value = member(claims, 'events')
  return [
    isObject(value) && isObject(member(value, logoutEvent))
      ? events.valid('The event of a logout.')
      : events.invalid('events does not contain the logout event as an object.', 'event_missing'),
    member(claims, 'sub') === undefined && member(claims, 'sid') === undefined
      ? session.invalid('Both sub and sid are missing.', 'session_missing')
      : session.valid('Named by sub or sid.'),
  ]
}

function checkDigestAlgorithm(claims: JsonObject): Check[] {
  const digest = check('digest', 'Digests', 'RFC 9901 section 4.1.1')
  const algorithm = member(claims, '_sd_alg')
  if (algorithm === undefined) return [digest.valid('sha-256, which is the default.')]
  return typeof algorithm === 'string' && ['sha-256', 'sha-384', 'sha-512'].includes(algorithm)
    ? [digest.valid(`${algorithm}.`)]
    : [digest.notice(`${quoted(algorithm)} is not a known digest.`, 'digest_unknown')]
}
