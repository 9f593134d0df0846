import type { FastifyInstance } from 'fastify'
import type { Catalog, Resource } from '../provider/catalog.ts'

const metadataPath = '/.well-known/oauth-protected-resource'

/** RFC 9728 section 3.1: the path of the resource comes behind. */
export function metadataPathOf(resource: Resource | undefined): string {
  return `${metadataPath}${resource?.path ?? ''}`
}

/** What everyone may read: where things are, and what each asks for. */
export function addOpenRoutes(
  app: FastifyInstance,
  {
    issuer,
    apiBase,
    catalog,
    origins,
  }: { issuer: string; apiBase: string; catalog: Catalog; origins: readonly string[] },
): void {
  app.get('/', { schema: { hide: true } }, async () => ({
    name: 'Gatehouse Playground API',
    openapi: `${apiBase}/openapi.json`,
    protectedResourceMetadata: `${apiBase}${metadataPath}`,
    issuer,
    resources: [
      '/profile',
      '/orders',
      '/orders/{id}',
      '/admin/users',
      ...catalog.resources.slice(1).map(({ path }) => path),
    ].map((path) => `${apiBase}${path}`),
  }))
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  // RFC 9728 section 3.2.
  for (const resource of catalog.resources) {
    app.get(metadataPathOf(resource), { schema: { hide: true } }, async () => ({
      resource: resource.identifier,
      authorization_servers: [issuer],
      scopes_supported: resource.scopes.filter((scope) => scope !== 'openid' && scope !== 'offline_access'),
      bearer_methods_supported: ['header'],
      dpop_signing_alg_values_supported: ['ES256', 'ES384', 'RS256', 'PS256', 'Ed25519', 'EdDSA'],
      resource_name: resource.name,
      resource_documentation: `${apiBase}/openapi.json`,
    }))
  }
  // Without named origins there is nothing to preflight, and OPTIONS is a method like any other that is not there.
  if (origins.length > 0)
    app.options('*', { schema: { hide: true } }, async (_request, reply) => reply.code(204).send())
}
