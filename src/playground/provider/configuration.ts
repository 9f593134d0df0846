import type { Configuration, JWK, KoaContextWithOIDC } from 'oidc-provider'
import { errors } from 'oidc-provider'
import type { Faults } from '../faults.ts'
import type { PlaygroundUser, UserStore } from '../storage/users.ts'
import type { PlaygroundSettings } from '../storage/settings.ts'
import type { createProviderRecords } from '../storage/provider-records.ts'
import { audienceOf } from './access-tokens.ts'
import { wellKnownClients } from './clients.ts'
import { allScopes, apiScopes, identityScopes } from './scopes.ts'
import { sourcePages } from './source-pages.ts'

export type ProviderOptions = {
  issuer: string
  apiBase: string
  accessTokenLifetimeSeconds: number
  keys: readonly JWK[]
  settings: PlaygroundSettings
  users: UserStore
  records: ReturnType<typeof createProviderRecords>
  faults: Faults
}

/** What the fault `wrong-audience` writes into access tokens. */
const wrongAudience = 'https://another-api.example'

const day = 24 * 60 * 60

export function createConfiguration(options: ProviderOptions): Configuration {
  const { issuer, apiBase, settings, users, records, faults, accessTokenLifetimeSeconds } = options
  return {
    adapter: records.adapterFor,
    clients: wellKnownClients,
    jwks: { keys: [...options.keys] },
    cookies: {
      keys: settings.cookieKeys,
      names: { session: 'playground_session', interaction: 'playground_step', resume: 'playground_resume' },
    },
    scopes: [...identityScopes, ...apiScopes],
    claims: {
      openid: ['sub'],
      profile: ['name', 'given_name', 'family_name', 'preferred_username', 'updated_at', 'roles'],
      email: ['email', 'email_verified'],
    },
    pkce: { required: () => true },
    routes: { userinfo: '/userinfo', jwks: '/jwks.json' },
    enabledJWA: { dPoPSigningAlgValues: ['ES256', 'ES384', 'RS256', 'PS256', 'Ed25519', 'EdDSA'] },
    // No page of another origin has a reason to call the provider: the client is a program on this computer.
    clientBasedCORS: () => false,
    rotateRefreshToken: true,
    findAccount: async (_ctx, id) => {
      const user = users.findById(id)
      return user && { accountId: user.id, claims: async () => claimsOf(user) }
    },
    extraTokenClaims: async (_ctx, token) => {
      const user = 'accountId' in token && token.accountId ? users.findById(token.accountId) : undefined
      return user ? { roles: user.roles } : undefined
    },
    formats: {
      customizers: {
        jwt: (_ctx, _token, parts) => {
          const { payload } = parts
          if (!payload) return
          payload.aud = audienceOf(
            payload.aud as string,
            payload.scope as string | undefined,
            `${issuer}/userinfo`,
          )
          if (faults.has('wrong-audience')) payload.aud = wrongAudience
          if (faults.has('expired-tokens')) payload.exp = Number(payload.iat) - 60
        },
      },
    },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    ttl: {
      AccessToken: accessTokenLifetimeSeconds,
      ClientCredentials: accessTokenLifetimeSeconds,
      AuthorizationCode: 60,
      DeviceCode: 600,
      IdToken: 600,
      Interaction: 1800,
      Session: 14 * day,
      RefreshToken: 14 * day,
      // Longer than any refresh token, as each rotation begins its fourteen days anew.
      Grant: 365 * day,
    },
    features: {
      devInteractions: { enabled: false },
      claimsParameter: { enabled: true },
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true, ...sourcePages.deviceFlow },
      dPoP: { enabled: true },
      introspection: {
        enabled: true,
        // A public client may ask about its own tokens; one that proves who it is, about any.
        allowedPolicy: async (_ctx, client, token) =>
          client.clientAuthMethod !== 'none' || token.clientId === client.clientId,
      },
      jwtUserinfo: { enabled: false },
      pushedAuthorizationRequests: { enabled: true },
      registration: { enabled: true },
      registrationManagement: { enabled: true },
      revocation: {
        enabled: true,
        allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId,
      },
      rpInitiatedLogout: { enabled: true, ...sourcePages.logout },
      userinfo: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: async (_ctx, _client, oneOf) =>
          oneOf?.find((one) => namesApi(one, apiBase)) ?? apiBase,
        useGrantedResource: async () => true,
        getResourceServerInfo: async (ctx: KoaContextWithOIDC, resource) => {
          if (!namesApi(resource, apiBase)) throw new errors.InvalidTarget(`the only API here is ${apiBase}`)
          const forClient = ctx.oidc.params?.grant_type === 'client_credentials'
          return {
            scope: forClient ? clientScopes : allScopes.join(' '),
            audience: apiBase,
            accessTokenTTL: accessTokenLifetimeSeconds,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'ES256' } },
          }
        },
      },
    },
    renderError: sourcePages.renderError,
  }
}

function claimsOf(user: PlaygroundUser) {
  return {
    sub: user.id,
    name: user.name,
    given_name: user.givenName,
    family_name: user.familyName,
    preferred_username: user.username,
    updated_at: user.updatedAt,
    roles: user.roles,
    email: user.email,
    email_verified: true,
  }
}

/** A machine has no profile and no role: what client credentials may ask for. */
const clientScopes = 'orders:read orders:write'

/** A resource indicator (RFC 8707) of the API, with or without the slash at its end. */
function namesApi(resource: string, apiBase: string): boolean {
  return resource === apiBase || resource === `${apiBase}/`
}
