import { defined } from '@contract/defined'
import { fail, ok, type Result } from '@contract/result'
import type { FrontChannelType, ResponseMode } from '@contract/connection-settings'
import type { Connection } from '../../records/model.ts'
import { base64url, sha256Base64url, type RandomBytes } from '../wire/encoding.ts'
import { appendToQuery, dropFromQuery } from '../../text/query.ts'
import { checkEndpointUrl } from '../wire/endpoint-url.ts'
import {
  reservedParameter,
  scopeParameter,
  settingsParameters,
  wantedAcr,
  type WantedAcr,
} from './request-settings.ts'
import { partsOf, responseModeOf, responseTypeUnfit } from './response-type.ts'

/** What a sign-in must remember until its response comes; to be sealed by whoever keeps it. */
export interface SignInSecrets {
  state: string
  nonce: string
  codeVerifier: string
  redirectUri: string
  scopeAsked: string
  /** Who was asked: a response is no longer believed when the connection has meanwhile got another issuer. */
  issuer?: string
  resource?: string
  /** What the response must bring; left out it is the code alone. */
  responseType?: FrontChannelType
  /** How the response must come; left out it is the query. */
  responseMode?: ResponseMode
  maxAgeSeconds?: number
  /** What was asked for, which a step-up names in place of the connection. */
  acr?: WantedAcr
}

/** One authorization request (RFC 6749 section 4.1.1), ready to be opened in the browser. */
export interface AuthorizationRequest {
  url: string
  secrets: SignInSecrets
}

/** SHA-256 of `state`: what pending sign-ins are found by without keeping `state` itself in plain text. */
export function stateDigest(state: string): Promise<string> {
  return sha256Base64url(state)
}

/** Builds state, nonce, PKCE S256 (RFC 7636, 256 bits each) and the parameters of an authorization request.
 *  Codes: `sign_in_no_authorization_endpoint`, `sign_in_no_pkce`, `sign_in_parameter_reserved`,
 *  `sign_in_needs_openid`, and those of `checkEndpointUrl` and `responseTypeUnfit`. */
export async function authorizationParameters(
  connection: Connection,
  {
    redirectUri,
    randomBytes,
    scope = connection.scope,
    resource = connection.resource,
    extra = {},
    dpopThumbprint,
  }: AuthorizationOptions,
): Promise<Result<AuthorizationParameters>> {
  const { metadata } = connection
  if (metadata.authorization_endpoint === undefined) {
    return fail(
      'sign_in_no_authorization_endpoint',
      'The provider has no authorization endpoint, so signing in through the browser is not possible.',
      'Check the issuer, or enter the endpoints manually.',
    )
  }
  const { settings = {} } = connection
  const { responseType } = settings
  const wanted = partsOf(responseType ?? 'code')
  const unfit = responseTypeUnfit(settings)
  if (unfit) return { ok: false, error: unfit }
  const methods = metadata.code_challenge_methods_supported
  if (wanted.code && Array.isArray(methods) && methods.length > 0 && !methods.includes('S256')) {
    return fail(
      'sign_in_no_pkce',
      `The provider announces PKCE only with ${methods.map(String).join(', ').slice(0, 100)}, not with S256.`,
      'Turn S256 on at the provider (RFC 7636 section 4.2).',
    )
  }
  const reserved = reservedParameter([
    ...Object.keys(extra),
    ...(settings.extra ?? []).map(({ name }) => name),
  ])
  if (reserved) return { ok: false, error: reserved }
  const endpoint = checkEndpointUrl(metadata.authorization_endpoint, {
    allowInsecure: connection.allowInsecure,
    name: 'authorization endpoint',
  })
  if (!endpoint.ok) return endpoint

  const fresh = () => base64url(randomBytes(32))
  const scopes = scope.split(' ').filter((token) => token !== '')
  if (wanted.idToken && !scopes.includes('openid')) {
    return fail(
      'sign_in_needs_openid',
      `The response type “${responseType}” requests an ID token, but the scope lacks openid.`,
      'Add openid to the scope of the connection.',
    )
  }
  const secrets: SignInSecrets = {
    state: fresh(),
    nonce: fresh(),
    codeVerifier: fresh(),
    redirectUri,
    scopeAsked: scopes.join(' '),
    issuer: metadata.issuer,
    ...defined({
      resource: resource ? resource : undefined,
      responseType,
      responseMode: responseType === undefined ? undefined : responseModeOf(settings),
    }),
    ...defined({ responseMode: settings.responseMode, maxAgeSeconds: settings.maxAgeSeconds }),
    acr: wantedAcr(settings),
  }
  const parameters = new Map<string, string>()
  if (wanted.code && offlineNeedsConsent(connection, scopes)) parameters.set('prompt', 'consent')
  for (const [name, value] of settingsParameters(settings)) parameters.set(name, value)
  for (const [name, value] of Object.entries(extra)) parameters.set(name, value)
  parameters.set('client_id', connection.clientId)
  parameters.set('response_type', responseType ?? 'code')
  parameters.set('redirect_uri', redirectUri)
  for (const [name, value] of scopeParameter(secrets.scopeAsked, settings)) parameters.set(name, value)
  // Its default is not to be named (OAuth 2.0 Multiple Response Type Encoding Practices section 2.1).
  if (settings.responseMode !== undefined) parameters.set('response_mode', settings.responseMode)
  parameters.set('state', secrets.state)
  parameters.set('nonce', secrets.nonce)
  if (wanted.code) {
    parameters.set('code_challenge', await sha256Base64url(secrets.codeVerifier))
    parameters.set('code_challenge_method', 'S256')
  }
  if (dpopThumbprint !== undefined) parameters.set('dpop_jkt', dpopThumbprint)
  const resources = [secrets.resource ?? [], settings.resources ?? []].flat()
  return ok({
    endpoint: endpoint.value,
    parameters: [...parameters, ...resources.map((each): [string, string] => ['resource', each])],
    secrets,
  })
}

/** What one sign-in may ask for otherwise than its connection says. */
export interface AuthorizationOptions {
  redirectUri: string
  randomBytes: RandomBytes
  scope?: string
  resource?: string
  extra?: Record<string, string>
  /** Thumbprint of the key that the tokens are to be bound to (RFC 9449 section 10). */
  dpopThumbprint?: string
}

/** The parameters of one authorization request, and where they go. */
export interface AuthorizationParameters {
  endpoint: string
  parameters: [string, string][]
  secrets: SignInSecrets
}

/** The URL that the browser opens: the endpoint's own query stays, ours replaces what has the same name. */
export function authorizationUrl(endpoint: string, parameters: [string, string][]): string {
  const names = new Set(parameters.map(([name]) => name))
  return appendToQuery(dropFromQuery(new URL(endpoint).href, names), parameters)
}

/** An authorization request whose parameters all are in the URL. Codes: those of
 *  `authorizationParameters`. */
export async function buildAuthorizationRequest(
  connection: Connection,
  options: AuthorizationOptions,
): Promise<Result<AuthorizationRequest>> {
  const built = await authorizationParameters(connection, options)
  if (!built.ok) return built
  const { endpoint, parameters, secrets } = built.value
  return ok({ url: authorizationUrl(endpoint, parameters), secrets })
}

/** OpenID Connect Core section 11: `offline_access` is ignored without prompt=consent. Entra ID grants it
 *  anyway, and there the prompt locks out people who may not consent for themselves. */
function offlineNeedsConsent(connection: Connection, scope: string[]): boolean {
  if (!scope.includes('offline_access')) return false
  const prompts = connection.metadata.prompt_values_supported
  if (Array.isArray(prompts) && !prompts.includes('consent')) return false
  return !connection.metadata.issuer.startsWith('https://login.microsoftonline.com/')
}
