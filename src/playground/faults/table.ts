/** Where a fault shows itself. `token` is every token request; `id`, `access` and `refresh` are those that it touches. */
export type FaultPlace =
  | 'api'
  | 'token'
  | 'id'
  | 'access'
  | 'refresh'
  | 'jwks'
  | 'discovery'
  | 'authorize'
  | 'userinfo'

type Fault = { at: FaultPlace; what: string; sound: string; section: string }

const core = 'OpenID Connect Core 3.1.3.7'

/** What can be made to go wrong on purpose, and what a sound client does then. */
export const faults = {
  'expired-tokens': {
    at: 'access',
    what: 'The provider issues access tokens that have already expired.',
    sound: 'Refreshes once after the 401, and tells the user if that does not help; it does not keep trying.',
    section: 'RFC 6750 3.1',
  },
  'wrong-audience': {
    at: 'access',
    what: 'The provider issues access tokens for another API.',
    sound: 'Shows the refusal; it refreshes once at most, as that cannot help.',
    section: 'RFC 9068 4',
  },
  'rotated-keys': {
    at: 'api',
    what: 'The provider signs with new keys; what the old keys signed is no longer accepted.',
    sound:
      'Fetches the key set again when it meets an unknown `kid`, and refreshes or signs in again after the 401.',
    section: 'OpenID Connect Core 10.1.1',
  },
  'too-many-requests': {
    at: 'api',
    what: 'The API answers 429 Too Many Requests to every call.',
    sound: 'Waits as long as `Retry-After` says.',
    section: 'RFC 6585 4',
  },
  'clock-skew': {
    at: 'api',
    what: 'The clock of the API is ten minutes ahead.',
    sound: 'Says that the clocks differ; the token has not expired by its own clock.',
    section: 'RFC 7519 4.1.4',
  },
  'id-wrong-issuer': {
    at: 'id',
    what: 'The ID token names another issuer.',
    sound: 'Refuses the sign-in.',
    section: core,
  },
  'id-missing-issuer': {
    at: 'id',
    what: 'The ID token has no `iss`.',
    sound: 'Refuses the sign-in.',
    section: core,
  },
  'id-wrong-audience': {
    at: 'id',
    what: 'The ID token is for another client.',
    sound: 'Refuses the sign-in.',
    section: core,
  },
  'id-missing-audience': {
    at: 'id',
    what: 'The ID token has no `aud`.',
    sound: 'Refuses the sign-in.',
    section: core,
  },
  'id-wrong-nonce': {
    at: 'id',
    what: 'The ID token has a `nonce` that was not sent.',
    sound: 'Refuses the sign-in.',
    section: core,
  },
  'id-missing-nonce': {
    at: 'id',
    what: 'The ID token has no `nonce` although one was sent.',
    sound: 'Refuses the sign-in.',
    section: core,
  },
  'id-wrong-azp': {
    at: 'id',
    what: 'The ID token is for two audiences, and its `azp` is another client.',
    sound: 'Refuses the sign-in.',
    section: core,
  },
  'id-missing-azp': {
    at: 'id',
    what: 'The ID token is for two audiences, and has no `azp`.',
    sound: 'Refuses the sign-in: it does not trust the other audience.',
    section: core,
  },
  'id-wrong-at-hash': {
    at: 'id',
    what: 'The `at_hash` of the ID token belongs to another access token.',
    sound: 'May refuse the sign-in: in the code flow, comparing is optional.',
    section: 'OpenID Connect Core 3.1.3.8',
  },
  'id-missing-at-hash': {
    at: 'id',
    what: 'The ID token has no `at_hash`.',
    sound: 'Signs in: in the code flow it may be left out.',
    section: 'OpenID Connect Core 3.1.3.6',
  },
  'id-expired': {
    at: 'id',
    what: 'The ID token expired an hour ago.',
    sound: 'Refuses the sign-in.',
    section: core,
  },
  'id-unsigned': {
    at: 'id',
    what: 'The ID token has `alg` none and no signature.',
    sound: 'Refuses the sign-in.',
    section: 'RFC 8725 3.1',
  },
  'id-bad-signature': {
    at: 'id',
    what: 'The signature of the ID token is invalid.',
    sound:
      'Refuses the sign-in, if it checks signatures (it may rely on TLS for what comes from the token endpoint).',
    section: core,
  },
  'id-unknown-kid': {
    at: 'id',
    what: 'The ID token is signed with a key that is not published.',
    sound: 'Fetches the key set again, then refuses the sign-in.',
    section: 'OpenID Connect Core 10.1.1',
  },
  'access-bad-signature': {
    at: 'access',
    what: 'The signature of the access token is invalid.',
    sound: 'Shows the refusal of the API; it does not judge access tokens itself.',
    section: 'RFC 9068 4',
  },
  'access-unknown-kid': {
    at: 'access',
    what: 'The access token is signed with a key that is not published.',
    sound: 'Shows the refusal of the API; an API fetches the key set again before it refuses.',
    section: 'RFC 9068 4',
  },
  'access-wrong-issuer': {
    at: 'access',
    what: 'The access token names another issuer.',
    sound: 'Shows the refusal of the API.',
    section: 'RFC 9068 4',
  },
  'empty-jwks': {
    at: 'jwks',
    what: 'The key set is empty.',
    sound: 'Refuses the sign-in for lack of a key, and does not cache an empty set for long.',
    section: 'RFC 7517 5',
  },
  'response-wrong-issuer': {
    at: 'authorize',
    what: 'The authorization response has the `iss` of another provider.',
    sound: 'Refuses the response, and does not send the code anywhere.',
    section: 'RFC 9207 2.4',
  },
  'response-missing-issuer': {
    at: 'authorize',
    what: 'The authorization response has no `iss` although the provider announces it.',
    sound: 'Refuses the response, and does not send the code anywhere.',
    section: 'RFC 9207 2.4',
  },
  'response-wrong-state': {
    at: 'authorize',
    what: 'The authorization response has a `state` that was not sent.',
    sound: 'Refuses the response, and does not send the code anywhere.',
    section: 'RFC 6749 10.12',
  },
  'slow-answer': {
    at: 'token',
    what: 'The response comes after ten seconds.',
    sound:
      'Waits with a limit of its own, and does not send a code or a refresh token twice in the meantime.',
    section: 'RFC 9110 9.2.2',
  },
  'cut-answer': {
    at: 'token',
    what: 'The connection breaks in the middle of the response.',
    sound: 'Says that the response was cut off; it does not use half of it.',
    section: 'RFC 9112 8',
  },
  'huge-answer': {
    at: 'token',
    what: 'The response is 64 MB of JSON.',
    sound: 'Stops reading at a limit of its own.',
    section: 'RFC 9110 4.2.5',
  },
  'html-answer': {
    at: 'token',
    what: 'The response is a web page with status 200.',
    sound: 'Says that it got no JSON; it does not show the page.',
    section: 'RFC 6749 5.1',
  },
  'rate-limited': {
    at: 'token',
    what: 'The provider answers 429 with `Retry-After: 2`.',
    sound: 'Retries no earlier than it says, and keeps its refresh token.',
    section: 'RFC 6585 4',
  },
  unavailable: {
    at: 'token',
    what: 'The provider answers 503 with `Retry-After: 2`.',
    sound: 'Retries no earlier than it says, and keeps its refresh token.',
    section: 'RFC 9110 15.6.4',
  },
  'refresh-expired': {
    at: 'refresh',
    what: 'A refresh is refused: the refresh token has expired.',
    sound: 'Does not use the refresh token again, and asks the user to sign in again.',
    section: 'RFC 6749 5.2',
  },
  'refresh-refused': {
    at: 'refresh',
    what: 'A refresh is refused: this client may not refresh.',
    sound: 'Says that the client may not refresh; it does not keep trying.',
    section: 'RFC 6749 5.2',
  },
  'refresh-reuse': {
    at: 'refresh',
    what: 'A refresh is treated as a reuse: the whole grant is revoked.',
    sound: 'Does not use a refresh token of the grant again, and asks the user to sign in again.',
    section: 'RFC 9700 4.14.2',
  },
} as const satisfies Record<string, Fault>

export type FaultName = keyof typeof faults

export const faultNames = Object.keys(faults) as [FaultName, ...FaultName[]]

/** Those that the app's page switches. */
export const appFaults = [
  'expired-tokens',
  'wrong-audience',
  'rotated-keys',
  'too-many-requests',
  'clock-skew',
] as const

export type AppFault = (typeof appFaults)[number]

/** In one sentence each, for people. */
export const faultDescriptions = Object.fromEntries(
  faultNames.map((name) => [name, faults[name].what]),
) as Record<FaultName, string>

export function isFaultName(text: string): text is FaultName {
  return Object.hasOwn(faults, text)
}

/** How far the API's clock is ahead under the fault `clock-skew`, in seconds. */
export const clockSkewSeconds = 600
