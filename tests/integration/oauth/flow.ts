import { randomBytes } from 'node:crypto'
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { createOauthFetch, type TracedMessage } from '../../../src/node/net/fetch.ts'
import { buildAuthorizationRequest } from '../../../src/core/oauth/authorization/authorization-request.ts'
import { readCallback } from '../../../src/core/oauth/redirect/callback.ts'
import { customSchemeRedirectUri } from '../../../src/core/oauth/redirect/redirect-address.ts'
import { discoverProvider } from '../../../src/core/oauth/discovery/discover.ts'
import { createProviderKeys } from '../../../src/core/oauth/discovery/jwks.ts'
import type { TokenRequestContext } from '../../../src/core/oauth/token/granted.ts'
import { exchangeCode } from '../../../src/core/oauth/token/token-exchange.ts'
import type { JudgeIdToken } from '../../../src/core/oauth/token/token-request.ts'
import type { Connection } from '../../../src/core/records/model.ts'
import type { Playground } from '../../../src/playground/index.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { connection as example } from '../../unit/core/oauth/fake.ts'

export const alice = { username: 'alice', password: 'alice-password' }
const everyScope = 'openid profile email offline_access orders:read orders:write'

/** What one run of the program has: a fetch that traces, the provider's keys, a judge that verifies. */
export const createHouse = () => {
  const traced: TracedMessage[] = []
  const fetch = createOauthFetch({ now: () => Date.now(), trace: (message) => traced.push(message) })
  const keysOf = createProviderKeys({ fetch, now: () => Date.now() })
  const judgeFor =
    (jwksUri: string): JudgeIdToken =>
    async ({ idToken }) => {
      const keys = await keysOf(jwksUri, { kid: String(decodeProtectedHeader(idToken).kid) })
      if (!keys.ok) return keys
      return jwtVerify(idToken, createLocalJWKSet({ keys: keys.value.keys })).then(
        ({ payload }) => ({ ok: true, claims: { ...payload }, notes: [] }) as const,
        (error: Error) =>
          ({ ok: false, error: { code: 'id_token_signature', message: error.message } }) as const,
      )
    }
  return { traced, fetch, keysOf, judgeFor }
}
export type House = ReturnType<typeof createHouse>

/** A connection to the Playground, its metadata discovered. */
export const connect = async (
  house: House,
  playground: Playground,
  change: Partial<Connection> = {},
): Promise<Connection> => {
  const found = await discoverProvider(playground.issuer, { fetch: house.fetch, allowInsecure: false })
  if (!found.ok) throw new Error(found.error.message)
  return example({
    metadata: found.value.metadata,
    clientId: 'gatehouse-desktop',
    scope: everyScope,
    resource: playground.apiBase,
    ...change,
  })
}

export const contextOf = (
  house: House,
  connection: Connection,
  clientSecret?: string,
): TokenRequestContext => ({
  connection,
  clientSecret,
  fetch: house.fetch,
  now: () => Date.now(),
  judgeIdToken: house.judgeFor(connection.metadata.jwks_uri ?? ''),
})

/** From the authorization request to the redirect, as the browser hands it over. */
export const authorize = async (
  connection: Connection,
  {
    who = alice,
    redirectUri = customSchemeRedirectUri,
  }: { who?: Parameters<typeof signInAtProvider>[1]; redirectUri?: string } = {},
) => {
  const built = await buildAuthorizationRequest(connection, {
    redirectUri,
    randomBytes: (length) => randomBytes(length),
  })
  if (!built.ok) throw new Error(built.error.message)
  const redirect = await signInAtProvider(built.value.url, who)
  const callback = readCallback(redirect, { loopbackRedirectUris: [redirectUri] })
  if (!callback.ok) throw new Error(callback.error.message)
  return { ...built.value, redirect, callback: callback.value }
}

/** The whole sign-in; throws where it does not end in tokens. */
export const signIn = async (house: House, connection: Connection, clientSecret?: string) => {
  const { callback, secrets } = await authorize(connection)
  const exchanged = await exchangeCode(callback, secrets, contextOf(house, connection, clientSecret))
  if (!exchanged.ok) throw new Error(`${exchanged.error.code}: ${exchanged.error.message}`)
  return { granted: exchanged.value, callback, secrets }
}
