import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { X509Certificate } from 'node:crypto'
import {
  errors,
  type BackchannelAuthenticationRequest,
  type Configuration as ProviderConfiguration,
  type KoaContextWithOIDC,
  type Provider,
} from 'oidc-provider'
import type { Configuration } from '../config/schema.ts'
import type { UserStore } from '../storage/users.ts'
import { sourcePages } from './source-pages.ts'

type Features = NonNullable<ProviderConfiguration['features']>

export type BackchannelRequest = {
  provider: Provider
  request: BackchannelAuthenticationRequest
  accountId: string
}

export type FeatureOptions = {
  features: Configuration['features']
  users: UserStore
  nonceSecret: Buffer
  /** Called with a backchannel request that is to be answered. */
  onBackchannelRequest: (request: BackchannelRequest) => Promise<void>
}

/** What oidc-provider has, turned on by the configuration. */
export function createFeatures({
  features,
  users,
  nonceSecret,
  onBackchannelRequest,
}: FeatureOptions): Features {
  const userByName = (name: string) =>
    users.list().find(({ username, email }) => username === name || email === name)
  return {
    devInteractions: { enabled: false },
    claimsParameter: { enabled: true },
    clientCredentials: { enabled: true },
    deviceFlow: { enabled: features.device, ...sourcePages.deviceFlow },
    dPoP: {
      enabled: features.dpop !== false,
      ...(features.dpop === 'nonce' ? { nonceSecret, requireNonce: () => true } : {}),
    },
    introspection: {
      enabled: features.introspection,
      // A public client may ask about its own tokens; one that proves who it is, about any.
      allowedPolicy: async (_ctx, client, token) =>
        client.clientAuthMethod !== 'none' || token.clientId === client.clientId,
    },
    jwtIntrospection: { enabled: features.introspection && features.jwtIntrospection },
    jwtUserinfo: { enabled: false },
    pushedAuthorizationRequests: {
      enabled: features.par !== false,
      requirePushedAuthorizationRequests: features.par === 'required' || features.fapi !== 'off',
    },
    registration: { enabled: features.registration },
    registrationManagement: { enabled: features.registration },
    revocation: {
      enabled: true,
      allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId,
    },
    rpInitiatedLogout: { enabled: true, ...sourcePages.logout },
    userinfo: { enabled: true },
    encryption: { enabled: features.encryption },
    requestObjects: { enabled: features.jar },
    jwtResponseModes: { enabled: features.jarm },
    ...(features.fapi === 'off' ? {} : { fapi: { enabled: true, profile: '2.0' as const } }),
    ...(features.clientIdMetadataDocuments
      ? { clientIdMetadataDocument: { enabled: true, ack: 'draft-02' as const } }
      : {}),
    ...(features.rar.length > 0 ? { richAuthorizationRequests: richRequests(features.rar) } : {}),
    ...(features.mtls
      ? {
          mTLS: {
            enabled: true,
            certificateBoundAccessTokens: true,
            selfSignedTlsClientAuth: true,
            tlsClientAuth: true,
            getCertificate: (ctx: KoaContextWithOIDC) => certificateOf(ctx.req),
            certificateAuthorized: (ctx: KoaContextWithOIDC) =>
              (ctx.req.socket as TLSSocket).authorized || hasHandedOn(ctx.req),
            certificateSubjectMatches: (ctx: KoaContextWithOIDC, property: string, expected: string) =>
              subjectMatches(certificateOf(ctx.req), property, expected),
          },
        }
      : {}),
    ...(features.ciba === 'off'
      ? {}
      : {
          ciba: {
            enabled: true,
            deliveryModes: ['poll' as const],
            processLoginHint: async (_ctx: unknown, hint: string) => userByName(hint)?.id,
            processLoginHintToken: async () => undefined,
            validateBindingMessage: async () => undefined,
            validateRequestContext: async () => undefined,
            verifyUserCode: async () => undefined,
            triggerAuthenticationDevice: async (
              ctx: KoaContextWithOIDC,
              request: BackchannelAuthenticationRequest,
              account: { accountId: string },
            ) => onBackchannelRequest({ provider: ctx.oidc.provider, request, accountId: account.accountId }),
          },
        }),
  } as Features
}

const handedOn = new WeakMap<IncomingMessage, string>()

/** Takes the certificate that a trusted proxy handed on with this request. */
export function handOnCertificate(request: IncomingMessage, pem: string): void {
  handedOn.set(request, pem)
}

function hasHandedOn(request: IncomingMessage): boolean {
  return handedOn.has(request)
}

/** The certificate that the client showed, by its connection or by the proxy's word. */
export function certificateOf(request: IncomingMessage): string | undefined {
  const pem = handedOn.get(request)
  if (pem !== undefined) return pem
  const socket = request.socket as Partial<TLSSocket>
  return socket.getPeerX509Certificate?.()?.toString()
}

/** RFC 8705 section 2.1.2. */
function subjectMatches(pem: string | undefined, property: string, expected: string): boolean {
  if (!pem) return false
  const certificate = new X509Certificate(pem)
  const alternatives = (certificate.subjectAltName ?? '').split(', ')
  if (property === 'tls_client_auth_subject_dn') {
    const names = certificate.subject.split('\n')
    return expected === names.join(',') || expected === [...names].reverse().join(',')
  }
  const kinds: Record<string, string> = {
    tls_client_auth_san_dns: 'DNS',
    tls_client_auth_san_uri: 'URI',
    tls_client_auth_san_ip: 'IP Address',
    tls_client_auth_san_email: 'email',
  }
  return alternatives.includes(`${kinds[property] ?? '?'}:${expected}`)
}

function richRequests(types: readonly string[]) {
  const known = new Set(types)
  const allowed = (details: unknown) =>
    Array.isArray(details)
      ? details.filter((one) => known.has(String((one as { type?: unknown }).type)))
      : undefined
  function validate(_ctx: unknown, detail: { type?: unknown }) {
    if (!known.has(String(detail.type)))
      throw new errors.InvalidAuthorizationDetails('this type is not supported')
  }
  function asked(ctx: KoaContextWithOIDC) {
    const text = ctx.oidc.params?.authorization_details
    return typeof text === 'string' ? allowed(JSON.parse(text)) : undefined
  }
  return {
    enabled: true,
    types: Object.fromEntries(types.map((type) => [type, { validate }])),
    authorizationDetailsForGrantSource: (ctx: KoaContextWithOIDC) => asked(ctx),
    authorizationDetailsForAccessToken: (
      ctx: KoaContextWithOIDC,
      _token: unknown,
      source: { rar?: unknown } | undefined,
    ) => allowed(source?.rar) ?? asked(ctx),
    authorizationDetailsForIntrospection: (_ctx: unknown, token: { rar?: unknown }) => token.rar,
  }
}
