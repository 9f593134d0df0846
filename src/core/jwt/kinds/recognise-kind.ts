import type { JwtKind } from '@contract/tables/jwt-kinds'
import { isObject, member, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'

/** What a JWT is by its own words, and by which of them. */
export interface Recognised {
  kind: JwtKind
  /** A phrase: `typ is at+jwt`. */
  because: string
}

/** The media types that name a kind in `typ` (RFC 8725 section 3.11), without `application/`. */
const types: Readonly<Record<string, JwtKind>> = {
  'at+jwt': 'access',
  'rt+jwt': 'refresh',
  'dpop+jwt': 'dpop',
  'logout+jwt': 'logout',
  'secevent+jwt': 'security_event',
  'token-introspection+jwt': 'introspection',
  'oauth-authz-req+jwt': 'request_object',
  'client-authentication+jwt': 'client_assertion',
  'kb+jwt': 'key_binding',
  'sd-jwt': 'sd_jwt',
  'dc+sd-jwt': 'sd_jwt',
  'vc+sd-jwt': 'sd_jwt',
}

/** Words of well-known issuers for what they issue (`typ` of Keycloak, `token_use` of Cognito), in small letters. */
const words: Readonly<Record<string, JwtKind>> = {
  access: 'access',
  bearer: 'access',
  id: 'id',
  refresh: 'refresh',
  offline: 'refresh',
  logout: 'logout',
}

export const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout'

type Rule = (claims: JsonObject) => string | undefined

/** The first rule that has something to say decides. */
const rules: readonly [JwtKind, Rule][] = [
  [
    'logout',
    ({ events }) =>
      isObject(events) && Object.hasOwn(events, logoutEvent) ? 'its event is a logout' : undefined,
  ],
  ['security_event', ({ events }) => (isObject(events) ? 'it reports events' : undefined)],
  ['dpop', (claims) => (hasAll(claims, 'htm', 'htu') ? 'it names a method and a URL (htm, htu)' : undefined)],
  [
    'introspection',
    (claims) => (hasAll(claims, 'token_introspection') ? 'it has token_introspection' : undefined),
  ],
  ['key_binding', (claims) => (hasAll(claims, 'sd_hash') ? 'it has sd_hash' : undefined)],
  ['sd_jwt', (claims) => one(claims, '_sd', '_sd_alg')],
  [
    'request_object',
    (claims) =>
      hasAll(claims, 'response_type', 'client_id') ? 'it has response_type and client_id' : undefined,
  ],
  [
    'authorization_response',
    (claims) =>
      hasAll(claims, 'iss', 'aud', 'exp') &&
      one(claims, 'code', 'error') !== undefined &&
      !hasAll(claims, 'sub')
        ? 'it carries the response of an authorization endpoint'
        : undefined,
  ],
  ['id', (claims) => one(claims, 'nonce', 'at_hash', 'c_hash', 's_hash', 'firebase')],
  ['access', (claims) => one(claims, 'scope', 'scp', 'permissions')],
  [
    'client_assertion',
    (claims) =>
      hasAll(claims, 'iss', 'sub', 'aud', 'exp') && member(claims, 'iss') === member(claims, 'sub')
        ? 'iss and sub are the same'
        : undefined,
  ],
  ['access', (claims) => one(claims, 'client_id', 'cid', 'appid', 'azpacr', 'appidacr', 'idtyp')],
  // Signed in through a client, by a subject, at a time: what OpenID Connect Core section 2 has beyond a plain JWT.
  [
    'id',
    (claims) =>
      hasAll(claims, 'iss', 'aud', 'sub') ? one(claims, 'auth_time', 'azp', 'email_verified') : undefined,
  ],
]

/** Recognises the kind of a JWT from what it says of itself; `plain` where nothing tells. */
export function recogniseKind(header: JsonObject, claims: JsonObject): Recognised {
  const typ = textMember(header, 'typ')
    ?.toLowerCase()
    .replace(/^application\//, '')
  const named = typ !== undefined && Object.hasOwn(types, typ) ? types[typ] : undefined
  if (named !== undefined) return { kind: named, because: `typ is ${typ}` }
  if (typ !== undefined && /^[\w.-]{1,60}\+jwt$/.test(typ))
    return { kind: 'plain', because: `typ is ${typ}, a kind with unknown rules` }
  for (const name of ['token_use', 'typ', 'token_type', 'type']) {
    const word = (textMember(claims, name) ?? '').toLowerCase().replace(/[_ -]?token$/, '')
    const found = Object.hasOwn(words, word) ? words[word] : undefined
    // The latter two are words of libraries whose access tokens follow no profile.
    const kind = name.endsWith('type') && found !== 'refresh' ? undefined : found
    if (kind !== undefined) return { kind, because: `${name} is ${word}` }
  }
  for (const [kind, rule] of rules) {
    const because = rule(claims)
    if (because !== undefined) return { kind, because }
  }
  return { kind: 'plain', because: 'nothing in it names a profile' }
}

function hasAll(claims: JsonObject, ...names: string[]): boolean {
  return names.every((name) => member(claims, name) !== undefined)
}

/** `it has NAME` for the first of them that is there. */
function one(claims: JsonObject, ...names: string[]): string | undefined {
  const name = names.find((each) => member(claims, each) !== undefined)
  return name === undefined ? undefined : `it has ${name}`
}
