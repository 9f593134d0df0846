import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { SignJWT } from 'jose'
import { readCompactJws } from '../../../../../src/core/jwt/text/compact.ts'
import { verifySignature } from '../../../../../src/core/jwt/keys/verify-signature.ts'
import type { SignatureKeys } from '../../../../../src/core/jwt/keys/verify-signature.ts'
import { makeSigner, unsigned } from '../sample.ts'
import type { Signer } from '../sample.ts'

const secret = new TextEncoder().encode('a-client-secret-of-32-characters')
const weakRsa = { kty: 'RSA', n: 'AQAB', e: 'AQAB' }
let signer: Signer
let other: Signer
let token: string
let shared: string
beforeAll(async () => {
  ;[signer, other] = await Promise.all([makeSigner(), makeSigner('ES256', 'two')])
  token = (await signer.sign({}, { kid: undefined })).text
  shared = await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).sign(secret)
})

const verify = async (text: string, given: SignatureKeys) => {
  const jws = readCompactJws(text)
  if (!jws.ok) throw new Error('not a JWS')
  return verifySignature(jws.value, given)
}
const said = async (text: string, given: SignatureKeys) => {
  const outcome = await verify(text, given)
  return outcome.state === 'valid' ? 'valid' : `${outcome.state} ${outcome.code}: ${outcome.message}`
}
const keysOf = (...keys: unknown[]) => ({ keys: { keys } })
const header = (value: Record<string, unknown>) => unsigned({}, value)

describe('a header is refused before any key is looked at', () => {
  it.each<[Record<string, unknown>, string[] | undefined, RegExp]>([
    [{}, undefined, /^invalid alg_missing/],
    [{ alg: 7 }, undefined, /^invalid alg_missing/],
    [{ alg: 'None' }, ['None'], /^invalid alg_none/],
    [{ alg: 'ES384' }, ['ES256', 'RS256'], /^invalid alg_refused: Signed with ES384, .* ES256, RS256\.$/],
    [{ alg: 'XX256' }, undefined, /^invalid alg_unknown: XX256 is not/],
    [{ alg: 'X'.repeat(50) }, undefined, /^invalid alg_unknown: X{40} is not/],
    [{ alg: 'ES256', crit: ['a', 'b'] }, undefined, /^invalid crit_unknown: .* \(crit: a, b\)\.$/],
    [{ alg: 'ES256', crit: 'a' }, undefined, /^invalid crit_unknown: .* \(crit: no list\)\.$/],
    [{ alg: 'ES256', crit: null }, undefined, /^invalid crit_unknown/],
    [{ alg: 'ES256', b64: false }, undefined, /^invalid b64_false/],
    [{ alg: 'ES256', b64: true }, undefined, /^not-checked no_keys/],
    [{ alg: 'ES256' }, ['ES256'], /^not-checked no_keys: The issuer’s keys are not available\.$/],
    [{ alg: 'ES256' }, [], /^invalid alg_refused/],
  ])('%j, where %j are accepted', async (value, algorithms, sentence) => {
    expect(await said(header(value), { algorithms })).toMatch(sentence)
  })

  it.each(['ES256K', 'Ed448'])('and %s is not judged', async (alg) => {
    expect(await said(header({ alg }), signer)).toMatch(
      new RegExp(`^not-checked alg_unsupported: ${alg} \\(`),
    )
  })
})

describe('a shared secret', () => {
  it('is named in what is said', async () => {
    expect(await verify(shared, { secret })).toEqual({
      state: 'valid',
      alg: 'HS256',
      tried: 1,
      exposed: false,
    })
    const wrong = new Uint8Array(32)
    expect(await said(shared, { secret: wrong })).toMatch(
      /^invalid signature_wrong: The HS256 signature does not match the client secret:/,
    )
    expect(await said(shared, { secret: wrong, called: 'the secret given' })).toMatch(
      /match the secret given:/,
    )
  })

  it.each([undefined, new Uint8Array()])('is asked for where there is none', async (none) => {
    expect(await said(shared, { secret: none })).toMatch(/^not-checked secret_needed: HS256 uses/)
  })
})

describe('public keys', () => {
  it('tell which of them verified', async () => {
    expect(await verify(token, keysOf(other.jwk, signer.jwk))).toEqual({
      state: 'valid',
      alg: 'ES256',
      tried: 2,
      exposed: false,
      kid: 'one',
    })
    const nameless = await verify(token, keysOf({ ...signer.jwk, kid: undefined }))
    expect(Object.keys(nameless)).toEqual(['state', 'alg', 'tried', 'exposed'])
    expect(await verify(token, keysOf(signer.privateJwk))).toMatchObject({ exposed: true })
  })

  it('are counted where none of them verifies', async () => {
    const broken = { ...other.jwk, y: other.jwk.x }
    expect(await said(token, keysOf(other.jwk))).toMatch(
      /^invalid signature_wrong: .* match the issuer’s key:/,
    )
    expect(await said(token, keysOf(other.jwk, other.jwk))).toMatch(/match any of the 2 keys that fit:/)
    expect(await said(token, keysOf(broken, other.jwk))).toMatch(/match the issuer’s key:/)
    expect(await said(token, { ...keysOf(other.jwk), called: 'the key given' })).toMatch(
      /^invalid signature_wrong: The signature does not match the key given:/,
    )
  })

  it('that cannot be used are not said to be wrong', async () => {
    const broken = { ...other.jwk, y: other.jwk.x }
    expect(await said(token, keysOf(broken))).toMatch(
      /^invalid key_unusable: The issuer’s key cannot be used: \S/,
    )
    expect(await said(token, { ...keysOf(broken), called: 'The key given' })).toMatch(
      /: The key given cannot be used:/,
    )
    expect(await said(header({ alg: 'RS256' }), keysOf(weakRsa))).toMatch(/^invalid key_unusable: .* 17 bits/)
    // The first reason counts.
    expect(await said(header({ alg: 'RS256' }), keysOf(weakRsa, { ...weakRsa, e: '' }))).toMatch(/17 bits/)
  })

  it('are passed over where they are too weak', async () => {
    const rsa = await makeSigner('RS256', 'rsa')
    const signed = (await rsa.sign({}, { kid: undefined })).text
    expect(await verify(signed, keysOf(weakRsa, rsa.jwk))).toMatchObject({ state: 'valid', tried: 2 })
  })

  it('that are missing or do not fit are told apart', async () => {
    expect(await said(token, { keysMissing: 'Offline.' })).toBe('not-checked no_keys: Offline.')
    expect(await said(token, keysOf())).toMatch(/^not-checked no_keys/)
    expect(await said(token, keysOf({ ...signer.jwk, use: 'enc' }))).toMatch(/^invalid key_unfit/)
    expect(await said((await signer.sign({})).text, other)).toMatch(/^not-checked kid_unknown/)
  })
})

describe('an algorithm that the runtime lacks', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })
  const lacking = (name: string) =>
    vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('', name))

  it('is not the fault of the key', async () => {
    lacking('NotSupportedError')
    expect(await said(token, signer)).toMatch(/^not-checked alg_unsupported: ES256 \(/)
    lacking('DataError')
    expect(await said(token, signer)).toMatch(/^invalid key_unusable/)
  })
  it('is told of a shared secret, too', async () => {
    lacking('NotSupportedError')
    expect(await said(shared, { secret })).toMatch(
      /^invalid key_unusable: the client secret cannot be used as a key: its algorithm is not supported/,
    )
    lacking('DataError')
    expect(await said(shared, { secret })).toMatch(/^invalid key_unusable: .*: its members do not/)
  })
})
