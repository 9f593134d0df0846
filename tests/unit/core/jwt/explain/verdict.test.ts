import { beforeAll, describe, expect, it } from 'vitest'
import { verdictStates } from '../../../../../src/core/contract/tables/verdict-states.ts'
import { inspectToken } from '../../../../../src/core/jwt/explain/inspect-token.ts'
import { readGivenKey } from '../../../../../src/core/jwt/keys/given-key.ts'
import { writePem } from '../../../../../src/node/crypto/write-pem.ts'
import { encode, makeSigner, now, seconds, unsigned, type Signer } from '../sample.ts'

let signer: Signer
let other: Signer
beforeAll(async () => {
  signer = await makeSigner()
  other = await makeSigner('ES256', 'two')
})

async function verdict(text: string, key?: Record<string, unknown>) {
  const given =
    key && readGivenKey({ text: JSON.stringify(key) }, () => ({ ok: true, value: { jwk: {}, from: '' } }))
  const value = given?.ok ? { key: { given: given.value, text: JSON.stringify(key), writePem } } : {}
  return (await inspectToken(text, { now, ...value })).verdict
}

describe('the first look says what it is and whether it holds', () => {
  const alive = { user_id: 42, exp: seconds + 60 }
  it('holds', async () => {
    const { text } = await signer.sign(alive)
    expect(await verdict(text, signer.jwk)).toMatchObject({ state: 'holds', what: 'Plain JWT', attacks: [] })
  })
  it('tells the ways not to hold apart', async () => {
    const { text } = await signer.sign(alive)
    const [header = '', , signature = ''] = text.split('.')
    const changed = `${header}.${encode({ ...alive, user_id: 43 })}.${signature}`
    const expired = (await signer.sign({ exp: seconds - 3_600 })).text
    const early = (await signer.sign({ nbf: seconds + 3_600 })).text
    const states = [
      await verdict(changed, signer.jwk),
      await verdict(expired, signer.jwk),
      await verdict(early, signer.jwk),
      await verdict(text, other.jwk),
      await verdict(unsigned(alive, { alg: 'RS256' }), signer.jwk),
      await verdict(text),
      await verdict(`${encode({ alg: 'none' })}.${encode(alive)}.`),
      await verdict(`${text}=`),
      await verdict(unsigned({ iss: 'x' }, { alg: 'ES256', typ: 'dpop+jwt' })),
    ].map(({ state }) => state)
    expect(states).toEqual([
      'signature_wrong',
      'expired',
      'early',
      'signature_wrong',
      'wrong_key',
      'not_checked',
      'unsecured',
      'unreadable',
      'refused',
    ])
  })
  it('says that an expired token was not checked either', async () => {
    const { says } = await verdict(unsigned({ exp: seconds - 3_600 }))
    expect(says).toMatch(/Expired.*signature was not checked/)
  })
  it('names what is no JWT', async () => {
    const jwe = `${encode({ alg: 'dir', enc: 'A256GCM' })}..aXY.Y2lwaGVy.dGFn`
    expect(await verdict(jwe)).toMatchObject({ what: 'Encrypted token (JWE)', state: 'encrypted' })
    expect(await verdict('ghp_16C7e42F292c6912E7710c838347Ae178B4a')).toMatchObject({ state: 'opaque' })
    expect(await verdict(`${encode({ alg: 'none' })}.${encode({})}.`)).toMatchObject({
      what: 'Unsecured JWT',
    })
  })
  it('takes a JWS that is no JWT for what it is, and checks it', async () => {
    const { CompactSign, importJWK } = await import('jose')
    const text = await new CompactSign(new TextEncoder().encode('just text'))
      .setProtectedHeader({ alg: 'ES256' })
      .sign(await importJWK(signer.privateJwk, 'ES256'))
    const view = await inspectToken(text, { now })
    expect(view).toMatchObject({ format: 'jws', payload: 'just text' })
    expect(await verdict(text, signer.jwk)).toMatchObject({
      state: 'holds',
      what: 'Signed data (JWS), not a JWT',
    })
    const [header = '', , signature = ''] = text.split('.')
    expect(await verdict(`${header}..${signature}`, signer.jwk)).toMatchObject({ state: 'detached' })
  })
})

it('has a word of its own for each state', () => {
  const words = Object.values(verdictStates).map(({ label }) => label)
  expect(new Set(words).size).toBe(words.length)
})
