import type { Transform } from 'node:stream'

/** Bytes that a coding may take in without one coming out. Decoders give what they have with every piece, and hold back no
 *  more than a block of 64 KB; a name without an end in a gzip header, or empty members, are all that takes more. */
const barrenLimit = 262_144
/** Bytes behind the end of a format that are counted. */
const strayLimit = 65_536
/** Bytes that a decoder gives out at once. */
export const chunkSize = 65_536

/** An error of a body by its code: `ERR_BODY_BARREN`, `ERR_BODY_WIRE_SIZE`, `UND_ERR_BODY_TIMEOUT`, or zlib's own. */
export function coded(code: string): Error {
  return Object.assign(new Error(code), { code })
}

/** The bytes that one coding is taken off, which can be read by number and given back. */
export class CodedBytes {
  /** Bytes that were read since one came out. */
  private barren = 0
  private readonly iterator: AsyncIterator<Uint8Array>
  private returned: Uint8Array | undefined
  private readonly stop: () => void

  /** `stop` ends the source, however long that would have kept silent. */
  constructor(source: AsyncIterable<Uint8Array>, stop: () => void) {
    this.iterator = source[Symbol.asyncIterator]()
    this.stop = stop
  }

  /** The next piece, as it comes; nothing at the end. */
  async next(): Promise<Uint8Array | undefined> {
    const given = this.returned
    this.returned = undefined
    if (given !== undefined) return given
    const next = await this.iterator.next()
    if (next.done) return undefined
    this.barren += next.value.byteLength
    if (this.barren > barrenLimit) throw coded('ERR_BODY_BARREN')
    return next.value
  }

  /** What was read too much, to be read again before the rest. */
  giveBack(rest: Uint8Array): void {
    if (rest.byteLength > 0) this.returned = this.returned ? Buffer.concat([rest, this.returned]) : rest
  }

  /** So many bytes, or fewer at the end. */
  async take(length: number): Promise<Uint8Array> {
    let taken: Uint8Array = new Uint8Array()
    while (taken.byteLength < length) {
      const piece = await this.next()
      if (piece === undefined) break
      const missing = length - taken.byteLength
      this.giveBack(piece.subarray(missing))
      taken = Buffer.concat([taken, piece.subarray(0, missing)])
    }
    return taken
  }

  /** Passes everything up to the next zero byte, and that. False where there is none. */
  async passZero(): Promise<boolean> {
    for (let piece = await this.next(); piece !== undefined; piece = await this.next()) {
      const zero = piece.indexOf(0)
      if (zero === -1) continue
      this.giveBack(piece.subarray(zero + 1))
      return true
    }
    return false
  }

  /** Everything that a decoder makes of these bytes, up to where its format ends. What follows that can be read on. */
  async *through(decoder: Transform & { bytesWritten: number }): AsyncGenerator<Uint8Array> {
    const fed = this.feed(decoder).catch((thrown: unknown) => void decoder.destroy(thrown as Error))
    let whole = false
    try {
      for await (const piece of decoder as AsyncIterable<Uint8Array>) {
        this.barren = 0
        yield piece
      }
      whole = true
    } finally {
      decoder.destroy()
      // Without this a server that sends no more would keep us waiting for what no one reads.
      if (!whole) this.stop()
      await fed
    }
  }

  /** Everything that is left, as it is. */
  async *rest(): AsyncGenerator<Uint8Array> {
    for (let piece = await this.next(); piece !== undefined; piece = await this.next()) {
      this.barren = 0
      yield piece
    }
  }

  /** How many bytes follow the end of a format, counted up to 64 KB and a piece; 0 where they are the zeros that some
   *  programs fill up with. */
  async strayBytes(): Promise<number> {
    let size = 0
    let filling = true
    for await (const piece of this.rest()) {
      size += piece.byteLength
      filling &&= piece.every((byte) => byte === 0)
      if (size > strayLimit) break
    }
    return filling ? 0 : size
  }

  async close(): Promise<void> {
    this.returned = undefined
    this.stop()
    await this.iterator.return?.()
  }

  /** One piece at a time, so that what a decoder left of it is known. */
  private async feed(decoder: Transform & { bytesWritten: number }): Promise<void> {
    let resume: () => void = () => undefined
    decoder.once('close', () => resume())
    for (let sent = 0; !decoder.destroyed;) {
      const piece = await this.next()
      if (piece === undefined) {
        decoder.end()
        return
      }
      sent += piece.byteLength
      await new Promise<void>((done) => {
        resume = done
        if (decoder.destroyed) done()
        else decoder.write(piece, () => done())
      })
      const left = sent - decoder.bytesWritten
      if (left === 0) continue
      this.giveBack(piece.subarray(piece.byteLength - left))
      return
    }
  }
}
