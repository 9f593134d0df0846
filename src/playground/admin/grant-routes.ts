import type { FastifyInstance } from 'fastify'
import { sendProblem } from '../api/problem.ts'
import { described, type AdminPorts } from './ports.ts'

const kinds = ['AccessToken', 'ClientCredentials', 'RefreshToken'] as const
const id = { type: 'object', properties: { id: { type: 'string', pattern: '^[0-9a-f]{32}$' } } }
const offset = {
  type: 'object',
  additionalProperties: false,
  required: ['offsetSeconds'],
  properties: { offsetSeconds: { type: 'integer', minimum: -315_360_000, maximum: 315_360_000 } },
}

/** Grants and tokens, keys, clock, and everything again. */
export function addGrantRoutes(app: FastifyInstance, ports: AdminPorts): void {
  const { records, tenants, clock } = ports

  app.get('/admin/grants', described('listGrants', 'Every grant', 'grants'), async () => ({
    grants: tenants().flatMap((issuer) =>
      records.list('Grant', issuer).map(({ id: handle, payload, expiresAt }) => ({
        id: handle,
        issuer,
        client: payload.clientId,
        user: payload.accountId,
        scope: (payload as { openid?: { scope?: string } }).openid?.scope,
        resources: payload.resources,
        expiresAt,
      })),
    ),
  }))
  app.delete<{ Params: { id: string } }>(
    '/admin/grants/:id',
    described('revokeGrant', 'Revoke a grant and every token of it', 'grants', { params: id }),
    async ({ params }, reply) => {
      const grant = tenants()
        .flatMap((issuer) => records.list('Grant', issuer))
        .find((one) => one.id === params.id)
      const grantId = grant?.payload.jti
      if (!grantId)
        return sendProblem(reply, { status: 404, code: 'no_grant', detail: 'There is no such grant' })
      records.revokeGrant(grantId)
      return reply.code(204).send()
    },
  )
  app.get('/admin/tokens', described('listTokens', 'Every token, without its value', 'grants'), async () => ({
    tokens: tenants().flatMap((issuer) =>
      kinds.flatMap((kind) =>
        records.list(kind, issuer).map(({ id: handle, payload, expiresAt, isUsed }) => ({
          id: handle,
          issuer,
          kind,
          client: payload.clientId,
          user: payload.accountId,
          scope: payload.scope,
          audience: (payload as { aud?: unknown }).aud,
          expiresAt,
          isUsed,
        })),
      ),
    ),
  }))
  app.delete<{ Params: { id: string } }>(
    '/admin/tokens/:id',
    described('revokeToken', 'Revoke a token', 'grants', { params: id }),
    async ({ params }, reply) =>
      records.remove(params.id) > 0
        ? reply.code(204).send()
        : sendProblem(reply, { status: 404, code: 'no_token', detail: 'There is no such token' }),
  )

  app.get('/admin/keys', described('listKeys', 'The ids of the published keys', 'keys'), async () => ({
    keys: ports.keyIds(),
  }))
  app.post(
    '/admin/keys/rotate',
    described('rotateKeys', 'Create new keys; the old ones stay published', 'keys'),
    async (_request, reply) =>
      (await ports.rotateKeys())
        ? { keys: ports.keyIds() }
        : sendProblem(reply, {
            status: 409,
            code: 'keys_given',
            detail: 'The keys are given by the configuration',
          }),
  )

  app.get('/admin/clock', described('getClock', 'How far the clock is ahead', 'clock'), async () => ({
    offsetSeconds: clock.offsetSeconds(),
    now: new Date(clock.now()).toISOString(),
  }))
  app.put<{ Body: { offsetSeconds: number } }>(
    '/admin/clock',
    described('moveClock', 'Move the clock of provider and API', 'clock', { body: offset }),
    async ({ body }) => {
      clock.move(body.offsetSeconds)
      return { offsetSeconds: clock.offsetSeconds(), now: new Date(clock.now()).toISOString() }
    },
  )
  app.post(
    '/admin/reset',
    described('reset', 'Reset everything to the configuration', 'reset'),
    async (_request, reply) => {
      await ports.reset()
      return reply.code(204).send()
    },
  )

  app.get(
    '/admin/backchannel',
    described('listBackchannel', 'Pending backchannel requests', 'backchannel'),
    async () => ({
      requests: ports.backchannel.list(),
    }),
  )
  app.post<{ Params: { id: string }; Body: { approve: boolean } }>(
    '/admin/backchannel/:id',
    described('decideBackchannel', 'Respond for the user', 'backchannel', {
      params: { type: 'object', properties: { id: { type: 'string', pattern: '^\\d{1,10}$' } } },
      body: {
        type: 'object',
        additionalProperties: false,
        required: ['approve'],
        properties: { approve: { type: 'boolean' } },
      },
    }),
    async ({ params, body }, reply) =>
      (await ports.backchannel.decide(params.id, body.approve))
        ? reply.code(204).send()
        : sendProblem(reply, { status: 404, code: 'no_request', detail: 'There is no such request' }),
  )
}
