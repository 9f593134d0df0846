import { STATUS_CODES } from 'node:http'
import type { FastifyReply } from 'fastify'

export type FieldProblem = { pointer: string; detail: string }

export type Problem = {
  status: number
  /** Stable, for programs. */
  code: string
  detail: string
  errors?: FieldProblem[]
}

/** Answers with a problem document (RFC 9457). */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { status, code, detail, errors } = problem
  return reply
    .code(status)
    .type('application/problem+json')
    .serializer((body: unknown) => JSON.stringify(body))
    .send({
      type: 'about:blank',
      title: STATUS_CODES[status] ?? 'Error',
      status,
      code,
      detail,
      instance: reply.request.url.slice(0, 200),
      errors,
    })
}
