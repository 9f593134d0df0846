import { defined } from '@contract/defined'
import type { Readable, Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'

/** What was read of a body. Sizes in bytes. */
export interface DecodedBody {
  body: Uint8Array
  wireSize: number
  /** The limit was reached, and the rest not read. */
  truncated: boolean
  /** A content coding that nobody here can take off. */
  undecoded?: string
  /** What was thrown after the part that is here. */
  broken?: unknown
}

const maxCodings = 3

/** Reads a body to its end or to `limit` bytes after decoding, which is what stops a decompression bomb: no
 *  more than that is ever held. Never throws; what broke it off is told beside the part that came. */
export async function readDecodedBody(
  source: Readable,
  contentEncoding: string,
  limit: number,
): Promise<DecodedBody> {
  // Whatever breaks it off after we stopped reading is nobody's business, and must not end the program.
  source.on('error', () => undefined)
  const codings = readCodings(contentEncoding)
  let wireSize = 0
  async function* counted(): AsyncIterable<Uint8Array> {
    for await (const chunk of source as AsyncIterable<Uint8Array>) {
      wireSize += chunk.byteLength
      yield chunk
    }
  }
  const stream = (codings ?? []).reduce<AsyncIterable<Uint8Array>>(
    (inner, coding) => decodeWith(inner, coding, () => void source.destroy()),
    counted(),
  )
  const chunks: Uint8Array[] = []
  let size = 0
  let truncated = false
  let broken: unknown
  try {
    for await (const chunk of stream) {
      const room = limit - size
      chunks.push(chunk.byteLength > room ? chunk.subarray(0, room) : chunk)
      size += Math.min(chunk.byteLength, room)
      if (chunk.byteLength > room) {
        truncated = true
        break
      }
    }
  } catch (thrown) {
    broken = thrown ?? new Error('broken off')
  }
  source.destroy()
  return {
    body: Buffer.concat(chunks),
    wireSize,
    truncated,
    ...(codings === undefined ? { undecoded: contentEncoding.slice(0, 100) } : {}),
    ...defined({ broken }),
  }
}

/** `deflate` is meant to be zlib-wrapped (RFC 9110 section 8.4.1.2), and often is not. */
function inflaterFor(first: Uint8Array): Transform {
  return ((first[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw()
}

function decoderFor(coding: string, first: Uint8Array): Transform | undefined {
  if (coding === 'gzip' || coding === 'x-gzip') return createGunzip()
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
  stop: () => void,
): AsyncIterable<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]()
  const first = await iterator.next()
  if (first.done) return
  const decoder = decoderFor(coding, first.value)
  if (decoder === undefined) return
  let failed: unknown
  async function feed(into: NonNullable<typeof decoder>) {
    try {
      for (let next: IteratorResult<Uint8Array, unknown> = first; !next.done && !into.destroyed;) {
        if (!into.write(next.value)) {
          await new Promise<void>((resolve) => {
            into.once('drain', resolve).once('close', resolve)
          })
        }
        next = await iterator.next()
      }
      into.end()
    } catch (thrown) {
      failed = thrown
      into.destroy(thrown instanceof Error ? thrown : new Error('broken off'))
    }
  }
  const fed = feed(decoder)
  try {
    yield* decoder as AsyncIterable<Uint8Array>
  } finally {
    decoder.destroy()
    // Without this a server that sends no more would keep us waiting for what nobody reads.
    stop()
    await fed
    await iterator.return?.()
  }
  if (failed !== undefined) throw failed
}
