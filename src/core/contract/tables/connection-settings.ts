import type { ConnectionSettings } from '../connection-settings.ts'
import { messageKindTable } from './message-kinds.ts'
import { keysOf } from './keys-of.ts'

/** The parameter of an authorization request that a setting becomes, and the way back from a pasted address.
 *  `write` and `facts` are methods, so that a row of one setting stands for any: it is only given its own values. */
interface Parameter<V> {
  name: string
  write(value: V): string
  /** `undefined` where the text is none. */
  read: (text: string) => V | undefined
}

/** What is said of a setting among a connection's facts: a protection that is on, what is done for a provider that
 *  deviates from the specification, or a name with its value. */
export type SettingFact = { protection: string } | { odd: string } | { name: string; value: string }

interface Row<V> {
  /** Null: it becomes none, or one that the request makes of several. */
  parameter: Parameter<V> | null
  facts(value: V): SettingFact[]
}
type Name = keyof ConnectionSettings
type Value<K extends Name> = NonNullable<ConnectionSettings[K]>
type Table = { [K in Name]-?: Row<Value<K>> }

const placements = {
  basic_raw: 'the client secret is sent in Basic as is, not form-encoded',
  basic_and_body: 'the client secret is sent in Basic and in the body',
  query: 'the client secret is sent in the query, which ends up in logs',
} as const

/** What messages are called. */
const shownElsewhere = { parameter: null, facts: () => [] }

/** What a connection asks for beyond the common path. Its schema: connection-settings.ts; the controls: the form in
 *  features/accounts/connect. */
const settingTable: Table = {
  grant: shownElsewhere,
  pushed: onOff('pushed requests (PAR)'),
  signedRequest: onOff('signed requests'),
  // A row of its own, with the word that it is deprecated.
  responseType: shownElsewhere,
  // Its default is not named in the request.
  responseMode: {
    parameter: null,
    facts: (mode) => [{ protection: `response as ${mode}` }],
  },
  // Parts of the redirect, which is shown whole.
  loopbackHost: shownElsewhere,
  loopbackPort: shownElsewhere,
  windowRedirectUri: shownElsewhere,
  assertionAudience: {
    parameter: null,
    facts: (value) => [{ name: 'aud of assertions', value: value.replace('_', ' ') }],
  },
  dpop: onOff('tokens bound to a key (DPoP)'),
  acceptUnverified: {
    parameter: null,
    facts: (on) =>
      on ? [{ odd: 'ID tokens are accepted unverified if their signature cannot be checked' }] : [],
  },
  further: {
    parameter: null,
    facts: (parts) =>
      parts.map(({ to, where, name }) => ({ odd: `${messageKindTable[to]} carries the ${where} ${name}` })),
  },
  secretPlacement: odd((placement) => placements[placement]),
  formTokenAnswer: odd(() => 'token responses may be form-encoded'),
  sendAsBearer: odd(() => 'tokens without a type, or of an unknown one, are sent as Bearer'),
  accessTokenAt: odd((at) => `the access token is at ${at}`),
  refreshTokenAt: odd((at) => `the refresh token is at ${at}`),
  expiresInAt: odd((at) => `the token’s lifetime is at ${at}`),
  lifeAs: odd((as) =>
    as === 'time'
      ? 'the token’s lifetime is given as its time of expiry'
      : 'the token’s lifetime is in milliseconds',
  ),
  apiToken: odd(() => 'APIs receive the ID token instead of the access token'),
  apiScheme: odd((scheme) =>
    scheme.toLowerCase() === 'none'
      ? 'APIs receive the token without a scheme'
      : `APIs receive the token as “${scheme}”`,
  ),
  apiHeader: odd((name) => `APIs receive the token in the header ${name}`),
  apiQuery: odd((name) => `APIs receive the token in the parameter ${name}, which ends up in logs`),
  apiCookie: odd((name) => `APIs receive the token in the cookie ${name}`),
  scopeSeparator: odd((separator) => `scopes are separated by “${separator}”`),
  scopeParameter: odd((name) => `the scope is sent in the parameter ${name}`),
  scopeLeftOut: odd(() => 'the scope is not sent'),
  audience: text('audience'),
  // Each one is a parameter: `resource` (RFC 8707 section 2).
  resources: { parameter: null, facts: (value) => [{ name: 'resource', value: value.join(' ') }] },
  prompt: text('prompt'),
  maxAgeSeconds: {
    parameter: { name: 'max_age', write: String, read: seconds },
    facts: (value) => [{ name: 'max_age', value: String(value) }],
  },
  acrValues: text('acr_values'),
  loginHint: text('login_hint'),
  uiLocales: text('ui_locales'),
  claims: text('claims'),
  authorizationDetails: text('authorization_details'),
  typed: {
    parameter: null,
    facts: (fields) => fields.map(({ field, template }) => ({ name: `${field}, as typed`, value: template })),
  },
  // Parameters with names of their own.
  extra: { parameter: null, facts: (value) => value.map(({ name, value: of }) => ({ name, value: of })) },
}

/** The parameters that settings become by themselves. */
export function settingParameters(settings: ConnectionSettings): [string, string][] {
  return keysOf(settingTable).flatMap((key) => parameterOf(key, settings))
}

/** The setting that a parameter of an authorization request stands for; `undefined` where it stands for none. A value
 *  that does not fit is left out. */
export function settingOf(parameter: string, value: string): ConnectionSettings | undefined {
  const key = keysOf(settingTable).find((each) => settingTable[each].parameter?.name === parameter)
  if (key === undefined) return undefined
  const read = settingTable[key].parameter?.read(value)
  return read === undefined ? {} : { [key]: read }
}

/** What is said of settings among a connection's facts. */
export function settingFacts(settings: ConnectionSettings): SettingFact[] {
  return keysOf(settingTable).flatMap((key) => factsOf(key, settings))
}

/** What is done for a provider that deviates from the specification, each in words. */
export function oddFacts(settings: ConnectionSettings = {}): string[] {
  return settingFacts(settings).flatMap((fact) => ('odd' in fact ? fact.odd : []))
}

function parameterOf(key: Name, settings: ConnectionSettings): [string, string][] {
  const { parameter }: Row<Value<Name>> = settingTable[key]
  const value = settings[key]
  return parameter === null || value === undefined ? [] : [[parameter.name, parameter.write(value)]]
}

function factsOf(key: Name, settings: ConnectionSettings): SettingFact[] {
  const row: Row<Value<Name>> = settingTable[key]
  const value = settings[key]
  return value === undefined ? [] : row.facts(value)
}

/** A setting for a provider that deviates from the specification. What is turned off says nothing. */
function odd<V extends string | boolean>(says: (value: V) => string): Row<V> {
  return { parameter: null, facts: (value) => (value === false ? [] : [{ odd: says(value) }]) }
}

function onOff(protection: string): Row<boolean> {
  return { parameter: null, facts: (on) => (on ? [{ protection }] : []) }
}

function text(name: string): Row<string> {
  return {
    parameter: { name, write: (value) => value, read: (value) => value },
    facts: (value) => [{ name, value }],
  }
}

function seconds(value: string): number | undefined {
  return /^\d{1,8}$/.test(value) && Number(value) <= 31_536_000 ? Number(value) : undefined
}
