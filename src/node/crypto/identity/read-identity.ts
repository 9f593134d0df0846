import { createPrivateKey, X509Certificate } from 'node:crypto'
import { createSecureContext, type SecureContext } from 'node:tls'
import { fail, ok, type Result } from '@contract/result'
import type { CertificateView } from '@contract/connection-settings'
import type { Identity } from '../../../core/records/way.ts'
import { isLockedKey, readCertificate } from './read-certificate.ts'

type Given = { certificate: string; key: string } | { bytes: Uint8Array; passphrase: string }
type Read = Result<{ identity: Identity; view: CertificateView }>

/** Reads a client certificate with its key: a PEM pair, or a file that is PEM or PKCS#12 (RFC 7292). Code:
 *  `certificate_unfit`. */
export function readIdentity(given: Given): Read {
  if ('certificate' in given) return readPair(given)
  const text = Buffer.from(given.bytes).toString('latin1')
  if (text.includes('-----BEGIN ')) return readPemFile(text, given.passphrase)
  return readPkcs12(given.bytes, given.passphrase)
}

function readPair(pair: { certificate: string; key: string }): Read {
  const identity = { certificate: ownFirst(pair), key: pair.key }
  const view = readCertificate(identity)
  return view.ok ? ok({ identity, view: view.value }) : view
}

/** Encrypted keys are kept open: what seals them here is the vault. */
function readPemFile(text: string, passphrase: string): Read {
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text))
    return unfit('the file contains no private key', 'Export the certificate together with its key.')
  if (!text.includes('-----BEGIN CERTIFICATE-----'))
    return unfit('the file contains no certificate', 'Export the key together with its certificate.')
  if (!isLockedKey(text)) return readPair({ certificate: text, key: text })
  if (passphrase === '') return unfit('a passphrase locks its key', 'Enter the passphrase of the key.')
  try {
    const key = createPrivateKey({ key: text, passphrase }).export({ type: 'pkcs8', format: 'pem' })
    return readPair({ certificate: text, key: key.toString() })
  } catch (error) {
    return isUnsupported(error)
      ? unfit(
          'its key is encrypted in a way that is not supported here, such as scrypt or DES',
          'Encrypt it again: openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY.pem -out NEW.pem, with -provider legacy -provider default for DES.',
        )
      : unfit('the passphrase does not unlock its key', 'Enter the passphrase of the key.')
  }
}

function readPkcs12(bytes: Uint8Array, passphrase: string): Read {
  const pfx = Buffer.from(bytes)
  let own: X509Certificate | undefined
  try {
    own = ownCertificate(createSecureContext({ pfx, passphrase }))
  } catch (error) {
    return whyNot(error, passphrase)
  }
  if (own === undefined) return unfit('the file contains no certificate with a key', 'Export both together.')
  const view = readCertificate({ certificate: own.toString() })
  return view.ok ? ok({ identity: { pkcs12: pfx.toString('base64'), passphrase }, view: view.value }) : view
}

/** OpenSSL's words, and BoringSSL's. */
function whyNot(error: unknown, passphrase: string): Read {
  const words = String(error)
  if (/mac verify|INCORRECT_|bad decrypt|BAD_DECRYPT/.test(words))
    return unfit(
      passphrase === '' ? 'a passphrase locks the file' : 'the passphrase does not unlock the file',
      'Enter the passphrase of the file.',
    )
  if (isUnsupported(error))
    return unfit('its encryption is not supported here, such as RC4 or RC2', makeAgain)
  if (/MISSING_MAC/.test(words)) return unfit('nothing in the file proves that it is unchanged', makeAgain)
  if (/load private key/.test(words))
    return unfit('the file contains no private key', 'Export the certificate together with its key.')
  if (/load certificate/.test(words))
    return unfit(
      'the file contains no certificate for its key',
      'Export the key together with its certificate.',
    )
  return unfit('the file is damaged, or not readable PEM or PKCS#12', 'Export it again as .p12 or PEM.')
}

const makeAgain =
  'Make the file again: openssl pkcs12 -legacy -nodes -in OLD.p12 | openssl pkcs12 -export -out NEW.p12'

function isUnsupported(error: unknown): boolean {
  const { code = '' } = error as { code?: string }
  return /unsupported|unknown[_ ]algorithm/i.test(`${code} ${String(error)}`)
}

/** The certificate that a TLS context would show. */
function ownCertificate({ context }: SecureContext): X509Certificate | undefined {
  const der = (context as { getCertificate?: () => Buffer | null }).getCertificate?.()
  return der === null || der === undefined ? undefined : new X509Certificate(der)
}

/** The certificates with the key's own before the others, as TLS wants them (RFC 8446 section 4.4.2). */
function ownFirst({ certificate, key }: { certificate: string; key: string }): string {
  const all = certificate.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? []
  if (all.length < 2 || all.length > mostCertificates) return certificate
  try {
    const own = createPrivateKey(key)
    const at = all.findIndex((each) => new X509Certificate(each).checkPrivateKey(own))
    const first = all[at]
    return first === undefined ? certificate : [first, ...all.toSpliced(at, 1)].join('\n')
  } catch {
    return certificate
  }
}

const mostCertificates = 20

function unfit(why: string, next: string) {
  return fail('certificate_unfit', `The certificate cannot be used: ${why}.`, next)
}
