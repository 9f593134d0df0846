import { randomUUID } from 'node:crypto'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { metadataOf } from '../../support/odd-provider.ts'
import { openOddBench, value, type OddBench } from '../../support/odd-workbench.ts'

let odd: OddBench
let raw: Awaited<ReturnType<typeof startRaw>>
beforeEach(async () => {
  odd = await openOddBench()
  raw = await startRaw()
})
afterEach(async () => {
  await odd.close()
  await raw.close()
})

/** A server that answers every request with the same pieces, one read of the other side after another. */
async function startRaw() {
  let pieces: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).setNoDelay(true)
    socket.on('data', () => {
      // Each in a turn of its own, so that they are read as they are cut.
      const turn = ([piece, ...rest]: string[]): void => {
        if (piece !== undefined) socket.write(piece, () => setImmediate(turn, rest))
      }
      turn(pieces)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (...given: string[]) => {
      pieces = given
    },
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy()
        server.close(done)
      }),
  }
}

const send = async () => {
  const draft = { method: 'GET', url: `${raw.url}/api`, body: { kind: 'none' }, accountId: null } as const
  return value(
    await odd.bench.app.sendRequest.send({
      sendId: randomUUID(),
      draft: { ...draft, query: [], headers: [] },
    }),
  )
}
/** Asks a token endpoint that answers in this way. */
const token = async () => {
  odd.odd.answers['/.well-known/openid-configuration'] = () => ({
    body: { ...metadataOf(odd.odd.issuer), token_endpoint: `${raw.url}/token` },
  })
  return odd.signIn(await odd.connect())
}
const body = '{"access_token":"a","token_type":"Bearer"}'
/** As the window shows it. */
const covered = body.replace('"a"', '"*"')
const sound = (length = `Content-Length: ${body.length}\r\n`) =>
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n${length}\r\n${body}`
const go = 'HTTP/1.1 100 Continue\r\n\r\n'

describe('an interim response that no one asked for', () => {
  it.each<[string, string[]]>([
    ['in one piece', [go + sound()]],
    ['in pieces', [go.slice(0, 9), go.slice(9), sound().slice(0, 40), sound().slice(40)]],
    ['with a header', [`HTTP/1.1 100 Continue\r\nX-A: b\r\n\r\n${sound()}`]],
    ['several times', [go + go + go + sound()]],
    ['beside early hints', [`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${go}${sound()}`]],
  ])('is read over, %s', async (_how, pieces) => {
    raw.answer(...pieces)
    // A second one over the same connection.
    for (const _time of [1, 2]) {
      const exchange = await send()
      expect(exchange).toMatchObject({ response: { status: 200, firstText: covered } })
      expect(exchange.error).toBeUndefined()
    }
    expect(await token()).toMatchObject({ ok: true })
  })

  it('without an end is refused in those words', async () => {
    raw.answer(go.repeat(40))
    expect(await send()).toMatchObject({
      error: { code: 'network_malformed', message: expect.stringMatching(/100 Continue/) as string },
    })
  })
})

describe('a length that appears twice', () => {
  const length = `Content-Length: ${body.length}\r\n`

  it.each([length + length, `content-length: ${body.length}, ${body.length}\r\n`])(
    'is one where it is the same: %j',
    async (lines) => {
      raw.answer(sound(lines))
      expect(await send()).toMatchObject({ response: { status: 200, firstText: covered } })
      expect(await token()).toMatchObject({ ok: true })
    },
  )

  it.each([
    `${length}Content-Length: 7\r\n`,
    `Content-Length: 7, ${body.length}\r\n`,
    `${length}Transfer-Encoding: chunked\r\n`,
  ])('is refused for that reason where it is not: %j', async (lines) => {
    raw.answer(sound(lines))
    const says = expect.stringMatching(/states two different lengths/) as string
    expect(await send()).toMatchObject({ error: { code: 'network_malformed', message: says } })
    expect(await token()).toMatchObject({ error: { message: says } })
  })
})
