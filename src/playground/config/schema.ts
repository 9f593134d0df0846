import { z } from 'zod'
import { faultNames } from '../faults/table.ts'
import { clientSchema, resourceSchema, scopeSchema, userSchema } from './parts.ts'

function seconds(most: number) {
  return z.number().int().min(1).max(most)
}
const port = z.number().int().min(0).max(65_535)
const path = z.string().min(1).max(4096)
const url = z.string().min(1).max(2000)
const fault = z.enum(faultNames)
const day = 86_400

const listen = z.strictObject({
  host: z
    .string()
    .min(1)
    .max(255)
    .default('127.0.0.1')
    .describe('The address to listen on; 0.0.0.0 for all.'),
  port: port.default(47_113).describe('The port of the provider; 0 for any free one.'),
  apiPort: port.default(47_114).describe('The port of the protected API; 0 for any free one.'),
  hosts: z
    .array(
      z
        .string()
        .regex(
          /^[\w.-]{1,253}(:\d{1,5})?$/,
          'must be a name or an address, with a port unless it is 80 or 443',
        ),
    )
    .max(50)
    .default([])
    .describe('Further names by which it may be reached, such as its name in a compose network.'),
  plainHttpBeyondLoopback: z
    .boolean()
    .default(false)
    .describe('Accept plain http from other computers: passwords and tokens can be read in transit.'),
  certificateFile: path.optional().describe('PEM file of the certificate and its chain, for HTTPS.'),
  keyFile: path.optional().describe("PEM file of the certificate's private key."),
  clientCaFile: path
    .optional()
    .describe('PEM file of the authorities whose client certificates are accepted (mutual TLS).'),
  trustedProxies: z
    .array(z.string().max(50))
    .max(50)
    .default([])
    .describe(
      'Addresses (192.0.2.1) or networks (10.0.0.0/8) of the proxies whose X-Forwarded-* headers count.',
    ),
  shutdownGraceSeconds: z
    .number()
    .int()
    .min(0)
    .max(300)
    .default(8)
    .describe('How long pending requests may take when it is stopped.'),
})

const tokens = z.strictObject({
  accessTokenFormat: z
    .enum(['jwt', 'opaque', 'encrypted'])
    .default('jwt')
    .describe('JWT (RFC 9068), a reference, or a JWT in a JWE (RFC 7516).'),
  accessTokenSeconds: seconds(day).default(120),
  idTokenSeconds: seconds(day).default(600),
  refreshTokenSeconds: seconds(365 * day).default(14 * day),
  codeSeconds: seconds(600).default(60),
  sessionSeconds: seconds(365 * day).default(14 * day),
  rotateRefreshTokens: z.boolean().default(true),
})

const keys = z.strictObject({
  jwks: z
    .strictObject({ keys: z.array(z.record(z.string(), z.unknown())).min(1).max(20) })
    .optional()
    .describe('Private signing keys as a JWK set; without it, keys are generated and kept.'),
  jwksFile: path.optional().describe('A file with the same content.'),
  rotateEveryDays: z
    .number()
    .int()
    .min(1)
    .max(3650)
    .optional()
    .describe('How often to create new keys; old ones stay published.'),
})

const limits = z.strictObject({
  apiRequestsPerMinute: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(300)
    .describe('Of one client at the API.'),
  clientRequestsPerMinute: z
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .optional()
    .describe(
      'Of one client at the endpoints that it calls itself; 0 for no limit. 6000 where it listens beyond loopback, else 0.',
    ),
  providerRequestsPerMinute: z
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .optional()
    .describe(
      'Of one address at the provider; 0 for no limit. 6000 where it listens beyond loopback, else 0.',
    ),
})

const on = z.boolean().default(true)
const off = z.boolean().default(false)
const featureSchema = z.strictObject({
  par: z
    .union([z.boolean(), z.literal('required')])
    .default(true)
    .describe('Pushed authorization requests (RFC 9126).'),
  dpop: z
    .union([z.boolean(), z.literal('nonce')])
    .default(true)
    .describe('DPoP (RFC 9449); "nonce" requires a server nonce.'),
  device: on.describe('Device authorization (RFC 8628).'),
  introspection: on.describe('Introspection (RFC 7662).'),
  jwtIntrospection: off.describe('Introspection responses as JWT (RFC 9701).'),
  registration: on.describe('Dynamic registration (RFC 7591) and its management (RFC 7592).'),
  mtls: off.describe('Mutual TLS (RFC 8705): client authentication and bound tokens.'),
  mtlsCertificateHeader: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,60}$/)
    .optional()
    .describe(
      'The header in which a trusted proxy passes the client certificate as URL-encoded PEM, in lowercase.',
    ),
  encryption: off.describe(
    'Encrypted ID tokens and responses, for clients whose registration asks for them.',
  ),
  jar: off.describe('Signed request objects (RFC 9101).'),
  jarm: off.describe('Signed authorization responses (JARM).'),
  rar: z
    .array(z.string().min(1).max(100))
    .max(50)
    .default([])
    .describe('Supported types of authorization details (RFC 9396).'),
  ciba: z
    .enum(['off', 'approve', 'deny', 'admin'])
    .default('off')
    .describe('Backchannel authentication: approved at once, or through the admin API.'),
  clientIdMetadataDocuments: off.describe('A client may be named by the URL of its metadata.'),
  privateOrigins: z
    .array(z.string().max(300))
    .max(50)
    .default([])
    .describe(
      'Origins in a private network from which metadata and keys of clients are fetched; others there are not.',
    ),
  fapi: z
    .enum(['off', '2.0'])
    .default('off')
    .describe(
      'The FAPI 2.0 security profile: pushed requests, no shared secrets, tokens bound to a key or a certificate.',
    ),
})

export const configurationSchema = z.strictObject({
  $schema: z.string().optional(),
  listen: listen.prefault({}),
  issuer: url.optional().describe("The provider's address as its clients see it; its path is the base path."),
  api: url.optional().describe("The protected API's address as its clients see it."),
  issuers: z
    .array(
      z.strictObject({
        path: z
          .string()
          .regex(
            /^(\/[a-z0-9][a-z0-9-]{0,60}){1,3}$/,
            'must be like /name, in lowercase letters, digits and hyphens',
          ),
        faults: z.array(fault).max(faultNames.length).default([]),
      }),
    )
    .max(50)
    .default([])
    .describe('Further issuers below the first, each with its own keys, sessions and grants.'),
  data: path.optional().describe('The folder of the database, or ":memory:".'),
  users: z
    .array(userSchema)
    .max(1000)
    .optional()
    .describe('Who can sign in; alice and bob if none are listed.'),
  clients: z.array(clientSchema).max(1000).optional(),
  scopes: z
    .record(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/), scopeSchema)
    .default({})
    .describe('Scopes in addition to those of OpenID Connect and the orders API.'),
  resources: z
    .array(resourceSchema)
    .max(50)
    .default([])
    .describe('Protected APIs in addition to the orders API.'),
  tokens: tokens.prefault({}),
  keys: keys.prefault({}),
  limits: limits.prefault({}),
  cors: z
    .strictObject({ origins: z.array(z.string().max(300)).max(100).default([]) })
    .prefault({})
    .describe('Origins whose pages may call provider and API.'),
  consent: z.enum(['ask', 'skip']).default('ask').describe('Whether the consent page is shown.'),
  features: featureSchema.prefault({}),
  faults: z.array(fault).max(faultNames.length).default([]).describe('Faults that are on at startup.'),
  admin: z
    .strictObject({
      key: z
        .string()
        .min(16)
        .max(500)
        .optional()
        .describe('The key of the admin API; without it, there is no admin API.'),
      keyFile: path.optional(),
    })
    .prefault({}),
  log: z
    .strictObject({
      level: z.enum(['error', 'warn', 'info', 'debug']).default('warn'),
      format: z.enum(['text', 'json']).default('text'),
    })
    .prefault({}),
})

export type Configuration = z.output<typeof configurationSchema>
export type ConfigurationInput = z.input<typeof configurationSchema>
export type ConfiguredClient = NonNullable<Configuration['clients']>[number]
export type ConfiguredResource = Configuration['resources'][number]
