import * as client from 'openid-client'
import { startPlayground, type Playground, type PlaygroundOptions } from '../../../src/playground/index.ts'
import { signInAtProvider, type SignIn } from '../../support/playground-browser.ts'

export const redirectUri = 'app.gatehouse.desktop:/oauth/callback'
export const everyScope = 'openid profile email offline_access orders:read orders:write'

export const alice = { username: 'alice', password: 'alice-password' }
export const bob = { username: 'bob', password: 'bob-password' }

/** A Playground in memory on free ports. */
export const start = (options: Partial<PlaygroundOptions> = {}): Promise<Playground> =>
  startPlayground({ dataDirectory: ':memory:', issuerPort: 0, apiPort: 0, ...options })

export const discover = (playground: Playground, clientId = 'gatehouse-desktop', secret?: string) =>
  client.discovery(
    new URL(playground.issuer),
    clientId,
    undefined,
    secret ? client.ClientSecretBasic(secret) : client.None(),
    { execute: [client.allowInsecureRequests] },
  )

export type Flow = {
  scope?: string
  redirect?: string
  parameters?: Record<string, string>
  dpop?: client.DPoPHandle
}

/** Authorization code + PKCE from discovery to tokens, as the desktop client does it. */
export const signIn = async (
  playground: Playground,
  who: SignIn,
  { scope = everyScope, redirect = redirectUri, parameters, dpop }: Flow = {},
) => {
  const config = await discover(playground)
  const verifier = client.randomPKCECodeVerifier()
  const state = client.randomState()
  const nonce = scope.split(' ').includes('openid') ? client.randomNonce() : undefined
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirect,
    scope,
    state,
    ...(nonce ? { nonce } : {}),
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...parameters,
  })
  const redirected = await signInAtProvider(url.href, who)
  const tokens = await client.authorizationCodeGrant(
    config,
    new URL(redirected),
    { pkceCodeVerifier: verifier, expectedState: state, ...(nonce ? { expectedNonce: nonce } : {}) },
    undefined,
    dpop ? { DPoP: dpop } : undefined,
  )
  return { config, tokens, redirected }
}

export const call = (playground: Playground, path: string, token?: string, init: RequestInit = {}) =>
  fetch(`${playground.apiBase}${path}`, {
    ...init,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(init.headers as Record<string, string>),
    },
  })
