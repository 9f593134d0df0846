import { letGo } from '../../files/let-go.ts'
import type { BodySink } from '../../../core/records/body-sink.ts'

/** Takes bodies that are long, or that have not ended after a while. */
export interface Outlet {
  /** Bytes that one may have until it is opened. */
  from: number
  /** Milliseconds until it is opened for one that has not ended; with none it is opened at once. */
  after: number
  /** Given what has come until then; nothing where it takes none. */
  open: (begun: Uint8Array) => Promise<BodySink | undefined>
}

/** Holds the first part of a body, and leads all of it to an outlet once it is long or slow. */
export function createSluice({ from, after, open }: Outlet) {
  const held: Uint8Array[] = []
  let heldSize = 0
  let sink: BodySink | undefined
  let led: Promise<void> | undefined
  const timer = after === 0 ? undefined : setTimeout(begin, after)
  if (after === 0) begin()

  function begin(): void {
    const begun = Buffer.concat(held)
    led ??= open(begun).then(async (opened) => {
      sink = opened
      if (begun.length > 0) await opened?.write(begun)
    })
    // Whoever leads the next piece there learns of it.
    led.catch(() => undefined)
  }
  async function lead(piece: Uint8Array): Promise<void> {
    const before = led
    led = (async () => {
      await before
      await sink?.write(piece)
    })()
    await led
  }

  return {
    /** Fails where the outlet does. */
    async take(chunk: Uint8Array): Promise<void> {
      const room = from - heldSize
      const isOpen = led !== undefined
      if (room > 0) held.push(chunk.subarray(0, room))
      heldSize += Math.min(room, chunk.byteLength)
      if (isOpen) {
        await lead(chunk)
        // The sink has it, and nothing of it is held here.
        if (room === 0) letGo(chunk)
        return
      }
      if (chunk.byteLength <= room) return
      begin()
      await lead(chunk.subarray(room))
    },
    /** What was held, and whether all of it is in the outlet. */
    async end(): Promise<{ begun: Uint8Array; isLed: boolean }> {
      clearTimeout(timer)
      await led?.catch(() => undefined)
      sink?.end()
      return { begun: Buffer.concat(held), isLed: sink !== undefined }
    },
  }
}
