import type { FastifyInstance } from 'fastify'
import { sendProblem } from '../api/problem.ts'
import { junitOf, verdictOf } from '../grading/verdict.ts'
import { described, type AdminPorts } from './ports.ts'

const client = { type: 'object', properties: { client: { type: 'string', minLength: 1, maxLength: 255 } } }
const format = {
  type: 'object',
  properties: { format: { type: 'string', enum: ['json', 'junit'], default: 'json' } },
}
const logQuery = {
  type: 'object',
  properties: {
    client: { type: 'string', minLength: 1, maxLength: 255 },
    after: {
      type: 'integer',
      minimum: 0,
      default: 0,
      description: 'The number of the last known entry',
    },
  },
}

/** What clients did: the log book and the verdicts. */
export function addJudgeRoutes(app: FastifyInstance, { recorder, logbook }: AdminPorts): void {
  app.get<{ Querystring: { client?: string; after: number } }>(
    '/admin/log',
    described('readLog', 'What clients requested, and why they got that response', 'log', {
      querystring: logQuery,
    }),
    async ({ query }) => ({ entries: logbook.list(query.client, query.after) }),
  )
  app.delete('/admin/log', described('clearLog', 'Forget the log', 'log'), async (_request, reply) => {
    logbook.clear()
    return reply.code(204).send()
  })

  app.get(
    '/admin/verdicts',
    described('listVerdicts', 'The verdict on every client', 'verdicts'),
    async () => ({
      verdicts: recorder.clients().flatMap((id) => {
        const grade = recorder.grade(id)
        return grade ? [{ client: id, verdict: verdictOf(id, grade).verdict }] : []
      }),
    }),
  )
  app.get<{ Params: { client: string }; Querystring: { format: 'json' | 'junit' } }>(
    '/admin/verdicts/:client',
    described('getVerdict', 'The verdict on a client, as JSON or JUnit', 'verdicts', {
      params: client,
      querystring: format,
    }),
    async ({ params, query }, reply) => {
      const grade = recorder.grade(params.client)
      if (!grade)
        return sendProblem(reply, {
          status: 404,
          code: 'not_seen',
          detail: 'This client has sent no request yet',
        })
      const verdict = verdictOf(params.client, grade)
      return query.format === 'junit'
        ? reply.type('application/xml; charset=utf-8').send(junitOf(verdict))
        : verdict
    },
  )
  app.delete<{ Params: { client: string } }>(
    '/admin/verdicts/:client',
    described('clearVerdict', 'Start grading a client over', 'verdicts', { params: client }),
    async ({ params }, reply) => {
      recorder.clear(params.client)
      return reply.code(204).send()
    },
  )
  app.delete(
    '/admin/verdicts',
    described('clearVerdicts', 'Start grading every client over', 'verdicts'),
    async (_request, reply) => {
      recorder.clear()
      return reply.code(204).send()
    },
  )
}
