/** A way in which text is not the one base64url form of its bytes. */
export interface Base64urlDefect {
  code:
    | 'white_space'
    | 'padding'
    | 'base64_alphabet'
    | 'not_base64url'
    | 'length_impossible'
    | 'non_canonical_end'
  message: string
  /** Index of the character inside the text given. */
  position: number
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const values = new Uint8Array(256)
for (let index = 0; index < 64; index++) values[alphabet.charCodeAt(index)] = index

/** base64url without padding, RFC 7515 section 2. */
export function encodeBase64url(bytes: Uint8Array): string {
  let text = ''
  for (let index = 0; index < bytes.length; index += 3) {
    const [a = 0, b = 0, c = 0] = [bytes[index], bytes[index + 1], bytes[index + 2]]
    const four =
      alphabet.charAt(a >> 2) +
      alphabet.charAt(((a & 3) << 4) | (b >> 4)) +
      alphabet.charAt(((b & 15) << 2) | (c >> 6)) +
      alphabet.charAt(c & 63)
    text += four.slice(0, Math.min(4, bytes.length - index + 1))
  }
  return text
}

/** Decodes the one canonical base64url form and names the first defect of any other
 *  (RFC 4648 sections 3.5 and 5, RFC 7515 section 2, RFC 8725 section 2.4). */
export function decodeBase64url(
  text: string,
): { ok: true; bytes: Uint8Array<ArrayBuffer> } | { ok: false; defect: Base64urlDefect } {
  const strange = /[^\w-]/.exec(text)
  if (strange) return { ok: false, defect: strangeCharacter(text.charAt(strange.index), strange.index) }
  const rest = text.length % 4
  const last = text.length - 1
  if (rest === 1)
    return {
      ok: false,
      defect: {
        code: 'length_impossible',
        position: last,
        message: 'One character too many or too few: no bytes encode to this length. Was it cut off?',
      },
    }
  const spare = rest === 2 ? 0b1111 : rest === 3 ? 0b11 : 0
  if (spare !== 0 && ((values[text.charCodeAt(last)] ?? 0) & spare) !== 0)
    return {
      ok: false,
      defect: {
        code: 'non_canonical_end',
        position: last,
        message:
          'The last character has unused bits that are set, so a second text encodes the same bytes. ' +
          'Lenient programs accept it; it was altered or encoded incorrectly.',
      },
    }
  return { ok: true, bytes: unpack(text) }
}

/** What can be read in spite of defects; only for showing, never for judging. */
export function salvageBase64url(text: string): Uint8Array<ArrayBuffer> {
  const kept = text
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/[^A-Za-z0-9_-]/g, '')
  return unpack(kept)
}

/** Four characters of the alphabet are three bytes. */
function unpack(text: string): Uint8Array<ArrayBuffer> {
  const codes = new TextEncoder().encode(text)
  const bytes = new Uint8Array(Math.floor((codes.length * 3) / 4))
  for (let from = 0, at = 0; from < codes.length; from += 4, at += 3) {
    // Beyond the end of either there is nothing to read, and nothing is written.
    const four =
      (valueOf(codes[from]) << 18) |
      (valueOf(codes[from + 1]) << 12) |
      (valueOf(codes[from + 2]) << 6) |
      valueOf(codes[from + 3])
    bytes[at] = four >> 16
    bytes[at + 1] = (four >> 8) & 255
    bytes[at + 2] = four & 255
  }
  return bytes
}

function valueOf(code = 0): number {
  return values[code] ?? 0
}

function strangeCharacter(character: string, position: number): Base64urlDefect {
  if (/\s/.test(character))
    return {
      code: 'white_space',
      position,
      message: 'There is white space or a line break inside the token.',
    }
  if (character === '=')
    return {
      code: 'padding',
      position,
      message: 'Padding (=) is not allowed in a token (RFC 7515 section 2).',
    }
  if (character === '+' || character === '/')
    return {
      code: 'base64_alphabet',
      position,
      message: `The character ${character} belongs to base64; tokens use base64url, with - and _ instead.`,
    }
  return { code: 'not_base64url', position, message: 'A character outside the base64url alphabet.' }
}
