import { describe, expect, it } from 'vitest'
import { fail, ok, type Result } from '../../../../../src/core/contract/result.ts'
import {
  canDecrypt,
  canSign,
  readGivenKey,
  recipientsOf,
  signersOf,
  type GivenKey,
  type KeyInput,
  type ReadPem,
} from '../../../../../src/core/jwt/keys/given-key.ts'

type Key = Record<string, unknown>
const noPem: ReadPem = () => fail('key_unreadable', 'No PEM here.', '')
const read = (input: Partial<KeyInput>, readPem = noPem) => readGivenKey({ text: '', ...input }, readPem)
function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}
const code = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code)
const given = (key: unknown, algorithm?: string) =>
  read({ text: JSON.stringify(key), ...(algorithm !== undefined && { algorithm }) })

const hmac = ['HS256', 'HS384', 'HS512']
const rsaSignatures = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']
const rsaEncryption = ['RSA-OAEP-256', 'RSA-OAEP', 'RSA-OAEP-384', 'RSA-OAEP-512']
const agreement = ['ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A192KW', 'ECDH-ES+A256KW']
const passwords = ['PBES2-HS256+A128KW', 'PBES2-HS384+A192KW', 'PBES2-HS512+A256KW']
const rsa: Key = { kty: 'RSA', n: 'AQAB', e: 'AQAB' }
const p256: Key = { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }
const ed: Key = { kty: 'OKP', crv: 'Ed25519', x: 'AA' }

describe('a curve', () => {
  it.each([
    [{ kty: 'OKP', crv: 'P-256', x: 'AA', y: 'AA' }],
    [{ kty: 'EC', crv: 'Ed25519', x: 'AA' }],
    [{ kty: 'EC', crv: 'X25519', x: 'AA' }],
    [{ kty: 'OKP', crv: 'secp256k1', x: 'AA', y: 'AA' }],
    [{ kty: 'RSAX', crv: 'P-256', x: 'AA', y: 'AA' }],
  ])('of another type of key fits no algorithm: %j', (key) => {
    expect(code(given(key))).toBe('key_no_algorithm')
  })
})

describe('the key of a holder', () => {
  const part = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64url')
  const claims = { iss: 'a', cnf: { jwk: { ...p256, kid: 'k' } } }
  const jwt = `${part({ alg: 'ES256' })}.${part(claims)}.AAAA`
  it.each([
    ['claims', JSON.stringify(claims)],
    ['a token', jwt],
    ['an SD-JWT', ` ${jwt}~WyJh~`],
  ])('is taken from %s', (_what, text) => {
    const key = value(read({ text }))
    expect(key.keys).toEqual({ keys: [p256] })
    expect(key.says).toBe('the key given (cnf of the token given, whose own signature was not checked)')
    expect(key.algorithms).toEqual(['ES256'])
  })
  it('is not looked for where a secret is written otherwise, or there is none', () => {
    expect(value(read({ text: `${part({ alg: 'ES256' })}.${part({ cnf: {} })}.AAAA` })).from).toBe('secret')
    expect(code(given({ cnf: { jkt: 'x' } }))).toBe('key_unreadable')
  })
})

describe('a shared secret', () => {
  const bytes = (input: Partial<KeyInput>) => value(read(input)).secret
  it('as text counts exactly, blanks too', () => {
    expect(bytes({ text: ' ä ' })).toEqual(new TextEncoder().encode(' ä '))
    expect(bytes({ text: 'ab', encoding: 'text' })).toEqual(Uint8Array.of(97, 98))
  })
  it.each([
    ['hex', ' fF00 ', [255, 0]],
    ['base64', '-', undefined],
    ['base64', '_w', undefined],
    ['base64', '+/8=', [251, 255]],
    ['base64', '+//+', [251, 255, 254]],
    ['base64', 'AA==', [0]],
    ['base64', 'AA', [0]],
    ['base64', 'A', undefined],
    ['base64', '=AA', undefined],
    ['base64', 'AA===', undefined],
    ['base64url', '-_8', [251, 255]],
    ['base64url', '-_8=', [251, 255]],
    ['base64url', 'AA==', [0]],
    ['base64url', '+/8', undefined],
    ['base64url', '=AA', undefined],
    ['hex', 'f', undefined],
    ['hex', 'fff', undefined],
    ['hex', 'fg', undefined],
    ['hex', 'xff', undefined],
    ['hex', 'ffx', undefined],
  ] as const)('in %s, %j, is %j', (encoding, text, expected) => {
    const secret = read({ text, encoding })
    if (expected) expect(value(secret).secret).toEqual(Uint8Array.from(expected))
    else expect(code(secret)).toBe('secret_unreadable')
  })
  it('fits HMAC, passwords, and what its length is made for', () => {
    expect(value(read({ text: 'x' }))).toMatchObject({
      from: 'secret',
      says: 'a shared secret of 1 byte',
      algorithms: hmac,
      accepted: hmac,
      encryption: passwords,
      assumed: false,
    })
    expect(value(read({ text: 'x'.repeat(16) }))).toMatchObject({
      says: 'a shared secret of 16 bytes',
      encryption: ['dir', 'A128KW', 'A128GCMKW', ...passwords],
    })
  })
  it('is pinned to an algorithm that it fits', () => {
    expect(value(read({ text: 'x', algorithm: 'HS384' }))).toMatchObject({
      algorithms: ['HS384'],
      accepted: ['HS384'],
      encryption: [],
    })
    expect(value(read({ text: 'x', algorithm: passwords[0] }))).toMatchObject({
      algorithms: [],
      encryption: [passwords[0]],
    })
    expect(code(read({ text: 'x', algorithm: 'RS256' }))).toBe('key_no_algorithm')
    expect(read({ text: 'x', algorithm: 'A128KW' })).toMatchObject({
      error: { code: 'key_no_algorithm', next: `Choose one of ${[...hmac, ...passwords].join(', ')}.` },
    })
  })
  it('is not empty, and not longer than a key', () => {
    expect(code(read({ text: '' }))).toBe('key_missing')
    expect(code(read({ text: ' \n' }))).toBe('key_missing')
    expect(code(read({ text: 'x'.repeat(262_144) }))).toBe('ok')
    expect(code(read({ text: 'x'.repeat(262_145) }))).toBe('key_unreadable')
  })
  it('may begin like JSON in another encoding, not as text', () => {
    expect(code(read({ text: '{"a":1}' }))).toBe('key_unreadable')
    expect(code(read({ text: '{"a":1}', encoding: 'hex' }))).toBe('secret_unreadable')
    expect(code(read({ text: '{"a":' }))).toBe('ok')
    expect(code(read({ text: '["keys"]' }))).toBe('ok')
  })
})

describe('a symmetric JWK', () => {
  it('is a shared secret, reserved by its alg', () => {
    expect(value(given({ kty: 'oct', k: 'AQI' }))).toMatchObject({
      from: 'jwk',
      secret: Uint8Array.of(1, 2),
      algorithms: hmac,
    })
    expect(value(given({ kty: 'oct', k: 'AQI', alg: 'HS512' })).algorithms).toEqual(['HS512'])
    expect(value(given({ kty: 'oct', k: 'AQI', alg: 'HS512' }, 'HS256')).algorithms).toEqual(['HS256'])
    expect(value(given({ keys: [{ kty: 'oct', k: 'AQI' }] })).secret).toEqual(Uint8Array.of(1, 2))
  })
  it('needs bytes', () => {
    expect(code(given({ kty: 'oct' }))).toBe('key_missing')
    expect(code(given({ kty: 'oct', k: '*' }))).toBe('secret_unreadable')
  })
})

describe('PEM', () => {
  it('is read by the port, without what is around it', () => {
    const seen: string[] = []
    const readPem: ReadPem = (pem) => {
      seen.push(pem)
      return ok({ jwk: p256, from: 'public key' })
    }
    expect(value(read({ text: '\n-----BEGIN X-----\n ' }, readPem))).toMatchObject({
      from: 'pem',
      says: 'the key given (public key)',
      algorithms: ['ES256'],
    })
    expect(seen).toEqual(['-----BEGIN X-----'])
  })
  it('that cannot be read tells why', () => {
    expect(read({ text: '-----BEGIN X-----' })).toMatchObject({
      error: { code: 'key_unreadable', message: 'No PEM here.' },
    })
  })
})

describe('what a key fits', () => {
  it.each<[Key, string[], string[]]>([
    [rsa, rsaSignatures, rsaEncryption],
    [{ ...rsa, alg: 'PS384' }, ['PS384'], []],
    [{ ...rsa, alg: 'RSA-OAEP' }, [], ['RSA-OAEP']],
    [{ ...rsa, use: 'sig' }, rsaSignatures, []],
    [p256, ['ES256'], agreement],
    [{ ...p256, crv: 'P-384' }, ['ES384'], agreement],
    [{ ...p256, crv: 'P-521' }, ['ES512'], agreement],
    [{ ...p256, crv: 'secp256k1' }, ['ES256K'], []],
    [ed, ['EdDSA', 'Ed25519'], []],
    [{ ...ed, alg: 'Ed25519' }, ['Ed25519'], []],
    [{ kty: 'OKP', crv: 'X25519', x: 'AA' }, [], agreement],
    [{ kty: 'AKP', alg: 'ML-DSA-65', pub: 'AA' }, ['ML-DSA-65'], []],
  ])('%j: %j, %j', (key, algorithms, encryption) => {
    expect(value(given(key))).toMatchObject({ from: 'jwk', algorithms, encryption })
  })
  it.each<Key>([
    { kty: 'AKP', pub: 'AA' },
    { kty: 'AKP', alg: 'ML-KEM-768', pub: 'AA' },
    { kty: 'EC', crv: 'constructor' },
    { kty: 'EC' },
    { ...p256, alg: 'ES384' },
    { kty: 'odd' },
  ])('%j fits nothing', (key) => {
    expect(code(given(key))).toBe('key_no_algorithm')
  })
  it('is pinned, to what fits alone', () => {
    expect(value(given(rsa, 'PS256'))).toMatchObject({
      algorithms: ['PS256'],
      accepted: ['PS256'],
      encryption: [],
      assumed: false,
    })
    expect(value(given(rsa, 'RSA-OAEP'))).toMatchObject({ algorithms: [], encryption: ['RSA-OAEP'] })
    expect(given(p256, 'RS256')).toMatchObject({
      error: { code: 'key_no_algorithm', next: `Choose one of ${['ES256', ...agreement].join(', ')}.` },
    })
  })
  it('is assumed where neither the key nor the user says', () => {
    expect(value(given(rsa))).toMatchObject({ assumed: true, accepted: ['RS256'] })
    expect(value(given({ ...rsa, alg: 'PS256' }))).toMatchObject({ assumed: false, accepted: ['PS256'] })
    expect(value(given(p256))).toMatchObject({ assumed: false, accepted: ['ES256'] })
    expect(value(given({ keys: [rsa, ed] }))).toMatchObject({
      assumed: true,
      accepted: ['RS256', 'EdDSA'],
    })
    expect(value(given({ keys: [{ ...rsa, alg: 'RS512' }, p256] }))).toMatchObject({
      assumed: true,
      accepted: ['RS512', 'ES256'],
    })
    expect(
      value(
        given({
          keys: [
            { ...rsa, alg: 'RS512' },
            { ...ed, alg: 'EdDSA' },
          ],
        }),
      ),
    ).toMatchObject({ assumed: false, accepted: ['RS512', 'EdDSA'] })
  })
})

describe('a key set', () => {
  it('is given whole, each algorithm once', () => {
    const keys = [
      { ...rsa, kid: 'a' },
      { ...rsa, kid: 'b' },
    ]
    expect(value(given({ keys }))).toMatchObject({
      from: 'jwks',
      says: 'one of the 2 keys given (JWK Set)',
      keys: { keys },
      algorithms: rsaSignatures,
      accepted: ['RS256'],
      encryption: rsaEncryption,
    })
  })
  it('of several is no shared secret, even where the first is one', () => {
    expect(value(given({ keys: [{ kty: 'oct', k: 'AQI' }, p256] }))).toMatchObject({
      from: 'jwks',
      algorithms: ['ES256'],
    })
  })
  it('of one key is that key, whatever it is called', () => {
    expect(value(given({ keys: [7, { ...rsa, kid: 'a' }] }))).toMatchObject({
      says: 'the key given (JWK Set)',
      keys: { keys: [rsa] },
    })
    expect(value(given({ ...rsa, kid: 'a' })).keys).toEqual({ keys: [rsa] })
  })
  it('holds a key, and is looked at as far as the first thousand', () => {
    expect(code(given({ keys: [] }))).toBe('key_unreadable')
    expect(code(given({ keys: [7] }))).toBe('key_unreadable')
    expect(code(given({ keys: [...Array(999).fill(7), rsa] }))).toBe('ok')
    expect(code(given({ keys: [...Array(1_000).fill(7), rsa] }))).toBe('key_unreadable')
    expect(code(given({ keys: {}, kty: 'RSA' }))).toBe('ok')
  })
})

describe('what a key can do', () => {
  const key = (...keys: Key[]): GivenKey => value(given({ keys }))
  const whole: Key = { ...p256, d: 'AA' }
  const able = (each: GivenKey) => [canSign(each), canDecrypt(each)]

  it('its public half cannot', () => {
    expect(able(key(p256))).toEqual([false, false])
    expect(able(key(whole))).toEqual([true, true])
    expect(able(value(read({ text: 'x' })))).toEqual([true, true])
  })
  it('is bound by what it is for', () => {
    expect(able(key({ ...whole, use: 'sig' }))).toEqual([true, false])
    expect(able(key({ ...whole, alg: 'ECDH-ES' }))).toEqual([false, true])
    expect(able(value(read({ text: 'x', algorithm: 'HS256' })))).toEqual([true, false])
    expect(able(value(read({ text: 'x', algorithm: passwords[0] })))).toEqual([false, true])
  })
  it('is done by the private key that fits, not the first', () => {
    const set = key(rsa, { ...ed, d: 'AA' }, { ...whole, kid: 'one' }, { ...whole, kid: 'two' })
    expect(signersOf(set)).toEqual([
      { alg: 'EdDSA', own: { ...ed, d: 'AA' } },
      { alg: 'Ed25519', own: { ...ed, d: 'AA' } },
      { alg: 'ES256', own: { ...whole, kid: 'one' } },
    ])
    expect(canSign(key(rsa, { kty: 'OKP', crv: 'X25519', x: 'AA', d: 'AA' }))).toBe(false)
  })
  it('is done to the key that is for encryption', () => {
    const set = key({ ...rsa, use: 'sig' }, { ...rsa, use: 'enc' }, ed)
    expect(recipientsOf(set).map(({ alg }) => alg)).toEqual(rsaEncryption)
    expect(recipientsOf(set)[0]?.own).toEqual({ ...rsa, use: 'enc' })
  })
  it('is done with the secret', () => {
    const secret = value(read({ text: 'x' }))
    expect(signersOf(secret)).toEqual(hmac.map((alg) => ({ alg, own: Uint8Array.of(120) })))
    expect(recipientsOf(secret)).toEqual(passwords.map((alg) => ({ alg, own: Uint8Array.of(120) })))
  })
})
