import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance } from 'fastify'
import { addErrors } from '../api/errors.ts'
import { sendProblem } from '../api/problem.ts'
import { hasKey } from '../server/router.ts'
import { addFaultRoutes } from './fault-routes.ts'
import { addGrantRoutes } from './grant-routes.ts'
import { addJudgeRoutes } from './judge-routes.ts'
import { addPeopleRoutes } from './people-routes.ts'
import type { AdminPorts } from './ports.ts'

/** The admin API below /admin, not listening by itself. Every call but that for its description needs the key. */
export async function createAdmin(ports: AdminPorts, key: string): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: 64 * 1024,
    logger: false,
    routerOptions: { maxParamLength: 300 },
    ajv: {
      customOptions: {
        removeAdditional: false,
        allErrors: true,
        coerceTypes: true,
        allowUnionTypes: true,
        strict: false,
        // Both as in the protected API.
        strictNumbers: false,
        validateSchema: false,
      },
    },
  })
  app.removeContentTypeParser('text/plain')
  addErrors(app, (line) => ports.log(line))
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('Cache-Control', 'no-store')
    if (request.url === '/admin/openapi.json') return
    if (hasKey(request.raw, key)) return
    void reply.header('WWW-Authenticate', 'Bearer realm="playground-admin"')
    return sendProblem(reply, {
      status: 401,
      code: 'admin_key',
      detail: 'This needs the admin key as Bearer',
    })
  })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Gatehouse Playground admin API',
        version: '1.0.0',
        description:
          'Users, clients, faults, keys, grants, clock, log and verdicts. Errors are problem documents (RFC 9457).',
      },
      servers: [{ url: ports.issuer }],
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
      security: [{ key: [] }],
    },
  })
  await app.register(async (routes) => {
    addPeopleRoutes(routes, ports)
    addFaultRoutes(routes, ports)
    addGrantRoutes(routes, ports)
    addJudgeRoutes(routes, ports)
    routes.get('/admin/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  })
  await app.ready()
  return app
}
