import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Observe } from '../grading/observation.ts'
import type { Authentication } from './authenticate.ts'

export type ObserverOptions = {
  observe: Observe
  now: () => number
  requestIdOf: (request: FastifyRequest) => string
  authenticationOf: (request: FastifyRequest) => Authentication
}

/** Tells what was asked of the API, and why it was answered so. */
export function addObserver(
  app: FastifyInstance,
  { observe, now, requestIdOf, authenticationOf }: ObserverOptions,
): void {
  const bodies = new WeakMap<FastifyReply, { code?: unknown; detail?: unknown }>()
  app.addHook('preSerialization', async (_request, reply, payload) => {
    if (reply.statusCode >= 400 && typeof payload === 'object' && payload !== null) bodies.set(reply, payload)
    return payload
  })
  app.addHook('onResponse', async (request, reply) => {
    const authentication = authenticationOf(request)
    const [path = '', query = ''] = request.url.split('?')
    const body = bodies.get(reply)
    const retryAfter = reply.getHeader('retry-after')
    observe({
      at: now(),
      requestId: requestIdOf(request),
      issuer: '',
      endpoint: 'api',
      method: request.method,
      path,
      client: authentication.kind === 'accepted' ? authentication.caller.clientId : undefined,
      query: new URLSearchParams(query),
      form: undefined,
      headers: request.headers,
      status: reply.statusCode,
      error: typeof body?.code === 'string' ? body.code : undefined,
      reason: typeof body?.detail === 'string' ? body.detail : undefined,
      answer: { retryAfterSeconds: retryAfter === undefined ? undefined : Number(retryAfter) },
      faults: [],
    })
  })
}
