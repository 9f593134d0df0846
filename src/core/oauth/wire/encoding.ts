import { withoutEnd } from '../../text/trim.ts'

/** Random bytes from a cryptographic source. */
export type RandomBytes = (length: number) => Uint8Array

/** Base64url without padding (RFC 7515 section 2). */
export function base64url(bytes: Uint8Array): string {
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  return withoutEnd(text.replaceAll('+', '-').replaceAll('/', '_'), '=')
}

/** The bytes of base64url, with or without padding. Throws where the text is none. */
export function fromBase64url(text: string): Uint8Array {
  const decoded = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = new Uint8Array(decoded.length)
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = decoded.charCodeAt(at)
  return bytes
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
