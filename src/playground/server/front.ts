import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { BlockList, isIP } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { addNetwork } from '../config/check.ts'
import type { Configuration } from '../config/schema.ts'
import { handOnCertificate } from '../provider/features.ts'
import { createLimit } from '../limit.ts'

/** What is known of a request before anyone reads it. */
type Arrival = { id: string; address: string; scheme: string; host: string }

export type Front = {
  /** Judges and tidies a request; undefined where it was refused already. */
  receive: (request: IncomingMessage, response: ServerResponse) => Arrival | undefined
  arrivalOf: (request: IncomingMessage) => Arrival | undefined
}

export type FrontOptions = {
  configuration: Configuration
  /** The address as its clients see it. */
  publicUrl: string
  refusal: (publicUrl: string) => object
  /** How many requests of one address a minute; 0 for no limit. */
  requestsPerMinute: number
  now: () => number
}

/** What is before each of the two servers: names, proxies, request ids, limits, headers that every response has. */
export function createFront(options: FrontOptions): Front {
  const { configuration, publicUrl, refusal, requestsPerMinute, now } = options
  const { listen, features } = configuration
  const proxies = new BlockList()
  for (const network of listen.trustedProxies) addNetwork(proxies, network)
  const own = new URL(publicUrl)
  const hosts = new Set([own.host, ...listen.hosts].map((host) => host.toLowerCase()))
  const arrivals = new WeakMap<IncomingMessage, Arrival>()
  const limit = createLimit(requestsPerMinute, now)

  function isProxy(address: string) {
    const family = isIP(address)
    return family !== 0 && proxies.check(address, family === 4 ? 'ipv4' : 'ipv6')
  }

  function arrive(request: IncomingMessage): Arrival {
    const { headers, socket } = request
    const peer = (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
    const trusted = isProxy(peer)
    const said = (name: string) => (trusted ? first(headers[name]) : undefined)
    const scheme = (socket as Partial<TLSSocket>).encrypted
      ? 'https'
      : said('x-forwarded-proto') === 'https'
        ? 'https'
        : 'http'
    const host = (said('x-forwarded-host') ?? headers.host ?? '').toLowerCase()
    // From behind: the first that is no proxy of ours is who asked.
    const hops = trusted
      ? String(headers['x-forwarded-for'] ?? '')
          .split(',')
          .slice(-20)
          .map((hop) => hop.trim())
      : []
    const address = hops.findLast((hop) => isIP(hop) !== 0 && !isProxy(hop)) ?? peer
    const id = said('x-request-id')
    return { id: id && /^[\w.-]{8,100}$/.test(id) ? id : randomUUID(), address, scheme, host }
  }

  return {
    arrivalOf: (request) => arrivals.get(request),
    receive: (request, response) => {
      const arrival = arrive(request)
      arrivals.set(request, arrival)
      response.setHeader('X-Request-Id', arrival.id)
      response.setHeader('X-Content-Type-Options', 'nosniff')
      if (arrival.scheme === 'https') response.setHeader('Strict-Transport-Security', 'max-age=31536000')
      // A page elsewhere that has its own name resolved to this computer (DNS rebinding) is not served; and what is
      // https for its clients is not answered in the clear by the same name.
      const isPlain = arrival.scheme === 'http' && own.protocol === 'https:' && arrival.host === own.host
      if (!hosts.has(arrival.host) || isPlain) {
        answer(response, 421, refusal(publicUrl))
        return undefined
      }
      const waitSeconds = limit.take(arrival.address)
      if (waitSeconds > 0) {
        response.setHeader('Retry-After', String(waitSeconds))
        answer(response, 429, {
          error: 'too_many_requests',
          error_description: 'too many requests from this address',
        })
        return undefined
      }
      const certificate = features.mtlsCertificateHeader && request.headers[features.mtlsCertificateHeader]
      if (
        typeof certificate === 'string' &&
        certificate !== '' &&
        isProxy((request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''))
      )
        handOnCertificate(request, decoded(certificate))
      for (const name of Object.keys(request.headers)) {
        if (name.startsWith('x-forwarded-') || name === 'forwarded')
          Reflect.deleteProperty(request.headers, name)
      }
      request.headers.host = arrival.host
      request.headers['x-forwarded-proto'] = arrival.scheme
      return arrival
    },
  }
}

export function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
  })
  response.end(JSON.stringify(body))
}

function first(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header[0] : header
  return text?.split(',')[0]?.trim()
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
