import type { FastifyInstance } from 'fastify'
import { sendProblem } from '../api/problem.ts'
import { answerFaults } from '../faults/spoil-answer.ts'
import { faultNames, faults as table, type FaultName, type FaultPlace } from '../faults/table.ts'
import { described, type AdminPorts } from './ports.ts'

type Body = { fault: FaultName; client?: string; issuer?: string; at?: FaultPlace; next?: number }

const body = {
  type: 'object',
  additionalProperties: false,
  required: ['fault'],
  properties: {
    fault: { type: 'string', enum: [...faultNames] },
    client: { type: 'string', minLength: 1, maxLength: 255, description: 'For this client only' },
    issuer: {
      type: 'string',
      maxLength: 100,
      description: 'At the issuer with this path only; "" is the first',
    },
    at: {
      type: 'string',
      enum: ['token', 'jwks', 'discovery', 'userinfo', 'api'],
      description: 'Where responses go wrong',
    },
    next: {
      type: 'integer',
      minimum: 1,
      maximum: 10_000,
      description: 'For this many affected requests',
    },
  },
} as const

export function addFaultRoutes(app: FastifyInstance, { faults, setFault }: AdminPorts): void {
  app.get(
    '/admin/faults',
    described('listFaults', 'What can go wrong, and what is on', 'faults'),
    async () => ({
      known: faultNames.map((fault) => ({
        fault,
        ...table[fault],
        path: table[fault].at === 'api' ? null : `/f/${fault}`,
      })),
      on: faults.rules(),
    }),
  )
  app.post<{ Body: Body }>(
    '/admin/faults',
    described('addFault', 'Turn a fault on', 'faults', { body }),
    async (request, reply) => {
      const { fault, client, issuer, at, next } = request.body
      if (at !== undefined && !answerFaults.has(fault))
        return sendProblem(reply, {
          status: 400,
          code: 'fault_place',
          detail: `${fault} has a place of its own`,
        })
      const isForAll = client === undefined && issuer === undefined && at === undefined && next === undefined
      // These two are of the whole playground: keys and clock are one for all.
      if (!isForAll && (fault === 'rotated-keys' || fault === 'clock-skew' || fault === 'too-many-requests'))
        return sendProblem(reply, {
          status: 400,
          code: 'fault_for_all',
          detail: `${fault} is for everyone only`,
        })
      if (isForAll) {
        await setFault(fault, true)
        return reply.code(201).send(faults.rules().find((rule) => rule.fault === fault))
      }
      return reply.code(201).send(faults.add({ fault, client, issuer, at, left: next }))
    },
  )
  app.delete<{ Params: { id: number } }>(
    '/admin/faults/:id',
    described('removeFault', 'Turn a fault off', 'faults', {
      params: { type: 'object', properties: { id: { type: 'integer', minimum: 1 } } },
    }),
    async ({ params }, reply) => {
      const rule = faults.rules().find(({ id }) => id === params.id)
      if (!rule) return sendProblem(reply, { status: 404, code: 'no_fault', detail: 'No such fault is on' })
      if (rule.fault === 'rotated-keys') await setFault('rotated-keys', false)
      else faults.remove(params.id)
      return reply.code(204).send()
    },
  )
  app.delete(
    '/admin/faults',
    described('clearFaults', 'Turn every fault off', 'faults'),
    async (_request, reply) => {
      await setFault('rotated-keys', false)
      faults.clear()
      return reply.code(204).send()
    },
  )
}
