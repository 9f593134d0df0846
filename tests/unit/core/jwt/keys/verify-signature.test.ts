import { beforeAll, describe, expect, it } from 'vitest'
import { SignJWT } from 'jose'
import { checkSignature } from '../../../../../src/core/jwt/checks/check-signature.ts'
import { readCompactJws } from '../../../../../src/core/jwt/text/compact.ts'
import type { DecodedJwt } from '../../../../../src/core/jwt/text/decode.ts'
import { verifySignature } from '../../../../../src/core/jwt/keys/verify-signature.ts'
import type { SignatureKeys, SignatureOutcome } from '../../../../../src/core/jwt/keys/verify-signature.ts'
import { makeSigner, unsigned } from '../sample.ts'
import type { Signer } from '../sample.ts'

let signer: Signer
let other: Signer
let rsa: Signer
let token: DecodedJwt

beforeAll(async () => {
  ;[signer, other, rsa] = await Promise.all([
    makeSigner(),
    makeSigner('ES256', 'two'),
    makeSigner('RS256', 'rsa'),
  ])
  token = await signer.sign({ sub: 'a' })
})

const verify = (text: string, given: SignatureKeys): Promise<SignatureOutcome> => {
  const jws = readCompactJws(text)
  if (!jws.ok) throw new Error('not a JWS')
  return verifySignature(jws.value, given)
}
const withKeys = (...keys: unknown[]): SignatureKeys => ({ keys: { keys } })

describe('verifySignature', () => {
  it('picks the key by its name', async () => {
    expect(await verify(token.text, withKeys(other.jwk, rsa.jwk, signer.jwk))).toMatchObject({
      state: 'valid',
      kid: 'one',
      tried: 1,
    })
  })

  it('tries all keys of the same name, and all that fit where the token names none', async () => {
    expect(await verify(token.text, withKeys({ ...other.jwk, kid: 'one' }, signer.jwk))).toMatchObject({
      state: 'valid',
      tried: 2,
    })
    const nameless = await signer.sign({ sub: 'a' }, { kid: undefined })
    expect(await verify(nameless.text, withKeys(other.jwk, rsa.jwk, signer.jwk))).toMatchObject({
      state: 'valid',
      tried: 2,
    })
    expect(await verify(nameless.text, withKeys(other.jwk, other.jwk))).toMatchObject({
      code: 'signature_wrong',
      message: expect.stringContaining('2 keys'),
    })
  })

  it('falls back on keys without a name', async () => {
    expect(await verify(token.text, withKeys(other.jwk, { ...signer.jwk, kid: undefined }))).toMatchObject({
      state: 'valid',
    })
  })

  it.each<[string, (jwk: Record<string, unknown>) => unknown, string]>([
    ['another type', (jwk) => ({ ...jwk, kty: 'RSA' }), 'key_unfit'],
    ['another curve', (jwk) => ({ ...jwk, crv: 'P-384' }), 'key_unfit'],
    ['for encryption', (jwk) => ({ ...jwk, use: 'enc' }), 'key_unfit'],
    ['for other operations', (jwk) => ({ ...jwk, key_ops: ['encrypt'] }), 'key_unfit'],
    ['with operations twice', (jwk) => ({ ...jwk, key_ops: ['verify', 'verify'] }), 'key_unfit'],
    ['for another algorithm', (jwk) => ({ ...jwk, alg: 'ES384' }), 'key_unfit'],
    ['without a coordinate', (jwk) => ({ ...jwk, y: undefined }), 'key_unfit'],
    ['off the curve', (jwk) => ({ ...jwk, y: jwk.x }), 'key_unusable'],
  ])('refuses a key %s', async (_what, change, code) => {
    expect(await verify(token.text, withKeys(change(signer.jwk)))).toMatchObject({ state: 'invalid', code })
  })

  it('tells an unknown name and an empty set apart from a wrong signature', async () => {
    expect(await verify(token.text, withKeys(other.jwk))).toMatchObject({
      state: 'not-checked',
      code: 'kid_unknown',
    })
    expect(await verify(token.text, withKeys())).toMatchObject({ state: 'not-checked', code: 'no_keys' })
    expect(await verify(token.text, withKeys(null, 5, 'x', []))).toMatchObject({
      state: 'not-checked',
      code: 'no_keys',
    })
    expect(await verify(token.text, withKeys({ ...other.jwk, kid: 'one' }))).toMatchObject({
      state: 'invalid',
      code: 'signature_wrong',
    })
  })

  it('verifies with a published private key without tripping, and tells', async () => {
    const checks = await checkSignature(token, withKeys(signer.privateJwk))
    expect(checks).toMatchObject([
      { id: 'signature', state: 'valid' },
      { id: 'key-exposed', state: 'notice', code: 'key_exposed' },
    ])
  })

  it('is not fooled by a token that names its own key', async () => {
    const forged = await other.sign({ sub: 'a' }, { kid: 'one', jwk: other.jwk })
    expect(await verify(forged.text, { keys: signer.keys })).toMatchObject({
      state: 'invalid',
      code: 'signature_wrong',
    })
  })

  it('never takes a public key for a shared secret', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(rsa.jwk))
    const text = await new SignJWT({}).setProtectedHeader({ alg: 'HS256', kid: 'rsa' }).sign(bytes)
    expect(await verify(text, { keys: rsa.keys })).toMatchObject({
      state: 'not-checked',
      code: 'secret_needed',
    })
    const set = withKeys({ kty: 'oct', kid: 'rsa', k: Buffer.from(bytes).toString('base64url') })
    expect(await verify(text, set)).toMatchObject({ state: 'not-checked', code: 'secret_needed' })
  })

  it.each([
    [{ alg: 'none' }, 'alg_none'],
    [{ alg: 'NONE' }, 'alg_none'],
    [{ alg: 'RS1' }, 'alg_unknown'],
    [{}, 'alg_missing'],
    [{ alg: 'ES256', crit: ['exp'] }, 'crit_unknown'],
    [{ alg: 'ES256', crit: 'b64' }, 'crit_unknown'],
    [{ alg: 'ES256', b64: false }, 'b64_false'],
  ])('refuses the header %j', async (header, code) => {
    expect(await verify(unsigned({}, header), { keys: signer.keys })).toMatchObject({
      state: 'invalid',
      code,
    })
  })

  it('says which algorithms it cannot verify, and refuses those not accepted', async () => {
    expect(await verify(unsigned({}, { alg: 'ES256K' }), { keys: signer.keys })).toMatchObject({
      state: 'not-checked',
      code: 'alg_unsupported',
    })
    expect(await verify(token.text, { keys: signer.keys, algorithms: ['RS256'] })).toMatchObject({
      state: 'invalid',
      code: 'alg_refused',
    })
  })
})

describe('a key whose numbers are in plain base64 or padded', () => {
  const respell = (jwk: Record<string, unknown>, write: (bytes: Buffer) => string) =>
    Object.fromEntries(
      Object.entries(jwk).map(([name, value]) => [
        name,
        ['n', 'e', 'x', 'y'].includes(name) ? write(Buffer.from(String(value), 'base64url')) : value,
      ]),
    )
  const plain = (bytes: Buffer) => bytes.toString('base64')
  const padded = (bytes: Buffer) => plain(bytes).replaceAll('+', '-').replaceAll('/', '_')

  it.each<[string, () => Signer, (bytes: Buffer) => string]>([
    ['RSA, plain', () => rsa, plain],
    ['RSA, padded', () => rsa, padded],
    ['EC, plain', () => signer, plain],
  ])('verifies all the same, with a remark: %s', async (_what, made, write) => {
    const { text } = await made().sign({ sub: 'a' })
    const keys = withKeys(respell({ ...made().jwk }, write))
    expect(await verify(text, keys)).toMatchObject({ state: 'valid', respelled: true })
    const checks = await checkSignature({ text }, keys)
    expect(checks.map(({ id, state }) => [id, state])).toEqual([
      ['signature', 'valid'],
      ['key-spelling', 'notice'],
    ])
    const forged = await made().sign({ sub: 'b' })
    const swapped = [...forged.text.split('.').slice(0, 2), text.split('.')[2]].join('.')
    expect(await verify(swapped, keys)).toMatchObject({ state: 'invalid', code: 'signature_wrong' })
  })

  it('is no key where it is neither', async () => {
    const { text } = await rsa.sign({ sub: 'a' })
    const keys = withKeys({ ...rsa.jwk, n: 'a+b_c?' })
    expect(await verify(text, keys)).toMatchObject({ state: 'invalid', code: 'key_unusable' })
  })

  it('is not remarked on where it is as it has to be', async () => {
    const { text } = await rsa.sign({ sub: 'a' })
    expect(await checkSignature({ text }, withKeys(rsa.jwk))).toHaveLength(1)
  })
})
