import { beforeAll, expect, it } from 'vitest'
import { SignJWT } from 'jose'
import { checkSignature } from '../../../../../src/core/jwt/checks/check-signature.ts'
import { decodeJwt, makeSigner } from '../sample.ts'
import type { Signer } from '../sample.ts'

let signer: Signer
let other: Signer
beforeAll(async () => {
  ;[signer, other] = await Promise.all([makeSigner(), makeSigner('ES256', 'two')])
})

const common = { id: 'signature', label: 'Signature', source: 'RFC 7515 section 5.2' }
const keysOf = (...keys: unknown[]) => ({ keys: { keys } })

it('says which key made the signature', async () => {
  const token = await signer.sign({})
  const nameless = await signer.sign({}, { kid: undefined })
  const detail = async (...given: Parameters<typeof checkSignature>) => {
    const checks = await checkSignature(...given)
    expect(checks).toEqual([{ ...common, state: 'valid', detail: expect.any(String) }])
    return checks[0]?.detail
  }
  expect(await detail(token, signer)).toBe('ES256, key one of the issuer.')
  expect(await detail(nameless, keysOf({ ...signer.jwk, kid: undefined }))).toBe(
    'ES256, key without a name of the issuer.',
  )
  expect(await detail(nameless, keysOf(other.jwk, signer.jwk))).toBe(
    'ES256, key one of the issuer, the 2. of those that fit.',
  )
  expect(await detail(token, { ...signer, called: 'the key that was pasted' })).toBe(
    'ES256, with the key that was pasted.',
  )
  const secret = new TextEncoder().encode('a-client-secret-of-32-characters')
  const shared = decodeJwt(await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).sign(secret))
  expect(await detail(shared, { secret })).toBe('HS256, with the client secret.')
})

it('tells a published private key beside the signature', async () => {
  expect(await checkSignature(await signer.sign({}), keysOf(signer.privateJwk))).toEqual([
    { ...common, state: 'valid', detail: 'ES256, key one of the issuer.' },
    {
      id: 'key-exposed',
      label: 'Published key',
      source: 'RFC 7517 section 9.2',
      state: 'notice',
      code: 'key_exposed',
      detail: expect.stringContaining('private part'),
    },
  ])
})

it('reports what is wrong, and what could not be checked', async () => {
  const token = await signer.sign({})
  const wrong = await checkSignature(token, keysOf({ ...other.jwk, kid: 'one' }))
  expect(wrong).toMatchObject([{ ...common, state: 'invalid', code: 'signature_wrong' }])
  const unknown = await checkSignature(token, other)
  expect(unknown).toMatchObject([{ ...common, state: 'not-checked', code: 'kid_unknown' }])
  expect(await checkSignature({ ...token, text: 'no token' }, signer)).toEqual([
    { ...common, state: 'invalid', code: 'malformed', detail: expect.any(String) },
  ])
})
