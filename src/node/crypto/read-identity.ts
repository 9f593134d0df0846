import { createPrivateKey, X509Certificate } from 'node:crypto'
import { createSecureContext, type SecureContext } from 'node:tls'
import { fail, ok, type Result } from '@contract/result'
import type { CertificateView } from '@contract/connection-settings'
import type { Identity } from '../../core/records/way.ts'
import { readCertificate } from './read-certificate.ts'

type Given = { certificate: string; key: string } | { bytes: Uint8Array; passphrase: string }
type Read = Result<{ identity: Identity; view: CertificateView }>

/** Reads a client certificate with its key: a PEM pair, or a file that is PEM or PKCS#12 (RFC 7292). Code:
 *  `certificate_unfit`. */
export function readIdentity(given: Given): Read {
  if ('certificate' in given) return readPair(given, undefined)
  const text = Buffer.from(given.bytes).toString('latin1')
  if (text.includes('-----BEGIN ')) return readPair({ certificate: text, key: text }, given.passphrase)
  return readPkcs12(given.bytes, given.passphrase)
}

/** Encrypted keys are kept open: what seals them here is the vault. */
function readPair(pair: { certificate: string; key: string }, passphrase: string | undefined): Read {
  let { key } = pair
  try {
    if (passphrase !== undefined && passphrase !== '')
      key = createPrivateKey({ key, passphrase }).export({ type: 'pkcs8', format: 'pem' }).toString()
  } catch {
    return unfit('the passphrase does not unlock its key', 'Enter the passphrase of the key.')
  }
  const identity = { certificate: pair.certificate, key }
  const view = readCertificate(identity)
  return view.ok ? ok({ identity, view: view.value }) : view
}

function readPkcs12(bytes: Uint8Array, passphrase: string): Read {
  const pfx = Buffer.from(bytes)
  let own: X509Certificate | undefined
  try {
    own = ownCertificate(createSecureContext({ pfx, passphrase }))
  } catch (error) {
    return /mac verify|INCORRECT_/.test(String(error))
      ? unfit('the passphrase does not unlock the file', 'Enter the passphrase of the file.')
      : unfit('the file is not readable PEM or PKCS#12', 'Export it again as .p12 or PEM.')
  }
  if (own === undefined) return unfit('the file contains no certificate with a key', 'Export both together.')
  const view = readCertificate({ certificate: own.toString() })
  return view.ok ? ok({ identity: { pkcs12: pfx.toString('base64'), passphrase }, view: view.value }) : view
}

/** The certificate that a TLS context would show. */
function ownCertificate({ context }: SecureContext): X509Certificate | undefined {
  const der = (context as { getCertificate?: () => Buffer | null }).getCertificate?.()
  return der === null || der === undefined ? undefined : new X509Certificate(der)
}

function unfit(why: string, next: string) {
  return fail('certificate_unfit', `The certificate cannot be used: ${why}.`, next)
}
