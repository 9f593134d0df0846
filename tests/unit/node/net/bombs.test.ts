import { Readable } from 'node:stream'
import { createGzip, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { readDecodedBody } from '../../../../src/node/net/decode-body.ts'

const zeros = async (megabytes: number): Promise<Buffer> => {
  const gzip = createGzip({ level: 9 })
  const packed: Buffer[] = []
  gzip.on('data', (piece: Buffer) => packed.push(piece))
  const ended = new Promise((done) => gzip.once('end', done))
  const million = Buffer.alloc(1_000_000)
  for (let written = 0; written < megabytes; written += 1)
    if (!gzip.write(million)) await new Promise((done) => gzip.once('drain', done))
  gzip.end()
  await ended
  return Buffer.concat(packed)
}
const read = (body: Buffer, coding: string) => {
  let size = 0
  const outlet = {
    from: 1_000_000,
    after: 10_000,
    open: async () => ({
      write: async (piece: Uint8Array) => void (size += piece.byteLength),
      end: () => undefined,
    }),
  }
  const limits = { bytes: 1_000_000_000, pause: 10_000, outlet }
  return readDecodedBody(Readable.from([body]), coding, limits).then((found) => ({ ...found, size }))
}

it('stops a body that makes far too much of little', async () => {
  const twice = gzipSync(await zeros(300), { level: 9 })
  const found = await read(twice, 'gzip, gzip')
  expect(found.broken).toMatchObject({ code: 'ERR_BODY_BOMB' })
  expect(found.elsewhere).toBeLessThan(68_000_000)
  expect(found.size).toBe(found.elsewhere)
})

it('reads all that deflate can make of something, and what is coded twice and short', async () => {
  const [once, twice] = [
    await read(await zeros(80), 'gzip'),
    await read(gzipSync(await zeros(60)), 'gzip, gzip'),
  ]
  expect([once.size, once.broken]).toEqual([80_000_000, undefined])
  expect([twice.size, twice.broken]).toEqual([60_000_000, undefined])
})
