import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { writePem } from '../../../../src/node/crypto/write-pem.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
const jwkOf = (key: KeyObject) => ({ ...key.export({ format: 'jwk' }) })

describe('a JWK is written as PEM', () => {
  it.each([
    ['spki', jwkOf(rsa.publicKey), rsa.publicKey.export({ type: 'spki', format: 'pem' })],
    ['spki', jwkOf(ec.publicKey), ec.publicKey.export({ type: 'spki', format: 'pem' })],
    ['pkcs1', jwkOf(rsa.publicKey), rsa.publicKey.export({ type: 'pkcs1', format: 'pem' })],
    ['pkcs8', jwkOf(rsa.privateKey), rsa.privateKey.export({ type: 'pkcs8', format: 'pem' })],
    ['pkcs8', jwkOf(ec.privateKey), ec.privateKey.export({ type: 'pkcs8', format: 'pem' })],
  ] as const)('as %s', (form, jwk, pem) => {
    expect(writePem(jwk, form)).toEqual({ ok: true, value: pem })
  })
  it.each([
    ['an EC key has no PKCS#1', 'pkcs1', jwkOf(ec.publicKey)],
    ['a public key has no PKCS#8', 'pkcs8', jwkOf(rsa.publicKey)],
    ['a shared secret has no SPKI', 'spki', { kty: 'oct', k: 'AAAA' }],
    ['a point off its curve', 'spki', { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' }],
  ] as const)('or refused: %s', (_why, form, jwk) => {
    expect(writePem(jwk, form)).toMatchObject({ ok: false, error: { code: 'key_form_unfit' } })
  })
})
