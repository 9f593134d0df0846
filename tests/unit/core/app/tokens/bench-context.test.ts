import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { contextOf } from '../../../../../src/core/app/tokens/bench-context.ts'
import type { JwtKind } from '../../../../../src/core/contract/tables/jwt-kinds.ts'
import { inspectToken } from '../../../../../src/core/jwt/explain/inspect-token.ts'
import { readGivenKey } from '../../../../../src/core/jwt/keys/given-key.ts'
import { decodeToken } from '../../../../../src/core/jwt/text/decode.ts'
import { findTokens } from '../../../../../src/core/jwt/text/find-tokens.ts'
import { readPem } from '../../../../../src/node/crypto/read-pem.ts'
import { writePem } from '../../../../../src/node/crypto/write-pem.ts'
import { now, seconds } from '../../jwt/sample.ts'

type Json = Record<string, unknown>
const secret = 'the-secret-of-the-issuer-is-long-enough'
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url')
const disclosure = (...list: unknown[]) => Buffer.from(JSON.stringify(list)).toString('base64url')

async function holder() {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  return { jwk: (await exportJWK(publicKey)) as Json, privateKey }
}
type Holder = Awaited<ReturnType<typeof holder>>

function issue(claims: Json, typ = 'example+sd-jwt'): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ }).sign(Buffer.from(secret))
}
async function bind(presented: string, { privateKey }: Holder, more: Json = {}): Promise<string> {
  const claims = { iat: seconds, aud: 'https://verifier.example', nonce: 'n-1', sd_hash: sha256(presented) }
  return new SignJWT({ ...claims, ...more })
    .setProtectedHeader({ alg: 'ES256', typ: 'kb+jwt' })
    .sign(privateKey)
}

async function inspect(
  text: string,
  { pick = 0, key = secret, kind }: { pick?: number; key?: string; kind?: JwtKind } = {},
) {
  const found = findTokens(text)
  const piece = found[pick]?.text ?? ''
  const given = key === '' ? undefined : readGivenKey({ text: key }, readPem)
  if (given?.ok === false) throw new Error(given.error.code)
  const view = await inspectToken(piece, {
    now,
    ...(kind && { kind }),
    ...(await contextOf(decodeToken(piece), found, pick)),
    ...(given && { key: { given: given.value, text: key, writePem } }),
  })
  const of = (id: string) => view.checks.find((check) => check.id === id)
  return { view, of }
}

describe('an SD-JWT is judged by what its holder discloses', () => {
  const expired = disclosure('salt', 'exp', seconds - 3_600)
  it('an expiry that is disclosed counts', async () => {
    const text = `${await issue({ iss: 'a', _sd: [sha256(expired)], _sd_alg: 'sha-256' })}~${expired}~`
    const { view, of } = await inspect(text)
    expect(view.verdict.state).toBe('expired')
    expect(of('time')?.code).toBe('expired')
    expect(of('digest')?.state).toBe('valid')
    expect(of('validity-disclosed')).toMatchObject({
      state: 'notice',
      detail: expect.stringContaining('exp'),
    })
  })
  it('one that is kept back, or that the issuer did not sign, does not', async () => {
    const issued = await issue({ iss: 'a', _sd: [sha256(expired)], _sd_alg: 'sha-256' })
    expect((await inspect(`${issued}~`)).of('time')?.code).toBe('exp_missing')
    const forged = disclosure('salt', 'exp', seconds + 3_600)
    const { view, of } = await inspect(`${issued}~${forged}~`)
    expect(of('time')?.code).toBe('exp_missing')
    expect(view.verdict.state).toBe('refused')
  })
  it('a credential must not let them be kept back', async () => {
    const issued = await issue({ vct: 'v', _sd: [sha256(expired)] }, 'dc+sd-jwt')
    expect((await inspect(`${issued}~${expired}~`)).of('validity-disclosed')).toMatchObject({
      state: 'invalid',
      code: 'selectively_disclosed',
    })
  })
  it('an audience that is disclosed is compared with what is expected', async () => {
    const audience = disclosure('salt', 'aud', 'https://api.example')
    const text = `${await issue({ _sd: [sha256(audience)] })}~${audience}~`
    const found = findTokens(text)
    const piece = found[0]?.text ?? ''
    const view = await inspectToken(piece, {
      now,
      assume: { audience: 'https://api.example' },
      ...(await contextOf(decodeToken(piece), found, 0)),
    })
    expect(view.checks.find(({ id }) => id === 'audience')?.state).toBe('valid')
  })
})

describe('a key binding', () => {
  it('is verified with the key that the SD-JWT names, from either side', async () => {
    const own = await holder()
    const presented = `${await issue({ iss: 'a', cnf: { jwk: own.jwk }, _sd_alg: 'sha-256' })}~`
    const text = presented + (await bind(presented, own))
    const { of } = await inspect(text)
    expect(of('key-binding')).toMatchObject({ state: 'valid', detail: expect.stringContaining('n-1') })
    const bound = await inspect(text, { pick: 1 })
    expect(bound.of('signature')).toMatchObject({ state: 'valid', detail: expect.stringContaining('cnf') })
    expect(bound.view.verdict.state).toBe('holds')
  })
  it('also with one that is disclosed', async () => {
    const own = await holder()
    const cnf = disclosure('salt', 'cnf', { jwk: own.jwk })
    const presented = `${await issue({ iss: 'a', _sd: [sha256(cnf)] })}~${cnf}~`
    const text = presented + (await bind(presented, own))
    expect((await inspect(text)).of('key-binding')?.state).toBe('valid')
    expect((await inspect(text, { pick: 1 })).of('signature')?.state).toBe('valid')
  })
  it('by another key, of another presentation or without a nonce is refused', async () => {
    const [own, other] = [await holder(), await holder()]
    const presented = `${await issue({ iss: 'a', cnf: { jwk: own.jwk }, _sd_alg: 'sha-256' })}~`
    const told = async (binding: string) => (await inspect(presented + binding)).of('key-binding')
    expect(await told(await bind(presented, other))).toMatchObject({
      state: 'invalid',
      code: 'signature_wrong',
    })
    expect(await told(await bind(`${presented}x~`, own))).toMatchObject({
      state: 'invalid',
      code: 'sd_hash_wrong',
    })
    expect(await told(await bind(presented, own, { nonce: '' }))).toMatchObject({
      state: 'invalid',
      code: 'claims_missing',
    })
    expect((await inspect(presented)).of('key-binding')).toMatchObject({
      state: 'not-checked',
      code: 'binding_missing',
    })
    expect((await inspect(presented + (await bind(presented, other)))).view.verdict.state).toBe('refused')
  })
  it('of an SD-JWT that names no key is not checked', async () => {
    const presented = `${await issue({ iss: 'a', _sd_alg: 'sha-256' })}~`
    const text = presented + (await bind(presented, await holder()))
    expect((await inspect(text)).of('key-binding')).toMatchObject({
      state: 'not-checked',
      code: 'holder_unknown',
    })
  })
  it('alone is verified with the SD-JWT, its claims or the key that were given', async () => {
    const own = await holder()
    const claims = { iss: 'a', cnf: { jwk: own.jwk } }
    const presented = `${await issue(claims)}~`
    const binding = await bind(presented, own)
    for (const key of [presented, JSON.stringify(claims), JSON.stringify(own.jwk)])
      expect((await inspect(binding, { key })).of('signature')).toMatchObject({ state: 'valid' })
    expect(
      (await inspect(binding, { key: JSON.stringify((await holder()).jwk) })).of('signature')?.state,
    ).toBe('invalid')
  })
})

describe('a DPoP proof beside its access token', () => {
  async function request(
    own: Holder,
    { ath, jkt, more = {} }: { ath?: string; jkt?: string; more?: Json } = {},
  ) {
    const access = await issue(
      { scope: 'a', cnf: { jkt: jkt ?? (await calculateJwkThumbprint(own.jwk)) } },
      'at+jwt',
    )
    const proof = await new SignJWT({
      jti: '1',
      htm: 'GET',
      htu: 'https://api.example/a',
      iat: seconds,
      ath: ath ?? sha256(access),
      ...more,
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: own.jwk })
      .sign(own.privateKey)
    return `curl -H "Authorization: DPoP ${access}" -H "DPoP: ${proof}" https://api.example/a`
  }
  const told = async (text: string) => {
    const { view, of } = await inspect(text, { pick: 1, key: '' })
    return { state: view.verdict.state, token: of('proof-token'), target: of('proof-target') }
  }
  it('belongs to it by its hash and its key', async () => {
    const own = await holder()
    expect(await told(await request(own))).toMatchObject({ state: 'holds', token: { state: 'valid' } })
    expect(await told(await request(own, { ath: sha256('another') }))).toMatchObject({
      state: 'refused',
      token: { state: 'invalid', code: 'ath_wrong' },
    })
    expect(await told(await request(own, { jkt: sha256('another') }))).toMatchObject({
      token: { state: 'invalid', code: 'jkt_wrong' },
    })
    expect(await told(await request(own, { more: { ath: undefined } }))).toMatchObject({
      token: { state: 'invalid', code: 'ath_missing' },
    })
  })
  it.each([
    [{ htu: 'https://api.example/a?b=c' }, 'invalid', 'htu_unsound'],
    [{ htu: 'https://api.example/a#b' }, 'invalid', 'htu_unsound'],
    [{ htu: '/a' }, 'invalid', 'htu_unsound'],
    [{ htu: 'file:///a' }, 'invalid', 'htu_unsound'],
    [{ htu: 7 }, 'invalid', 'htu_unsound'],
    [{ htm: 'GET POST' }, 'invalid', 'htm_unsound'],
    [{ htm: ['GET'] }, 'invalid', 'htm_unsound'],
    [{ htm: 'get' }, 'notice', 'htm_case'],
    [{ htm: 'M-SEARCH' }, 'valid', undefined],
  ])('is for one request: %j', async (more, state, code) => {
    const { target } = await told(await request(await holder(), { more }))
    expect([target?.state, target?.code]).toEqual([state, code])
  })
})
