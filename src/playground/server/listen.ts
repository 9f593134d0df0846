import { readFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Configuration } from '../config/schema.ts'

type Listen = Configuration['listen']

/** A server for https where there is a certificate, else for http. It counts what is under way. */
export function createListener(listen: Listen, asksCertificate: boolean, serve: RequestListener) {
  let underWay = 0
  let onIdle: (() => void) | undefined
  const counted: RequestListener = (request, response) => {
    underWay += 1
    response.once('close', () => {
      underWay -= 1
      if (underWay === 0) onIdle?.()
    })
    serve(request, response)
  }
  const { certificateFile, keyFile, clientCaFile } = listen
  const server: Server =
    certificateFile === undefined || keyFile === undefined
      ? createServer(counted)
      : createTlsServer(
          {
            cert: readFileSync(certificateFile),
            key: readFileSync(keyFile),
            minVersion: 'TLSv1.2',
            // Whether a certificate is needed depends on the client; who shows a wrong one is refused as a client.
            requestCert: asksCertificate,
            rejectUnauthorized: false,
            ...(clientCaFile === undefined ? {} : { ca: readFileSync(clientCaFile) }),
          },
          counted,
        )
  // Longer than proxies and load balancers keep an idle connection (a minute, as a rule): otherwise they would send the
  // next request on one that is being closed.
  server.keepAliveTimeout = 65_000
  const scheme = certificateFile === undefined ? 'http' : 'https'

  /** Takes no more, lets what is under way come to its end within a time, then breaks off. */
  async function close(graceMs: number): Promise<void> {
    const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
    if (underWay > 0 && graceMs > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, graceMs)
        onIdle = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    server.closeAllConnections()
    await closed
  }
  return { server, scheme, close }
}

/** Listens; a port that is taken gives way to a free one, if that is allowed. Answers the port. */
export async function listenAt(
  server: Server,
  host: string,
  port: number,
  mayMove: boolean,
): Promise<number> {
  try {
    return await listenOn(server, host, port)
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
    if (!taken || !mayMove || port === 0) throw error
    return listenOn(server, host, 0)
  }
}

/** How a client names an address to listen on. */
export function addressOf(scheme: string, host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `${scheme}://${name}:${port}`
}

function listenOn(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}
