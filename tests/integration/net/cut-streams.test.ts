import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:tls'
import { expect, it, onTestFinished } from 'vitest'
import { ok } from '../../../src/core/contract/result.ts'
import { createRequestEngine } from '../../../src/node/net/send.ts'

const file = (name: string) => readFileSync(new URL(`../../support/certificates/${name}`, import.meta.url))

/** A frame of HTTP/2 (RFC 9113 section 4.1). */
const frame = (type: number, flags: number, stream: number, payload: Buffer): Buffer => {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head.writeUInt8(type, 3)
  head.writeUInt8(flags, 4)
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}
const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
const [data, headers, reset, settings] = [0, 1, 3, 4]
const [endStream, endHeaders] = [1, 4]
/** `:status: 200` (RFC 7541 appendix A). */
const status = Buffer.from([0x88])
const none = Buffer.alloc(0)
const head = (stream: number): Buffer => frame(headers, endHeaders, stream, status)
const part = (stream: number, flags = 0): Buffer => frame(data, flags, stream, Buffer.from('a part'))

/** Plays frames at every request; Node's own server would end a stream before it resets it. */
const serve = async (play: (stream: number) => Buffer[]): Promise<string> => {
  const server = createServer(
    { cert: file('server.crt'), key: file('server.key'), ALPNProtocols: ['h2'] },
    (socket) => {
      let come = none
      let greeted = false
      socket.on('error', () => undefined)
      socket.write(frame(settings, 0, 0, none))
      socket.on('data', (bytes: Buffer) => {
        come = Buffer.concat([come, bytes])
        if (!greeted && come.length >= 24) {
          come = come.subarray(24)
          greeted = true
        }
        while (greeted && come.length >= 9 && come.length >= 9 + come.readUIntBE(0, 3)) {
          const [type, flags, stream] = [come.readUInt8(3), come.readUInt8(4), come.readUInt32BE(5)]
          come = come.subarray(9 + come.readUIntBE(0, 3))
          if (type === settings && (flags & 1) === 0) socket.write(frame(settings, 1, 0, none))
          if (type === headers) socket.write(Buffer.concat(play(stream)))
        }
      })
    },
  )
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}/`
}
const send = async (url: string) => {
  const engine = createRequestEngine({ trusted: file('server.crt').toString() })
  onTestFinished(() => engine.close())
  const limits = { pause: 5_000, total: 10_000 }
  const asked = { method: 'GET', url, headers: [] }
  const sent = await engine.send(asked, { findWay: async () => ok({ http2: true }), limits })
  return sent.ok
    ? [new TextDecoder().decode(sent.value.body), sent.value.problem?.code]
    : ['', sent.error.code]
}

it.each([
  ['NO_ERROR', 0],
  ['INTERNAL_ERROR', 2],
  ['REFUSED_STREAM', 7],
  ['CANCEL', 8],
])('a body that %s cuts off in HTTP/2 is not taken for a whole one', async (_name, code) => {
  const url = await serve((stream) => [head(stream), part(stream), frame(reset, 0, stream, number(code))])
  for (let time = 0; time < 3; time += 1) {
    const [text, problem] = await send(url)
    expect('a part'.startsWith(text ?? '?')).toBe(true)
    expect(problem).toBe('network_cut')
  }
})

it('a body that ended is whole, whatever its server does to the stream then', async () => {
  const whole = ['a part', undefined]
  expect(await send(await serve((stream) => [head(stream), part(stream, endStream)]))).toEqual(whole)
  const after = (code: number) => (stream: number) => [
    head(stream),
    part(stream, endStream),
    frame(reset, 0, stream, number(code)),
  ]
  for (const code of [0, 8]) expect(await send(await serve(after(code)))).toEqual(whole)
  const empty = await serve((stream) => [frame(headers, endHeaders + endStream, stream, status)])
  expect(await send(empty)).toEqual(['', undefined])
})
