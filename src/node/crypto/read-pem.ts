import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto'
import { fail, ok } from '@contract/result'
import type { ReadPem } from '../../core/jwt/keys/given-key.ts'

/** Reads PEM as a JWK: keys of any of the usual labels, and the public key of a certificate. Code: `key_unreadable`. */
export const readPem: ReadPem = (pem) => {
  const label = /^-----BEGIN ([A-Z0-9 ]{1,40})-----/.exec(pem)?.[1] ?? ''
  try {
    const key = keyOf(pem, label)
    return ok({ jwk: { ...key.export({ format: 'jwk' }) }, from: label.toLowerCase().replace(/^x509 /, '') })
  } catch {
    return label.includes('ENCRYPTED') || pem.includes('Proc-Type: 4,ENCRYPTED')
      ? fail(
          'key_unreadable',
          'This private key is encrypted with a password.',
          'Decrypt it first, for example with openssl pkey.',
        )
      : fail(
          'key_unreadable',
          'This PEM text contains no readable key.',
          'Paste all of it, from BEGIN to END.',
        )
  }
}

function keyOf(pem: string, label: string): KeyObject {
  if (label.includes('CERTIFICATE')) return new X509Certificate(pem).publicKey
  return label.includes('PRIVATE KEY') ? createPrivateKey(pem) : createPublicKey(pem)
}
