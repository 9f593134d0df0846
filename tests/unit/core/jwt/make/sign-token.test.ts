import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { tokenForms } from '../../../../../src/core/contract/tables/token-forms.ts'
import { readGivenKey, type GivenKey } from '../../../../../src/core/jwt/keys/given-key.ts'
import { encryptBytes } from '../../../../../src/core/jwt/make/encrypt-token.ts'
import { readySigner, signBytes, unfit } from '../../../../../src/core/jwt/make/sign-token.ts'
import { readPem } from '../../../../../src/node/crypto/read-pem.ts'

type Key = Record<string, unknown>
function privateJwk({ privateKey }: ReturnType<typeof generateKeyPairSync>): Key {
  return { ...privateKey.export({ format: 'jwk' }) }
}
const ec = privateJwk(generateKeyPairSync('ec', { namedCurve: 'P-256' }))
const rsa = privateJwk(generateKeyPairSync('rsa', { modulusLength: 2048 }))
const short = privateJwk(generateKeyPairSync('rsa', { modulusLength: 1024 }))
const open = ({ d: _d, ...key }: Key): Key => key
const publicRsa = (key: Key): Key => ({ kty: 'RSA', n: key['n'], e: key['e'] })

function given(key: Key | Key[], algorithm?: string): GivenKey {
  const text = JSON.stringify(Array.isArray(key) ? { keys: key } : key)
  const read = readGivenKey({ text, ...(algorithm !== undefined && { algorithm }) }, readPem)
  if (!read.ok) throw new Error(read.error.code)
  return read.value
}
async function ready(header: Key, key: GivenKey, pinned?: string) {
  const signer = await readySigner(header, key, pinned)
  return signer.ok ? signer.value : signer.error
}

describe('a signer', () => {
  it('is the key that the header asks for, or the first', async () => {
    const set = given([rsa, ec])
    expect(await ready({ alg: 'ES256' }, set)).toMatchObject({ alg: 'ES256', own: ec })
    expect(await ready({ alg: 'PS512' }, set)).toMatchObject({ alg: 'PS512', own: rsa })
    expect(await ready({}, set)).toMatchObject({ alg: 'RS256', own: rsa })
    expect(await ready({}, given([publicRsa(rsa), ec]))).toMatchObject({ alg: 'ES256', own: ec })
  })
  it('does not sign by an algorithm that is not its own, unless the user chose another', async () => {
    expect(await ready({ alg: 'RS256' }, given(ec))).toMatchObject({ code: 'key_unfit' })
    expect(await ready({ alg: 'RS256' }, given([publicRsa(rsa), ec]))).toMatchObject({
      code: 'key_unfit',
      next: 'Use one of ES256, or enter another key.',
    })
    expect(await ready({ alg: 'RS256' }, given(ec), 'ES256')).toMatchObject({ alg: 'ES256' })
    expect(await ready({ alg: 7 }, given(ec))).toMatchObject({ alg: 'ES256' })
  })
  it('puts its public half into the header where that is asked for', async () => {
    expect(await ready({ jwk: 'public key', typ: 'x' }, given(ec))).toMatchObject({
      header: { jwk: open(ec), typ: 'x', alg: 'ES256' },
    })
    expect(await ready({ jwk: 'public' }, given(ec))).toMatchObject({ header: { jwk: 'public' } })
    const secret = given({ kty: 'oct', k: 'AQI' })
    expect(await ready({ jwk: 'public key' }, secret)).toMatchObject({ header: { jwk: 'public key' } })
  })
  it('has a private part, and is not for encryption', async () => {
    const why = async (key: GivenKey) => await ready({}, key)
    expect(await why(given(open(ec)))).toMatchObject({
      code: 'key_cannot_sign',
      message: expect.stringMatching(/public key/),
    })
    expect(await why(given(rsa, 'RSA-OAEP'))).toMatchObject({
      code: 'key_cannot_sign',
      message: expect.stringMatching(/for encryption/),
    })
  })
  it('that cannot be used is told by what is wrong with it', async () => {
    expect(await ready({}, given({ ...ec, x: ec['y'] }))).toMatchObject({
      code: 'key_unfit',
      message: 'This key cannot sign with ES256: its members do not form a key for its algorithm.',
    })
    expect(await ready({}, given({ ...rsa, n: undefined }))).toMatchObject({
      message: expect.stringMatching(/part of it is missing/),
    })
  })
  it.each(tokenForms)('that is too short is refused when it signs, in %s form', async (form) => {
    const signer = await readySigner({}, given(short), undefined)
    if (!signer.ok) throw new Error(signer.error.code)
    expect(await signBytes(new Uint8Array(1), signer.value, form)).toMatchObject({
      error: {
        code: 'key_unfit',
        message: 'This key cannot sign with RS256: it is too short for its algorithm.',
      },
    })
  })
})

it('a refusal names what the key was to do', () => {
  expect(unfit('encrypt', { alg: 'RSA-OAEP', own: short }, new TypeError())).toMatchObject({
    ok: false,
    error: {
      code: 'key_unfit',
      message: 'This key cannot encrypt with RSA-OAEP: it is too short for its algorithm.',
    },
  })
})

describe('what is encrypted to', () => {
  const encrypt = (key: GivenKey, form: (typeof tokenForms)[number] = 'compact') =>
    encryptBytes(new Uint8Array(1), {}, { key, enc: 'A128GCM' }, form)
  const header = (text: string): unknown =>
    JSON.parse(Buffer.from(text.split('.')[0] ?? '', 'base64url').toString())

  it('is the key of a set that is for encryption', async () => {
    const made = await encrypt(given([{ ...ec, use: 'sig' }, publicRsa(rsa)]))
    expect(made.ok && header(made.value)).toMatchObject({ alg: 'RSA-OAEP-256' })
  })
  it.each(tokenForms)('is not a key that is too short, in %s form', async (form) => {
    expect(await encrypt(given(publicRsa(short)), form)).toMatchObject({
      error: {
        code: 'key_unfit',
        message: expect.stringMatching(/^This key cannot encrypt with RSA-OAEP-256: it is too short/),
      },
    })
  })
  it('is not a key with a part missing', async () => {
    expect(await encrypt(given({ ...open(ec), y: undefined }))).toMatchObject({
      error: { code: 'key_unfit', message: expect.stringMatching(/a part of it is missing/) },
    })
  })
  it('is not a key for signatures', async () => {
    expect(await encrypt(given({ ...ec, use: 'sig' }))).toMatchObject({
      error: { code: 'key_cannot_encrypt', message: expect.stringMatching(/not for encryption/) },
    })
  })
  it.each(tokenForms)('by a password, takes ten thousand rounds, in %s form', async (form) => {
    const read = readGivenKey({ text: 'password', algorithm: 'PBES2-HS256+A128KW' }, readPem)
    if (!read.ok) throw new Error(read.error.code)
    const made = await encrypt(read.value, form)
    if (!made.ok) throw new Error(made.error.code)
    const text = form === 'compact' ? JSON.stringify(header(made.value)) : made.value
    const part = /"protected": "([^"]*)"/.exec(text)?.[1] ?? ''
    expect(text + Buffer.from(part, 'base64url').toString()).toMatch(/"p2c": ?10000\b/)
  })
})
