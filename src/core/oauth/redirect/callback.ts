import { defined } from '@contract/defined'
import { responseModeTable } from '@contract/tables/response-modes'
import { fail, ok, type Failure, type Result } from '@contract/result'
import type { SignInSecrets } from '../authorization/authorization-request.ts'
import { equalTexts } from '../wire/encoding.ts'
import { readSignedResponse } from './jarm.ts'
import { partsOf } from '../authorization/response-type.ts'
import { providerWords, type ProviderFailure } from '../wire/provider-text.ts'
import { customSchemeForms, customSchemeRedirectUri } from './redirect-address.ts'

/** How an authorization response came, whatever it says. */
interface CallbackOrigin {
  redirectUri: string
  state: string
  /** `iss` of RFC 9207, not yet compared. */
  issuer?: string
  /** The JWT that it came in (JARM), not yet verified. */
  signed?: string
  inFragment?: true
}

/** An authorization response that brings something. */
export type AnsweredCallback = Exclude<Callback, { kind: 'error' }>

/** What an authorization response says (RFC 6749 section 4.1.2), before anyone believed it. */
export type Callback =
  | (CallbackOrigin & { kind: 'code'; code: string; parameters: [string, string][] })
  /** Tokens without a code (implicit): RFC 6749 section 4.2.2, OpenID Connect Core section 3.2.2.5. */
  | (CallbackOrigin & { kind: 'tokens'; parameters: [string, string][] })
  | (CallbackOrigin & { kind: 'error'; failure: ProviderFailure })

const maxLength = 65_536
const maxParameters = 64
const lookAgain = 'Start the sign-in again from Gatehouse.'

/** Reads whatever the operating system, the loopback listener or a person hands over as an authorization
 *  response. Believes nothing: whether `state` belongs to a sign-in is for `matchCallback` to say.
 *  Codes: `callback_not_ours`, `callback_too_long`, `callback_malformed`, `callback_duplicate_parameter`,
 *  `callback_state_missing`, `callback_encrypted`, `callback_no_code`. */
export function readCallback(
  url: string,
  { loopbackRedirectUris = [] }: { loopbackRedirectUris?: readonly string[] } = {},
): Result<Callback> {
  if (url.length > maxLength)
    return fail('callback_too_long', 'The redirect is longer than 64 KB.', lookAgain)
  const { base, query, fragment } = splitUrl(url)
  const redirectUri = redirectUriOf(base, loopbackRedirectUris)
  if (redirectUri === undefined) {
    return fail(
      'callback_not_ours',
      'This is not a redirect to Gatehouse.',
      `A redirect starts with ${customSchemeRedirectUri}? or with the loopback address of a pending sign-in.`,
    )
  }
  if (!/^[\x21-\x7e]*$/.test(url)) return malformed('contains spaces, control or non-ASCII characters')
  const inFragment = query === '' && /(^|&)(code|state|error|response|id_token|access_token)=/.test(fragment)
  const outer = readParameters(inFragment ? fragment : query)
  if (!outer.ok) return outer
  const signed = new Map(outer.value).get('response')
  const parameters = signed === undefined ? outer : readSignedResponse(signed)
  if (!parameters.ok) return parameters
  const values = new Map(parameters.value)
  const read = (name: string) => values.get(name)

  const state = read('state')
  const failed = values.has('error')
  if (!state) {
    const words = failed ? ` It says: ${errorFailure(read).message}` : ''
    return fail(
      'callback_state_missing',
      `The redirect carries no state, so it cannot be matched to a sign-in.${words}`,
      lookAgain,
    )
  }
  if (!/^[\x20-\x7e]{1,4096}$/.test(state)) return malformed('carries an impossible state')
  const iss = read('iss')
  const from: CallbackOrigin = {
    redirectUri,
    state,
    ...defined({ issuer: iss, signed }),
    ...defined({ inFragment: inFragment ? inFragment : undefined }),
  }
  if (failed) return ok({ kind: 'error', ...from, failure: errorFailure(read) })
  const code = read('code')
  if (!code && (read('access_token') || read('id_token')))
    return ok({ kind: 'tokens', ...from, parameters: parameters.value })
  if (!code) return fail('callback_no_code', 'The redirect carries neither a code nor an error.', lookAgain)
  // RFC 6749 appendix A.11: a code is printable ASCII.
  if (!/^[\x20-\x7e]+$/.test(code)) return malformed('carries an impossible code')
  return ok({ kind: 'code', ...from, code, parameters: parameters.value })
}

/** Whether a callback answers this very sign-in: `state` (RFC 6749 section 10.12), where it came in, and in
 *  the form that was asked for. Codes: `callback_state_unknown`, `callback_other_redirect`,
 *  `callback_not_signed`, `callback_signed_unasked`, `callback_in_fragment`, `callback_in_query`,
 *  `callback_part_missing`, `callback_part_unasked`. */
export function matchCallback(callback: Callback, secrets: SignInSecrets): Result<Callback> {
  if (!equalTexts(callback.state, secrets.state)) return { ok: false, error: unknownState }
  if (callback.redirectUri !== secrets.redirectUri) {
    return fail(
      'callback_other_redirect',
      'The response arrived in a different way than this sign-in requested.',
      'Nothing was changed. Start the sign-in again.',
    )
  }
  const unfit = modeFailure(callback, secrets) ?? partFailure(callback, secrets)
  return unfit === undefined ? ok(callback) : { ok: false, error: unfit }
}
function malformed(what: string) {
  return fail('callback_malformed', `The redirect ${what}, so it was not used.`, lookAgain)
}

function splitUrl(url: string): { base: string; query: string; fragment: string } {
  const hashAt = url.indexOf('#')
  const beforeHash = hashAt === -1 ? url : url.slice(0, hashAt)
  const queryAt = beforeHash.indexOf('?')
  return {
    base: queryAt === -1 ? beforeHash : beforeHash.slice(0, queryAt),
    query: queryAt === -1 ? '' : beforeHash.slice(queryAt + 1),
    fragment: hashAt === -1 ? '' : url.slice(hashAt + 1),
  }
}

const advice: Record<string, string> = {
  access_denied:
    'Either someone pressed Deny at the provider, or its rules refuse this user. Nothing was stored. Sign in again, or ask the provider’s operator for access.',
  invalid_request:
    'Check the connection’s redirect, scope and extra settings: the provider refused one of them.',
  invalid_scope: 'Remove the scopes that this client may not request from the connection.',
  unauthorized_client: 'Allow the authorization code grant for this client at the provider.',
  unsupported_response_type:
    'Allow the response type that the connection requests, or “code”, for this client at the provider.',
  server_error: 'The provider failed. Try again in a moment.',
  temporarily_unavailable: 'The provider is overloaded or under maintenance. Try again in a moment.',
  invalid_target: 'Check the connection’s resource: the provider does not know it or refuses it (RFC 8707).',
  login_required: 'Sign in again without prompt=none.',
  consent_required: 'Sign in again without prompt=none, so that you can consent.',
  interaction_required: 'Sign in again without prompt=none.',
}

function redirectUriOf(base: string, loopbackRedirectUris: readonly string[]): string | undefined {
  return customSchemeForms.includes(base)
    ? customSchemeRedirectUri
    : loopbackRedirectUris.find((uri) => uri === base)
}

/** `application/x-www-form-urlencoded`, strictly: each name once (RFC 6749 section 3.1), sound UTF-8. */
function readParameters(query: string): Result<[string, string][]> {
  const seen = new Set<string>()
  const pairs: [string, string][] = []
  for (const part of query.split('&')) {
    if (part === '') continue
    if (pairs.length === maxParameters) return malformed(`carries more than ${maxParameters} parameters`)
    const equalsAt = part.indexOf('=')
    const decode = (text: string) => decodeURIComponent(text.replaceAll('+', ' '))
    let name: string
    let value: string
    try {
      name = decode(equalsAt === -1 ? part : part.slice(0, equalsAt))
      value = equalsAt === -1 ? '' : decode(part.slice(equalsAt + 1))
    } catch {
      return malformed('is not properly encoded')
    }
    if (seen.has(name)) {
      return fail(
        'callback_duplicate_parameter',
        `The redirect carries ${/^[\w.-]{1,40}$/.test(name) ? `“${name}”` : 'a parameter'} twice. That is forbidden, because it could smuggle in someone else’s response.`,
        lookAgain,
      )
    }
    seen.add(name)
    pairs.push([name, value])
  }
  return ok(pairs)
}

function adviceFor(error = '') {
  return Object.hasOwn(advice, error)
    ? advice[error]
    : 'Read what the provider says, correct the connection, and sign in again.'
}

/** What is said of a callback whose `state` belongs to no sign-in that waits: late, repeated or forged. */
export const unknownState: Failure = {
  code: 'callback_state_unknown',
  message: 'This redirect matches no sign-in in progress: it is late, was already used, or was forged.',
  next: 'Nothing was changed. If you just signed in, start the sign-in again from Gatehouse.',
}

function errorFailure(read: (name: string) => string | undefined): ProviderFailure {
  const words = providerWords(read)
  return {
    code: 'callback_provider_error',
    message: `The provider ended the sign-in with ${words.providerError ?? 'an error'}${words.providerDescription ? `: “${words.providerDescription}”` : '.'}`,
    next: adviceFor(read('error')),
    ...words,
  }
}

function modeFailure(
  callback: Callback,
  { responseMode = 'query', responseType }: SignInSecrets,
): Failure | undefined {
  const { signed: wantsSigned, place } = responseModeTable[responseMode]
  if (wantsSigned && callback.signed === undefined) {
    return {
      code: 'callback_not_signed',
      message: `A signed response (JARM) was requested, but this one is not signed.${callback.kind === 'error' ? ` It says: ${callback.failure.message}` : ''}`,
      next: 'Nothing was changed. If it keeps happening, choose a response that is not signed under “Response mode” in the connection.',
    }
  }
  if (!wantsSigned && callback.signed !== undefined) {
    return {
      code: 'callback_signed_unasked',
      message: 'The provider responded with a JWT (JARM), which was not requested.',
      next: 'Choose a signed response under “Response mode” in the connection, or have the provider turn signing off for this client.',
    }
  }
  if (callback.inFragment && place !== 'fragment') {
    return {
      code: 'callback_in_fragment',
      message: 'The provider responded in the fragment (after #), which was not requested.',
      next: 'Have the provider respond in the query for this client, or choose the fragment under “Response mode” in the connection.',
    }
  }
  // The response on loopback arrives like a query, but was posted: the listener takes nothing else.
  if (responseType !== undefined && place === 'fragment' && !callback.inFragment) {
    if (callback.kind === 'error') return undefined
    return {
      code: 'callback_in_query',
      message:
        'The provider put its tokens into the query, where they are forbidden: histories and logs keep it.',
      next: 'Nothing was changed. Have the provider respond in the fragment for this client.',
    }
  }
  return undefined
}

/** Tokens that no one asked for are as suspect as a code that is missing. */
function partFailure(callback: Callback, secrets: SignInSecrets): Failure | undefined {
  const responseType = secrets.responseType ?? 'code'
  if (callback.kind === 'error') return undefined
  const wanted = partsOf(responseType)
  const values = new Map(callback.parameters)
  const parts = [
    ['a code', wanted.code, values.get('code')],
    ['an ID token', wanted.idToken, values.get('id_token')],
    ['an access token', wanted.accessToken, values.get('access_token')],
  ] as const
  const missing = parts.find(([, asked, value]) => asked && !value)
  if (missing) {
    return {
      code: 'callback_part_missing',
      message: `The response lacks ${missing[0]}, though the response type “${responseType}” was requested.`,
      next: 'Nothing was changed. Choose a response type that the provider allows for this client.',
    }
  }
  const unasked = parts.find(([, asked, value]) => !asked && value)
  return unasked === undefined
    ? undefined
    : {
        code: 'callback_part_unasked',
        message: `The response carries ${unasked[0]}, though only the response type “${responseType}” was requested.`,
        next: 'Nothing was changed: it may be forged. Start the sign-in again; if it keeps happening, tell the provider’s operator.',
      }
}
