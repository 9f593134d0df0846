import type { ExplainContext, NameRules, Saying } from './explain-types.ts'
import { isObject, member } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { durationWords, momentOf } from '../text/numeric-date.ts'
import { compareScopes, scopeList, scopeSentence } from '../text/scope.ts'

/** The host of a URL, else the text itself. */
function hostOf(url: string): string {
  try {
    return new URL(url).host || url
  } catch {
    return url
  }
}

/** What a scope allows and what of the scope asked for is missing. */
export function explainScope(value: unknown, { connection, kind }: ExplainContext): string | Saying {
  const says = scopeSentence(scopeList(value))
  // Scopes are granted to the access token; another token that names some promises nothing.
  if (connection?.scopeAsked === undefined || (kind ?? 'access') !== 'access') return says
  const { missing } = compareScopes(connection.scopeAsked, value, connection.scopeGranted)
  return missing.length > 0
    ? { says, attention: `Requested ${missing.join(', ')}, which was not granted.` }
    : says
}

/** Whom a client identifier names. */
export function explainClient(value: unknown, { connection }: ExplainContext): string | Saying {
  if (!connection) return 'The client the token was issued to.'
  return value === connection.clientId
    ? 'Issued to this connection’s client.'
    : {
        says: 'The client the token was issued to.',
        attention: `Not this connection’s client, ${connection.clientId}.`,
      }
}

function jwt(section: string): string {
  return `RFC 7519 section ${section}`
}

function issuer(value: unknown, { connection }: ExplainContext): string | Saying {
  const text = String(value)
  if (!connection) return `Issued by ${hostOf(text)}.`
  if (text === connection.issuer)
    return `Issued by ${connection.providerName ?? hostOf(text)}. Matches the connection.`
  return { says: `Issued by ${hostOf(text)}.`, attention: `The connection’s issuer is ${connection.issuer}.` }
}

function originOf(url: string): string | undefined {
  try {
    const { origin } = new URL(url)
    return origin === 'null' ? undefined : origin
  } catch {
    return undefined
  }
}

/** Whether an audience is the provider itself, as with its userinfo endpoint: it could make the token anyway. */
function isProvider(audience: string, { connection }: ExplainContext): boolean {
  const origin = originOf(audience)
  return connection !== undefined && origin !== undefined && origin === originOf(connection.issuer)
}

function audience(value: unknown, context: ExplainContext): string | Saying {
  const { connection, kind } = context
  const list = Array.isArray(value) ? value.map(String) : [String(value)]
  const wanted = kind === 'id' ? connection?.clientId : connection?.audience
  const words =
    kind === 'id' ? 'this app’s registration' : (connection?.audienceName ?? 'the connection’s API')
  if (wanted === undefined)
    return list.length === 1
      ? `Meant for ${list[0]} only.`
      : `Meant for ${list.length} recipients; any of them may accept it.`
  if (list.includes(wanted)) {
    const others = list.filter((one) => one !== wanted)
    const strangers = others.filter((one) => !isProvider(one, context))
    if (others.length === 0) return `Meant for ${words} only.`
    if (strangers.length === 0) return `Meant for ${words}, and for the provider itself.`
    return {
      says: `Meant for ${words}.`,
      attention: `Also meant for ${strangers.join(', ')}: they could use it too.`,
    }
  }
  return {
    says: `Meant for ${list.join(', ')}.`,
    attention: `Not meant for ${wanted}, which ${kind === 'id' ? 'is this app' : 'the connection requests'}.`,
  }
}

function expiry(value: unknown, { now }: ExplainContext, claims: JsonObject): string | Saying {
  const at = momentOf(value) ?? NaN
  const life = at - (momentOf(member(claims, 'iat')) ?? NaN)
  const says =
    life > 0
      ? `The token expires then, ${durationWords(life)} after it was issued.`
      : 'The token expires then and is refused afterwards.'
  if (life <= 0) return { says, attention: 'It expires before it was issued.' }
  return at <= now ? { says, attention: 'It has expired.' } : says
}

function issuedAt(value: unknown, { now }: ExplainContext): string | Saying {
  const at = momentOf(value)
  return at !== undefined && at > now + 60_000
    ? { says: 'When the token was issued.', attention: 'In the future: one of the two clocks is wrong.' }
    : 'When the token was issued.'
}

function notBefore(value: unknown, { now }: ExplainContext): string | Saying {
  const at = momentOf(value)
  const says = 'The token is refused before this moment.'
  return at !== undefined && at > now ? { says, attention: 'That moment has not come yet.' } : says
}

function confirmation(value: unknown): string {
  if (!isObject(value)) return 'Binds the token to a key.'
  if (member(value, 'jkt') !== undefined)
    return 'Bound to a DPoP key: only usable with a proof signed by it (RFC 9449).'
  if (member(value, 'x5t#S256') !== undefined)
    return 'Bound to a client certificate: only usable over mutual TLS with it (RFC 8705).'
  return 'Bound to a key: only usable by whoever can prove possession of it.'
}

function actor(value: unknown): string {
  const subject = isObject(value) ? member(value, 'sub') : undefined
  return typeof subject === 'string'
    ? `${subject} acts on behalf of the subject.`
    : 'Someone acts on behalf of the subject.'
}

/** Claims of RFC 7519, RFC 9068, RFC 8693 and their neighbours. */
export const registeredClaims: NameRules = {
  iss: { shape: 'text', source: jwt('4.1.1'), says: issuer },
  sub: {
    shape: 'text',
    source: jwt('4.1.2'),
    says: (value, { connection }, claims) => {
      if (value === member(claims, 'client_id') || value === member(claims, 'azp'))
        return 'The client itself: no user is behind this token.'
      return connection?.subjectName === undefined
        ? 'Whom or what the token is about, unique at this issuer: a user, an app or a device.'
        : `The account: stable id of ${connection.subjectName} at this issuer.`
    },
  },
  aud: { shape: 'audience', source: jwt('4.1.3'), says: audience },
  exp: { shape: 'time', source: jwt('4.1.4'), says: expiry },
  nbf: { shape: 'time', source: jwt('4.1.5'), says: notBefore },
  iat: { shape: 'time', source: jwt('4.1.6'), says: issuedAt },
  jti: { shape: 'text', source: jwt('4.1.7'), says: 'A unique id for this token.' },
  scope: { shape: 'scope', source: 'RFC 8693 section 4.2', says: explainScope },
  scp: {
    shape: 'scope',
    source: 'Not registered; the scope at Microsoft Entra ID and Okta',
    says: explainScope,
  },
  client_id: { shape: 'text', source: 'RFC 8693 section 4.3', says: explainClient },
  cnf: { shape: 'json', source: 'RFC 7800 section 3.1', says: confirmation },
  act: { shape: 'json', source: 'RFC 8693 section 4.1', says: actor },
  may_act: { shape: 'json', source: 'RFC 8693 section 4.4', says: 'Who may act on behalf of the subject.' },
  roles: {
    shape: 'list',
    source: 'RFC 9068 section 2.2.3.1',
    says: 'Roles of the account; the API decides what they allow.',
  },
  groups: { shape: 'list', source: 'RFC 9068 section 2.2.3.1', says: 'Groups that the account belongs to.' },
  entitlements: {
    shape: 'list',
    source: 'RFC 9068 section 2.2.3.1',
    says: 'Individual permissions of the account.',
  },
  authorization_details: {
    shape: 'json',
    source: 'RFC 9396 section 9.1',
    says: 'What exactly was allowed, finer than a scope.',
  },
  events: {
    shape: 'json',
    source: 'RFC 8417 section 2.2',
    says: 'The events that this security event token reports.',
  },
  toe: { shape: 'time', source: 'RFC 8417 section 2.2', says: 'When the event happened.' },
  txn: { shape: 'text', source: 'RFC 8417 section 2.2', says: 'Names the transaction.' },
  htm: {
    shape: 'text',
    source: 'RFC 9449 section 4.2',
    says: 'The HTTP method that this DPoP proof is for.',
  },
  htu: { shape: 'text', source: 'RFC 9449 section 4.2', says: 'The URL that this DPoP proof is for.' },
  ath: {
    shape: 'text',
    source: 'RFC 9449 section 4.2',
    says: 'Hash of the access token that goes with this proof.',
  },
  active: {
    shape: 'boolean',
    source: 'RFC 7662 section 2.2',
    says: 'Whether the token is active, according to its issuer.',
  },
  token_introspection: {
    shape: 'json',
    source: 'RFC 9701 section 5',
    says: 'The response to an introspection, signed.',
  },
}
