import { Constructed, fromBER, ObjectIdentifier, OctetString, type BaseBlock } from 'asn1js'

/** PKCS#7 data, and the kinds of bag that hold a key (RFC 7292 section 4.2). */
const data = '1.2.840.113549.1.7.1'
const bags = new Map([
  ['1.2.840.113549.1.12.10.1.1', 'PRIVATE KEY'],
  ['1.2.840.113549.1.12.10.1.2', 'ENCRYPTED PRIVATE KEY'],
])

/** The private keys in a PKCS#12 file (RFC 7292 section 4) in PEM, locked as they are in it; a key behind the encryption of
 *  a whole safe is not found. Nothing where the file is not readable. */
export function keysInSafe(file: Buffer): string[] {
  try {
    const [, safe] = valuesIn(read(file))
    return valuesIn(dataIn(safe)).flatMap((part) =>
      identifierOf(part) === data ? valuesIn(dataIn(part)).flatMap(keyIn) : [],
    )
  } catch {
    return []
  }
}

function keyIn(bag: BaseBlock): string[] {
  const kind = bags.get(identifierOf(bag))
  const [key] = heldBy(bag)
  if (kind === undefined || key === undefined) return []
  const lines =
    Buffer.from(key.toBER())
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return [[`-----BEGIN ${kind}-----`, ...lines, `-----END ${kind}-----`, ''].join('\n')]
}

/** What a ContentInfo holds (RFC 2315 section 7): bytes, which may be written in pieces. */
function dataIn(info: BaseBlock | undefined): BaseBlock {
  const [held] = heldBy(info)
  if (!(held instanceof OctetString)) throw new Error('unreadable')
  return read(Buffer.from(held.getValue()))
}

/** What follows an identifier, in a tag of its own. */
function heldBy(block: BaseBlock | undefined): BaseBlock[] {
  return valuesIn(valuesIn(block)[1])
}

function identifierOf(block: BaseBlock): string {
  const [identifier] = valuesIn(block)
  return identifier instanceof ObjectIdentifier ? identifier.getValue() : ''
}

function valuesIn(block: BaseBlock | undefined): BaseBlock[] {
  return block instanceof Constructed ? block.valueBlock.value : []
}

function read(bytes: Buffer): BaseBlock {
  const { offset, result } = fromBER(bytes)
  if (offset === -1) throw new Error('unreadable')
  return result
}
