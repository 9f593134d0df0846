const encoder = new TextEncoder()

/** Text as UTF-8. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text)
}

/** UTF-8 as text; `undefined` where the bytes are not UTF-8. */
export function fromUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Lower-case hexadecimal. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Undoes `hex`; `undefined` where the text is not lower-case hexadecimal. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return undefined
  const bytes = new Uint8Array(text.length / 2)
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = Number.parseInt(text.slice(at * 2, at * 2 + 2), 16)
  return bytes
}

/** One after another. */
export function concat(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.byteLength, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.byteLength
  }
  return whole
}

/** Each part behind its length (32 bits, big endian), so that no two lists of parts look the same. */
export function framed(...parts: (Uint8Array | string)[]): Uint8Array {
  // A character is three bytes at most.
  const room = (part: Uint8Array | string) => (typeof part === 'string' ? part.length * 3 : part.byteLength)
  const whole = new Uint8Array(parts.reduce((length, part) => length + 4 + room(part), 0))
  const lengths = new DataView(whole.buffer)
  let at = 0
  for (const part of parts) {
    const start = at + 4
    let { length } = part
    if (typeof part === 'string') length = encoder.encodeInto(part, whole.subarray(start)).written
    else whole.set(part, start)
    lengths.setUint32(at, length)
    at = start + length
  }
  return whole.slice(0, at)
}

/** Whether two byte strings are the same, in a time that does not tell where they differ. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.byteLength !== b.byteLength) return false
  let difference = 0
  for (let at = 0; at < a.byteLength; at += 1) difference |= (a[at] ?? 0) ^ (b[at] ?? 0)
  return difference === 0
}
