import { defined } from '@contract/defined'
import type { ConnectionSettings } from '@contract/connection-settings'
import type { RedirectKind } from '@contract/connections'
import {
  clientAuthenticationTable,
  isRegistrable,
  type RegistrableAuthentication,
} from '@contract/tables/client-authentications'
import { keysOf } from '@contract/tables/keys-of'
import { redirectTable } from '@contract/tables/redirect-kinds'
import { fail, ok, type Failure, type Result } from '@contract/result'
import { customSchemeRedirectUri } from '../redirect/redirect-address.ts'
import { logoutRedirectUri } from '../endpoints/logout.ts'
import { checkEndpointUrl } from '../wire/endpoint-url.ts'
import { networkFailureOf, type Fetch } from '../wire/fetch.ts'
import { providerText, providerWords } from '../wire/provider-text.ts'
import { loopbackRedirectUri, registeredRedirectUri } from '../redirect/redirect-uri.ts'

/** The same for every copy of this program and every version of it (RFC 7591 section 2). */
const softwareId = 'app.gatehouse.desktop'

/** What this program would like to be registered as. */
export interface RegistrationWishes {
  redirectKind: RedirectKind
  /** What the loopback redirect looks like. */
  settings?: ConnectionSettings
  clientAuthentication: RegistrableAuthentication
  scope: string
  initialAccessToken?: string
  version?: string
}

/** What the provider made of it. Times in milliseconds. */
export interface Registration {
  clientId: string
  /** The kind of redirect that the provider took. */
  redirectKind: RegistrationWishes['redirectKind']
  clientSecret?: string
  secretExpiresAt?: number
  clientAuthentication: RegistrationWishes['clientAuthentication']
  scope?: string
  /** For reading, changing or removing the registration later (RFC 7592). */
  accessToken?: string
  clientUri?: string
  notes: string[]
}

/** The client metadata of a native app (RFC 7591 section 2, OpenID Connect Registration section 2). */
export function registrationRequest(
  wishes: RegistrationWishes,
  redirectUris: string[] = [
    wishes.redirectKind === 'window' ? registeredRedirectUri(wishes) : customSchemeRedirectUri,
    loopbackRedirectUri(wishes.settings),
  ],
): Record<string, unknown> {
  return {
    client_name: 'Gatehouse',
    application_type: 'native',
    redirect_uris: redirectUris,
    post_logout_redirect_uris: [
      ...new Set(
        redirectUris.map((uri) => (uri === loopbackRedirectUri(wishes.settings) ? uri : logoutRedirectUri)),
      ),
    ],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: wishes.clientAuthentication,
    ...defined({ scope: wishes.scope === '' ? undefined : wishes.scope }),
    software_id: softwareId,
    ...defined({ software_version: wishes.version }),
  }
}

/** Registers this program (RFC 7591 section 3). Where the provider refuses the redirects together, it is asked
 *  again with the wished one, then with the other one alone. Codes: `registration_refused`, `registration_needs_token`,
 *  `registration_unavailable`, `registration_html`, `registration_status`, `registration_malformed`,
 *  `registration_method`, `registration_redirect`, `registration_network_*`, those of `checkEndpointUrl`. */
export async function registerClient(
  registrationEndpoint: unknown,
  wishes: RegistrationWishes,
  { fetch, allowInsecure }: { fetch: Fetch; allowInsecure: boolean },
): Promise<Result<Registration>> {
  const endpoint = checkEndpointUrl(registrationEndpoint, { allowInsecure, name: 'registration endpoint' })
  if (!endpoint.ok) return endpoint
  const { initialAccessToken } = wishes
  const context = {
    fetch,
    allowInsecure,
    ...defined({ initialAccessToken: initialAccessToken ? initialAccessToken : undefined }),
  }
  const uris = redirectsOf(wishes).map(([, uri]) => uri)
  let asked = uris
  let answer = await send(endpoint.value, registrationRequest(wishes), context)
  for (const uri of uris) {
    if (!answer.ok || answer.value.json?.error !== 'invalid_redirect_uri') break
    asked = [uri]
    answer = await send(endpoint.value, registrationRequest(wishes, asked), context)
  }
  if (!answer.ok) return answer
  const { status, json } = answer.value
  const registered = status >= 200 && status < 300 && json?.client_id !== undefined
  return registered
    ? takeOver(answer.value, wishes, { asked, allowInsecure })
    : { ok: false, error: refusal(answer.value, initialAccessToken !== undefined) }
}

const advice: Record<string, string> = {
  invalid_redirect_uri:
    'Choose the other kind of redirect, or ask the provider’s operator to register the client.',
  invalid_client_metadata: 'Remove scopes, or choose another client authentication, and try again.',
  invalid_software_statement: 'The provider registers only known clients. Ask its operator.',
  unapproved_software_statement: 'The provider registers only known clients. Ask its operator.',
  invalid_token: 'Check the initial access token: it may have expired or been used.',
}

interface Answer {
  status: number
  json?: Record<string, unknown>
  html: boolean
}

/** The wished redirect first. */
function redirectsOf({ redirectKind, settings }: RegistrationWishes): [RedirectKind, string][] {
  const kinds: RedirectKind[] = [redirectKind, redirectTable[redirectKind].beside]
  return kinds.map((kind) => [kind, registeredRedirectUri({ redirectKind: kind, settings })])
}

function refusal({ status, json, html }: Answer, hadToken: boolean): Failure {
  const words = providerWords((name) => json?.[name])
  const error = typeof json?.error === 'string' ? json.error : ''
  if (words.providerError !== undefined) {
    return {
      code: 'registration_refused',
      message: `The provider refused the registration with ${words.providerError}${words.providerDescription ? `: ${words.providerDescription}` : '.'}`,
      next: Object.hasOwn(advice, error)
        ? advice[error]
        : 'Ask the provider’s operator to register the client.',
    }
  }
  if (status === 401 || status === 403) {
    return {
      code: 'registration_needs_token',
      message: hadToken
        ? `The provider does not accept this initial access token (${status}).`
        : `The provider registers by invitation only (${status}).`,
      next: 'Ask its operator for an initial access token (RFC 7591 section 3), and enter it.',
    }
  }
  if (status === 429 || status >= 500) {
    return {
      code: 'registration_unavailable',
      message: `The registration endpoint returned status ${status}.`,
      next: 'Try again in a moment.',
    }
  }
  return {
    code: html ? 'registration_html' : 'registration_status',
    message: html
      ? `The registration endpoint returned a web page (status ${status}).`
      : `The registration endpoint returned status ${status} and no client ID.`,
    next: 'Ask the provider’s operator to register the client, and enter its client ID.',
  }
}

const methods = keysOf(clientAuthenticationTable).filter(isRegistrable)
const printable = /^[\x20-\x7e]{1,16384}$/

async function send(
  url: string,
  body: Record<string, unknown>,
  {
    fetch,
    allowInsecure,
    initialAccessToken,
  }: { fetch: Fetch; allowInsecure: boolean; initialAccessToken?: string },
): Promise<Result<Answer>> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...defined({ authorization: initialAccessToken ? `Bearer ${initialAccessToken}` : undefined }),
      },
      body: JSON.stringify(body),
      redirect: 'manual',
      allowInsecure,
    })
    const text = await response.text()
    let json: unknown
    try {
      json = JSON.parse(text)
    } catch {
      // Said by whoever finds no object in it.
    }
    const object = typeof json === 'object' && json !== null && !Array.isArray(json)
    return ok({
      status: response.status,
      html: /^\s*</.test(text),
      ...defined({ json: object ? (json as Record<string, unknown>) : undefined }),
    })
  } catch (thrown) {
    const failure = networkFailureOf(thrown)
    if (failure === undefined) throw thrown
    return fail(
      failure.code.replace(/^network_/, 'registration_network_'),
      failure.message,
      failure.next ?? 'Try again.',
    )
  }
}

/** What a provider answered, taken over with care: it may have registered something else than asked for. */
function takeOver(
  { status, json = {} }: Answer,
  wishes: RegistrationWishes,
  { asked, allowInsecure }: { asked: string[]; allowInsecure: boolean },
): Result<Registration> {
  const notes: string[] = []
  if (status !== 201) notes.push(`The registration returned status ${status} instead of 201.`)
  const { client_id: clientId, client_secret: secret } = json
  if (typeof clientId !== 'string' || !printable.test(clientId) || clientId.length > 200) {
    return fail(
      'registration_malformed',
      'The provider registered something, but returned no usable client ID.',
      'Ask the provider’s operator to register the client.',
    )
  }
  const clientSecret = typeof secret === 'string' && printable.test(secret) ? secret : undefined
  const made = json.token_endpoint_auth_method
  // RFC 7591 section 2: what is not named is client_secret_basic; a provider that issued no secret means none.
  const unnamed =
    clientSecret !== undefined && clientAuthenticationTable[wishes.clientAuthentication].needs !== 'secret'
      ? 'client_secret_basic'
      : wishes.clientAuthentication
  const method = made === undefined ? unnamed : methods.find((each) => each === made)
  if (method === undefined) {
    return fail(
      'registration_method',
      `The provider registered client authentication ${providerText(made, 60) ?? 'of an unknown kind'}, which was not requested.`,
      'Ask the provider’s operator to register the client.',
    )
  }
  const needsSecret = clientAuthenticationTable[method].needs === 'secret'
  if (needsSecret && clientSecret === undefined) {
    return fail(
      'registration_malformed',
      `The provider registered client authentication ${method}, but sent no client secret.`,
      'Register again with the client authentication “None: a public client”.',
    )
  }
  if (method !== wishes.clientAuthentication)
    notes.push(`Registered with client authentication ${method} instead of ${wishes.clientAuthentication}.`)
  if (clientSecret !== undefined && !needsSecret)
    notes.push(
      `A client secret was also returned; it is not needed with client authentication ${method} and was not stored.`,
    )
  const uris = json.redirect_uris
  const usable = redirectsOf(wishes).find(([, uri]) => (Array.isArray(uris) ? uris : asked).includes(uri))
  if (usable === undefined) {
    return fail(
      'registration_redirect',
      'The provider registered the client without the redirects of this program, so no response could be returned.',
      'Ask the provider’s operator to register the client.',
    )
  }
  const [redirectKind] = usable
  if (redirectKind !== wishes.redirectKind)
    notes.push(`The provider registered another redirect URI than requested: ${usable[1]} is used.`)
  const scope = providerText(json.scope, 4000)
  const lost = wishes.scope.split(' ').filter((each) => each && scope && !scope.split(' ').includes(each))
  if (lost.length > 0) notes.push(`Registered without these scopes: ${lost.join(', ')}.`)
  const registration: Registration = { clientId, redirectKind, clientAuthentication: method, notes }
  if (clientSecret !== undefined && needsSecret) registration.clientSecret = clientSecret
  const expires = json.client_secret_expires_at
  if (typeof expires === 'number' && expires > 0) {
    registration.secretExpiresAt = expires * 1000
    notes.push(`The client secret expires on ${new Date(expires * 1000).toISOString().slice(0, 10)}.`)
  }
  if (scope !== undefined) registration.scope = scope
  const { registration_access_token: token, registration_client_uri: uri } = json
  const checked = checkEndpointUrl(uri, { allowInsecure, name: 'registration_client_uri' })
  if (typeof token === 'string' && printable.test(token) && checked.ok) {
    registration.accessToken = token
    registration.clientUri = checked.value
  }
  return ok(registration)
}
