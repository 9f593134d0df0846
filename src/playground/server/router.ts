import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { isLoopback } from '../config/check.ts'
import { answer, type Front } from './front.ts'
import type { Metrics } from './metrics.ts'
import type { Sites } from './sites.ts'

export type RouterOptions = {
  /** The path of the issuer, '' where it has none. */
  basePath: string
  front: Front
  sites: Sites
  metrics: Metrics
  isReady: () => boolean
  adminKey: string | undefined
  /** The admin API, where there is one. */
  admin?: RequestListener
}

/** Shares the provider's port out: health, metrics, admin API, and the issuers by their paths. */
export function createRouter({
  basePath,
  front,
  sites,
  metrics,
  isReady,
  adminKey,
  admin,
}: RouterOptions): RequestListener {
  function health(path: string, request: IncomingMessage, response: ServerResponse): boolean {
    if (path === '/healthz') answer(response, 200, { status: 'ok' })
    else if (path === '/readyz') {
      let ready = false
      try {
        ready = isReady()
      } catch {
        // The database takes nothing: not ready.
      }
      answer(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready' })
    } else if (path === '/metrics') {
      // Figures are for who is beside, or who has the key.
      const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
      if (!isLoopback(peer) && !hasKey(request, adminKey)) answer(response, 401, { error: 'unauthorized' })
      else
        response
          .writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' })
          .end(metrics.text())
    } else return false
    return true
  }

  return (request, response) => {
    const whole = request.url ?? '/'
    const path = whole.split('?')[0] ?? '/'
    // Whoever watches over the process asks by any name.
    if (request.method === 'GET' && health(path, request, response)) return
    if (!front.receive(request, response)) return
    // RFC 8414 section 3.1: the path of an issuer comes behind the well-known one.
    const [, kind, behind] =
      /^\/\.well-known\/(oauth-authorization-server|openid-configuration)(\/[^?]*)/.exec(path) ?? []
    const canonical = kind && behind ? `${behind.replace(/\/$/, '')}/.well-known/${kind}` : path
    if (basePath !== '' && canonical !== basePath && !canonical.startsWith(`${basePath}/`)) {
      answer(response, 404, { error: 'not_found' })
      return
    }
    const below = canonical.slice(basePath.length)
    if (admin && (below === '/admin' || below.startsWith('/admin/'))) {
      request.url = whole.slice(basePath.length)
      admin(request, response)
      return
    }
    if (canonical !== path) request.url = `${canonical}${whole.slice(path.length)}`
    const site = sites.at(below)
    if (site) site.handle(request, response)
    else answer(response, 404, { error: 'not_found', error_description: 'there is no such issuer' })
  }
}

/** Compares in constant time. */
export function hasKey(request: IncomingMessage, key: string | undefined): boolean {
  const [, given] = /^Bearer +(\S{1,500})$/i.exec(request.headers.authorization ?? '') ?? []
  if (key === undefined || given === undefined) return false
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(key))
}
