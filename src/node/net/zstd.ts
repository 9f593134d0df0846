import type { Transform } from 'node:stream'
import * as zlib from 'node:zlib'

/** What takes a coding off, and tells how much of it was read. */
export type Decoder = Transform & { bytesWritten: number }

/** Node 22.15 and 23.8 know zstd (RFC 8878); the older runtime for tests does not. */
const { createZstdDecompress } = zlib as {
  createZstdDecompress?: (options: { chunkSize: number; params: Record<number, number> }) => Decoder
}
const windowLogMax = (zlib.constants as { ZSTD_d_windowLogMax?: number }).ZSTD_d_windowLogMax ?? 0

export const hasZstd = createZstdDecompress !== undefined

/** Takes zstd off, with a window of 8 MB at most: more no server may ask for (RFC 9659). */
export function zstdDecoder(chunkSize: number): Decoder | undefined {
  return createZstdDecompress?.({ chunkSize, params: { [windowLogMax]: 23 } })
}
