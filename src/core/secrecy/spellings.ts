/** The ways in which a value may be written down beside itself: in base64 at each of the three places that it can have
 *  in a longer text, in hex, in UTF-16 and Latin-1. Encodings that work character by character are taken off the
 *  text instead (`viewsOf`). */
export function spellingsOf(secret: string): Uint8Array[] {
  const bytes = encoder.encode(secret)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [
    bytes,
    ...latin1(secret),
    ...utf16(secret),
    encoder.encode(hex),
    encoder.encode(hex.toUpperCase()),
    ...[0, 1, 2].flatMap((shift) => base64(bytes, shift)),
  ]
}

const encoder = new TextEncoder()

/** Shorter pieces of base64 are in ordinary text by chance. */
const shortestBase64 = 6

/** The characters of base64 and base64url that are made of this value alone, whatever is before and after it. */
function base64(bytes: Uint8Array, shift: number): Uint8Array[] {
  const shifted = new Uint8Array(bytes.length + shift)
  shifted.set(bytes, shift)
  const whole = btoa(Array.from(shifted, (byte) => String.fromCharCode(byte)).join(''))
  const own = whole.slice(Math.ceil((shift * 8) / 6), Math.floor((shifted.length * 8) / 6))
  if (own.length < shortestBase64) return []
  // Alone, it ends with bits of its own and is filled up.
  const alone = shift === 0 ? [whole, whole.replaceAll('=', '')] : []
  return [...new Set([own, ...alone].flatMap((each) => [each, urlSafe(each)]))].map((each) =>
    encoder.encode(each),
  )
}

/** RFC 4648 section 5. */
function urlSafe(text: string): string {
  return text.replaceAll('+', '-').replaceAll('/', '_')
}

function utf16(secret: string): Uint8Array[] {
  const units = Uint16Array.from({ length: secret.length }, (_, at) => secret.charCodeAt(at))
  // In the order of this machine, and in the other.
  const bytes = new Uint8Array(units.buffer)
  return [bytes, bytes.map((_, at) => bytes[at ^ 1] ?? 0)]
}

function latin1(secret: string): Uint8Array[] {
  const units = Array.from(secret, (character) => character.codePointAt(0) ?? 0)
  const own = units.some((unit) => unit > 127) && units.every((unit) => unit < 256)
  return own ? [Uint8Array.from(units)] : []
}
