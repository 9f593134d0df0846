/** A value in BER (X.690 section 8.1), which programs write PKCS#12 in. */
interface Value {
  tag: number
  content: Buffer
  /** With its tag and length. */
  whole: Buffer
}

const deepest = 24
/** The bytes of the identifiers of PKCS#7 data, and of bags (RFC 7292 section 4.2). */
const data = '2a864886f70d010701'
const bags = new Map([
  ['2a864886f70d010c0a0101', 'PRIVATE KEY'],
  ['2a864886f70d010c0a0102', 'ENCRYPTED PRIVATE KEY'],
])

/** The private keys in a PKCS#12 file (RFC 7292 section 4) in PEM, locked as they are in it; a key behind the encryption of
 *  a whole safe is not found. Nothing where the file is not readable. */
export function keysInSafe(file: Buffer): string[] {
  try {
    const [, safe] = valuesIn(only(file).content)
    return valuesIn(only(dataIn(safe)).content).flatMap((part) =>
      identifierOf(part) === data ? valuesIn(only(dataIn(part)).content).flatMap(keyIn) : [],
    )
  } catch {
    return []
  }
}

function keyIn(bag: Value): string[] {
  const kind = bags.get(identifierOf(bag))
  const [, held] = valuesIn(bag.content)
  if (kind === undefined || held === undefined) return []
  const lines =
    only(held.content)
      .whole.toString('base64')
      .match(/.{1,64}/g) ?? []
  return [[`-----BEGIN ${kind}-----`, ...lines, `-----END ${kind}-----`, ''].join('\n')]
}

/** What a ContentInfo holds (RFC 2315 section 7). */
function dataIn(info: Value | undefined): Buffer {
  const [, held] = valuesIn(info?.content ?? Buffer.alloc(0))
  return octets(only(held?.content ?? Buffer.alloc(0)))
}

function identifierOf({ content }: Value): string {
  const [identifier] = valuesIn(content)
  return identifier?.content.toString('hex') ?? ''
}

/** A string of bytes, which BER may write in pieces. */
function octets({ tag, content }: Value): Buffer {
  return tag === 0x24 ? Buffer.concat(valuesIn(content).map(octets)) : content
}

function only(bytes: Buffer): Value {
  return read(bytes, 0, 0).value
}

function valuesIn(bytes: Buffer): Value[] {
  const found: Value[] = []
  for (let at = 0; at < bytes.length;) {
    const { value, end } = read(bytes, at, 0)
    found.push(value)
    at = end
  }
  return found
}

/** Throws where there is none. */
function read(bytes: Buffer, at: number, depth: number): { value: Value; end: number } {
  const tag = bytes.readUInt8(at)
  const short = bytes.readUInt8(at + 1)
  if ((tag & 0x1f) === 0x1f || depth > deepest) throw new Error('unreadable')
  if (short === 0x80) {
    let inner = at + 2
    while (bytes.readUInt16BE(inner) !== 0) inner = read(bytes, inner, depth + 1).end
    return valueAt(bytes, { at, start: at + 2, stop: inner, end: inner + 2 })
  }
  const more = short > 0x80 ? short - 0x80 : 0
  const length = more === 0 ? short : bytes.readUIntBE(at + 2, more)
  const start = at + 2 + more
  return valueAt(bytes, { at, start, stop: start + length, end: start + length })
}

function valueAt(bytes: Buffer, { at, start, stop, end }: Record<'at' | 'start' | 'stop' | 'end', number>) {
  if (end > bytes.length) throw new Error('unreadable')
  const value = {
    tag: bytes.readUInt8(at),
    content: bytes.subarray(start, stop),
    whole: bytes.subarray(at, end),
  }
  return { value, end }
}
