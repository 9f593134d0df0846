import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fail, ok } from '@contract/result'
import { loopbackPath } from '../../domain/oauth/callback.ts'
import type { CallbackListener } from '../../domain/shared/ports.ts'
import { callbackPage, callbackPageHeaders, fragmentPage, notFoundPage } from './callback-page.ts'

const limits = { maxHeaderSize: 65_536, headersTimeout: 10_000, requestTimeout: 10_000, connections: 32 }

/** A posted answer: as much as a redirect may carry, in bytes. */
const formLimit = 60_000

const listenOn = (server: Server, host: string, port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    server.once('error', () => resolve(undefined))
    server.listen({ host, port, exclusive: true }, () => resolve((server.address() as AddressInfo).port))
  })

const answer = (
  response: ServerResponse,
  status: number,
  body: string,
  extra: Record<string, string> = {},
) => {
  response.writeHead(status, { ...callbackPageHeaders, ...extra })
  response.end(body)
}

/** Whether a request came to us by our own name: a page elsewhere whose DNS name points here (DNS rebinding)
 *  carries its own name in Host. */
const isOurHost = (request: IncomingMessage, port: number): boolean =>
  [`127.0.0.1:${port}`, `[::1]:${port}`, `localhost:${port}`].includes(request.headers.host ?? '')

/** Listens for a sign-in's redirect on 127.0.0.1, and on [::1] at the same port where there is one (RFC 8252
 *  section 7.3). Each hit on the exact path is handed over; a wrong one does not end the listening, so a
 *  forged answer can not get in the way of the real one. Codes: `loopback_unavailable`. */
export const createLoopbackListener = (): CallbackListener => ({
  listen: async (onCallback, { form = false } = {}) => {
    let port = 0
    const takeForm = (request: IncomingMessage, response: ServerResponse): void => {
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
        onCallback(`http://127.0.0.1:${port}${loopbackPath}?${Buffer.concat(pieces).toString('latin1')}`)
      })
    }
    const handle = (request: IncomingMessage, response: ServerResponse) => {
      const url = request.url ?? ''
      const queryAt = url.indexOf('?')
      if (!isOurHost(request, port)) return answer(response, 421, notFoundPage)
      if ((queryAt === -1 ? url : url.slice(0, queryAt)) !== loopbackPath)
        return answer(response, 404, notFoundPage)
      if (form && request.method === 'POST') return takeForm(request, response)
      if (request.method !== 'GET')
        return answer(response, 405, notFoundPage, { allow: form ? 'GET, POST' : 'GET' })
      if (queryAt === -1) return answer(response, 400, fragmentPage)
      answer(response, 200, callbackPage)
      // The redirect URI names 127.0.0.1 whichever of our addresses the browser took.
      onCallback(`http://127.0.0.1:${port}${url}`)
    }
    const servers: Server[] = []
    const start = async (host: string, wanted: number) => {
      const server = createServer(limits, handle)
      server.maxConnections = limits.connections
      const got = await listenOn(server, host, wanted)
      // Errors after the start (a broken connection) are the connection's own.
      server.on('error', () => undefined).on('clientError', (_error, socket) => socket.destroy())
      if (got !== undefined) servers.push(server)
      return got
    }
    const got = await start('127.0.0.1', 0)
    if (got === undefined) {
      return fail(
        'loopback_unavailable',
        'No port of this computer could be opened for the answer.',
        'Use the app’s own scheme as redirect, or paste the redirect address by hand.',
      )
    }
    port = got
    await start('::1', port)
    const close = () => {
      for (const server of servers) {
        server.close()
        server.closeIdleConnections()
      }
    }
    return ok({ redirectUri: `http://127.0.0.1:${port}${loopbackPath}`, close })
  },
})
