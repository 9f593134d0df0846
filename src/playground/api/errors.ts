import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem, type FieldProblem } from './problem.ts'

/** Every error of the API is a problem document; what went wrong inside is logged, not shown. */
export function addErrors(app: FastifyInstance, log: (line: string) => void): void {
  app.setErrorHandler((error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    if (error.validation) {
      return sendProblem(reply, {
        status: 400,
        code: 'validation',
        detail: 'The request is not valid',
        errors: fieldProblems(error),
      })
    }
    const status = error.statusCode ?? 500
    const described = known[status]
    if (described) return sendProblem(reply, { status, ...described })
    if (status >= 400 && status < 500)
      return sendProblem(reply, { status, code: 'refused', detail: 'The request was refused' })
    log(
      `API: ${request.method} ${request.routeOptions.url ?? 'unknown'} failed: ${error.name}: ${error.message}`,
    )
    return sendProblem(reply, { status: 500, code: 'internal', detail: 'Something went wrong in the API' })
  })
  app.setNotFoundHandler((request, reply) => {
    const allowed = allowedMethods(app, request.url)
    if (allowed.length === 0)
      return sendProblem(reply, { status: 404, code: 'no_resource', detail: 'There is no such resource' })
    void reply.header('Allow', allowed.join(', '))
    return sendProblem(reply, {
      status: 405,
      code: 'method_not_allowed',
      detail: `This resource takes ${allowed.join(', ')} only`,
    })
  })
}

const known: Record<string, { code: string; detail: string }> = {
  400: { code: 'bad_request', detail: 'The request could not be understood' },
  413: { code: 'body_too_large', detail: 'The body may have 16 KB at most' },
  415: { code: 'not_json', detail: 'The body must be application/json' },
  429: { code: 'too_many_requests', detail: 'Too many requests; wait as long as Retry-After says' },
}

function fieldProblems(error: FastifyError): FieldProblem[] {
  return (error.validation ?? []).slice(0, 20).map(({ instancePath, keyword, params, message }) => {
    const name =
      keyword === 'required'
        ? params.missingProperty
        : keyword === 'additionalProperties'
          ? params.additionalProperty
          : undefined
    const part =
      error.validationContext === 'body'
        ? ''
        : `/${error.validationContext === 'querystring' ? 'query' : error.validationContext}`
    const inner = typeof name === 'string' ? `/${name.replace(/~/g, '~0').replace(/\//g, '~1')}` : ''
    const detail =
      keyword === 'required'
        ? 'is missing'
        : keyword === 'additionalProperties'
          ? 'is not known here'
          : (message ?? 'is not valid')
    return { pointer: `#${part}${instancePath}${inner}`, detail }
  })
}

function allowedMethods(app: FastifyInstance, url: string): string[] {
  const path = url.split('?')[0] ?? '/'
  return ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(
    (method) => Boolean(app.findRoute({ method, url: path })) || matches(app, method, path),
  )
}

function matches(app: FastifyInstance, method: string, path: string): boolean {
  return /^\/orders\/[^/]+$/.test(path) && Boolean(app.findRoute({ method, url: '/orders/:id' }))
}
