import { createServer, type IncomingMessage, request as forward } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { readFileSync } from 'node:fs'
import { connect, type AddressInfo, type Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Proxy } from '../../src/core/records/way.ts'

/** What a proxy can be made to do. */
export interface ProxyOptions {
  /** It lets in only who shows them. */
  credentials?: { username: string; password: string }
  /** The status with which it refuses every tunnel. */
  refuses?: number
  /** It ends the connection instead of answering, or in the middle of a tunnel. */
  dies?: 'at-once' | 'in-the-tunnel'
  /** It answers plain messages with a page that repeats what it was asked, head and all. */
  repeats?: boolean
  /** The connection to the proxy is TLS. */
  secure?: boolean
  /** Where names lead that no one else knows. */
  hosts?: Record<string, string>
}

/** A proxy on a free port of this computer, with what it was asked. */
export interface RunningProxy {
  proxy: Proxy
  port: number
  /** `CONNECT host:port` or `GET http://…`, in turn. */
  asked: string[]
  /** All raw headers of what it was asked. */
  headers: string[][]
  /** The names that TLS asked it for (RFC 6066 section 3); `false` where it named none. */
  names: (string | false)[]
  close: () => Promise<void>
}

/** Starts a proxy that tunnels (RFC 9110 section 9.3.6) and forwards (RFC 9112 section 3.2.2). */
export const startProxy = async (options: ProxyOptions = {}): Promise<RunningProxy> => {
  const sockets = new Set<Socket>()
  const asked: string[] = []
  const headers: string[][] = []
  const names: (string | false)[] = []
  const file = (name: string) => readFileSync(new URL(`./certificates/${name}`, import.meta.url))
  const server =
    options.secure === true
      ? createSecureServer({ cert: file('server.crt'), key: file('server.key') })
      : createServer()
  server.on('secureConnection', (socket: TLSSocket) => void names.push(socket.servername ?? false))
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
  })
  const placeOf = (host: string, port: string): [number, string] => {
    const name = host.replace(/^\[|\]$/g, '')
    return [Number(port), options.hosts?.[name] ?? name]
  }
  const mayPass = (message: IncomingMessage): boolean => {
    const { credentials } = options
    if (credentials === undefined) return true
    const pair = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')
    return message.headers['proxy-authorization'] === `Basic ${pair}`
  }
  server.on('request', (message, response) => {
    asked.push(`${message.method} ${message.url}`)
    headers.push(message.rawHeaders)
    if (options.dies === 'at-once') return void message.socket.destroy()
    if (!mayPass(message)) return void response.writeHead(407, { 'proxy-authenticate': 'Basic' }).end()
    if (options.repeats === true) {
      const pair = message.headers['proxy-authorization']?.slice('Basic '.length) ?? ''
      const page = [...message.rawHeaders, `who: ${Buffer.from(pair, 'base64').toString()}`].join('\n')
      return void response.writeHead(502, { 'content-type': 'text/plain', 'x-got': pair }).end(page)
    }
    const url = new URL(message.url ?? '')
    const passed = message.rawHeaders.flatMap((item, index, all) =>
      index % 2 === 0 && !/^proxy-/i.test(item) ? [item, all[index + 1] ?? ''] : [],
    )
    const [port, host] = placeOf(url.hostname, url.port || '80')
    const onward = forward({
      host,
      port,
      path: url.pathname + url.search,
      method: message.method,
      headers: passed,
    })
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(response)
    })
    onward.on('error', () => response.writeHead(502).end())
    message.pipe(onward)
  })
  server.on('connect', (message: IncomingMessage, client: Socket) => {
    asked.push(`CONNECT ${message.url}`)
    headers.push(message.rawHeaders)
    client.on('error', () => undefined)
    if (options.dies === 'at-once') return void client.destroy()
    if (!mayPass(message)) return void client.end('HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic\r\n\r\n')
    if (options.refuses !== undefined) return void client.end(`HTTP/1.1 ${options.refuses} No\r\n\r\n`)
    const [, host = '', at = ''] = /^(.*):(\d+)$/.exec(message.url ?? '') ?? []
    const [port, name] = placeOf(host, at)
    const onward = connect(port, name, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      if (options.dies === 'in-the-tunnel') return void client.destroy()
      onward.pipe(client)
      client.pipe(onward)
    })
    onward.on('error', () => client.destroy())
    onward.once('close', () => client.destroy())
    client.once('close', () => onward.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    proxy: { protocol: options.secure === true ? 'https:' : 'http:', host: '127.0.0.1', port },
    port,
    asked,
    headers,
    names,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}
