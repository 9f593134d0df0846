import { readFileSync } from 'node:fs'
import { createSecureServer, type ServerHttp2Session } from 'node:http2'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createSecure } from 'node:tls'
import { startProxy, type RunningProxy } from '../proxy.ts'
import { startSocksProxy } from '../socks-proxy.ts'
import type { Certificate, Fault } from './words.ts'

/** A server that does one thing wrong, and what it was sent. */
export interface Stage {
  url: string
  /** `host:port`. */
  host: string
  proxy?: { host: string; close: () => Promise<void> }
  /** All that came, of every connection. */
  got: () => Buffer
  /** Connections that whoever asks has not ended. */
  open: () => number
  close: () => Promise<void>
}

const files: Record<Certificate, [certificate: string, key: string]> = {
  server: ['server.crt', 'server.key'],
  expired: ['expired.crt', 'server.key'],
  'not-yet': ['not-yet.crt', 'server.key'],
  'wrong-name': ['wrong-name.crt', 'server.key'],
  stranger: ['client.crt', 'client.key'],
}
/** Certificates that are trusted as they are. */
const trustedFiles = ['server.crt', 'expired.crt', 'not-yet.crt', 'wrong-name.crt']

/** PEM of the authorities that whoever asks trusts. */
export function trustedIn(certificates: string): string {
  return trustedFiles.map((name) => readFileSync(`${certificates}/${name}`, 'utf8')).join('\n')
}

/** Opens the server of a fault on a free port of this computer. `certificates`: their folder. */
export async function openStage(
  fault: Fault,
  { other, certificates }: { other: string; certificates: string },
): Promise<Stage> {
  const sockets = new Set<Socket>()
  const got: Buffer[] = []
  const { server, secure } = makeServer(fault, certificates, other, (bytes) => void got.push(bytes))
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket))
  })
  const port = await listen(server)
  const proxy = await openProxy(fault)
  if (fault.server.kind === 'none') await closed(server)
  const host = `127.0.0.1:${port}`
  return {
    url: `${fault.scheme ?? (secure ? 'https' : 'http')}://${host}/start`,
    host,
    ...(proxy !== undefined && { proxy }),
    got: () => Buffer.concat(got),
    open: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await Promise.all([proxy?.close(), fault.server.kind === 'none' ? undefined : closed(server)])
    },
  }
}

type Note = (bytes: Buffer) => void

function makeServer({ server }: Fault, certificates: string, other: string, note: Note) {
  function keys(name: Certificate) {
    const [cert, key] = files[name].map((file) => readFileSync(`${certificates}/${file}`))
    return { cert, key }
  }
  if (server.kind === 'none') return { server: createServer(), secure: false }
  if (server.kind === 'http2') {
    const sessions = new Set<ServerHttp2Session>()
    const made = createSecureServer(keys('server'))
    made.on('session', (session) => {
      sessions.add(session)
      session.on('error', () => undefined).once('close', () => sessions.delete(session))
    })
    made.on('stream', (stream, headers) => {
      note(Buffer.from(JSON.stringify(headers)))
      stream.on('error', () => undefined).on('data', note)
      if (stream.session) server.play(stream, stream.session as ServerHttp2Session)
    })
    return { server: made as Server, secure: true }
  }
  function serve(socket: Socket): void {
    socket.on('error', () => undefined).on('end', () => socket.end())
    if (server.kind === 'bytes' && server.at === 'connection') {
      server.play(socket, { path: '', length: 0, other })
      return void socket.resume()
    }
    let length = 0
    socket.on('data', (bytes: Buffer) => {
      note(bytes)
      length += bytes.length
      const path = /^[A-Z]+ (\S+) HTTP/.exec(bytes.toString('latin1'))?.[1]
      if (path !== undefined && server.kind === 'bytes') server.play(socket, { path, length, other })
    })
  }
  return server.certificate === undefined
    ? { server: createServer({ allowHalfOpen: true }, serve), secure: false }
    : { server: createSecure(keys(server.certificate), serve), secure: true }
}

async function openProxy({ proxy: options, socks }: Fault) {
  if (socks !== undefined) {
    const { port, close } = await startSocksProxy(socks)
    return { host: `socks5://127.0.0.1:${port}`, close }
  }
  if (options === undefined) return undefined
  const running: RunningProxy = await startProxy(options === 'none' ? {} : options)
  const host = `127.0.0.1:${running.port}`
  if (options !== 'none') return { host, close: running.close }
  await running.close()
  return { host, close: () => Promise.resolve() }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return (server.address() as AddressInfo).port
}

function closed(server: Server): Promise<unknown> {
  return new Promise((done) => server.close(done))
}
