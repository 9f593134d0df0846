import { z } from 'zod'
import { limits, url } from './limits.ts'
import { clientAuthenticationTable } from './tables/client-authentications.ts'
import { keysOf } from './tables/keys-of.ts'
import { grantTable, type GrantKind } from './tables/grants.ts'
import { messageKindTable } from './tables/message-kinds.ts'
import { responseModeTable, type ResponseMode } from './tables/response-modes.ts'

export const clientAuthentication = z.enum(keysOf(clientAuthenticationTable))
export type ClientAuthentication = z.infer<typeof clientAuthentication>

export const grantKind = z.enum(keysOf(grantTable))
export type { GrantKind }

/** What a client key can sign with; every supported runtime knows these. */
const keyAlgorithm = z.enum(['ES256', 'RS256', 'PS256', 'EdDSA'])
export type KeyAlgorithm = z.infer<typeof keyAlgorithm>

/** How the authorization response comes back; left out it is `query` (RFC 6749, OAuth 2.0 Form Post, JARM). */
export const responseMode = z.enum(keysOf(responseModeTable))
export type { ResponseMode }

/** Response types beside `code` that put tokens or ID tokens into the browser's answer (OAuth 2.0 Multiple Response
 *  Type Encoding Practices sections 3 to 5). Deprecated: RFC 9700 section 2.1.2. */
export const frontChannelType = z.enum([
  'code id_token',
  'code token',
  'code id_token token',
  'id_token',
  'id_token token',
  'token',
])
export type FrontChannelType = z.infer<typeof frontChannelType>

/** The name of this computer in a loopback redirect (RFC 8252 sections 7.3 and 8.3). */
export const loopbackHost = z.enum(['127.0.0.1', '[::1]', 'localhost'])
export type LoopbackHost = z.infer<typeof loopbackHost>

const short = z.string().trim().min(1).max(limits.url)
const json = z.string().trim().min(1).max(65_536)

const furtherPart = z
  .object({
    to: z.enum(keysOf(messageKindTable)),
    where: z.enum(['header', 'parameter']),
    name: z.string().trim().min(1).max(limits.name),
    /** May name variables of the environment; what is secret has to. */
    value: z.string().max(limits.url),
  })
  .strict()
export type FurtherPart = z.infer<typeof furtherPart>

/** A JSON pointer (RFC 6901). */
const pointer = z
  .string()
  .trim()
  .max(limits.name)
  .regex(/^(?:\/[^/]{1,100}){1,8}$/)
/** A header's or parameter's name. */
const wireName = z
  .string()
  .trim()
  .regex(/^[\w.-]{1,100}$/)

/** What a connection asks for beyond the common path. Everything can be left out. */
export const connectionSettings = z
  .object({
    grant: grantKind.optional(),
    /** PAR always; left out it is used where the provider demands it (RFC 9126). */
    pushed: z.boolean().optional(),
    /** Signs the authorization request with the client key (RFC 9101). */
    signedRequest: z.boolean().optional(),
    /** For old servers; left out it is `code`. */
    responseType: frontChannelType.optional(),
    responseMode: responseMode.optional(),
    /** Left out it is 127.0.0.1. */
    loopbackHost: loopbackHost.optional(),
    /** Left out a free port is taken for each sign-in, as RFC 8252 section 7.3 wants it. */
    loopbackPort: z.int().min(1024).max(65_535).optional(),
    /** The redirect that the sign-in window watches for; left out it is our custom scheme. */
    windowRedirectUri: url.optional(),
    /** What a client assertion names as its audience; left out it is the issuer (RFC 7523bis). */
    assertionAudience: z.enum(['issuer', 'token_endpoint']).optional(),
    /** Binds tokens to a key that never leaves this computer (RFC 9449). */
    dpop: z.boolean().optional(),
    /** The user's word for an non-standard: ID tokens whose signature cannot be checked are taken. */
    acceptUnverified: z.boolean().optional(),
    /** Further headers and parameters, by kind of message. */
    further: z.array(furtherPart).max(40).optional(),
    /** How a client secret travels otherwise than the client authentication says. */
    secretPlacement: z.enum(['basic_raw', 'basic_and_body', 'query']).optional(),
    /** Token answers may come form-encoded. */
    formTokenAnswer: z.boolean().optional(),
    /** A token without `token_type`, or of an unknown one, is sent as Bearer. */
    sendAsBearer: z.boolean().optional(),
    /** Where a token response holds what, if not in the members of RFC 6749 section 5.1. */
    accessTokenAt: pointer.optional(),
    refreshTokenAt: pointer.optional(),
    expiresInAt: pointer.optional(),
    /** What the token's life is given as, if not seconds from now: milliseconds, or the time of its end. */
    lifeAs: z.enum(['milliseconds', 'time']).optional(),
    /** APIs receive the ID token instead of the access token. */
    apiToken: z.enum(['id_token']).optional(),
    /** The word before the token in Authorization; `none` for the token alone. */
    apiScheme: wireName.optional(),
    /** Another header than Authorization; the token is in it alone, unless `apiScheme` says otherwise. */
    apiHeader: wireName.optional(),
    /** The token goes into this parameter of the query. */
    apiQuery: wireName.optional(),
    /** The token goes into this cookie. */
    apiCookie: wireName.optional(),
    /** What separates scopes in a request, if not a space. */
    scopeSeparator: z.enum([',', '+', ';']).optional(),
    /** The parameter that carries the scope, if not `scope`. */
    scopeParameter: wireName.optional(),
    /** The scope is not sent. */
    scopeLeftOut: z.boolean().optional(),
    /** Further APIs, beyond `resource` (RFC 8707 section 2). */
    resources: z.array(url).max(10).optional(),
    audience: short.optional(),
    /** JSON array of RFC 9396. */
    authorizationDetails: json.optional(),
    prompt: short.optional(),
    maxAgeSeconds: z.int().min(0).max(31_536_000).optional(),
    acrValues: short.optional(),
    loginHint: short.optional(),
    uiLocales: short.optional(),
    /** JSON object of OpenID Connect Core section 5.5. */
    claims: json.optional(),
    /** What was typed into fields that name variables, and what those stood for when the connection was saved. */
    typed: z
      .array(
        z
          .object({
            field: z.string().max(limits.name),
            template: z.string().max(limits.url),
            value: z.string().max(limits.url),
          })
          .strict(),
      )
      .max(limits.typed)
      .optional(),
    extra: z
      .array(
        z
          .object({
            name: z.string().trim().min(1).max(limits.name),
            value: z.string().max(limits.url),
          })
          .strict(),
      )
      .max(20)
      .optional(),
  })
  .strict()
export type ConnectionSettings = z.infer<typeof connectionSettings>

/** A new client key: made here, or imported as JWK or PKCS#8 PEM. */
export const clientKeyDraft = z.union([
  z.object({ generate: keyAlgorithm }).strict(),
  z
    .object({ imported: z.string().trim().min(1).max(limits.secret), algorithm: keyAlgorithm.optional() })
    .strict(),
])
export type ClientKeyDraft = z.infer<typeof clientKeyDraft>

/** A certificate and its private key, both PEM (RFC 8705). */
export const certificateDraft = z
  .object({
    certificate: z.string().trim().min(1).max(65_536),
    key: z.string().trim().min(1).max(limits.secret),
  })
  .strict()

/** The public half of a key that is kept here. */
export interface PublicKeyView {
  algorithm: string
  kid: string
  /** The public JWK as JSON, to be registered with the provider. */
  jwk: string
}

/** What a client certificate says of itself. */
export const certificateView = z.object({
  subject: z.string(),
  issuer: z.string(),
  /** SHA-256 of the certificate, base64url (`x5t#S256`). */
  thumbprint: z.string(),
  validTo: z.number(),
})
export type CertificateView = z.infer<typeof certificateView>
