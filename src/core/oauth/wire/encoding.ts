import { withoutEnd } from '../../text/trim.ts'

/** Random bytes from a cryptographic source. */
export type RandomBytes = (length: number) => Uint8Array

/** Base64url without padding (RFC 7515 section 2). */
export function base64url(bytes: Uint8Array): string {
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  return withoutEnd(text.replaceAll('+', '-').replaceAll('/', '_'), '=')
}

/** SHA-256 of a text's UTF-8 bytes, base64url without padding. */
export async function sha256Base64url(text: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
}

/** Compares without telling by its duration where two texts differ. */
export function equalTexts(left: string, right: string): boolean {
  if (left.length !== right.length) return false
  let difference = 0
  for (let index = 0; index < left.length; index += 1) {
    difference |= left.charCodeAt(index) ^ right.charCodeAt(index)
  }
  return difference === 0
}
