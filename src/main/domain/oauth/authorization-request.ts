import { fail, ok, type Result } from '@contract/result'
import type { Connection } from '../shared/model.ts'
import { base64url, sha256Base64url, type RandomBytes } from './encoding.ts'
import { checkEndpointUrl } from './endpoint-url.ts'

/** What a sign-in must remember until its answer comes; to be sealed by whoever keeps it. */
export interface SignInSecrets {
  state: string
  nonce: string
  codeVerifier: string
  redirectUri: string
  scopeAsked: string
  resource?: string
}

/** One authorization request (RFC 6749 section 4.1.1), ready to be opened in the browser. */
export interface AuthorizationRequest {
  url: string
  secrets: SignInSecrets
}

/** What this program decides itself; extra parameters can not change it. */
const ownParameters = new Set([
  'client_id',
  'code_challenge',
  'code_challenge_method',
  'nonce',
  'redirect_uri',
  'response_type',
  'state',
])

/** SHA-256 of `state`: what pending sign-ins are found by without keeping `state` itself in plain text. */
export const stateDigest = (state: string): Promise<string> => sha256Base64url(state)

/** OpenID Connect Core section 11: `offline_access` is ignored without prompt=consent. Entra ID grants it
 *  anyway, and there the prompt locks out people who may not consent for themselves. */
const offlineNeedsConsent = (connection: Connection, scope: string[]): boolean => {
  if (!scope.includes('offline_access')) return false
  const prompts = connection.metadata.prompt_values_supported
  if (Array.isArray(prompts) && !prompts.includes('consent')) return false
  return !connection.metadata.issuer.startsWith('https://login.microsoftonline.com/')
}

/** Builds state, nonce, PKCE S256 (RFC 7636, 256 bits each) and the authorization URL of a connection.
 *  Codes: `sign_in_no_authorization_endpoint`, `sign_in_no_pkce`, `sign_in_parameter_reserved`, and those of
 *  `checkEndpointUrl`. */
export const buildAuthorizationRequest = async (
  connection: Connection,
  {
    redirectUri,
    randomBytes,
    scope = connection.scope,
    resource = connection.resource,
    extra = {},
  }: {
    redirectUri: string
    randomBytes: RandomBytes
    scope?: string
    resource?: string
    extra?: Record<string, string>
  },
): Promise<Result<AuthorizationRequest>> => {
  const { metadata } = connection
  if (metadata.authorization_endpoint === undefined) {
    return fail(
      'sign_in_no_authorization_endpoint',
      'The provider names no authorization endpoint, so nobody can sign in through the browser.',
      'Check the issuer, or give the endpoints by hand.',
    )
  }
  const methods = metadata.code_challenge_methods_supported
  if (Array.isArray(methods) && methods.length > 0 && !methods.includes('S256')) {
    return fail(
      'sign_in_no_pkce',
      `The provider announces PKCE only with ${methods.map(String).join(', ').slice(0, 100)}, not with S256.`,
      'Switch S256 on at the provider (RFC 7636 section 4.2).',
    )
  }
  const reserved = Object.keys(extra).find((name) => ownParameters.has(name))
  if (reserved !== undefined) {
    return fail(
      'sign_in_parameter_reserved',
      `Gatehouse sets the parameter ${reserved} itself.`,
      'Leave it out.',
    )
  }
  const endpoint = checkEndpointUrl(metadata.authorization_endpoint, {
    allowInsecure: connection.allowInsecure,
    name: 'authorization endpoint',
  })
  if (!endpoint.ok) return endpoint

  const fresh = () => base64url(randomBytes(32))
  const scopes = scope.split(' ').filter((token) => token !== '')
  const secrets: SignInSecrets = {
    state: fresh(),
    nonce: fresh(),
    codeVerifier: fresh(),
    redirectUri,
    scopeAsked: scopes.join(' '),
    ...(resource ? { resource } : {}),
  }
  const url = new URL(endpoint.value)
  url.hash = ''
  const set = (name: string, value: string) => url.searchParams.set(name, value)
  if (offlineNeedsConsent(connection, scopes)) set('prompt', 'consent')
  for (const [name, value] of Object.entries(extra)) set(name, value)
  set('client_id', connection.clientId)
  set('response_type', 'code')
  set('redirect_uri', redirectUri)
  if (secrets.scopeAsked !== '') set('scope', secrets.scopeAsked)
  if (secrets.resource !== undefined) set('resource', secrets.resource)
  set('state', secrets.state)
  set('nonce', secrets.nonce)
  set('code_challenge', await sha256Base64url(secrets.codeVerifier))
  set('code_challenge_method', 'S256')
  // `+` for a space is right in a form, but some servers take the query for a plain URI.
  url.search = url.search.replaceAll('+', '%20')
  return ok({ url: url.href, secrets })
}
