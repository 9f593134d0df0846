import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { JSONWebKeySet } from 'jose'
import { clockSkewSeconds, type Faults } from '../faults.ts'
import { allScopes, scopeInWords } from '../provider/scopes.ts'
import type { OrderStore } from '../storage/orders.ts'
import type { UserStore } from '../storage/users.ts'
import { createAuthenticate, createRefusals, type Authentication } from './authenticate.ts'
import { addErrors } from './errors.ts'
import { sendProblem } from './problem.ts'
import { addRoutes } from './routes.ts'
import { createVerifyProof } from './verify-proof.ts'
import { createVerifyToken } from './verify-token.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The scopes that a caller must have; without them the route is open. */
    scopes?: readonly string[]
  }
}

export type ApiOptions = {
  issuer: string
  apiBase: string
  keys: () => JSONWebKeySet
  users: UserStore
  orders: OrderStore
  faults: Faults
  requestsPerMinute: number
  now: () => number
  log: (line: string) => void
}

const metadataPath = '/.well-known/oauth-protected-resource'

/** The protected API, not listening yet. */
export async function createApi(options: ApiOptions): Promise<FastifyInstance> {
  const { issuer, apiBase, users, orders, faults } = options
  const app = Fastify({
    bodyLimit: 16 * 1024,
    logger: false,
    ajv: {
      customOptions: { coerceTypes: true, removeAdditional: false, allErrors: true, allowUnionTypes: true },
    },
  })
  app.removeContentTypeParser('text/plain')
  addErrors(app, options.log)

  const now = () => options.now() + (faults.has('clock-skew') ? clockSkewSeconds * 1000 : 0)
  const verifyToken = createVerifyToken({ issuer, audience: apiBase, keys: options.keys, now })
  const authenticate = createAuthenticate(apiBase, verifyToken, createVerifyProof(now))
  const refuse = createRefusals(`${apiBase}${metadataPath}`)
  const judged = new WeakMap<FastifyRequest, Authentication>()
  const authenticationOf = (request: FastifyRequest): Authentication =>
    judged.get(request) ?? { kind: 'none' }

  // Who calls is found out first, so that the limit below can be counted by client; refusing comes after it.
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' })
    // A page elsewhere that has its own name resolved to this computer (DNS rebinding) is not served.
    if (request.headers.host !== new URL(apiBase).host) {
      return sendProblem(reply, { status: 421, code: 'wrong_host', detail: `This API is ${apiBase}` })
    }
    judged.set(request, await authenticate(request))
  })

  await app.register(rateLimit, {
    global: true,
    timeWindow: 60_000,
    max: () => (faults.has('too-many-requests') ? 0 : options.requestsPerMinute),
    enableDraftSpec: true,
    keyGenerator: (request) => {
      const authentication = authenticationOf(request)
      const key = authentication.kind === 'accepted' ? `client ${authentication.caller.clientId}` : request.ip
      return faults.has('too-many-requests') ? `fault ${key}` : key
    },
  })

  // The limit is a hook of each route and comes after those of the app: what refuses has to come later still.
  app.addHook('preParsing', async (request, reply) => {
    const scopes = request.routeOptions.config.scopes
    if (!scopes) return
    const authentication = authenticationOf(request)
    if (authentication.kind !== 'accepted') return refuse.unauthenticated(reply, scopes, authentication)
    const missing = scopes.filter((scope) => !authentication.caller.scopes.has(scope))
    if (missing.length > 0) return refuse.insufficientScope(reply, scopes, missing, authentication.caller)
  })

  await app.register(swagger, { openapi: openApi(issuer, apiBase) })
  await app.register(async (routes) => {
    addOpenRoutes(app, options)
    addRoutes(routes, {
      users,
      orders,
      callerOf: (request) => {
        const authentication = authenticationOf(request)
        if (authentication.kind !== 'accepted') throw new Error('a route without scopes asked for its caller')
        return authentication.caller
      },
    })
  })
  await app.ready()
  return app
}

function openApi(issuer: string, apiBase: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gatehouse Playground API',
      version: '1.0.0',
      description:
        'A small API behind OAuth 2, to try Gatehouse with. Errors are problem documents (RFC 9457).',
    },
    servers: [{ url: apiBase }],
    components: {
      securitySchemes: {
        oauth2: {
          type: 'oauth2' as const,
          flows: {
            authorizationCode: {
              authorizationUrl: `${issuer}/auth`,
              tokenUrl: `${issuer}/token`,
              refreshUrl: `${issuer}/token`,
              scopes: Object.fromEntries(
                allScopes.map((scope) => [scope, scopeInWords[scope]?.title ?? scope]),
              ),
            },
            clientCredentials: {
              tokenUrl: `${issuer}/token`,
              scopes: { 'orders:read': 'See your orders', 'orders:write': 'Create orders' },
            },
          },
        },
        openIdConnect: {
          type: 'openIdConnect' as const,
          openIdConnectUrl: `${issuer}/.well-known/openid-configuration`,
        },
      },
    },
  }
}

function addOpenRoutes(app: FastifyInstance, { issuer, apiBase }: ApiOptions): void {
  app.get('/', { schema: { hide: true } }, async () => ({
    name: 'Gatehouse Playground API',
    openapi: `${apiBase}/openapi.json`,
    protectedResourceMetadata: `${apiBase}${metadataPath}`,
    issuer,
    resources: ['/profile', '/orders', '/orders/{id}', '/admin/users'].map((path) => `${apiBase}${path}`),
  }))
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  // RFC 9728 section 3.2.
  app.get(metadataPath, { schema: { hide: true } }, async () => ({
    resource: apiBase,
    authorization_servers: [issuer],
    scopes_supported: allScopes.filter((scope) => scope !== 'openid' && scope !== 'offline_access'),
    bearer_methods_supported: ['header'],
    dpop_signing_alg_values_supported: ['ES256', 'ES384', 'RS256', 'PS256', 'Ed25519', 'EdDSA'],
    resource_name: 'Gatehouse Playground API',
    resource_documentation: `${apiBase}/openapi.json`,
  }))
}
