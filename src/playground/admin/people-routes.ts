import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { sendProblem } from '../api/problem.ts'
import { clientSchema, userSchema } from '../config/parts.ts'
import { registrationOf } from '../provider/clients.ts'
import type { WantedUser } from '../storage/users.ts'
import { described, type AdminPorts } from './ports.ts'

const userBody = jsonSchema(userSchema.omit({ username: true, passwordFile: true }))
const clientBody = jsonSchema(clientSchema.omit({ client_id: true, client_secret_file: true }))
const username = {
  type: 'object',
  properties: { username: { type: 'string', pattern: '^[^\\s<>"\'&]{1,100}$' } },
}
const clientId = { type: 'object', properties: { id: { type: 'string', pattern: '^[\\x20-\\x7e]{1,255}$' } } }

export function addPeopleRoutes(
  app: FastifyInstance,
  { users, clients, scopes, features, judgeClient }: AdminPorts,
): void {
  app.get('/admin/users', described('listUsers', 'Every user', 'users'), async () => ({
    users: users.list(),
  }))
  app.put<{ Params: { username: string }; Body: Omit<WantedUser, 'username'> }>(
    '/admin/users/:username',
    described('putUser', 'Create or replace a user', 'users', { params: username, body: userBody }),
    async ({ params, body }) => users.put({ ...body, username: params.username }),
  )
  app.delete<{ Params: { username: string } }>(
    '/admin/users/:username',
    described('removeUser', 'Remove a user', 'users', { params: username }),
    async ({ params }, reply) =>
      users.remove(params.username)
        ? reply.code(204).send()
        : sendProblem(reply, { status: 404, code: 'no_user', detail: 'There is no such user' }),
  )

  app.get(
    '/admin/clients',
    described('listClients', 'Every client, without secrets', 'clients'),
    async () => ({
      clients: clients
        .list()
        .map(({ client_secret: secret, ...client }) => ({ ...client, has_secret: secret !== undefined })),
    }),
  )
  app.put<{ Params: { id: string }; Body: Record<string, unknown> }>(
    '/admin/clients/:id',
    described('putClient', 'Create or replace a client (names of RFC 7591)', 'clients', {
      params: clientId,
      body: clientBody,
    }),
    async ({ params, body }, reply) => {
      const metadata = registrationOf({ ...body, client_id: params.id }, scopes, features)
      const wrong = judgeClient(metadata)
      if (wrong !== undefined)
        return sendProblem(reply, { status: 400, code: 'client_metadata', detail: wrong })
      await clients.put(metadata)
      return reply.code(204).send()
    },
  )
  app.delete<{ Params: { id: string } }>(
    '/admin/clients/:id',
    described('removeClient', 'Remove a client', 'clients', { params: clientId }),
    async ({ params }, reply) =>
      (await clients.remove(params.id))
        ? reply.code(204).send()
        : sendProblem(reply, { status: 404, code: 'no_client', detail: 'There is no such client' }),
  )
}

function jsonSchema(schema: z.ZodType): object {
  const { $schema: _schema, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }) as Record<
    string,
    unknown
  >
  return rest
}
