import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { noFile } from './system-fault.ts'

/** Opens a pipe or a device without waiting for it; Windows has no such flag. */
export const nonBlocking = (constants.O_NONBLOCK as number | undefined) ?? 0

/** Reads a file of at most `limit` bytes; `undefined` where it is larger. Throws where it is not a file: no one waits for
 *  what a pipe or a device has to say. */
export async function readFileWithin(path: string, limit: number): Promise<Uint8Array | undefined> {
  const handle = await open(path, constants.O_RDONLY | nonBlocking)
  try {
    const about = await handle.stat()
    if (!about.isFile()) throw noFile()
    if (about.size > limit) return undefined
    const bytes = new Uint8Array(about.size)
    let at = 0
    while (at < bytes.length) {
      const { bytesRead } = await handle.read(bytes, at, bytes.length - at, at)
      if (bytesRead === 0) break
      at += bytesRead
    }
    return bytes.subarray(0, at)
  } finally {
    await handle.close()
  }
}
