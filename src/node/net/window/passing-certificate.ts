import { generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto'

/** A certificate that only its maker knows of, with its key: PEM. */
export interface PassingCertificate {
  certificate: string
  key: string
  /** SHA-256, as `X509Certificate` writes it. */
  fingerprint: string
}

/** Makes a self-signed certificate (RFC 5280 section 4.1, version 1, ECDSA with P-256) for a day. No one is to trust it by
 *  itself: it is known by its fingerprint. */
export function makePassingCertificate(now: number): PassingCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = der(0x30, der(0x31, der(0x30, commonName, der(0x0c, Buffer.from('Gatehouse sign-in window')))))
  const day = 86_400_000
  const told = der(
    0x30,
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    name,
    der(0x30, utcTime(now - day), utcTime(now + day)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = sign('sha256', told, privateKey)
  const whole = der(0x30, told, ecdsaWithSha256, der(0x03, Buffer.concat([Buffer.from([0]), signature])))
  const certificate = new X509Certificate(whole)
  return {
    certificate: certificate.toString(),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    fingerprint: certificate.fingerprint256,
  }
}

/** 2.5.4.3 and 1.2.840.10045.4.3.2, as a certificate has them. */
const commonName = Buffer.from('0603550403', 'hex')
const ecdsaWithSha256 = Buffer.from('300a06082a8648ce3d040302', 'hex')

/** A value in DER (X.690 section 8.1), shorter than 64 KiB. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

/** Until 2049 (RFC 5280 section 4.1.2.5.1). */
function utcTime(at: number): Buffer {
  return der(0x17, Buffer.from(`${new Date(at).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`))
}
