import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Catalog } from '../provider/catalog.ts'
import { refusals } from './schemas.ts'
import type { Caller } from './verify-token.ts'

/** The resources of the configuration: each operation answers what it says, or what was asked and by whom. */
export function addResources(
  app: FastifyInstance,
  { resources }: Catalog,
  callerOf: (request: FastifyRequest) => Caller,
): void {
  for (const resource of resources) {
    for (const { method, path, summary, scopes, roles, status, body } of resource.operations) {
      const whole = `${resource.path}${path}`
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
      app.route({
        method,
        url: whole.replace(/\{(\w+)\}/g, ':$1'),
        config: { scopes, roles, resource },
        schema: {
          ...(summary === undefined ? {} : { summary }),
          tags: [resource.name],
          security: [{ oauth2: [...scopes] }, { openIdConnect: [...scopes] }],
          ...(names.length > 0 ? { params: parameters(names) } : {}),
          response: { [status]: { description: 'The response' }, ...refusals(401, 403, 429) },
        },
        handler: async (request, reply) => {
          const { subject, clientId, scopes: granted } = callerOf(request)
          const echo = {
            resource: resource.identifier,
            operation: `${method} ${whole}`,
            parameters: request.params,
            subject,
            client: clientId,
            scopes: [...granted],
          }
          return reply.code(status).send(status === 204 ? undefined : (body ?? echo))
        },
      })
    }
  }
}

function parameters(names: readonly string[]) {
  return {
    type: 'object',
    required: names,
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string', maxLength: 200 }])),
  }
}
