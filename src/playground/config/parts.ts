import { z } from 'zod'

const path = z.string().min(1).max(4096)
const name = z.string().min(1).max(200)
const scope = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/, 'must be a scope (RFC 6749 section 3.3)')
const role = z.string().regex(/^[\w.:-]{1,60}$/, 'must be letters, digits, and . : _ -')
const uri = z.string().min(1).max(2000)

export const userSchema = z.strictObject({
  username: z.string().regex(/^[^\s<>"'&]{1,100}$/, 'must be 1 to 100 characters without spaces'),
  sub: z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe('The subject in tokens; generated and kept if not given.'),
  password: z.string().min(1).max(200).optional(),
  passwordFile: path.optional(),
  passwordHash: z
    .string()
    .regex(
      /^scrypt\$\d{1,7}\$\d{1,2}\$\d{1,2}\$[\w-]{10,100}\$[\w-]{43}$/,
      'must be what --hash-password prints',
    )
    .optional(),
  name: name.optional(),
  givenName: name.optional(),
  familyName: name.optional(),
  email: z.email().max(300).optional(),
  emailVerified: z.boolean().default(true),
  roles: z.array(role).max(50).default([]),
  claims: z
    .record(z.string().max(100), z.unknown())
    .default({})
    .describe('Additional claims, issued with the scope profile.'),
})

/** Registrations have the names of RFC 7591; what oidc-provider does not take is refused by it, at its place. */
export const clientSchema = z
  .strictObject({
    client_id: z.string().regex(/^[\x20-\x7e]{1,255}$/, 'must be printable ASCII'),
    client_secret: z.string().min(1).max(500).optional(),
    client_secret_file: path.optional(),
    client_name: name.optional(),
    application_type: z.enum(['web', 'native']).optional(),
    token_endpoint_auth_method: z
      .enum([
        'none',
        'client_secret_basic',
        'client_secret_post',
        'client_secret_jwt',
        'private_key_jwt',
        'tls_client_auth',
        'self_signed_tls_client_auth',
      ])
      .optional(),
    grant_types: z.array(z.string().max(200)).max(20).optional(),
    response_types: z.array(z.string().max(100)).max(10).optional(),
    redirect_uris: z.array(uri).max(100).optional(),
    post_logout_redirect_uris: z.array(uri).max(100).optional(),
    scope: z.string().max(4000).optional(),
    jwks: z.strictObject({ keys: z.array(z.record(z.string(), z.unknown())).max(20) }).optional(),
    jwks_uri: uri.optional(),
  })
  .catchall(z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))

export const scopeSchema = z.strictObject({
  title: name.optional().describe('What it means, for the consent page.'),
  detail: name.optional(),
  roles: z.array(role).max(50).default([]).describe('Who may grant it; everyone if none is listed.'),
  clientCredentials: z.boolean().default(true).describe('Whether a client may get it for itself.'),
})

const operation = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  path: z
    .string()
    .regex(/^(\/([\w.~-]{1,100}|\{[A-Za-z]\w{0,30}\})){0,10}\/?$/, 'must be like /things/{id}')
    .describe("Below the resource's path."),
  summary: name.optional(),
  scopes: z.array(scope).max(20).default([]),
  roles: z.array(role).max(20).default([]).describe('One of them is enough.'),
  status: z.number().int().min(200).max(299).default(200),
  body: z
    .unknown()
    .optional()
    .describe('The JSON response; without it, the response repeats the request and its caller.'),
})

export const resourceSchema = z.strictObject({
  path: z
    .string()
    .regex(/^(\/[A-Za-z0-9][\w.-]{0,60}){1,3}$/, 'must be like /reports')
    .describe('Its path at the API.'),
  identifier: uri
    .optional()
    .describe('Its name in `resource` and `aud` (RFC 8707); its address if none is given.'),
  name: name.optional(),
  accessTokenFormat: z.enum(['jwt', 'opaque', 'encrypted']).optional(),
  encryptionKey: z
    .record(z.string().max(20), z.unknown())
    .optional()
    .describe('Its public key as JWK, for encrypted access tokens that it reads itself.'),
  accessTokenSeconds: z.number().int().min(1).max(86_400).optional(),
  operations: z.array(operation).min(1).max(100),
})
