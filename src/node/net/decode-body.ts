import { defined } from '@contract/defined'
import type { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'

/** What was read of a body. Sizes in bytes. */
export interface DecodedBody {
  body: Uint8Array
  wireSize: number
  /** The limit was reached, and the rest not read. */
  truncated: boolean
  /** What was odd about the coding and did no harm, in plain words. */
  oddities?: string[]
  /** A content coding that nobody here can take off. */
  undecoded?: string
  /** What was thrown after the part that is here. */
  broken?: Error
}

const maxCodings = 3

/** Bytes that a decoder may take in without one coming out. Decoders give what they have with every piece, and hold back no
 *  more than a block of 64 KB; a name without an end in a gzip header, or empty members, are all that takes more. */
const barrenLimit = 262_144

/** Milliseconds and bytes that reading a body may take. */
export interface BodyLimits {
  /** After decoding. On the wire it is twice as much, and a little for short ones. */
  bytes: number
  /** Without a byte that could be shown. */
  pause: number
}

/** Reads a body to its end or to its limit after decoding, which is what stops a decompression bomb: no more than
 *  that is ever held. A coding that takes in and gives nothing out is broken off by its bytes (`ERR_BODY_BARREN`,
 *  `ERR_BODY_WIRE_SIZE`) or its time (`UND_ERR_BODY_TIMEOUT`). Never throws; what broke it off is told beside the
 *  part that came, and no stream or listener is left behind. */
export async function readDecodedBody(
  source: Readable,
  contentEncoding: string,
  { bytes: limit, pause }: BodyLimits,
): Promise<DecodedBody> {
  // Whatever breaks it off after we stopped reading is nobody's business, and must not end the program.
  source.on('error', () => undefined)
  const codings = readCodings(contentEncoding)
  const chunks: Uint8Array[] = []
  let wireSize = 0
  let size = 0
  let truncated = false
  let broken: Error | undefined
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source as AsyncIterable<Uint8Array>) {
      wireSize += chunk.byteLength
      yield chunk
      if (wireSize > 2 * limit + barrenLimit) throw coded('ERR_BODY_WIRE_SIZE')
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
      chunks.push(chunk.byteLength > room ? chunk.subarray(0, room) : chunk)
      size += Math.min(chunk.byteLength, room)
      if (chunk.byteLength > room) {
        truncated = true
        break
      }
    }
  } catch (thrown) {
    broken = thrown instanceof Error ? thrown : new Error('broken off')
  }
  clearTimeout(watch)
  source.destroy()
  return {
    body: Buffer.concat(chunks),
    wireSize,
    truncated,
    ...defined({ undecoded: codings === undefined ? contentEncoding.slice(0, 100) : undefined }),
    ...defined({ broken, oddities: oddities.length === 0 ? undefined : oddities }),
  }
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code })
}

function isGzip(coding: string): boolean {
  return coding === 'gzip' || coding === 'x-gzip'
}

/** RFC 1952 section 2.3.1; a first piece of one byte is left to the decoder. */
function beginsAsGzip([first, second]: Uint8Array): boolean {
  return first === 0x1f && (second === undefined || second === 0x8b)
}

/** `deflate` is meant to be zlib-wrapped (RFC 9110 section 8.4.1.2), and often is not. */
function inflaterFor(first: Uint8Array): Transform {
  return ((first[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw()
}

function decoderFor(coding: string, first: Uint8Array): Transform | undefined {
  if (isGzip(coding)) return createGunzip()
  if (coding === 'br') return createBrotliDecompress()
  if (coding === 'deflate') return inflaterFor(first)
  return undefined
}

/** The codings to be taken off, the outermost first; `undefined` where one is unknown or there are many. */
function readCodings(header: string): string[] | undefined {
  const codings = header
    .toLowerCase()
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '' && item !== 'identity')
    .reverse()
  const known = codings.every((coding) => ['gzip', 'x-gzip', 'br', 'deflate'].includes(coding))
  return known && codings.length <= maxCodings ? codings : undefined
}

async function* decodeWith(
  source: AsyncIterable<Uint8Array>,
  coding: string,
  { stop, odd }: { stop: () => void; odd: string[] },
): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]()
  const first = await iterator.next()
  if (first.done) return
  if (isGzip(coding) && !beginsAsGzip(first.value)) {
    odd.push(
      `Content-Encoding says ${coding}, but the body is not compressed: it is shown as it was received.`,
    )
    yield first.value
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
    return
  }
  const decoder = decoderFor(coding, first.value)
  if (decoder === undefined) return
  /** Bytes that went in since one came out. */
  let barren = 0
  async function* whole(begun: Uint8Array): AsyncGenerator<Uint8Array> {
    yield begun
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      barren += next.value.byteLength
      if (barren > barrenLimit) throw coded('ERR_BODY_BARREN')
      yield next.value
    }
  }
  // What goes wrong in the source or in the decoder arrives where the decoder is read.
  const fed = pipeline(whole(first.value), decoder).catch(() => undefined)
  try {
    for await (const piece of decoder as AsyncIterable<Uint8Array>) {
      barren = 0
      yield piece
    }
  } finally {
    decoder.destroy()
    // Without this a server that sends no more would keep us waiting for what nobody reads.
    stop()
    await fed
    await iterator.return?.()
  }
}
