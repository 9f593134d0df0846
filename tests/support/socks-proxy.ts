import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** What a SOCKS proxy can be made to do. */
export interface SocksOptions {
  /** It lets in only who shows them (RFC 1929). */
  credentials?: { username: string; password: string }
  /** The reply that it has for every request (RFC 1928 section 6). */
  replies?: number
  /** It ends the connection after the greeting. */
  dies?: boolean
  /** It speaks something else. */
  babbles?: boolean
  /** Where names lead that no one else knows. */
  hosts?: Record<string, string>
}

/** A SOCKS proxy on a free port of this computer, version 5 and 4a, with what it was asked: `5 host:port`. */
export const startSocksProxy = async (options: SocksOptions = {}) => {
  const sockets = new Set<Socket>()
  const asked: string[] = []
  const shown: string[] = []
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket))
    serve(socket, options, asked, shown).catch(() => socket.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    port,
    asked,
    /** `name:password` as it came. */
    shown,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

async function serve(
  socket: Socket,
  { credentials, replies = 0, dies = false, babbles = false, hosts = {} }: SocksOptions,
  asked: string[],
  shown: string[],
): Promise<void> {
  const take = reader(socket)
  const [version = 0] = await take(1)
  if (babbles) return void socket.end('HTTP/1.1 400 Bad\r\n\r\n')
  if (version === 4) {
    const head = await take(7)
    await take.until(0)
    const name =
      head[3] === 0 && head[4] === 0 && head[5] === 0 ? await take.until(0) : [...head.subarray(3)].join('.')
    const port = head.readUInt16BE(1)
    asked.push(`4 ${name}:${port}`)
    if (replies !== 0) return void socket.end(Buffer.from([0, 91, 0, 0, 0, 0, 0, 0]))
    return lead(socket, hosts[name] ?? name, port, Buffer.from([0, 90, 0, 0, 0, 0, 0, 0]), take)
  }
  const [count = 0] = await take(1)
  const methods = await take(count)
  if (dies) return void socket.destroy()
  const wanted = credentials === undefined ? 0 : 2
  if (!methods.includes(wanted)) return void socket.end(Buffer.from([5, 255]))
  socket.write(Buffer.from([5, wanted]))
  if (credentials !== undefined) {
    await take(1)
    const username = (await take((await take(1))[0] ?? 0)).toString()
    const password = (await take((await take(1))[0] ?? 0)).toString()
    shown.push(`${username}:${password}`)
    const isRight = username === credentials.username && password === credentials.password
    if (!isRight) return void socket.end(Buffer.from([1, 1]))
    socket.write(Buffer.from([1, 0]))
  }
  const head = await take(4)
  const name =
    head[3] === 3
      ? (await take((await take(1))[0] ?? 0)).toString()
      : head[3] === 1
        ? [...(await take(4))].join('.')
        : (await take(16)).toString('hex')
  const port = (await take(2)).readUInt16BE(0)
  asked.push(`5 ${name}:${port}`)
  if (replies !== 0) return void socket.end(Buffer.from([5, replies, 0, 1, 0, 0, 0, 0, 0, 0]))
  lead(socket, hosts[name] ?? name, port, Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]), take)
}

function lead(socket: Socket, host: string, port: number, ready: Buffer, take: Reader): void {
  const onward = connect(port, host, () => {
    socket.write(ready)
    onward.write(take.rest())
    socket.pipe(onward)
    onward.pipe(socket)
  })
  onward.on('error', () => socket.destroy()).once('close', () => socket.destroy())
  socket.once('close', () => onward.destroy())
}

interface Reader {
  (count: number): Promise<Buffer>
  /** Text up to this byte. */
  until: (byte: number) => Promise<string>
  /** What came beyond; from here on the socket is read by others. */
  rest: () => Buffer
}

function reader(socket: Socket): Reader {
  let held = Buffer.alloc(0)
  let wake: () => void = () => undefined
  const onData = (bytes: Buffer): void => {
    held = Buffer.concat([held, bytes])
    wake()
  }
  socket.on('data', onData)
  async function take(count: number): Promise<Buffer> {
    while (held.length < count) await new Promise<void>((done) => (wake = done))
    const taken = held.subarray(0, count)
    held = held.subarray(count)
    return taken
  }
  async function until(byte: number): Promise<string> {
    while (!held.includes(byte)) await new Promise<void>((done) => (wake = done))
    const text = await take(held.indexOf(byte))
    await take(1)
    return text.toString()
  }
  function rest(): Buffer {
    socket.off('data', onData)
    return held
  }
  return Object.assign(take, { until, rest })
}
