import type { CertificateFacts, Check, ClaimView } from '@contract/tokens/tokens'
import { check, comparedWith } from '../checks/check.ts'
import { withoutEnd } from '../../text/trim.ts'
import { decodeBase64url, encodeBase64url } from '../text/base64url.ts'
import { member, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'

/** What a certificate says. Times in milliseconds since 1970, not a number where it names none that can be read. */
export interface ChainCertificate {
  subject: string
  issuer: string
  notBefore: number
  notAfter: number
  /** Its key in words. */
  key: string
  selfSigned: boolean
  /** Whether the next of the chain signed it; left out of the last one. */
  signedByNext?: boolean
}

/** Reads a chain of certificates (DER), the one of the signer's key first; undefined for what is none. */
export type ReadChain = (chain: Uint8Array<ArrayBuffer>[]) => (ChainCertificate | undefined)[]

/** Most certificates that are read, and the longest, in characters of base64. */
const most = 10
const longest = 65_536

/** The certificates in a header, and what there is to say of them (RFC 7515 sections 4.1.6 to 4.1.8): none is trusted for
 *  being there. Ids: certificate-chain, certificate-dates, certificate-thumbprint. */
export async function readCertificates(
  header: JsonObject,
  readChain: ReadChain,
  now: number,
): Promise<{ certificates: CertificateFacts[]; checks: Check[] }> {
  const listed = member(header, 'x5c')
  if (!Array.isArray(listed) || listed.length === 0) return { certificates: [], checks: [] }
  const bytes = listed.slice(0, most).map(derOf)
  const read = readChain(bytes.map((each) => each ?? new Uint8Array()))
  const certificates = await Promise.all(
    read.map(async (one, index) => factsOf(one, bytes[index] ?? new Uint8Array())),
  )
  return {
    certificates,
    checks: [checkChain(read), ...checkDates(read, now), ...(await checkThumbprints(header, bytes[0]))],
  }
}

/** The view of a header with its certificates told in place of their text. */
export function withCertificates(header: ClaimView[], certificates: CertificateFacts[]): ClaimView[] {
  if (certificates.length === 0) return header
  return header.map((each) => (each.name === 'x5c' ? { ...each, certificates } : each))
}

/** Base64, not base64url, with its padding (RFC 7515 section 4.1.6). */
function derOf(text: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (typeof text !== 'string' || text.length > longest || !/^[A-Za-z0-9+/]+={0,2}$/.test(text))
    return undefined
  const read = decodeBase64url(withoutEnd(text, '=').replaceAll('+', '-').replaceAll('/', '_'))
  return read.ok ? read.bytes : undefined
}

async function factsOf(
  certificate: ChainCertificate | undefined,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<CertificateFacts> {
  if (certificate === undefined) return { readable: false }
  const { subject, issuer, notBefore, notAfter, key, selfSigned } = certificate
  const thumbprint = await digest('SHA-256', bytes)
  return { readable: true, subject, issuer, notBefore, notAfter, key, selfSigned, thumbprint }
}

function checkChain(read: readonly (ChainCertificate | undefined)[]): Check {
  const chain = check('certificate-chain', 'Certificate chain', 'RFC 7515 section 4.1.6')
  const bad = read.findIndex((one) => one === undefined)
  if (bad >= 0)
    return chain.notice(`Entry ${bad + 1} of x5c is not a certificate in base64.`, 'certificate_unreadable')
  const broken = read.findIndex((one) => one?.signedByNext === false)
  if (broken >= 0)
    return chain.notice(
      `Certificate ${broken + 1} is not signed by the next one: it is not a chain.`,
      'certificate_chain',
    )
  const last = read.at(-1)
  const end = last?.selfSigned ? 'ends in a self-signed one' : `was issued by ${last?.issuer ?? ''}`
  return chain.unchecked(
    `${read.length === 1 ? 'One certificate; it' : `${read.length} certificates, each signed by the next; the chain`} ${end}. Whether that issuer can be trusted is not checked.`,
    'certificate_unproven',
  )
}

function checkDates(read: readonly (ChainCertificate | undefined)[], now: number): Check[] {
  const dates = check('certificate-dates', 'Certificate dates', 'RFC 5280 section 4.1.2.5')
  return read.flatMap((one, index) => {
    if (one === undefined) return []
    if (one.notAfter < now)
      return [dates.notice(`Certificate ${index + 1} has expired.`, 'certificate_expired')]
    if (one.notBefore > now)
      return [dates.notice(`Certificate ${index + 1} is not valid yet.`, 'certificate_early')]
    return []
  })
}

const thumbprints = [
  ['x5t', 'SHA-1', '4.1.7'],
  ['x5t#S256', 'SHA-256', '4.1.8'],
] as const

async function checkThumbprints(
  header: JsonObject,
  first: Uint8Array<ArrayBuffer> | undefined,
): Promise<Check[]> {
  const checks = thumbprints.map(async ([name, algorithm, section]): Promise<Check[]> => {
    const came = textMember(header, name)
    if (came === undefined || first === undefined) return []
    const report = check('certificate-thumbprint', `Thumbprint (${name})`, `RFC 7515 section ${section}`)
    const expected = await digest(algorithm, first)
    if (came === expected) return [report.valid(`That of the first certificate (${algorithm}).`)]
    const read = decodeBase64url(expected)
    const hex = read.ok ? Array.from(read.bytes, (byte) => byte.toString(16).padStart(2, '0')).join('') : ''
    const inHex = [hex, encodeBase64url(new TextEncoder().encode(hex))]
    if (inHex.some((text) => text.toLowerCase() === came.toLowerCase()))
      return [
        report.notice('That of the first certificate, but written in hexadecimal digits.', 'thumbprint_hex'),
      ]
    return [
      report.invalid(
        'It is not that of the first certificate in x5c: the header contradicts itself.',
        'thumbprint_wrong',
        comparedWith(came, expected),
      ),
    ]
  })
  return (await Promise.all(checks)).flat()
}

async function digest(algorithm: 'SHA-1' | 'SHA-256', bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return encodeBase64url(new Uint8Array(await crypto.subtle.digest(algorithm, bytes)))
}
