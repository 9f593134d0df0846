/** Gives back the memory of bytes that no one looks at any more, at once: what is left to the engine piles up by tens of
 *  megabytes while a long body comes. Where the engine can't (Node 20), it does so later. Their buffer must be theirs
 *  alone. */
export function letGo({ buffer, byteLength }: Uint8Array): void {
  const room = buffer as ArrayBuffer & { transfer?: (length: number) => ArrayBuffer }
  // A small one may be a part of a room that others have, too.
  if (room.byteLength < smallestOwn || room.byteLength > byteLength + slack) return
  room.transfer?.(0)
}

const smallestOwn = 65_536
const slack = 4_096
