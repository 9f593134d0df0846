import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fail, ok } from '@contract/result'
import type { ServeDocument } from '../../core/records/ports.ts'

const limits = { maxHeaderSize: 16_384, headersTimeout: 10_000, requestTimeout: 10_000 }
const path = '/jwks.json'
const open = { 'access-control-allow-origin': '*', 'cache-control': 'no-cache' }

/** Serves a JSON document at 127.0.0.1. What it says is public: any page of this computer's browsers may read it. A
 *  request that names another host is turned away, so that no name from outside leads here (DNS rebinding). */
export const serveDocument: ServeDocument = (read) =>
  new Promise((resolve) => {
    const server = createServer(limits, (request, response) => {
      const { port } = server.address() as AddressInfo
      function answer(status: number, body: string, headers: Record<string, string> = {}): void {
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
      }
      if (request.headers.host !== `127.0.0.1:${port}` && request.headers.host !== `localhost:${port}`)
        answer(421, '{"error":"wrong_host"}')
      else if (request.method !== 'GET') answer(405, '{"error":"method_not_allowed"}', { allow: 'GET' })
      else if (request.url?.split('?', 1)[0] !== path) answer(404, '{"error":"not_found"}')
      else
        read().then(
          (body) => answer(200, body, open),
          () => answer(503, '{"error":"unavailable"}'),
        )
    })
    server.maxConnections = 32
    server.on('clientError', (_error, socket) => socket.destroy())
    // Also after the start, where the system has no more handles: what could not be accepted is gone.
    server.on('error', () =>
      resolve(
        fail(
          'loopback_unavailable',
          'No port of 127.0.0.1 could be opened.',
          'Check whether a firewall or sandbox blocks it.',
        ),
      ),
    )
    server.listen({ host: '127.0.0.1', port: 0 }, () =>
      resolve(
        ok({
          address: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
          close: () => {
            server.close()
            server.closeAllConnections()
          },
        }),
      ),
    )
  })
