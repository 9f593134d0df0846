import type Koa from 'koa'
import { decodeJwt } from 'jose'
import type { JWK, Provider } from 'oidc-provider'
import { answerFaults, spoilAnswer } from '../faults/spoil-answer.ts'
import type { Faults } from '../faults/rules.ts'
import type { FaultName, FaultPlace } from '../faults/table.ts'
import type { Endpoint, Observe } from '../grading/observation.ts'
import type { Limit } from '../limit.ts'
import { readForm } from './read-form.ts'
import { spoilTokens } from './rewrite.ts'

/** The most that oidc-provider itself would read of a form. */
const formLimit = 56 * 1024

const endpoints: Record<string, Endpoint> = {
  '/auth': 'authorize',
  '/request': 'par',
  '/token': 'token',
  '/userinfo': 'userinfo',
  '/token/introspection': 'introspection',
  '/token/revocation': 'revocation',
  '/device/auth': 'device',
  '/backchannel': 'backchannel',
  '/reg': 'registration',
  '/jwks.json': 'jwks',
  '/.well-known/openid-configuration': 'discovery',
  '/.well-known/oauth-authorization-server': 'discovery',
}

/** The endpoints that a client calls itself, and not by way of a browser. */
const called: ReadonlySet<Endpoint> = new Set<Endpoint>([
  'par',
  'token',
  'userinfo',
  'introspection',
  'revocation',
  'device',
  'backchannel',
])

export type WatchOptions = {
  tenant: string
  keys: () => readonly JWK[]
  /** The secret of encrypted access tokens. */
  own: Buffer
  faults: Faults
  observe: Observe
  /** Of what each client asks for itself. */
  clientLimit: Limit
  now: () => number
  requestIdOf: (ctx: Koa.Context) => string
}

type Seen = { form?: URLSearchParams; reason?: string; client?: string }

/** What has been read of a request that passed `watch`. */
export function formOf(ctx: Koa.Context): URLSearchParams | undefined {
  return (ctx.state as Seen).form
}

/** Reads what clients ask, lets go wrong what shall go wrong, and tells what was answered. */
export function createWatch(
  provider: Provider,
  { tenant, keys, own, faults, observe, clientLimit, now, requestIdOf }: WatchOptions,
) {
  for (const kind of errorKinds) {
    provider.on(`${kind}.error` as 'grant.error', (ctx, error) => {
      const { error_detail: detail, error_description: description } = error as {
        error_detail?: string
        error_description?: string
      }
      ;(ctx.state as Seen).reason = detail ?? description ?? error.message
    })
  }
  const take = (place: FaultPlace, client: string | undefined) =>
    faults.take({ place, client, issuer: tenant })

  return async (ctx: Koa.Context, next: Koa.Next): Promise<void> => {
    // The address at which an authorization goes on after the sign-in is part of the same endpoint.
    const endpoint = endpoints[ctx.path] ?? (/^\/auth\/[\w-]{1,64}$/.test(ctx.path) ? 'authorize' : undefined)
    if (!endpoint) return next() as Promise<void>
    const at = now()
    const seen = ctx.state as Seen
    if (ctx.method === 'POST' && endpoint !== 'registration' && ctx.is('application/x-www-form-urlencoded')) {
      const form = await readForm(ctx.req, formLimit)
      if (!form) return ctx.throw(413)
      seen.form = form
      Object.assign(ctx.req, { body: form.toString() })
    }
    const query = new URLSearchParams(ctx.querystring)
    const client = clientOf(ctx, seen.form ?? query)
    const taken: FaultName[] = []
    if (endpoint === 'token' || endpoint === 'jwks' || endpoint === 'discovery' || endpoint === 'userinfo')
      taken.push(...take(endpoint, client))
    const isRefresh = endpoint === 'token' && seen.form?.get('grant_type') === 'refresh_token'
    if (isRefresh) taken.push(...take('refresh', client))

    const isGiven = await spoilAnswer(
      ctx.res,
      taken.filter((name) => answerFaults.has(name)),
    )
    const wait = client !== undefined && called.has(endpoint) ? clientLimit.waitOf(client) : 0
    if (isGiven) ctx.respond = false
    else if (wait > 0) {
      ctx.status = 429
      ctx.set({ 'Retry-After': String(wait), 'Cache-Control': 'no-store' })
      ctx.body = { error: 'too_many_requests', error_description: 'too many requests of this client' }
    } else if (taken.includes('empty-jwks')) ctx.body = { keys: [] }
    else {
      const refusal = isRefresh ? refusalOf(taken) : undefined
      if (refusal) {
        if (taken.includes('refresh-reuse'))
          await revokeGrantOf(provider, seen.form?.get('refresh_token') ?? '')
        ctx.status = 400
        ctx.set('Cache-Control', 'no-store')
        ctx.body = refusal
        seen.reason = 'a requested fault'
      } else await next()
      if (endpoint === 'token' && ctx.status === 200) {
        const spoilt = [...take('id', client), ...take('access', client)]
        if (spoilt.length > 0) await spoilTokens(ctx.body as Record<string, unknown>, spoilt, keys(), own)
        taken.push(...spoilt)
      }
      if (endpoint === 'authorize')
        taken.push(...spoilRedirect(ctx, () => take('authorize', clientAt(ctx) ?? client)))
    }
    // Only what was let in as a client counts for it: no one uses up the requests of another by naming it.
    const letIn = ctx.status === 401 ? undefined : (ctx.oidc as OidcContext | undefined)?.client
    if (letIn && called.has(endpoint)) clientLimit.take(letIn.clientId)
    const body = ctx.body as { error?: unknown; access_token?: unknown } | null | undefined
    const error = typeof body === 'object' && typeof body?.error === 'string' ? body.error : undefined
    const retryAfter = isGiven ? ctx.res.getHeader('Retry-After') : ctx.response.get('Retry-After')
    observe({
      at,
      requestId: requestIdOf(ctx),
      issuer: tenant,
      endpoint,
      method: ctx.method,
      path: ctx.path,
      client: clientAt(ctx) ?? client,
      query,
      form: seen.form,
      headers: ctx.headers,
      status: isGiven ? ctx.res.statusCode : ctx.status,
      error: error ?? errorOfRedirect(ctx),
      reason: seen.reason,
      answer: {
        tokens: endpoint === 'token' && body && typeof body.access_token === 'string' ? body : undefined,
        location: ctx.response.get('Location') || undefined,
        retryAfterSeconds: retryAfter ? Number(retryAfter) : undefined,
      },
      faults: taken,
      asked: endpoint === 'authorize' ? ((ctx.oidc ?? {}) as OidcContext).params : undefined,
    })
  }
}

const errorKinds = [
  'authorization',
  'backchannel_authentication',
  'device_authorization',
  'discovery',
  'grant',
  'introspection',
  'jwks',
  'pushed_authorization_request',
  'registration_create',
  'revocation',
  'userinfo',
]

/** Who says to be asking; nothing is proved by it. */
export function clientOf(ctx: Pick<Koa.Context, 'headers'>, parameters: URLSearchParams): string | undefined {
  const [, basic] = /^Basic ([\w+/=-]{1,4000})$/i.exec(ctx.headers.authorization ?? '') ?? []
  if (basic) {
    try {
      return decodeURIComponent(
        (Buffer.from(basic, 'base64').toString('utf8').split(':')[0] ?? '').replace(/\+/g, ' '),
      )
    } catch {
      return undefined
    }
  }
  const named = parameters.get('client_id')
  if (named) return named.slice(0, 255)
  const token =
    parameters.get('client_assertion') ?? /^(?:Bearer|DPoP) (.+)$/i.exec(ctx.headers.authorization ?? '')?.[1]
  if (!token?.includes('.') || token.length > 16_384) return undefined
  try {
    const { client_id: id, sub } = decodeJwt(token)
    const client = id ?? sub
    return typeof client === 'string' ? client : undefined
  } catch {
    return undefined
  }
}

/** Who was found to be asking. */
function clientAt(ctx: Koa.Context): string | undefined {
  const { client, params } = (ctx.oidc ?? {}) as OidcContext
  return client?.clientId ?? (typeof params?.client_id === 'string' ? params.client_id : undefined)
}

/** It is not there where the request never came to oidc-provider. */
type OidcContext = { client?: { clientId: string }; params?: Record<string, unknown> }

function refusalOf(taken: readonly FaultName[]) {
  if (taken.includes('refresh-refused'))
    return { error: 'unauthorized_client', error_description: 'this client may not refresh' }
  if (taken.includes('refresh-expired') || taken.includes('refresh-reuse'))
    return { error: 'invalid_grant', error_description: 'grant request is invalid' }
  return undefined
}

async function revokeGrantOf(provider: Provider, refreshToken: string): Promise<void> {
  const token = await provider.RefreshToken.find(refreshToken)
  if (!token?.grantId) return
  const { grantId } = token
  await Promise.all([
    provider.RefreshToken.revokeByGrantId(grantId),
    provider.AccessToken.revokeByGrantId(grantId),
    provider.Grant.adapter.destroy(grantId),
  ])
}

/** The response to the client, if this is one, with what shall be wrong about it. */
function spoilRedirect(ctx: Koa.Context, take: () => FaultName[]): FaultName[] {
  const location = ctx.response.get('Location')
  if (!location || !URL.canParse(location)) return []
  const url = new URL(location)
  if (!url.searchParams.has('code')) return []
  const taken = take()
  const set = (name: string, value: string | undefined) =>
    value === undefined ? url.searchParams.delete(name) : url.searchParams.set(name, value)
  if (taken.includes('response-wrong-issuer')) set('iss', 'https://another.example')
  if (taken.includes('response-missing-issuer')) set('iss', undefined)
  if (taken.includes('response-wrong-state')) set('state', 'a-state-that-was-not-sent')
  if (taken.length > 0) ctx.set('Location', url.href)
  return taken
}

function errorOfRedirect(ctx: Koa.Context): string | undefined {
  const location = ctx.response.get('Location')
  if (!location || !URL.canParse(location)) return undefined
  return new URL(location).searchParams.get('error') ?? undefined
}
