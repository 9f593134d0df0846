import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const host = '127.0.0.1'

/** Listens on loopback; a port that is taken gives way to a free one, if that is allowed. */
export async function listenOnLoopback(server: Server, port: number, mayMove: boolean): Promise<string> {
  try {
    return `http://${host}:${await listenOn(server, port)}`
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
    if (!taken || !mayMove || port === 0) throw error
    return `http://${host}:${await listenOn(server, 0)}`
  }
}

/** Stops listening and lets go of every connection. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}
