import { crc32, createGunzip, createInflateRaw } from 'node:zlib'
import { chunkSize, coded, type CodedBytes } from './coded-bytes.ts'

/** Each member makes a decoder, which takes as long as some 30 KB in it. So many may be `smallMember` bytes or fewer. */
const mostSmall = 256
const smallMember = 4_096

/** What a body in gzip holds: the members one after another (RFC 1952 section 2.2). Node's own decoder throws away up to
 *  16 KB of what it has when something else follows them; here that can be read on. Only many small members are left to
 *  it, which it takes a hundred times as fast. */
export async function* gunzip(input: CodedBytes): AsyncGenerator<Uint8Array> {
  let small = 0
  for (let first = true; ; first = false) {
    const start = await input.take(10)
    if (start.byteLength === 0) return
    if (small > mostSmall || (!first && !beginsMember(start))) {
      input.giveBack(start)
      if (beginsMember(start)) yield* input.through(createGunzip({ chunkSize }))
      return
    }
    await passHeader(input, start)
    let sum = 0
    let size = 0
    for await (const piece of input.through(createInflateRaw({ chunkSize }))) {
      sum = crc32(piece, sum)
      size = (size + piece.byteLength) % 0x1_0000_0000
      yield piece
    }
    await checkTrailer(input, sum, size)
    if (size <= smallMember) small += 1
  }
}

/** RFC 1952 section 2.3: two bytes of magic, and deflate as the only method. */
function beginsMember([first, second = 0x8b, method = 8]: Uint8Array): boolean {
  return first === 0x1f && second === 0x8b && method === 8
}

/** RFC 1952 section 2.3.1. The optional checksum of a header is passed: what it guards is not shown. */
async function passHeader(input: CodedBytes, start: Uint8Array): Promise<void> {
  const [, , , flags = 0] = start
  if (start.byteLength < 10) throw coded('Z_BUF_ERROR')
  if (!beginsMember(start) || flags > 0x1f) throw coded('Z_DATA_ERROR')
  if (flags & 4) {
    const [low = 0, high = 0] = await input.take(2)
    await input.take(low + 256 * high)
  }
  for (const text of [8, 16]) if (flags & text && !(await input.passZero())) throw coded('Z_BUF_ERROR')
  if (flags & 2) await input.take(2)
}

async function checkTrailer(input: CodedBytes, sum: number, size: number): Promise<void> {
  const trailer = await input.take(8)
  if (trailer.byteLength < 8) throw coded('Z_BUF_ERROR')
  const view = new DataView(trailer.buffer, trailer.byteOffset)
  if (view.getUint32(0, true) !== sum || view.getUint32(4, true) !== size) throw coded('Z_DATA_ERROR')
}
