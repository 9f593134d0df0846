import { randomBytes, timingSafeEqual, X509Certificate } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { pipeline, type Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'
import { connectionHeaders } from '../../../core/http/connection-headers.ts'
import type { FindWay, Relay, Way } from '../../../core/records/way.ts'
import { createAgents, openConnector, type Trusted } from '../agents.ts'
import { describeNetworkFailure } from '../network-failure.ts'
import { along, forwardedBy, forwarderOf } from '../tunnel.ts'
import { connected } from './connected.ts'
import { makePassingCertificate, type PassingCertificate } from './passing-certificate.ts'

/** Milliseconds until a connection to a server has to be there. */
const connectTimeout = 15_000
/** A connection that ends within so many milliseconds, unused, was refused; later it was idle for too long. */
const soon = 5_000

/** Opens a proxy on this computer through which one window reaches servers as requests do: by the same proxies, at the
 *  addresses of the user's rules, with client certificates. It lets in no one but who knows its password. TLS ends at the
 *  server, but where a client certificate is shown: there it ends here, by a certificate that is made for this one relay,
 *  and another connection goes on to the server, whose certificate is checked as for requests. */
export function createOpenRelay(trusted: Trusted, now: () => number) {
  return async function openRelay(findWay: FindWay): Promise<Relay> {
    const password = randomBytes(32).toString('base64url')
    const expected = Buffer.from(`Basic ${Buffer.from(`gatehouse:${password}`).toString('base64')}`)
    const sockets = new Set<Duplex>()
    const connectors = new Map<string, ReturnType<typeof openConnector>>()
    const agents = createAgents({ trusted, connectTimeout, watch: (connect) => connect, agent: {} })
    let own: PassingCertificate | undefined

    function isOurs({ headers }: IncomingMessage): boolean {
      const given = Buffer.from(headers['proxy-authorization'] ?? '')
      return given.length === expected.length && timingSafeEqual(given, expected)
    }
    function keep<Kept extends Duplex>(socket: Kept): Kept {
      sockets.add(socket)
      socket.on('error', () => undefined).once('close', () => sockets.delete(socket))
      return socket
    }
    async function reach(way: Way, url: URL): Promise<Socket> {
      const { otherwise: _otherwise, http2: _http2, ...rest } = way
      const name = JSON.stringify(rest)
      const known =
        connectors.get(name) ??
        openConnector({ trusted, connectTimeout }, { way: rest, certificate: undefined, forwarded: false })
      connectors.set(name, known)
      known.catch(() => connectors.delete(name))
      return keep(await connected((await known).connect, url, way.identity !== undefined))
    }

    async function tunnel(request: IncomingMessage, client: Socket, head: Buffer): Promise<void> {
      keep(client)
      if (!isOurs(request)) return void client.end(refusal(407))
      const address = `https://${request.url ?? ''}`
      if (!URL.canParse(address)) return void client.end(refusal(400))
      const url = new URL(address)
      const found = await findWay(url.origin)
      if (!found.ok) return void client.end(refusal(502))
      const { identity } = found.value
      const server = along(found.value, (way) => reach(way, url))
      // A window that is told why has to be shown a response, and for that its TLS has to end here.
      const failed = await server.then(
        () => undefined,
        (thrown: unknown) => describeNetworkFailure(thrown, url.host).message,
      )
      if (failed !== undefined && identity === undefined) return void client.end(refusal(502))
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      if (head.length > 0) client.unshift(head)
      own ??= makePassingCertificate(now())
      const { certificate: cert, key } = own
      const near =
        identity === undefined
          ? client
          : keep(new TLSSocket(client, { isServer: true, cert, key, ALPNProtocols: ['http/1.1'] }))
      if (failed !== undefined) return void near.once('data', () => near.end(said(failed)))
      const { answer: far } = await server
      const begun = now()
      let asked = false
      let heard = false
      let failure: unknown = Object.assign(new Error('closed'), { code: 'ECONNRESET' })
      near.once('data', () => (asked = true))
      far.once('data', () => (heard = true))
      far.once('error', (error) => (failure = error))
      far.once('close', () => {
        // TLS 1.3 lets a client ask before it is told that its certificate is not taken.
        const isRefused = identity !== undefined && !heard && (asked || now() - begun < soon)
        if (!isRefused) return void near.end()
        const refuse = (): void => void near.end(said(describeNetworkFailure(failure, url.host).message))
        if (asked) refuse()
        else near.once('data', refuse).resume()
      })
      near.once('close', () => far.destroy())
      near.pipe(far)
      far.pipe(near, { end: false })
    }

    async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const url = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : undefined
      if (!isOurs(request) || url?.protocol !== 'http:') {
        const status = isOurs(request) ? 400 : 407
        return void response.writeHead(status, asksFor(status)).end()
      }
      const found = await findWay(url.href)
      if (!found.ok) return void response.writeHead(502, plain).end(found.error.message)
      try {
        const headers = endToEnd(request.rawHeaders)
        const { answer } = await along(found.value, async (way) => {
          const forwarder = forwarderOf(url, way)
          const to =
            forwarder === undefined
              ? { origin: url.origin, path: url.pathname + url.search, headers }
              : forwardedBy(forwarder, url, headers)
          const agent = await agents.of({ way, forwarded: forwarder !== undefined })
          const hasBody = 'content-length' in request.headers || 'transfer-encoding' in request.headers
          return agent.request({
            origin: to.origin,
            path: to.path,
            method: request.method ?? 'GET',
            headers: to.headers.flat(),
            body: hasBody ? request : null,
            responseHeaders: 'raw',
          })
        })
        response.writeHead(answer.statusCode, endToEnd(answer.headers as unknown as string[]).flat())
        pipeline(answer.body, response, () => undefined)
      } catch (thrown) {
        response.writeHead(502, plain).end(describeNetworkFailure(thrown, url.host).message)
      }
    }

    const server = createServer((request, response) => {
      forward(request, response).catch(() => response.destroy())
    })
    server.on('connect', (request: IncomingMessage, client: Socket, head: Buffer) => {
      tunnel(request, client, head).catch(() => client.destroy())
    })
    server.on('connection', keep)
    await new Promise<void>((done, fail) => {
      server.once('error', fail).listen(0, '127.0.0.1', done)
    })
    const { port } = server.address() as AddressInfo
    return {
      proxy: {
        protocol: 'http:',
        host: '127.0.0.1',
        port,
        credentials: { username: 'gatehouse', password },
      },
      vouches(certificate) {
        try {
          return own !== undefined && new X509Certificate(certificate).fingerprint256 === own.fingerprint
        } catch {
          return false
        }
      },
      close() {
        server.close()
        for (const socket of sockets) socket.destroy()
        for (const each of connectors.values()) void each.then(({ close }) => close()).catch(() => undefined)
        void agents.close()
      },
    }
  }
}

const plain = { 'content-type': 'text/plain; charset=utf-8' }

function endToEnd(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, at): [string, string][] =>
    at % 2 === 0 && !connectionHeaders.has(name.toLowerCase()) ? [[name, raw[at + 1] ?? '']] : [],
  )
}

function asksFor(status: number): Record<string, string> {
  return status === 407 ? { 'proxy-authenticate': 'Basic realm="Gatehouse"' } : {}
}

/** A response to CONNECT that opens no tunnel. */
function refusal(status: number): string {
  const more = Object.entries(asksFor(status)).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} Refused\r\n${more.join('')}content-length: 0\r\nconnection: close\r\n\r\n`
}

/** A response in the place of the server's. */
function said(message: string): string {
  const { length } = Buffer.from(message)
  return `HTTP/1.1 502 Bad Gateway\r\ncontent-type: ${plain['content-type']}\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n${message}`
}
