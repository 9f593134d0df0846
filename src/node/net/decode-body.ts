import { defined } from '@contract/defined'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createInflate, createInflateRaw } from 'node:zlib'
import { breathe } from './breathe.ts'
import { chunkSize, coded, CodedBytes } from './coded-bytes.ts'
import { gunzip } from './gunzip.ts'
import { createSluice, type Outlet } from './outlet/sluice.ts'
import { hasZstd, unzstd, type Decoder } from './zstd.ts'

/** What was read of a body. Sizes in bytes. */
export interface DecodedBody {
  body: Uint8Array
  wireSize: number
  /** The limit was reached, and the rest not read. */
  truncated: boolean
  /** What was odd about the coding and did no harm, in plain words. */
  oddities?: string[]
  /** A content coding that no one here can take off. */
  undecoded?: string
  /** What was thrown after the part that is here. */
  broken?: Error
  /** All of it went elsewhere, so many bytes: here is the first part. */
  elsewhere?: number
}

/** What servers are told that we understand. */
export const acceptedCodings = hasZstd ? 'gzip, deflate, br, zstd' : 'gzip, deflate, br'
const decodable = new Set(['x-gzip', ...acceptedCodings.split(', ')])

const maxCodings = 3
/** Bytes on the wire beside twice the limit. */
const wireSlack = 262_144

/** Bytes that a body may grow to from less than a ten-thousandth of them: ten times what deflate can do, and what bombs do by
 *  being coded twice. */
const bomb = { bytes: 67_108_864, times: 10_000 }

/** Bytes that are not put together in the same turn as others. */
const breathless = 1_048_576

/** Milliseconds and bytes that reading a body may take. */
export interface BodyLimits {
  /** After decoding. On the wire it is twice as much, and a little for short ones. */
  bytes: number
  /** Without a byte that could be shown. */
  pause: number
  /** Where a long or slow body goes. */
  outlet?: Outlet
}

/** Reads a body to its end or to its limit after decoding, which is what stops a decompression bomb: no more than
 *  that is ever held. A coding that takes in and gives nothing out is broken off by its bytes (`ERR_BODY_BARREN`,
 *  `ERR_BODY_WIRE_SIZE`), one that makes far too much of little by those (`ERR_BODY_BOMB`), or its time (`UND_ERR_BODY_TIMEOUT`). Never throws; what broke it off is told beside the
 *  part that came, and no stream or listener is left behind. */
export async function readDecodedBody(
  source: Readable,
  contentEncoding: string,
  { bytes: limit, pause, outlet }: BodyLimits,
): Promise<DecodedBody> {
  // Whatever breaks it off after we stopped reading is no one's business, and must not end the program.
  source.on('error', () => undefined)
  const codings = readCodings(contentEncoding)
  const chunks: Uint8Array[] = []
  let wireSize = 0
  let size = 0
  let truncated = false
  let broken: Error | undefined
  const sluice = outlet && createSluice(outlet)
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source as AsyncIterable<Uint8Array>) {
      wireSize += chunk.byteLength
      yield chunk
      if (wireSize > 2 * limit + wireSlack) throw coded('ERR_BODY_WIRE_SIZE')
    }
  }
  const watch = setTimeout(() => source.destroy(coded('UND_ERR_BODY_TIMEOUT')), pause)
  const oddities: string[] = []
  const stream = (codings ?? []).reduce<AsyncIterable<Uint8Array>>(
    (inner, coding) => decodeWith(inner, coding, { stop: () => void source.destroy(), odd: oddities }),
    counted(),
  )
  try {
    for await (const chunk of stream) {
      watch.refresh()
      const room = limit - size
      const taken = chunk.byteLength > room ? chunk.subarray(0, room) : chunk
      size += taken.byteLength
      if (sluice === undefined) chunks.push(taken)
      else await sluice.take(taken)
      if (chunk.byteLength > room) {
        truncated = true
        break
      }
      if (codings === undefined || codings.length === 0) continue
      if (size > bomb.bytes && size > wireSize * bomb.times) throw coded('ERR_BODY_BOMB')
      await breathe()
    }
  } catch (thrown) {
    broken = thrown instanceof Error ? thrown : new Error('interrupted')
  }
  clearTimeout(watch)
  source.destroy()
  const led = await sluice?.end()
  if (size > breathless) await breathe()
  return {
    body: led?.begun ?? Buffer.concat(chunks),
    ...defined({ elsewhere: led?.isLed === true ? size : undefined }),
    wireSize,
    truncated,
    ...defined({ undecoded: codings === undefined ? contentEncoding.slice(0, 100) : undefined }),
    ...defined({ broken, oddities: oddities.length === 0 ? undefined : oddities }),
  }
}

function isGzip(coding: string): boolean {
  return coding === 'gzip' || coding === 'x-gzip'
}

/** RFC 1952 section 2.3.1; a first piece of one byte is left to the decoder. */
function beginsAsGzip([first, second]: Uint8Array): boolean {
  return first === 0x1f && (second === undefined || second === 0x8b)
}

/** `deflate` is meant to be zlib-wrapped (RFC 9110 section 8.4.1.2), and often is not. */
function inflaterFor([first = 0]: Uint8Array) {
  return (first & 0x0f) === 8 ? createInflate({ chunkSize }) : createInflateRaw({ chunkSize })
}

function decoderFor(coding: string, start: Uint8Array): Decoder {
  return coding === 'br' ? createBrotliDecompress({ chunkSize }) : inflaterFor(start)
}

/** The codings to be taken off, the outermost first; `undefined` where one is unknown or there are many. */
function readCodings(header: string): string[] | undefined {
  const codings = header
    .toLowerCase()
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '' && item !== 'identity')
    .reverse()
  const known = codings.every((coding) => decodable.has(coding))
  return known && codings.length <= maxCodings ? codings : undefined
}

async function* decodeWith(
  source: AsyncIterable<Uint8Array>,
  coding: string,
  { stop, odd }: { stop: () => void; odd: string[] },
): AsyncGenerator<Uint8Array> {
  const input = new CodedBytes(source, stop)
  try {
    const start = await input.take(2)
    input.giveBack(start)
    if (start.byteLength === 0) return
    if (isGzip(coding) && !beginsAsGzip(start)) {
      odd.push(
        `Content-Encoding is ${coding}, but the body is not compressed: it is shown as it was received.`,
      )
      yield* input.rest()
      return
    }
    if (isGzip(coding)) yield* gunzip(input)
    else if (coding === 'zstd') yield* unzstd(input)
    else yield* input.through(decoderFor(coding, start))
    const stray = await input.strayBytes()
    if (stray > 0) odd.push(strayWords(coding, stray))
  } finally {
    await input.close()
  }
}

function strayWords(coding: string, bytes: number): string {
  const many = bytes > 65_536 ? 'over 64 KB' : bytes === 1 ? '1 byte' : `${bytes} bytes`
  return `The end of the ${coding} data is followed by ${many} of other data, left out here. The body itself is complete.`
}
