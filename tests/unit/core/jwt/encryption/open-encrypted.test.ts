import { CompactEncrypt, exportJWK, FlattenedEncrypt, generateKeyPair, GeneralEncrypt, importJWK } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { openEncrypted } from '../../../../../src/core/jwt/encryption/open-encrypted.ts'
import { readGivenKey, type GivenKey } from '../../../../../src/core/jwt/keys/given-key.ts'
import { publicJwk } from '../../../../../src/core/jwt/keys/jwk.ts'
import { readPem } from '../../../../../src/node/crypto/read-pem.ts'
import { encode } from '../sample.ts'

type Key = Record<string, unknown>
const plain = new TextEncoder().encode('inside')
const bytes = (length: number) => new Uint8Array(length).fill(9)
function given(key: Key | string, algorithm?: string): GivenKey {
  const text = typeof key === 'string' ? key : JSON.stringify(key)
  const encoding = typeof key === 'string' ? ({ encoding: 'hex' } as const) : {}
  const read = readGivenKey({ text, ...encoding, ...(algorithm !== undefined && { algorithm }) }, readPem)
  if (!read.ok) throw new Error(read.error.code)
  return read.value
}
const secret = (length: number, algorithm: string) => given('09'.repeat(length), algorithm)
const wrapping = secret(16, 'A128GCMKW')

async function open(text: string, key: GivenKey) {
  const opened = await openEncrypted(text, key)
  return opened.ok ? new TextDecoder().decode(opened.value.plain) : opened.error.code
}
async function why(text: string, key: GivenKey): Promise<string> {
  const opened = await openEncrypted(text, key)
  return opened.ok ? '' : opened.error.message
}
const compact = (header: Key, key: Uint8Array | Parameters<CompactEncrypt['encrypt']>[0] = bytes(16)) =>
  new CompactEncrypt(plain).setProtectedHeader({ alg: 'A128GCMKW', enc: 'A128GCM', ...header }).encrypt(key)
/** A token with a header that no library would write. */
const typed = (header: Key) => `${encode(header)}.AAAA.AAAA.AAAA.AAAA`

let rsa: Key[]
beforeAll(async () => {
  const pairs = await Promise.all([1, 2].map(() => generateKeyPair('RSA-OAEP', { extractable: true })))
  rsa = await Promise.all(pairs.map(({ privateKey }) => exportJWK(privateKey)))
})
const toRsa = async (header: Key = {}, key = rsa[0]) =>
  compact({ alg: 'RSA-OAEP', ...header }, await importJWK({ ...publicJwk(key ?? {}) }, 'RSA-OAEP'))

it('what was inside is told, with how it was', async () => {
  const text = await compact({ kid: 'one' })
  const opened = await openEncrypted(text, wrapping)
  expect(opened).toMatchObject({
    ok: true,
    value: {
      plain,
      header: { kid: 'one', alg: 'A128GCMKW' },
      alg: 'A128GCMKW',
      enc: 'A128GCM',
      isShared: true,
    },
  })
  expect(await openEncrypted(await toRsa(), given({ ...rsa[0] }))).toMatchObject({
    value: { isShared: false },
  })
})

describe('a token is refused before a key is used', () => {
  it.each<[string, Key]>([
    ['alg_unsupported', { alg: 'RSA1_5', enc: 'A128GCM' }],
    ['alg_unsupported', { alg: 'none', enc: 'A128GCM' }],
    ['alg_unsupported', { alg: 'constructor', enc: 'A128GCM' }],
    ['alg_unsupported', { enc: 'A128GCM' }],
    ['alg_unsupported', {}],
    ['alg_refused', { alg: 'A256GCMKW', enc: 'A128GCM' }],
    ['alg_refused', { alg: 'A128KW', enc: 'A128GCM' }],
    ['alg_refused', { alg: 'dir', enc: 'none' }],
    ['enc_unsupported', { alg: 'A128GCMKW', enc: 'none' }],
    ['enc_unsupported', { alg: 'A128GCMKW', enc: 'constructor' }],
    ['p2c_too_high', { alg: 'A128GCMKW', enc: 'A128GCM', p2c: 1_000_001 }],
    ['p2c_too_high', { alg: 'A128GCMKW', enc: 'A128GCM', p2c: '7' }],
    ['p2c_too_high', { alg: 'A128GCMKW', enc: 'A128GCM', p2c: null }],
    ['jwe_unreadable', { alg: 'A128GCMKW', enc: 'A128GCM', p2c: 1_000_000 }],
    ['jwe_unreadable', { alg: 'A128GCMKW' }],
  ])('%s: %j', async (code, header) => {
    expect(await open(typed(header), wrapping)).toBe(code)
  })
  it('where the key cannot decrypt', async () => {
    const text = await toRsa()
    expect(await open(text, given({ ...publicJwk(rsa[0] ?? {}) }))).toBe('key_cannot_decrypt')
    expect(await why(text, given({ ...publicJwk(rsa[0] ?? {}) }))).toContain('public key')
    expect(await open(text, given({ ...rsa[0], use: 'sig' }))).toBe('key_cannot_decrypt')
    expect(await why(text, given({ ...rsa[0], use: 'sig' }))).toContain('not for encryption')
  })
  it('and says of a long name its begin', async () => {
    expect(await why(typed({ alg: 'x'.repeat(50) }), wrapping)).toMatch(/^x{40} is not/)
    expect(await why(typed({ alg: 'A128GCMKW', enc: 'x'.repeat(50) }), wrapping)).toMatch(/^x{40} is not/)
    expect(await why(typed({}), wrapping)).toMatch(/no algorithm/)
    const p2c = ['x'.repeat(50)]
    expect(await why(typed({ alg: 'A128GCMKW', enc: 'A128GCM', p2c }), wrapping)).toMatch(
      /for \["x{38} rounds/,
    )
  })
})

describe('a token that is damaged', () => {
  it.each(['{"ciphertext":', '{}', ' {"a":1}'])('is told as such: %s', async (text) => {
    expect(await open(text, wrapping)).toBe(text === '{"ciphertext":' ? 'jwe_unreadable' : 'alg_unsupported')
  })
  it('in its parts', async () => {
    const text = await compact({})
    expect(await open(text.replace(/\.[^.]+$/, ''), wrapping)).toBe('jwe_unreadable')
    expect(await open(text.replace(/[^.]+$/, 'AAAAAAAAAAAAAAAAAAAAAA'), wrapping)).toBe('decryption_failed')
    expect(await why(text.replace(/[^.]+$/, 'AAAAAAAAAAAAAAAAAAAAAA'), wrapping)).toContain('altered')
    expect(await open('*.a.b.c.d', wrapping)).toBe('alg_unsupported')
    expect(await open('AAAA.a.b.c.d', wrapping)).toBe('alg_unsupported')
  })
  it('or that unpacks to more than a megabyte, is not unpacked', async () => {
    const packed = (size: number) =>
      new CompactEncrypt(new Uint8Array(size))
        .setProtectedHeader({ alg: 'A128GCMKW', enc: 'A128GCM', zip: 'DEF' })
        .encrypt(bytes(16))
    expect(await open(await packed(1_048_576), wrapping)).toHaveLength(1_048_576)
    expect(await open(await packed(1_048_577), wrapping)).toBe('jwe_unreadable')
  })
  it('or demands what is not understood, is not opened', async () => {
    const text = await new CompactEncrypt(plain)
      .setProtectedHeader({ alg: 'A128GCMKW', enc: 'A128GCM', crit: ['x'], x: 1 })
      .encrypt(bytes(16), { crit: { x: true } })
    expect(await open(text, wrapping)).toBe('alg_unsupported')
  })
})

describe('of several keys', () => {
  it('each is tried', async () => {
    const text = await toRsa({}, rsa[1])
    expect(await open(text, given({ keys: rsa }))).toBe('inside')
    expect(await open(text, given({ keys: [...rsa].reverse() }))).toBe('inside')
    expect(await open(text, given({ keys: [rsa[0], rsa[0]] }))).toBe('decryption_failed')
  })
  it('twenty are, those of its name first', async () => {
    const text = await toRsa({ kid: 'right' }, rsa[1])
    const wrong = Array<Key>(20).fill({ ...rsa[0], kid: 'wrong' })
    const right = { ...rsa[1], kid: 'right' }
    expect(await open(text, given({ keys: [...wrong, right] }))).toBe('inside')
    expect(await open(await toRsa({}, rsa[1]), given({ keys: [...wrong, right] }))).toBe('decryption_failed')
    expect(await open(await toRsa({}, rsa[1]), given({ keys: [...wrong.slice(1), right] }))).toBe('inside')
  })
  it('public ones and those that cannot be read are passed over', async () => {
    const text = await toRsa()
    const broken = { kty: 'RSA', n: '*', e: 'AQAB', d: '*' }
    expect(await open(text, given({ keys: [publicJwk(rsa[0] ?? {}), 7, null, broken, rsa[0]] }))).toBe(
      'inside',
    )
    expect(await open(text, given({ keys: [broken, broken] }))).toBe('decryption_failed')
    expect(await why(text, given({ keys: [broken, broken] }))).toContain('does not fit its algorithm')
    expect(await why(text, given({ keys: [rsa[1], broken] }))).not.toContain('does not fit its algorithm')
  })
  it('what it is meant for does not hinder one', async () => {
    const key = { ...rsa[0], use: 'enc', key_ops: ['verify'], alg: 'RSA-OAEP' }
    expect(await open(await toRsa(), given(key))).toBe('inside')
  })
  it('one that is too short is told apart', async () => {
    const pair = await crypto.subtle.generateKey(
      { name: 'RSA-OAEP', modulusLength: 1024, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-1' },
      true,
      ['encrypt', 'decrypt'],
    )
    const {
      key_ops: _operations,
      ext: _extractable,
      ...jwk
    } = await crypto.subtle.exportKey('jwk', pair.privateKey)
    const told = await why(await toRsa(), given({ ...jwk, alg: 'RSA-OAEP' }))
    expect(told).toContain('does not fit its algorithm')
    expect(await why(await toRsa(), given({ ...rsa[1] }))).not.toContain('does not fit its algorithm')
  })
})

describe('in JSON form', () => {
  const header = { alg: 'A128GCMKW', enc: 'A128GCM' }
  it('flattened is opened, with blanks before it', async () => {
    const json = await new FlattenedEncrypt(plain).setProtectedHeader(header).encrypt(bytes(16))
    expect(await open(` \n${JSON.stringify(json)}`, wrapping)).toBe('inside')
    expect(await open(JSON.stringify({ ...json, tag: 'AAAAAAAAAAAAAAAAAAAAAA' }), wrapping)).toBe(
      'decryption_failed',
    )
  })
  it.each([
    ['unprotected', (text: Uint8Array) => new FlattenedEncrypt(text).setSharedUnprotectedHeader(header)],
    ['header', (text: Uint8Array) => new FlattenedEncrypt(text).setUnprotectedHeader(header)],
  ])('algorithms may be in %s alone', async (_where, made) => {
    const json = await made(plain).encrypt(bytes(16))
    const opened = await openEncrypted(JSON.stringify(json), wrapping)
    expect(opened).toMatchObject({ value: { plain, alg: 'A128GCMKW', enc: 'A128GCM' } })
    expect(opened.ok && Object.keys(opened.value.header).toSorted()).toEqual(['iv', 'tag'])
  })
  it('general is opened by the recipient whom the key is for', async () => {
    const general = await new GeneralEncrypt(plain)
      .setProtectedHeader({ enc: 'A128GCM' })
      .addRecipient(bytes(32))
      .setUnprotectedHeader({ alg: 'A256GCMKW' })
      .addRecipient(bytes(16))
      .setUnprotectedHeader({ alg: 'A128GCMKW' })
      .encrypt()
    const text = JSON.stringify(general)
    expect(await open(text, wrapping)).toBe('inside')
    expect(await open(text, secret(32, 'A256GCMKW'))).toBe('inside')
    expect(await open(text, secret(24, 'A192GCMKW'))).toBe('alg_refused')
    expect(await why(text, secret(24, 'A192GCMKW'))).toContain('encrypted with A256GCMKW')
  })
  it('twenty recipients are looked at', async () => {
    const other = { header: { alg: 'A256GCMKW' } }
    const own = { header: { alg: 'A128GCMKW' } }
    const text = (count: number) =>
      JSON.stringify({
        protected: encode({ enc: 'A128GCM' }),
        recipients: [7, null, ...Array(count - 2).fill(other), own],
      })
    expect(await open(text(19), wrapping)).not.toBe('alg_refused')
    expect(await open(text(20), wrapping)).toBe('alg_refused')
  })
  it('nothing is made of members of another type', async () => {
    for (const json of [{ recipients: 'x' }, { unprotected: 'x', header: [] }, { protected: 7 }])
      expect(await open(JSON.stringify(json), wrapping)).toBe('alg_unsupported')
  })
})
