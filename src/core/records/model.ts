import type {
  CertificateView,
  ClientAuthentication,
  ConnectionSettings,
  GrantKind,
  PublicKeyView,
} from '@contract/connection-settings'
import type { RedirectKind } from '@contract/connections'
import type { LineageEvent } from '@contract/tables/lineage-events'
import type { Failure } from '@contract/result'

/** The records of Gatehouse. Times are milliseconds since 1970 unless a name ends in `Seconds`.
 *  Fields named `sealed…` hold ciphertext of the user's SecretBox, never plain text. */

/** A person's record on this computer. */
export interface User {
  id: string
  username: string
  createdAt: number
  lastUnlockAt?: number
}

/** Named variables that requests and connections use. */
export interface Environment {
  id: string
  userId: string
  name: string
}

/** Endpoints and abilities of an authorization server: RFC 8414 section 2 members, as received and checked. */
export interface ProviderMetadata {
  issuer: string
  authorization_endpoint?: string
  token_endpoint?: string
  jwks_uri?: string
  userinfo_endpoint?: string
  end_session_endpoint?: string
  revocation_endpoint?: string
  introspection_endpoint?: string
  device_authorization_endpoint?: string
  pushed_authorization_request_endpoint?: string
  registration_endpoint?: string
  scopes_supported?: string[]
  code_challenge_methods_supported?: string[]
  id_token_signing_alg_values_supported?: string[]
  token_endpoint_auth_methods_supported?: string[]
  authorization_response_iss_parameter_supported?: boolean
  [member: string]: unknown
}

/** What may be shown of a connection's keys. */
export interface PublicKeys {
  client?: PublicKeyView
  certificate?: CertificateView
  dpop?: PublicKeyView
}

/** A provider + client registration + what is asked for, in an environment. */
export interface Connection {
  id: string
  userId: string
  environmentId: string
  name: string
  metadata: ProviderMetadata
  metadataSource: 'discovery' | 'by-hand'
  metadataFetchedAt?: number
  clientId: string
  clientAuthentication: ClientAuthentication
  sealedClientSecret?: Uint8Array
  /** JSON of the private JWK that signs client assertions and request objects. */
  sealedClientKey?: Uint8Array
  /** JSON of ClientCertificate (RFC 8705). */
  sealedCertificate?: Uint8Array
  /** JSON of the private JWK that tokens are bound to (RFC 9449). */
  sealedDpopKey?: Uint8Array
  /** An empty text, sealed for where the connection leads: tells that no one changed it from outside. */
  sealedProof?: Uint8Array
  settings?: ConnectionSettings
  /** The public halves of the sealed keys. */
  publicKeys?: PublicKeys
  /** Its metadata, settings or keys cannot be read; in lists only. */
  unreadable?: Failure
  scope: string
  resource?: string
  redirectKind: RedirectKind
  allowInsecure: boolean
  isPlayground: boolean
  createdAt: number
  updatedAt: number
}

/** Who signed in through a connection: issuer + subject, with the profile claims. */
export interface Account {
  id: string
  userId: string
  connectionId: string
  issuer: string
  subject: string
  /** Claims of the ID token and userinfo that describe the person (name, email, ...). */
  profile: Record<string, unknown>
  signedInAt: number
}

/** How a token set was got. */
type Grant = GrantKind

/** Access, refresh and ID token that one grant gave an account. */
export interface TokenSet {
  id: string
  userId: string
  accountId: string
  grant: Grant
  tokenType: string
  /** As granted; where the response names none it is what was asked (RFC 6749 section 5.1). */
  scope: string
  scopeAsked: string
  resource?: string
  obtainedAt: number
  /** From `expires_in` and the moment the response came; absent where the server said nothing. */
  expiresAt?: number
  /** The access token's own `exp`, by this computer's clock. */
  ownExpiresAt?: number
  /** When the provider accepted that the access token is revoked. */
  revokedAt?: number
  accessTokenFormat: 'jwt' | 'jwe' | 'opaque' | 'malformed'
  refreshCount: number
  refreshedAt?: number
  sealedAccessToken: Uint8Array
  sealedRefreshToken?: Uint8Array
  sealedIdToken?: Uint8Array
}

/** One step in the life of a token set. */
export interface LineageStep {
  tokenSetId: string
  at: number
  event: LineageEvent
  reason: string
  changes: string[]
}

/** A sign-in that waits for its redirect, or for a device code to be used. `stateDigest` is SHA-256 of
 *  `state` or of the device code, base64url. */
export interface PendingSignInRecord {
  id: string
  /** Left out: a browser's. */
  kind?: 'browser' | 'device'
  userId: string
  connectionId: string
  stateDigest: string
  startedAt: number
  expiresAt: number
  /** JSON of SignInSecrets or DeviceSecrets, sealed. */
  sealedSecrets: Uint8Array
}

/** A request that waits to become a file of a collection; `draft` is the contract's RequestDraft as JSON, without its secret values. */
export interface RequestRecord {
  id: string
  userId: string
  name: string
  draft: string
  /** JSON of the secret values by their places, sealed; absent where there are none. */
  sealedSecrets?: Uint8Array
  updatedAt: number
}

/** One sending of a request; `view` is the contract's ExchangeView as JSON, without any token text. */
export interface ExchangeRecord {
  id: string
  userId: string
  requestId?: string
  at: number
  method: string
  url: string
  accountId?: string
  accountName?: string
  /** When the carried token would expire, known at sending. */
  tokenExpiresAt?: number
  status?: number
  duration?: number
  errorCode?: string
  /** TLS was not checked. */
  unchecked?: true
  /** Stays when the history lets its oldest go. */
  pinned?: true
  view: string
}
