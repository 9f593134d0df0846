import { connect, createServer, type AddressInfo } from 'node:net'

/** A port that no one listens on at the moment. */
export const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

/** Resolves once someone listens there. */
export const listening = async (port: number): Promise<void> => {
  const isThere = await new Promise<boolean>((done) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      done(true)
    }).on('error', () => done(false))
  })
  if (isThere) return
  await new Promise((turn) => setTimeout(turn, 20))
  return listening(port)
}
