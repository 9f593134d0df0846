import { describe, expect, it } from 'vitest'
import { jwsAlgorithm } from '../../../../../src/core/jwt/keys/algorithms.ts'
import { hasPrivateMembers, publicJwk } from '../../../../../src/core/jwt/keys/jwk.ts'
import { selectKeys } from '../../../../../src/core/jwt/keys/select-key.ts'

const ec = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }
const rsa = { kty: 'RSA', n: 'n', e: 'e' }
const okp = { kty: 'OKP', crv: 'Ed25519', x: 'x' }
const select = (keys: unknown[], header: Record<string, unknown> = {}, alg = 'ES256') => {
  const algorithm = jwsAlgorithm(alg)
  if (!algorithm) throw new Error(alg)
  return selectKeys({ keys }, header, alg, algorithm)
}
const said = (...input: Parameters<typeof select>) => {
  const selection = select(...input)
  return selection.ok
    ? selection.candidates.map(({ kid }) => kid ?? '(no name)').join(' ')
    : `${selection.code}: ${selection.message}`
}

describe('selectKeys', () => {
  const [a, b, nameless] = [{ ...ec, kid: 'a' }, { ...ec, kid: 'b' }, ec]
  it.each([
    ['the key of the name', [a, b, nameless], { kid: 'b' }, 'b'],
    ['all keys of the name', [a, b, a], { kid: 'a' }, 'a a'],
    ['keys without a name, where none has it', [a, nameless, nameless], { kid: 'c' }, '(no name) (no name)'],
    ['all keys, where the token has none', [a, b, nameless], {}, 'a b (no name)'],
    ['those that fit', [rsa, { ...a, use: 'enc' }, b], {}, 'b'],
    ['keys whose name is no text by that', [{ ...ec, kid: 7 }, a], { kid: 7 }, '(no name)'],
  ])('takes %s', (_what, keys, header, names) => {
    expect(said(keys, header)).toBe(names)
  })

  it.each<[string, unknown[], Record<string, unknown>, RegExp]>([
    ['no key', [], {}, /^no_keys: The issuer’s key set is empty\.$/],
    ['nothing that is a key', [null, 'x', []], {}, /^no_keys/],
    ['no key of the name', [a], { kid: 'c' }, /^kid_unknown: .* no key with the ID "c":/],
    ['none of an endless name', [a], { kid: 'c'.repeat(500) }, /no key with the ID "c{119}:/],
    [
      'an unfit key of the name',
      [{ ...rsa, kid: 'a' }, b],
      { kid: 'a' },
      /^key_unfit: The issuer’s key with that ID does not fit: it is of type RSA, ES256 needs EC\.$/,
    ],
    [
      'two unfit keys',
      [rsa, { ...ec, use: 'enc' }],
      {},
      /^key_unfit: None of the issuer's 2 keys fits ES256; of the first: it is of type RSA, ES256 needs EC\.$/,
    ],
    ['unfit keys without a name', [rsa], { kid: 'a' }, /^key_unfit: None of the issuer's 1 keys fits/],
  ])('finds %s', (_what, keys, header, sentence) => {
    expect(said(keys, header)).toMatch(sentence)
  })

  it.each<[string, object, string]>([
    ['no type', { ...ec, kty: undefined }, 'it is of type unknown, ES256 needs EC'],
    ['another curve', { ...ec, crv: 'P-384' }, 'its curve is P-384, ES256 needs P-256'],
    ['no curve', { ...ec, crv: 7 }, 'its curve is missing, ES256 needs P-256'],
    ['another use', { ...ec, use: 'enc' }, 'it is not meant for signatures (use)'],
    [
      'operations that are no list',
      { ...ec, key_ops: 'verify' },
      'its key_ops are not a list of different operations (RFC 7517 section 4.3)',
    ],
    [
      'an operation twice',
      { ...ec, key_ops: ['verify', 'verify'] },
      'its key_ops are not a list of different operations (RFC 7517 section 4.3)',
    ],
    ['other operations', { ...ec, key_ops: ['encrypt'] }, 'it is not meant for verifying (key_ops)'],
    ['no operation', { ...ec, key_ops: [] }, 'it is not meant for verifying (key_ops)'],
    [
      'signing without the private part',
      { ...ec, key_ops: ['sign'] },
      'it is not meant for verifying (key_ops)',
    ],
    ['another algorithm', { ...ec, alg: 'ES384' }, 'it is reserved for ES384'],
    ['an algorithm that is no text', { ...ec, alg: 7 }, 'it is reserved for something that is not a string'],
    ['a member less', { ...ec, y: undefined }, 'a member is missing'],
  ])('refuses a key with %s', (_what, key, reason) => {
    expect(said([key])).toBe(`key_unfit: None of the issuer's 1 keys fits ES256; of the first: ${reason}.`)
  })

  it.each<[string, object, string]>([
    ['its use', { ...ec, use: 'sig' }, 'ES256'],
    ['its operations', { ...ec, key_ops: ['verify', 'sign'] }, 'ES256'],
    ['signing, with the private part', { ...ec, key_ops: ['sign'], d: 'd' }, 'ES256'],
    ['its algorithm', { ...ec, alg: 'ES256' }, 'ES256'],
    ['the older name of its algorithm', { ...okp, alg: 'EdDSA' }, 'Ed25519'],
    ['the newer name of its algorithm', { ...okp, alg: 'Ed25519' }, 'EdDSA'],
    ['any algorithm of its type', rsa, 'PS512'],
  ])('takes a key by %s', (_what, key, alg) => {
    expect(said([key], {}, alg)).toBe('(no name)')
  })

  it.each([
    [{ ...okp, alg: 'ES256' }, 'EdDSA'],
    [{ ...ec, alg: 'EdDSA' }, 'ES256'],
    [{ ...rsa, alg: 'RS256' }, 'PS256'],
  ])('does not take %j for %s', (key, alg) => {
    expect(said([key], {}, alg)).toContain(`it is reserved for ${key.alg}`)
  })

  it('hands on public members alone, and tells of private ones', () => {
    const secret = { ...ec, kid: 'a', d: 'd', ext: true, key_ops: ['verify'] }
    expect(select([secret, { ...ec, kid: 'b' }])).toEqual({
      ok: true,
      candidates: [
        { jwk: ec, kid: 'a', exposed: true, reserved: false },
        { jwk: ec, kid: 'b', exposed: false, reserved: false },
      ],
    })
    const nameless = select([ec])
    expect(nameless.ok && nameless.candidates.map((each) => Object.keys(each))).toEqual([
      ['jwk', 'exposed', 'reserved'],
    ])
  })

  it('looks at a thousand keys and no further', () => {
    const many = (count: number) => [...Array.from({ length: count }, () => rsa), { ...ec, kid: 'last' }]
    expect(said(many(999))).toBe('last')
    expect(said(many(1_000))).toContain("None of the issuer's 1000 keys")
  })
})

describe('the public members of a key', () => {
  it.each([
    [{ ...rsa, d: 'd', alg: 'RS256' }, rsa],
    [{ ...ec, d: 'd' }, ec],
    [{ ...okp, y: 'y' }, okp],
    [
      { kty: 'AKP', alg: 'ML-DSA-44', pub: 'p', priv: 's' },
      { kty: 'AKP', alg: 'ML-DSA-44', pub: 'p' },
    ],
    [{ kty: 'oct', k: 'k' }, undefined],
    [{ kty: 'toString' }, undefined],
    [{ n: 'n', e: 'e' }, undefined],
    [{ kty: 'RSA', n: 'n' }, undefined],
    [{ kty: 'RSA', e: 'e' }, undefined],
    [{ ...rsa, n: 7 }, undefined],
    [{ kty: 'EC', x: 'x', y: 'y' }, undefined],
    [{ kty: 'EC', crv: 'P-256', y: 'y' }, undefined],
    [{ kty: 'EC', crv: 'P-256', x: 'x' }, undefined],
    [{ kty: 'OKP', x: 'x' }, undefined],
    [{ kty: 'OKP', crv: 'Ed25519' }, undefined],
    [{ kty: 'AKP', alg: 'ML-DSA-44' }, undefined],
    [{ kty: 'AKP', pub: 'p' }, undefined],
  ])('of %j', (key, expected) => {
    expect(publicJwk(key)).toEqual(expected)
  })

  it.each(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'])('do not include %s', (name) => {
    expect(hasPrivateMembers({ ...rsa, [name]: 'x' })).toBe(true)
    expect(hasPrivateMembers({ ...rsa, [name]: undefined })).toBe(false)
  })

  it('are all that a published key has', () => {
    for (const key of [rsa, ec, okp, { kty: 'AKP', alg: 'x', pub: 'x' }])
      expect(hasPrivateMembers(key)).toBe(false)
  })
})
