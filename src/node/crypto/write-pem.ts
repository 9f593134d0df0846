import { createPrivateKey, createPublicKey, type JsonWebKey } from 'node:crypto'
import { fail, ok } from '@contract/result'
import type { WritePem } from '../../core/jwt/keys/given-key.ts'

/** Writes a JWK as PEM. Code: `key_form_unfit`. */
export const writePem: WritePem = (jwk, form) => {
  const from = { key: jwk as JsonWebKey, format: 'jwk' } as const
  try {
    const text =
      form === 'pkcs8'
        ? createPrivateKey(from).export({ type: form, format: 'pem' })
        : createPublicKey(from).export({ type: form, format: 'pem' })
    return ok(text.toString())
  } catch {
    return fail('key_form_unfit', 'This key cannot be written as PEM here.', 'Copy it as a JWK.')
  }
}
