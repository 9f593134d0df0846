import { X509Certificate, type KeyObject } from 'node:crypto'
import type { ChainCertificate, ReadChain } from '../../core/jwt/explain/certificates.ts'

/** Longest name that is told, in characters. */
const longestName = 500

/** Reads the certificates of a chain, the one of the signer's key first; undefined for those that are none. */
export const readChain: ReadChain = (chain) => {
  const read = chain.map(parse)
  return read.map((certificate, index) => {
    if (certificate === undefined) return undefined
    const next = read[index + 1]
    const told: ChainCertificate = {
      subject: oneLine(certificate.subject),
      issuer: oneLine(certificate.issuer),
      notBefore: Date.parse(certificate.validFrom),
      notAfter: Date.parse(certificate.validTo),
      key: keyWords(certificate),
      selfSigned: isSignedBy(certificate, certificate),
    }
    return next === undefined ? told : { ...told, signedByNext: isSignedBy(certificate, next) }
  })
}

function parse(bytes: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(bytes)
  } catch {
    return undefined
  }
}

function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    return false
  }
}

function keyWords(certificate: X509Certificate): string {
  let key: KeyObject
  try {
    key = certificate.publicKey
  } catch {
    return 'a key of an unknown kind'
  }
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {}
  const type = (key.asymmetricKeyType ?? 'unknown').toUpperCase()
  return [type, modulusLength && `${modulusLength} bits`, namedCurve].filter(Boolean).join(', ')
}

function oneLine(name: string): string {
  return name.split('\n').join(', ').slice(0, longestName)
}
