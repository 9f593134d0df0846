import type { ConnectionSettings } from '@contract/connection-settings'
import { settingParameters } from '@contract/tables/connection-settings'
import { checkFurther } from '../client/further.ts'
import { fail, ok, type Failure, type Result } from '@contract/result'

/** What this program decides itself; extra parameters cannot change it. */
const ownParameters = new Set([
  'client_assertion',
  'client_assertion_type',
  'client_id',
  'client_secret',
  'code_challenge',
  'code_challenge_method',
  'dpop_jkt',
  'grant_type',
  'nonce',
  'redirect_uri',
  'request',
  'request_uri',
  'response_mode',
  'response_type',
  'scope',
  'state',
])

/** Refuses a parameter that would change what makes a sign-in safe. Codes: `sign_in_parameter_reserved`. */
export function reservedParameter(names: string[]): Failure | undefined {
  const reserved = names.find((name) => ownParameters.has(name))
  return reserved === undefined
    ? undefined
    : {
        code: 'sign_in_parameter_reserved',
        message: `Gatehouse sets the parameter ${reserved} itself.`,
        next: 'Remove it.',
      }
}

/** Checks what a connection asks for beyond the common path, before it is saved. Codes:
 *  `connection_authorization_details`, `connection_claims`, `connection_prompt`,
 *  `sign_in_parameter_reserved`. */
export function checkSettings(settings: ConnectionSettings): Result<ConnectionSettings> {
  const { authorizationDetails, claims, prompt, extra = [], further } = settings
  const failure =
    (authorizationDetails === undefined ? undefined : detailsUnfit(authorizationDetails)) ??
    (claims === undefined ? undefined : claimsUnfit(claims)) ??
    (prompt === undefined ? undefined : promptUnfit(prompt)) ??
    reservedParameter(extra.map(({ name }) => name)) ??
    checkFurther(further)
  if (failure) return { ok: false, error: failure }
  const names = extra.map(({ name }) => name)
  if (new Set(names).size !== names.length) {
    return fail('connection_extra_twice', 'An extra parameter appears twice.', 'Remove one of them.')
  }
  return ok(settings)
}

/** The parameters that settings add to a request for authorization or, some of them, for tokens. */
export function settingsParameters(settings: ConnectionSettings = {}): [string, string][] {
  return [
    ...(settings.extra ?? []).map(({ name, value }): [string, string] => [name, value]),
    ...settingParameters(settings),
  ]
}

/** Values of `acr`, as they were asked for. */
export interface WantedAcr {
  wished: string[]
  demanded: string[]
}

/** The authentication contexts that the ID token must or should name: `acr_values` is a wish, `acr` in
 *  `claims` with `essential` a demand (OpenID Connect Core section 5.5.1.1). */
export function wantedAcr(settings: ConnectionSettings = {}): WantedAcr {
  const claims = readJson(settings.claims ?? '{}')
  const idToken = isObject(claims) ? claims['id_token'] : undefined
  const acr = isObject(idToken) ? idToken['acr'] : undefined
  const values = isObject(acr) ? [acr['values'] ?? acr['value']].flat() : []
  const texts = values.filter((value) => typeof value === 'string')
  const essential = isObject(acr) && acr['essential'] === true
  return {
    wished: [...(settings.acrValues?.split(' ') ?? []), ...(essential ? [] : texts)],
    demanded: essential ? texts : [],
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** RFC 9396 section 2: an array of objects that each name their type. */
function detailsUnfit(text: string): Failure | undefined {
  const value = readJson(text)
  if (Array.isArray(value) && value.length > 0 && value.every(isObject)) {
    if (value.every(({ type }) => typeof type === 'string' && type !== '')) return undefined
  }
  return {
    code: 'connection_authorization_details',
    message: 'The authorization details must be a JSON list of objects, each with a “type” (RFC 9396).',
    next: 'For example: [{"type": "payment_initiation", "actions": ["initiate"]}]',
  }
}

function claimsUnfit(text: string): Failure | undefined {
  return isObject(readJson(text))
    ? undefined
    : {
        code: 'connection_claims',
        message: 'The claims must be a JSON object (OpenID Connect Core section 5.5).',
        next: 'For example: {"id_token": {"email": {"essential": true}}}',
      }
}

function promptUnfit(prompt: string): Failure | undefined {
  const values = prompt.split(' ')
  if (!values.includes('none') || values.length === 1) return undefined
  return {
    code: 'connection_prompt',
    message: 'prompt=none forbids every other value (OpenID Connect Core section 3.1.2.1).',
    next: 'Remove either “none” or the other values.',
  }
}

/** The scope as a request names it: under another name, with another separator, or not at all. */
export function scopeParameter(scope: string, settings: ConnectionSettings = {}): [string, string][] {
  const { scopeLeftOut, scopeParameter: name = 'scope', scopeSeparator: separator = ' ' } = settings
  return scope === '' || scopeLeftOut === true ? [] : [[name, scope.split(' ').join(separator)]]
}
