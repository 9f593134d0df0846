import type { Transform } from 'node:stream'
import * as zlib from 'node:zlib'
import { chunkSize, coded, type CodedBytes } from './coded-bytes.ts'

/** What takes a coding off, and tells how much of it was read. */
export type Decoder = Transform & { bytesWritten: number }

/** Node 22.15 and 23.8 know zstd (RFC 8878); the older runtime for tests does not. */
const { createZstdDecompress } = zlib as {
  createZstdDecompress?: (options: { chunkSize: number; params: Record<number, number> }) => Decoder
}
const windowLogMax = (zlib.constants as { ZSTD_d_windowLogMax?: number }).ZSTD_d_windowLogMax ?? 0

export const hasZstd = createZstdDecompress !== undefined

/** Each makes a decoder: a body of very many has no other purpose. */
const mostFrames = 10_000

/** What a body in zstd holds: the frames one after another (RFC 8878 section 3), of which Node's own decoder reads the
 *  first, with a window of 8 MB at most: more no server may ask for (RFC 9659). */
export async function* unzstd(input: CodedBytes): AsyncGenerator<Uint8Array> {
  for (let frames = 0; frames < mostFrames; frames += 1) {
    const decoder = createZstdDecompress?.({ chunkSize, params: { [windowLogMax]: 23 } })
    if (decoder === undefined) return
    yield* input.through(decoder)
    const start = await input.take(4)
    input.giveBack(start)
    if (!beginsFrame(start)) return
  }
  throw coded('ERR_BODY_FRAMES')
}

/** RFC 8878 sections 3.1.1 and 3.1.2: a frame, or one to be skipped. */
function beginsFrame([first = 0, ...rest]: Uint8Array): boolean {
  const magic = rest.join()
  return (first === 0x28 && magic === '181,47,253') || (first >> 4 === 5 && magic === '42,77,24')
}
