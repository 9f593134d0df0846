import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { fileNameOf } from '../../../core/http/file-types.ts'
import type { BodyPiece, WireRequest } from '../../../core/http/wire.ts'
import { expectedFailure } from '../../../core/text/expected-failure.ts'
import { noFile, systemFault } from '../../files/system-fault.ts'

/** What is told of a body that is on its way, in bytes. */
export type OnSent = (sent: number, total: number) => void

/** A body that can be sent once. */
interface OpenBody {
  body: Uint8Array | Readable | null
  /** Of all of it, in bytes, where it is sent as a stream. */
  length?: number
}

const chunk = 262_144

/** Opens the files of a body, so that what is missing is known before anything is sent. Throws, as expected failures,
 *  `body_file_unreadable`, and while it is sent `body_file_changed`. */
export async function openBody({ body, pieces }: WireRequest, onSent?: OnSent): Promise<OpenBody> {
  if (pieces === undefined) return { body: body ?? null }
  const files = new Map<BodyPiece, { handle: FileHandle; size: number }>()
  async function close(): Promise<void> {
    for (const { handle } of files.values()) await handle.close().catch(() => undefined)
  }
  let length = 0
  for (const piece of pieces) {
    if (!('file' in piece)) {
      length += piece.byteLength
      continue
    }
    try {
      const handle = await open(piece.file, 'r')
      files.set(piece, { handle, size: 0 })
      const facts = await handle.stat()
      if (!facts.isFile()) throw noFile()
      files.set(piece, { handle, size: facts.size })
      length += facts.size
    } catch (error) {
      await close()
      throw expectedFailure({
        code: 'body_file_unreadable',
        message: `${piece.file} could not be read (${systemFault(error)}). Nothing was sent.`,
        next: 'Choose the file again in the Body tab.',
      })
    }
  }

  async function* read(parts: readonly BodyPiece[]): AsyncGenerator<Uint8Array> {
    let sent = 0
    for (const piece of parts) {
      const file = files.get(piece)
      const source = file === undefined ? [piece as Uint8Array] : fileContent(piece, file)
      for await (const bytes of source) {
        yield bytes
        sent += bytes.byteLength
        onSent?.(sent, length)
      }
    }
  }
  const stream = Readable.from(read(pieces), { objectMode: false, highWaterMark: chunk })
  // However it ends, and also where it never begins: whoever sends it destroys it then.
  stream.once('close', () => void close()).on('error', () => undefined)
  return { body: stream, length }
}

/** SHA-256 of a body in hex; what is on the disk is read through for it. Throws as `openBody` does. */
export async function hashOfBody(request: WireRequest): Promise<string> {
  const hash = createHash('sha256')
  const { body } = await openBody(request)
  if (body instanceof Readable) for await (const bytes of body) hash.update(bytes as Uint8Array)
  else if (body !== null) hash.update(body)
  return hash.digest('hex')
}

/** As much as the file had when its length was told. */
async function* fileContent(
  piece: BodyPiece,
  { handle, size }: { handle: FileHandle; size: number },
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size;) {
    const { bytesRead, buffer } = await handle.read(
      Buffer.allocUnsafe(Math.min(chunk, size - at)),
      0,
      null,
      at,
    )
    if (bytesRead === 0)
      throw expectedFailure({
        code: 'body_file_changed',
        message: `${'file' in piece ? fileNameOf(piece.file) : 'The file'} became shorter while it was being sent.`,
        next: 'Wait until it is written completely, then send again.',
      })
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}
