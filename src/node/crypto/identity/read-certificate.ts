import { createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import { fail, ok, type Result } from '@contract/result'
import type { CertificateView } from '@contract/connection-settings'
import type { ClientCertificate } from '../../../core/oauth/client/client-keys.ts'

/** Reads a client certificate (PEM, the client's own first) and checks that the key, where it comes apart, is its own.
 *  Codes: `certificate_unfit`. */
export function readCertificate({
  certificate,
  key,
}: Pick<ClientCertificate, 'certificate'> & Partial<ClientCertificate>): Result<CertificateView> {
  let parsed: X509Certificate
  try {
    parsed = new X509Certificate(certificate)
  } catch {
    return unfit('it is not a PEM certificate', 'Paste it from -----BEGIN CERTIFICATE----- to its end.')
  }
  try {
    if (key !== undefined && !parsed.checkPrivateKey(createPrivateKey(key)))
      return unfit('the key belongs to another certificate', 'Paste the key that belongs to it.')
  } catch {
    return key !== undefined && isLockedKey(key)
      ? unfit('a passphrase locks its key', 'Paste the key without one: openssl pkey -in KEY.pem shows it.')
      : unfit('its key is not a PEM private key', 'Paste it from -----BEGIN PRIVATE KEY----- to its end.')
  }
  return ok({
    subject: oneLine(parsed.subject),
    issuer: oneLine(parsed.issuer),
    thumbprint: createHash('sha256').update(parsed.raw).digest('base64url'),
    validTo: Date.parse(parsed.validTo),
  })
}

/** Whether a key in PEM needs a passphrase: PKCS#8 (RFC 5958), or as OpenSSL had it before (RFC 1421). */
export function isLockedKey(pem: string): boolean {
  return pem.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----') || pem.includes('Proc-Type: 4,ENCRYPTED')
}

function unfit(why: string, next: string) {
  return fail('certificate_unfit', `The certificate cannot be used: ${why}.`, next)
}

function oneLine(name: string): string {
  return name.split('\n').join(', ').slice(0, 500)
}
