import { fail, type Result } from '@contract/result'

/** Whether an algorithm wraps the content's key with AES (RFC 3394), alone or after an agreement or a password. */
export function needsKeyWrap(alg: string): boolean {
  return /(?:^|\+)A\d{3}KW$/.test(alg)
}

/** Whether what this program runs on can do that: Electron's library, BoringSSL, cannot. */
export async function hasKeyWrap(): Promise<boolean> {
  const { CompactEncrypt } = await import('jose')
  try {
    const header = { alg: 'A128KW', enc: 'A128GCM' }
    await new CompactEncrypt(new Uint8Array(1)).setProtectedHeader(header).encrypt(new Uint8Array(16))
    return true
  } catch {
    return false
  }
}

/** Said of a token or a key that needs it. */
export function noKeyWrap(alg: string): Result<never> {
  return fail(
    'alg_unsupported',
    `${alg} needs AES key wrap (RFC 3394), which this program’s runtime does not have.`,
    'Use RSA-OAEP-256, ECDH-ES, A256GCMKW or dir instead.',
  )
}
