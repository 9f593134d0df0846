/** A text as bytes that sort as the text does (each UTF-16 code unit on its own, as UTF-8 would write it). */
export function termBytes(term: string): Uint8Array {
  const bytes = new Uint8Array(term.length * 3)
  let length = 0
  for (let at = 0; at < term.length; at += 1) {
    const unit = term.charCodeAt(at)
    if (unit < 0x80) bytes[length++] = unit
    else if (unit < 0x800) {
      bytes[length++] = 0xc0 | (unit >> 6)
      bytes[length++] = 0x80 | (unit & 63)
    } else {
      bytes[length++] = 0xe0 | (unit >> 12)
      bytes[length++] = 0x80 | ((unit >> 6) & 63)
      bytes[length++] = 0x80 | (unit & 63)
    }
  }
  return bytes.subarray(0, length)
}

/** Undoes `termBytes`. */
export function termText(bytes: Uint8Array, length = bytes.length): string {
  let text = ''
  for (let at = 0; at < length; at += 1) {
    const first = bytes[at] ?? 0
    if (first < 0x80) text += String.fromCharCode(first)
    else if (first < 0xe0) text += String.fromCharCode(((first & 31) << 6) | ((bytes[(at += 1)] ?? 0) & 63))
    else {
      const middle = ((bytes[at + 1] ?? 0) & 63) << 6
      text += String.fromCharCode(((first & 15) << 12) | middle | ((bytes[(at += 2)] ?? 0) & 63))
    }
  }
  return text
}

/** Negative where the first comes before the other. */
export function compareBytes(
  one: Uint8Array,
  other: Uint8Array,
  oneLength = one.length,
  otherLength = other.length,
): number {
  const length = Math.min(oneLength, otherLength)
  for (let at = 0; at < length; at += 1) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0)
    if (difference !== 0) return difference
  }
  return oneLength - otherLength
}

export function startsWith(bytes: Uint8Array, length: number, prefix: Uint8Array): boolean {
  if (length < prefix.length) return false
  for (let at = 0; at < prefix.length; at += 1) if (bytes[at] !== prefix[at]) return false
  return true
}

/** Bytes that grow as they are written. */
export class Output {
  bytes = new Uint8Array(32_768)
  length = 0

  number(value: number): void {
    this.#room(5)
    let rest = value
    while (rest > 127) {
      this.bytes[this.length++] = (rest & 127) | 128
      rest >>>= 7
    }
    this.bytes[this.length++] = rest
  }
  append(bytes: Uint8Array): void {
    this.#room(bytes.length)
    this.bytes.set(bytes, this.length)
    this.length += bytes.length
  }
  take(): Uint8Array {
    const taken = this.bytes.slice(0, this.length)
    this.length = 0
    return taken
  }
  #room(more: number): void {
    if (this.length + more <= this.bytes.length) return
    const wider = new Uint8Array((this.length + more) * 2)
    wider.set(this.bytes.subarray(0, this.length))
    this.bytes = wider
  }
}

/** Reads what `Output` wrote. */
export class Input {
  readonly bytes: Uint8Array
  at = 0
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }
  get isDone(): boolean {
    return this.at >= this.bytes.length
  }
  number(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.bytes[this.at++] ?? 0
      value |= (byte & 127) << shift
      if (byte < 128) break
    }
    return value >>> 0
  }
}
