import { z } from 'zod'
import {
  certificateDraft,
  clientAuthentication,
  clientKeyDraft,
  connectionSettings,
  type CertificateView,
  type ClientAuthentication,
  type ConnectionSettings,
  type PublicKeyView,
} from './connection-settings.ts'
import { id, limits, name, scope, url } from './limits.ts'
import type { Failure } from './result.ts'
import { keysOf } from './tables/keys-of.ts'
import { redirectTable, type RedirectKind } from './tables/redirect-kinds.ts'

export { clientAuthentication, type ClientAuthentication }

/** Endpoints of a provider, from discovery or entered manually (RFC 8414 section 2). */
export interface ProviderView {
  issuer: string
  authorizationEndpoint?: string
  tokenEndpoint?: string
  jwksUri?: string
  userinfoEndpoint?: string
  endSessionEndpoint?: string
  revocationEndpoint?: string
  introspectionEndpoint?: string
  deviceAuthorizationEndpoint?: string
  pushedAuthorizationRequestEndpoint?: string
  /** `grant_types_supported`; absent where nothing is announced. */
  grantTypes?: string[]
  /** `response_types_supported`; absent where nothing is announced. */
  responseTypes?: string[]
  /** `token_endpoint_auth_methods_supported`; absent where nothing is announced. */
  authenticationMethods?: string[]
  scopesSupported: string[]
  codeChallengeMethods: string[]
  /** RFC 9207: the provider names itself in the authorization response. */
  announcesIss: boolean
  source: 'discovery' | 'by-hand'
  fetchedAt?: number
}

export const redirectKind = z.enum(keysOf(redirectTable))
export type { RedirectKind }

export interface ConnectionView {
  id: string
  name: string
  provider: ProviderView
  clientId: string
  clientAuthentication: ClientAuthentication
  hasClientSecret: boolean
  scope: string
  resource?: string
  redirectKind: RedirectKind
  redirectUri: string
  /** The user allowed plain HTTP to a host that is not this computer. */
  allowInsecure: boolean
  isPlayground: boolean
  settings?: ConnectionSettings
  /** Signs client assertions and authorization requests. */
  clientKey?: PublicKeyView
  certificate?: CertificateView
  /** Binds tokens (RFC 9449); `kid` is its thumbprint. */
  dpopKey?: PublicKeyView
  /** What is stored of it cannot be read: it is kept, and can only be removed. */
  unreadable?: Failure
}

const byHand = z
  .object({
    issuer: url,
    authorizationEndpoint: url.optional(),
    tokenEndpoint: url,
    jwksUri: url.optional(),
    userinfoEndpoint: url.optional(),
    introspectionEndpoint: url.optional(),
    revocationEndpoint: url.optional(),
    endSessionEndpoint: url.optional(),
    deviceAuthorizationEndpoint: url.optional(),
    pushedAuthorizationRequestEndpoint: url.optional(),
  })
  .strict()
export type ProviderByHand = z.infer<typeof byHand>

export const connectionDraft = z
  .object({
    id: id.optional(),
    name,
    /** An issuer to discover, or manually entered endpoints. */
    provider: z.union([z.object({ issuer: url }).strict(), byHand]),
    clientId: z.string().trim().min(1).max(limits.name),
    clientAuthentication,
    /** Left out: keep what is stored. Empty: forget it. */
    clientSecret: z.string().max(limits.secret).optional(),
    scope,
    resource: url.optional(),
    redirectKind,
    allowInsecure: z.boolean(),
    settings: connectionSettings.optional(),
    /** Left out: keep what is stored. */
    clientKey: clientKeyDraft.optional(),
    /** Left out: keep what is stored. */
    certificate: certificateDraft.optional(),
  })
  .strict()
export type ConnectionDraft = z.infer<typeof connectionDraft>
