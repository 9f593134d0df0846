/** Gives back the memory of bytes that no one looks at any more, at once: what is left to the engine piles up by tens of
 *  megabytes while a long body comes. Where the engine can't (Node 20), it does so later. Bytes that are a part of
 *  something larger are left alone: someone else may have the rest. */
export function letGo({ buffer, byteLength }: Uint8Array): void {
  const room = buffer as ArrayBuffer & { transfer?: (length: number) => ArrayBuffer }
  if (byteLength < smallest || room.byteLength !== byteLength) return
  room.transfer?.(0)
}

/** What is smaller goes soon enough. */
const smallest = 16_384
