import type { JWTPayload } from 'jose'
import type { Configuration as ProviderConfiguration, JWK, KoaContextWithOIDC } from 'oidc-provider'
import { errors } from 'oidc-provider'
import type { Configuration } from '../config/schema.ts'
import type { ClientStore } from '../storage/clients.ts'
import type { PlaygroundUser, UserStore } from '../storage/users.ts'
import type { PlaygroundSettings } from '../storage/settings.ts'
import type { ProviderRecords } from '../storage/provider-records.ts'
import { audienceOf } from './access-tokens.ts'
import type { Catalog } from './catalog.ts'
import { envelopeFor } from './encrypted-tokens.ts'
import { createFeatures, type FeatureOptions } from './features.ts'
import { sourcePages } from './source-pages.ts'

export type ProviderOptions = {
  issuer: string
  /** The path of the issuer behind the origin, '' where there is none. */
  mount: string
  /** What tells its records from those of other issuers. */
  tenant: string
  apiBase: string
  configuration: Configuration
  catalog: Catalog
  keys: readonly JWK[]
  settings: PlaygroundSettings
  users: UserStore
  clients: ClientStore
  records: ProviderRecords
  onBackchannelRequest: FeatureOptions['onBackchannelRequest']
}

const authMethods = [
  'client_secret_basic',
  'client_secret_jwt',
  'client_secret_post',
  'private_key_jwt',
  'none',
  'tls_client_auth',
  'self_signed_tls_client_auth',
] as const

const day = 24 * 60 * 60
/** What the secret of encrypted access tokens is derived for. */
export const tokenSecret = 'access-token-encryption'

export function createConfiguration(options: ProviderOptions): ProviderConfiguration {
  const { issuer, mount, tenant, apiBase, settings, users, clients, records, configuration, catalog } =
    options
  const { tokens, features } = configuration
  const isFapi = features.fapi !== 'off'
  const accessAlgorithm = algorithmOf(options.keys, 'ES256')
  return {
    adapter: (model: string) => {
      const adapter = records.adapterFor(model, tenant)
      return model === 'Client' ? clients.adapterOver(adapter) : adapter
    },
    jwks: { keys: [...options.keys] },
    clientDefaults: {
      id_token_signed_response_alg: algorithmOf(options.keys, isFapi ? 'ES256' : 'RS256'),
      ...(isFapi ? { token_endpoint_auth_method: 'private_key_jwt' as const } : {}),
      ...(features.rar.length > 0 ? { authorization_details_types: [...features.rar] } : {}),
    },
    cookies: {
      keys: settings.cookieKeys,
      names: { session: 'playground_session', interaction: 'playground_step', resume: 'playground_resume' },
      long: { path: mount || '/' },
    },
    clientAuthMethods: authMethods.filter(
      (method) =>
        (features.mtls || !method.endsWith('tls_client_auth')) &&
        (!isFapi || method === 'private_key_jwt' || method.endsWith('tls_client_auth')),
    ),
    fetch: fetchFor(features.privateOrigins),
    scopes: [...catalog.scopes],
    claims: {
      openid: ['sub'],
      profile: [
        'name',
        'given_name',
        'family_name',
        'preferred_username',
        'updated_at',
        'roles',
        ...new Set((configuration.users ?? []).flatMap((user) => Object.keys(user.claims))),
      ],
      email: ['email', 'email_verified'],
    },
    pkce: { required: () => true },
    routes: { userinfo: '/userinfo', jwks: '/jwks.json' },
    enabledJWA: {
      // FAPI 2.0 section 5.4.1.
      ...(isFapi ? { clientAuthSigningAlgValues: ['ES256', 'PS256', 'Ed25519', 'EdDSA'] as const } : {}),
      dPoPSigningAlgValues: ['ES256', 'ES384', 'RS256', 'PS256', 'Ed25519', 'EdDSA'],
    },
    // Only pages of named origins have a reason to call the provider: other clients are programs.
    clientBasedCORS: (_ctx, origin) => configuration.cors.origins.includes(origin),
    rotateRefreshToken: tokens.rotateRefreshTokens,
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
        jwt: (_ctx, _token, { payload }: { payload?: JWTPayload }) => {
          if (!payload) return
          payload.aud = audienceOf(payload.aud, payload.scope as string | undefined, `${issuer}/userinfo`)
        },
      },
    },
    interactions: { url: (_ctx, interaction) => `${mount}/interaction/${interaction.uid}` },
    ttl: {
      AccessToken: tokens.accessTokenSeconds,
      ClientCredentials: tokens.accessTokenSeconds,
      AuthorizationCode: tokens.codeSeconds,
      BackchannelAuthenticationRequest: 600,
      DeviceCode: 600,
      IdToken: tokens.idTokenSeconds,
      Interaction: 1800,
      Session: tokens.sessionSeconds,
      RefreshToken: tokens.refreshTokenSeconds,
      // Longer than any refresh token, as each rotation begins its life again.
      Grant: Math.max(365 * day, tokens.refreshTokenSeconds),
    },
    features: {
      ...createFeatures({
        features,
        users,
        nonceSecret: settings.mark('dpop-nonce'),
        onBackchannelRequest: options.onBackchannelRequest,
      }),
      resourceIndicators: {
        enabled: true,
        defaultResource: async (_ctx, _client, oneOf) => oneOf?.find((one) => catalog.find(one)) ?? apiBase,
        useGrantedResource: async () => true,
        getResourceServerInfo: async (ctx: KoaContextWithOIDC, indicator) => {
          const resource = catalog.find(indicator)
          if (!resource) throw new errors.InvalidTarget(`the only API here is ${namesOf(catalog)}`)
          const forClient = ctx.oidc.params?.grant_type === 'client_credentials'
          const scopes = forClient
            ? resource.scopes.filter((scope) => catalog.clientScopes.includes(scope))
            : resource.scopes
          return {
            scope: scopes.join(' '),
            audience: resource.identifier,
            accessTokenTTL: resource.accessTokenSeconds,
            ...(resource.accessTokenFormat === 'opaque'
              ? { accessTokenFormat: 'opaque' as const }
              : {
                  accessTokenFormat: 'jwt' as const,
                  jwt: {
                    sign: { alg: accessAlgorithm },
                    ...(resource.accessTokenFormat === 'encrypted'
                      ? { encrypt: envelopeFor(settings.mark(tokenSecret), resource.encryptionKey) }
                      : {}),
                  },
                }),
          }
        },
      },
    },
    renderError: sourcePages.renderError,
  }
}

/** oidc-provider's way to fetch refuses private networks; the origins that the configuration names are let through. */
function fetchFor(privateOrigins: readonly string[]): typeof fetch {
  return (url, options) => {
    const { dispatcher, ...plain } = (options ?? {}) as RequestInit & { dispatcher?: unknown }
    const isNamed = privateOrigins.includes(new URL(url instanceof Request ? url.url : url).origin)
    return fetch(url, isNamed || dispatcher === undefined ? plain : options)
  }
}

/** The algorithm of the keys at hand: the one that is wanted, else that of the first key. */
function algorithmOf(keys: readonly JWK[], wanted: 'ES256' | 'RS256'): 'ES256' | 'RS256' {
  const algorithms = keys.map(({ alg, kty }) => alg ?? (kty === 'RSA' ? 'RS256' : 'ES256'))
  return (algorithms.includes(wanted) ? wanted : (algorithms[0] ?? wanted)) as 'ES256' | 'RS256'
}

function namesOf({ resources }: Catalog): string {
  return resources.map(({ identifier }) => identifier).join(' or ')
}

function claimsOf(user: PlaygroundUser) {
  return {
    ...user.claims,
    sub: user.id,
    name: user.name,
    given_name: user.givenName,
    family_name: user.familyName,
    preferred_username: user.username,
    updated_at: user.updatedAt,
    roles: user.roles,
    email: user.email,
    email_verified: user.emailVerified,
  }
}
