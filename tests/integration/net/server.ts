import { readFileSync } from 'node:fs'
import { createServer as createSecureServer } from 'node:https'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createRawServer, type AddressInfo, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

const portOf = (server: { address: () => unknown }) => (server.address() as AddressInfo).port

/** An HTTP server on a free port that lives as long as the test. */
export const serve = async (
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> => {
  const server: Server = createServer(handle)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${portOf(server)}`
}

/** The same over TLS, with the PEM of the one authority that it can be trusted by. */
export const serveTls = async (
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ url: string; trusted: string }> => {
  const file = (name: string) => readFileSync(new URL(`../../support/certificates/${name}`, import.meta.url))
  const server = createSecureServer({ cert: file('server.crt'), key: file('server.key') }, handle)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `https://127.0.0.1:${portOf(server)}`, trusted: file('server.crt').toString() }
}

/** A server that writes whatever it likes. */
export const serveRaw = async (handle: (socket: Socket) => void): Promise<string> => {
  const sockets = new Set<Socket>()
  const server = createRawServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    handle(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `http://127.0.0.1:${portOf(server)}`
}

/** An address where nothing listens anymore. */
export const deadAddress = async (): Promise<string> => {
  const server = createRawServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = portOf(server)
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}
