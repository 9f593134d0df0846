import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { Faults } from '../faults/rules.ts'
import { clockSkewSeconds } from '../faults/table.ts'
import type { Observe } from '../grading/observation.ts'
import type { Catalog, Resource } from '../provider/catalog.ts'
import type { OpenToken } from '../provider/encrypted-tokens.ts'
import type { OrderStore } from '../storage/orders.ts'
import type { UserStore } from '../storage/users.ts'
import { createAuthenticate, createRefusals, type Authentication } from './authenticate.ts'
import { openApi } from './describe.ts'
import { addErrors } from './errors.ts'
import { addObserver } from './observe.ts'
import { addOpenRoutes, metadataPathOf } from './open-routes.ts'
import { addResources } from './resources.ts'
import { addRoutes } from './routes.ts'
import { createVerifyProof } from './verify-proof.ts'
import { createVerifyToken, type TokenIssuer } from './verify-token.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The scopes that a caller must have; without them the route is open. */
    scopes?: readonly string[]
    /** The roles of which a caller must have one. */
    roles?: readonly string[]
    resource?: Resource
  }
}

export type ApiOptions = {
  issuer: string
  apiBase: string
  issuers: () => readonly TokenIssuer[]
  issuerOf: (issuer: string | undefined) => TokenIssuer | undefined
  /** For tokens that were encrypted for this API. */
  open: OpenToken
  users: UserStore
  orders: OrderStore
  faults: Faults
  catalog: Catalog
  origins: readonly string[]
  requestsPerMinute: number
  /** The thumbprint (RFC 8705 section 3.1) of the certificate that the request was sent with. */
  certificateOf: (request: FastifyRequest) => string | undefined
  observe: Observe
  requestIdOf: (request: FastifyRequest) => string
  /** Who asked, where proxies that are named say so. */
  addressOf: (request: FastifyRequest) => string
  now: () => number
  log: (line: string) => void
}

/** The protected API, not listening yet. */
export async function createApi(options: ApiOptions): Promise<FastifyInstance> {
  const { issuer, apiBase, users, orders, faults, catalog, origins } = options
  const app = Fastify({
    bodyLimit: 16 * 1024,
    logger: false,
    ajv: {
      customOptions: {
        coerceTypes: true,
        removeAdditional: false,
        allErrors: true,
        allowUnionTypes: true,
        // A number beyond all others comes out of a query as Infinity; strictly that is none, and no bound is looked at.
        strictNumbers: false,
        // The schemas are our own: compiling the one that judges them takes a third of the start.
        validateSchema: false,
      },
    },
  })
  app.removeContentTypeParser('text/plain')
  addErrors(app, options.log)

  const isSkewed = () => faults.has('clock-skew')
  const now = () => options.now() + (isSkewed() ? clockSkewSeconds * 1000 : 0)
  const { issuers, issuerOf, open } = options
  const verifyToken = createVerifyToken({ issuer, issuers, issuerOf, open, now })
  const authenticate = createAuthenticate(apiBase, verifyToken, createVerifyProof(now), options.certificateOf)
  const judged = new WeakMap<FastifyRequest, Authentication>()
  const authenticationOf = (request: FastifyRequest): Authentication =>
    judged.get(request) ?? { kind: 'none' }
  const [ordersApi] = catalog.resources

  // Who calls is found out first, so that the limit below can be counted by client; refusing comes after it.
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers({
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      // A server whose clock is wrong says so (RFC 9110 section 6.6.1).
      Date: new Date(now()).toUTCString(),
    })
    allowOrigin(request, reply, origins)
    const resource = request.routeOptions.config.resource ?? ordersApi
    judged.set(request, await authenticate(request, resource?.identifier ?? apiBase))
  })
  addObserver(app, { ...options, authenticationOf })

  await app.register(rateLimit, {
    global: true,
    timeWindow: 60_000,
    max: () => (faults.has('too-many-requests') ? 0 : options.requestsPerMinute),
    enableDraftSpec: true,
    keyGenerator: (request) => {
      const authentication = authenticationOf(request)
      const key =
        authentication.kind === 'accepted'
          ? `client ${authentication.caller.clientId}`
          : options.addressOf(request)
      return faults.has('too-many-requests') ? `fault ${key}` : key
    },
  })

  // The limit is a hook of each route and comes after those of the app: what refuses has to come later still.
  app.addHook('preParsing', async (request, reply) => {
    const { scopes, roles = [], resource } = request.routeOptions.config
    if (!scopes) return
    const refuse = createRefusals(`${apiBase}${metadataPathOf(resource)}`)
    const authentication = authenticationOf(request)
    if (authentication.kind !== 'accepted') return refuse.unauthenticated(reply, scopes, authentication)
    const { caller } = authentication
    const missing = scopes.filter((scope) => !caller.scopes.has(scope))
    const isInRole = roles.length === 0 || roles.some((role) => caller.roles.includes(role))
    if (missing.length > 0 || !isInRole) return refuse.insufficientScope(reply, scopes, missing, caller)
  })

  await app.register(swagger, { openapi: openApi(issuer, apiBase, catalog) })
  await app.register(async (routes) => {
    addOpenRoutes(app, options)
    function callerOf(request: FastifyRequest) {
      const authentication = authenticationOf(request)
      if (authentication.kind !== 'accepted') throw new Error('a route without scopes asked for its caller')
      return authentication.caller
    }
    addRoutes(routes, { users, orders, callerOf })
    addResources(routes, catalog, callerOf)
  })
  await app.ready()
  return app
}

/** Fetch standard, CORS: only pages of named origins read what the API answers. */
function allowOrigin(
  request: FastifyRequest,
  reply: { headers: (values: Record<string, string>) => unknown },
  origins: readonly string[],
): void {
  const { origin } = request.headers
  if (origin === undefined || !origins.includes(origin)) return
  reply.headers({
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
    'Access-Control-Allow-Headers': 'Authorization, Content-Type, DPoP',
    'Access-Control-Expose-Headers': 'WWW-Authenticate, Retry-After, Location, DPoP-Nonce',
    'Access-Control-Max-Age': '600',
    Vary: 'Origin',
  })
}
