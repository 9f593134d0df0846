import { createPrivateKey } from 'node:crypto'
import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { inspectToken } from '../../../../../src/core/jwt/explain/inspect-token.ts'
import { readChain } from '../../../../../src/node/crypto/read-chain.ts'
import { authorityCertificate, leafCertificate, leafKey } from '../certificates.ts'

const now = Date.UTC(2030, 0, 1)
const x5c = [leafCertificate, authorityCertificate]
const thumbprints = {
  x5t: 'yDXH1glC7rkyrENDMwBatGzS4oI',
  'x5t#S256': 'B3Zeb-a2-DpAcN1QOdFzdyta4pxDss3XumJfhbtPlQY',
}

async function look(header: object, at = now) {
  const text = await new SignJWT({ iss: 'joe' })
    .setProtectedHeader({ alg: 'ES256', ...header })
    .sign(createPrivateKey(leafKey))
  const view = await inspectToken(text, { now: at, readChain })
  if (view.format !== 'jwt') throw new Error(view.format)
  return {
    certificates: view.header.find(({ name }) => name === 'x5c')?.certificates,
    codes: view.checks
      .filter(({ id }) => id.startsWith('certificate'))
      .map(({ label, state, code }) => `${label}: ${code ?? state}`),
  }
}

describe('the certificates in a header', () => {
  it('are told: subject, issuer, dates, key, thumbprint', async () => {
    const { certificates, codes } = await look({ x5c, ...thumbprints })
    expect(certificates).toEqual([
      {
        readable: true,
        subject: 'O=Example, CN=signer',
        issuer: 'O=Example, CN=Test CA',
        notBefore: Date.UTC(2026, 10, 27, 15, 29, 13),
        notAfter: Date.UTC(2036, 10, 24, 15, 29, 13),
        key: 'EC, prime256v1',
        selfSigned: false,
        thumbprint: thumbprints['x5t#S256'],
      },
      expect.objectContaining({ subject: 'O=Example, CN=Test CA', selfSigned: true }),
    ])
    expect(codes).toEqual([
      'Certificate chain: certificate_unproven',
      'Thumbprint (x5t): valid',
      'Thumbprint (x5t#S256): valid',
    ])
  })

  it.each([
    ['not a certificate', { x5c: ['AAAA'] }, now, 'Certificate chain: certificate_unreadable'],
    ['not base64', { x5c: [leafCertificate, 7] }, now, 'Certificate chain: certificate_unreadable'],
    ['not a chain', { x5c: x5c.toReversed() }, now, 'Certificate chain: certificate_chain'],
    ['expired', { x5c }, Date.UTC(2037, 0, 1), 'Certificate dates: certificate_expired'],
    ['early', { x5c }, Date.UTC(2026, 0, 1), 'Certificate dates: certificate_early'],
    [
      'another one',
      { x5c, x5t: thumbprints.x5t.replace('y', 'z') },
      now,
      'Thumbprint (x5t): thumbprint_wrong',
    ],
    [
      'written in hex',
      { x5c, 'x5t#S256': Buffer.from(thumbprints['x5t#S256'], 'base64url').toString('hex').toUpperCase() },
      now,
      'Thumbprint (x5t#S256): thumbprint_hex',
    ],
  ])('are named where they are %s', async (_what, header, at, code) => {
    expect((await look(header, at)).codes).toContain(code)
  })

  it('are not there where none is listed', async () => {
    for (const listed of [[], 'text', undefined])
      expect(await look(listed === undefined ? {} : { x5c: listed })).toEqual({
        certificates: undefined,
        codes: [],
      })
    expect((await look({ x5c: Array.from({ length: 50 }, () => 'AAAA') })).certificates).toHaveLength(10)
  })
})
