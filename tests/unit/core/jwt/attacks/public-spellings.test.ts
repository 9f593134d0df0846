import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fail } from '../../../../../src/core/contract/result.ts'
import { lineEnds, publicSpellings } from '../../../../../src/core/jwt/attacks/public-spellings.ts'
import type { WritePem } from '../../../../../src/core/jwt/keys/given-key.ts'
import { writePem } from '../../../../../src/node/crypto/write-pem.ts'

const jwkOf = (key: KeyObject) => ({ ...key.export({ format: 'jwk' }) })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const koblitz = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
const nothing: WritePem = () => fail('key_form_unfit', 'No.', '')
const json = JSON.stringify

function spellings(keys: unknown[], write: WritePem = writePem): [name: string, text: string][] {
  return publicSpellings({ keys }, write)
}
/** The first word or two of each name, without repetition: what is spelled, whatever its line ends. */
const kinds = (spelled: [string, string][]) => [
  ...new Set(spelled.map(([name]) => name.replace(/, with.*$/, ''))),
]

describe('the spellings of a public key', () => {
  it('of an RSA key are those that node:crypto writes', () => {
    const spelled = spellings([jwkOf(rsa.publicKey)])
    expect(kinds(spelled)).toEqual(['JWK as JSON', 'JWK Set as JSON', 'PEM, SPKI', 'PEM, PKCS#1'])
    expect(spelled).toContainEqual([
      'PEM, PKCS#1, with a line break',
      rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }),
    ])
    expect(spelled).toContainEqual([
      'PEM, SPKI, with a line break',
      rsa.publicKey.export({ type: 'spki', format: 'pem' }),
    ])
  })
  it('of an EC key are SPKI alone, on secp256k1 too', () => {
    const spelled = spellings([jwkOf(koblitz.publicKey)])
    expect(kinds(spelled)).toEqual(['JWK as JSON', 'JWK Set as JSON', 'PEM, SPKI'])
    expect(spelled).toContainEqual([
      'PEM, SPKI, with a line break',
      koblitz.publicKey.export({ type: 'spki', format: 'pem' }),
    ])
  })
  it('of a private key are those of its public half, and its own JSON', () => {
    const whole = jwkOf(rsa.privateKey)
    const texts = spellings([whole]).map(([, text]) => text)
    expect(texts).toContain(json(whole))
    expect(texts).toContain(json(jwkOf(rsa.publicKey)))
    expect(texts.filter((text) => text.includes('PRIVATE'))).toEqual([])
  })
  it('with a certificate are also the first of its chain, in lines of 64', () => {
    const chain = { ...jwkOf(koblitz.publicKey), x5c: [`${'A'.repeat(64)}${'B'.repeat(64)}C`, 'D'] }
    const spelled = spellings([chain]).filter(([name]) => name.startsWith('PEM, certificate'))
    expect(spelled).toHaveLength(6)
    expect(spelled[1]).toEqual([
      'PEM, certificate, without a line break',
      `-----BEGIN CERTIFICATE-----\n${'A'.repeat(64)}\n${'B'.repeat(64)}\nC\n-----END CERTIFICATE-----`,
    ])
  })
  it('with a certificate of whole lines end with one', () => {
    const chain = { kty: 'odd', x5c: ['A'.repeat(128)] }
    expect(spellings([chain]).map(([, text]) => text)).toContain(
      `-----BEGIN CERTIFICATE-----\n${'A'.repeat(64)}\n${'A'.repeat(64)}\n-----END CERTIFICATE-----`,
    )
  })
  it.each([
    ['text', 'AAAA'],
    ['numbers', [7]],
    ['an empty chain', []],
  ])('are without a certificate where x5c is %s', (_what, x5c) => {
    expect(kinds(spellings([{ ...jwkOf(koblitz.publicKey), x5c }]))).not.toContain('PEM, certificate')
  })
  it('are JSON alone where no PEM can be written', () => {
    const jwk = jwkOf(rsa.publicKey)
    expect(spellings([{ ...jwk, kid: 'one' }], nothing)).toEqual([
      ['JWK as JSON', json({ ...jwk, kid: 'one' })],
      ['JWK Set as JSON', json({ keys: [{ ...jwk, kid: 'one' }] })],
      ['JWK as JSON', json({ kty: 'RSA', n: jwk.n, e: jwk.e })],
      ['JWK Set as JSON', json({ keys: [{ kty: 'RSA', n: jwk.n, e: jwk.e }] })],
      ['JWK Set as JSON', json({ keys: [{ ...jwk, kid: 'one' }] })],
    ])
  })
  it('of a key of no known type are its JSON', () => {
    expect(spellings([{ kty: 'odd' }])).toEqual([
      ['JWK as JSON', '{"kty":"odd"}'],
      ['JWK Set as JSON', '{"keys":[{"kty":"odd"}]}'],
      ['JWK Set as JSON', '{"keys":[{"kty":"odd"}]}'],
    ])
  })
  it('are tried of the first three keys, and of the set as a whole', () => {
    const keys = [7, ...['a', 'b', 'c', 'd'].map((kid) => ({ kty: 'odd', kid }))]
    const texts = spellings(keys).map(([, text]) => text)
    expect(texts).toContain('{"kty":"odd","kid":"c"}')
    expect(texts).not.toContain('{"kty":"odd","kid":"d"}')
    expect(texts.at(-1)).toBe(json({ keys }))
  })
})

it('a text is tried with each line end, and with a space before it', () => {
  const expected = [
    ['k, with a line break', 'a\nb\n'],
    ['k, without a line break', 'a\nb'],
    ['k, with a leading space', ' a\nb'],
    ['k, with a leading space and a line break', ' a\nb\n'],
    ['k, with CR LF', 'a\r\nb\r\n'],
    ['k, with CR LF only inside', 'a\r\nb'],
  ]
  for (const text of ['a\nb', ' a\r\nb\r\n']) expect(lineEnds('k', text)).toEqual(expected)
})
