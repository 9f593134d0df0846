import { describe, expect, it } from 'vitest'
import { lifeOf, viewToken } from '../../../../../src/core/jwt/explain/view-token.ts'
import { decodeToken } from '../../../../../src/core/jwt/text/decode.ts'
import { encode, now, seconds, unsigned } from '../sample.ts'

const view = (text: string, life = {}) => viewToken(decodeToken(text), { now }, [], life)

describe('a life', () => {
  it('is told by the claims, in milliseconds', () => {
    expect(lifeOf({ iat: 1, nbf: 2, exp: 3 })).toEqual({
      issuedAt: 1_000,
      notBefore: 2_000,
      expiresAt: 3_000,
    })
    expect(lifeOf({ iat: '1', nbf: -1, exp: null })).toEqual({})
    expect(lifeOf({})).toEqual({})
  })
  it('ends at the earlier of what the response and the token say', () => {
    const exp = (expiresAt: number | undefined, claims: object) =>
      view(unsigned(claims), expiresAt === undefined ? {} : { expiresAt }).life
    expect(exp(5_000, { exp: 3 })).toEqual({ expiresAt: 3_000 })
    expect(exp(2_000, { exp: 3 })).toEqual({ expiresAt: 2_000 })
    expect(exp(2_000, {})).toEqual({ expiresAt: 2_000 })
    expect(exp(undefined, { exp: 3 })).toEqual({ expiresAt: 3_000 })
    expect(exp(undefined, {})).toEqual({})
  })
  it('has the rest from either, the token first', () => {
    expect(view(unsigned({ iat: 9 }), { issuedAt: 1, revokedAt: 2 }).life).toEqual({
      issuedAt: 9_000,
      revokedAt: 2,
    })
  })
})

describe('what is shown', () => {
  it('of a JWT are header and claims, and the begin of both parts', () => {
    const text = unsigned({ sub: 'alice', name: 'Ålice', exp: seconds })
    const shown = view(text)
    const [header = '', payload = '', signature = ''] = text.split('.')
    expect(shown).toMatchObject({
      format: 'jwt',
      algorithm: 'ES256',
      size: text.length,
      preview: { header: header.slice(0, 20), payload: payload.slice(0, 20) },
      checks: [],
    })
    expect(shown.format === 'jwt' && shown.header.map(({ name }) => name)).toEqual(['alg', 'kid'])
    expect(shown.format === 'jwt' && shown.claims.map(({ name }) => name)).toEqual(['sub', 'exp', 'name'])
    expect(JSON.stringify(shown)).not.toContain(signature)
  })
  it('of an encrypted token is the header', () => {
    const text = `${encode({ alg: 'dir', enc: 'A256GCM' })}..aXY.Y2lwaGVy.dGFn`
    const shown = view(text, { expiresAt: 7 })
    expect(shown).toMatchObject({ format: 'jwe', size: text.length, life: { expiresAt: 7 }, checks: [] })
    expect(shown.format === 'jwe' && shown.header.map(({ name }) => name)).toEqual(['alg', 'enc'])
  })
  it('of an opaque token is what it looks like, not its text', () => {
    const shown = view('höpaque-token', { expiresAt: 7 })
    expect(shown).toMatchObject({ format: 'opaque', size: 14, life: { expiresAt: 7 }, checks: [] })
    expect(JSON.stringify(shown)).not.toContain('paque-token')
  })
  it('of signed data that is no JWT is its payload, as far as it is short', () => {
    const jws = (payload: string) => `${encode({ alg: 'ES256' })}.${encode(payload)}.AAAA`
    expect(view(jws('just text'), { expiresAt: 7 })).toMatchObject({
      format: 'jws',
      payload: 'just text',
      life: { expiresAt: 7 },
      header: [{ name: 'alg' }],
    })
    const long = view(jws('x'.repeat(20_001)))
    expect(long.format === 'jws' && long.payload).toBe('x'.repeat(20_000))
    expect(view(`${encode({ alg: 'ES256' })}..AAAA`)).toMatchObject({ format: 'jws', payload: null })
  })
  it('of a broken token are its defects, and what could be salvaged', () => {
    const shown = view(`${unsigned({ sub: 'a' })}=`, { expiresAt: 7 })
    expect(shown).toMatchObject({
      format: 'malformed',
      defects: [{ code: 'padding' }],
      life: { expiresAt: 7 },
      header: [{ name: 'alg' }, { name: 'kid' }],
      claims: [{ name: 'sub' }],
    })
    const nothing = view('')
    expect(Object.keys(nothing)).not.toContain('header')
    expect(Object.keys(nothing)).not.toContain('claims')
  })
  it('is called by its kind', () => {
    const token = decodeToken(unsigned({}))
    expect(viewToken(token, { now, kind: 'id' }, []).verdict.what).toBe('ID token')
    expect(viewToken(token, { now, kind: 'id' }, [], {}, 'logout').verdict.what).toBe('Logout token')
    expect(viewToken(token, { now }, []).verdict.what).toBe('Plain JWT')
  })
})
