import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LoopbackHost } from '@contract/connection-settings'
import { fail, ok } from '@contract/result'
import { loopbackPath } from '../../core/oauth/redirect/redirect-address.ts'
import { loopbackRedirectUri } from '../../core/oauth/redirect/redirect-uri.ts'
import type { CallbackListener } from '../../core/records/ports.ts'
import { callbackPage, callbackPageHeaders, fragmentPage, notFoundPage } from './callback-page.ts'

const limits = { maxHeaderSize: 65_536, headersTimeout: 10_000, requestTimeout: 10_000, connections: 32 }

/** A posted answer: as much as a redirect may carry, in bytes. */
const formLimit = 60_000

/** Listens for a sign-in's redirect on 127.0.0.1 and [::1] at the same port, as far as they are there (RFC 8252
 *  section 7.3). Each hit on the exact path is handed over; a wrong one does not end the listening, so a
 *  forged answer cannot get in the way of the real one. Codes: `loopback_unavailable`, `loopback_port_taken`. */
export function createLoopbackListener(): CallbackListener {
  return {
    listen: async (onCallback, { form = false, host = '127.0.0.1', port: wanted } = {}) => {
      let port = 0
      const redirectUri = (): string => loopbackRedirectUri({ loopbackHost: host }, port)
      function takeForm(request: IncomingMessage, response: ServerResponse): void {
        if (!/^application\/x-www-form-urlencoded(;|$)/i.test(request.headers['content-type'] ?? ''))
          return answer(response, 415, notFoundPage)
        const pieces: Buffer[] = []
        let size = 0
        request.on('error', () => undefined)
        request.on('data', (piece: Buffer) => {
          size += piece.length
          if (size <= formLimit) pieces.push(piece)
          else if (!response.headersSent) answer(response, 413, notFoundPage)
        })
        request.on('end', () => {
          if (response.headersSent) return
          answer(response, 200, callbackPage)
          onCallback(`${redirectUri()}?${Buffer.concat(pieces).toString('latin1')}`)
        })
      }
      function handle(request: IncomingMessage, response: ServerResponse) {
        const url = request.url ?? ''
        const queryAt = url.indexOf('?')
        if (!isOurHost(request, port)) return answer(response, 421, notFoundPage)
        if ((queryAt === -1 ? url : url.slice(0, queryAt)) !== loopbackPath)
          return answer(response, 404, notFoundPage)
        if (form && request.method === 'POST') return takeForm(request, response)
        // Tokens in a query are in histories and logs: such a response is not taken at all.
        if (form === 'only') return answer(response, 405, notFoundPage, { allow: 'POST' })
        if (request.method !== 'GET')
          return answer(response, 405, notFoundPage, { allow: form ? 'GET, POST' : 'GET' })
        if (queryAt === -1) return answer(response, 400, fragmentPage)
        answer(response, 200, callbackPage)
        // As the redirect URI names it, whichever of our addresses the browser took.
        onCallback(`http://${host}:${port}${url}`)
      }
      const servers: Server[] = []
      async function start(address: string, at: number): Promise<number | string> {
        const server = createServer(limits, handle)
        server.maxConnections = limits.connections
        const got = await listenOn(server, address, at)
        // Errors after the start (a broken connection) are the connection's own.
        server.on('error', () => undefined).on('clientError', (_error, socket) => socket.destroy())
        if (typeof got === 'number') servers.push(server)
        return got
      }
      function close() {
        for (const server of servers) {
          server.close()
          server.closeIdleConnections()
        }
      }
      const { hosts, both } = addresses[host]
      const got = await start(hosts[0], wanted ?? 0)
      if (typeof got === 'string') return cannotListen(got, host, wanted)
      port = got
      const second = await start(hosts[1], port)
      if (both && typeof second === 'string' && !notThere(second)) {
        close()
        return cannotListen(second, host, wanted)
      }
      return ok({ redirectUri: redirectUri(), close })
    },
  }
}

/** The addresses behind each name of this computer: the first must be had. Whoever else holds the second one of
 *  `localhost` would get its responses, so that only its absence is taken. */
const addresses: Record<LoopbackHost, { hosts: [string, string]; both: boolean }> = {
  '127.0.0.1': { hosts: ['127.0.0.1', '::1'], both: false },
  '[::1]': { hosts: ['::1', '127.0.0.1'], both: false },
  localhost: { hosts: ['127.0.0.1', '::1'], both: true },
}

function listenOn(server: Server, host: string, port: number): Promise<number | string> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'))
    server.listen({ host, port, exclusive: true }, () => resolve((server.address() as AddressInfo).port))
  })
}

function notThere(error: string): boolean {
  return error === 'EADDRNOTAVAIL' || error === 'EAFNOSUPPORT'
}

function cannotListen(error: string, host: LoopbackHost, port: number | undefined) {
  if (port !== undefined && error === 'EADDRINUSE') {
    return fail(
      'loopback_port_taken',
      `Port ${port} is in use, by another program or by a sign-in in progress.`,
      'Quit that program or cancel that sign-in, or choose another port in the connection and at the provider.',
    )
  }
  if (notThere(error) && host === '[::1]') {
    return fail(
      'loopback_unavailable',
      'This computer has no [::1]: IPv6 is turned off.',
      'Choose 127.0.0.1 in the connection, and register it with the provider.',
    )
  }
  return fail(
    'loopback_unavailable',
    port === undefined
      ? 'No port could be opened for the response.'
      : `Port ${port} could not be opened for the response.`,
    'Use the custom scheme as redirect, or paste the redirect address.',
  )
}

function answer(response: ServerResponse, status: number, body: string, extra: Record<string, string> = {}) {
  response.writeHead(status, { ...callbackPageHeaders, ...extra })
  response.end(body)
}

/** Whether a request came to us by our own name: a page elsewhere whose DNS name points here (DNS rebinding)
 *  carries its own name in Host. */
function isOurHost(request: IncomingMessage, port: number): boolean {
  return [`127.0.0.1:${port}`, `[::1]:${port}`, `localhost:${port}`].includes(request.headers.host ?? '')
}
