import { describe, expect, it } from 'vitest'
import { findInBody } from '../../../../src/core/http/cover-answer.ts'
import { coverBytes } from '../../../../src/core/http/cover-bytes.ts'
import { createCoverStream } from '../../../../src/core/http/cover-stream.ts'
import { createScrubber } from '../../../../src/core/secrecy/scrub.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const scrub = createScrubber(['my-long-secret-value', 'per%cent&secret'])
const find = findInBody(encoder.encode('{'), 'application/json', new Map([['pin', '12']]))
const pacer = { isDue: () => false, turn: () => Promise.resolve() }

function streamed(bytes: Uint8Array, size: number, byLine = false): string {
  const stream = createCoverStream({ find, scrub, byLine })
  const out: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += size) out.push(stream.push(bytes.subarray(at, at + size)))
  out.push(stream.end())
  return decoder.decode(Buffer.concat(out))
}

const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0', 'c2lnbmF0dXJlc2lnbmF0dXJl'].join('.')
/** Secrets of every kind at many places, so that some are over each edge. */
const long = encoder.encode(
  JSON.stringify({
    items: Array.from({ length: 9_000 }, (_, id) => ({
      id,
      text: 'x'.repeat(id % 90),
      ...(id % 7 === 0 && { echoed: `before my-long-secret-value behind` }),
      ...(id % 11 === 0 && { access_token: `opaque ${id} token` }),
      ...(id % 13 === 0 && { looks: jwt }),
      ...(id % 17 === 0 && { pin: 12, url: 'https://x.test/?a=per%25cent%26secret&b=1' }),
    })),
  }),
)

describe('createCoverStream', () => {
  it.each([
    ['text', find, scrub],
    ['text without secrets', find, createScrubber([])],
    ['bytes', undefined, scrub],
    ['bytes without secrets', undefined, createScrubber([])],
  ])('leaves the room of a piece to whoever gave it: %s', async (_what, finds, scrubs) => {
    const whole = await coverBytes(long, finds, scrubs, pacer)
    for (const size of [100, 70_000]) {
      const stream = createCoverStream({ find: finds, scrub: scrubs })
      const room = Buffer.alloc(size)
      const out: Uint8Array[] = []
      for (let at = 0; at < long.length; at += size) {
        const piece = room.subarray(0, Math.min(size, long.length - at))
        piece.set(long.subarray(at, at + size))
        // What comes out is there until the next one goes in.
        out.push(new Uint8Array(stream.push(piece)))
        room.fill(0)
      }
      out.push(new Uint8Array(stream.end()))
      expect(Buffer.concat(out).equals(whole)).toBe(true)
    }
  })

  it.each([1_000, 65_536, 262_144, 5_000_000])(
    'covers as the whole is covered, in pieces of %i',
    async (size) => {
      const whole = decoder.decode(await coverBytes(long, find, scrub, pacer))
      const covered = streamed(long, size)
      expect(covered.length).toBe(long.length)
      expect(covered).toBe(whole)
      for (const secret of ['my-long-secret-value', jwt, 'opaque', 'per%25cent', '"pin":12'])
        expect(covered).not.toContain(secret)
    },
  )

  it('gives lines out as soon as they are whole', () => {
    const stream = createCoverStream({ find, scrub, byLine: true })
    expect(decoder.decode(stream.push(encoder.encode('data: {"access_token":"abc')))).toBe('')
    expect(decoder.decode(stream.push(encoder.encode('def"}\n\nda')))).toBe(
      'data: {"access_token":"******"}\n\n',
    )
    expect(decoder.decode(stream.push(encoder.encode('ta: my-long-secret-value\n')))).toBe(
      'data: ********************\n',
    )
    expect(decoder.decode(stream.end())).toBe('')
  })

  it('covers a value that does not end as far as it has come, and holds no more than that', () => {
    const stream = createCoverStream({ find, scrub })
    const start = encoder.encode('{"access_token":"')
    stream.push(start)
    const piece = encoder.encode('z'.repeat(262_144))
    const given = Array.from({ length: 34 }, () => decoder.decode(stream.push(piece))).join('')
    expect(given.length).toBeGreaterThan(8_000_000)
    expect(given.slice(start.length, 8_000_000)).toMatch(/^\*+$/)
  })
})
