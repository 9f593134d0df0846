import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { introspectToken } from '../../../../../src/core/oauth/endpoints/introspection.ts'
import { fetchUserinfo, type JudgeSigned } from '../../../../../src/core/oauth/endpoints/userinfo.ts'
import { writtenMember } from '../../../../../src/core/text/written.ts'
import { connection, fakeFetch, idToken, issuer } from '../fake.ts'

const url = `${issuer}/userinfo`

const ask = async (
  body: unknown,
  { type, announced, subject }: { type?: string; announced?: unknown; subject?: string } = {},
) => {
  const judged: string[] = []
  const judge: JudgeSigned = (jwt) => {
    judged.push(jwt)
    return Promise.resolve({ ok: true, checked: true })
  }
  const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type }
  const metadata = {
    ...connection().metadata,
    userinfo_endpoint: url,
    ...(announced === undefined ? {} : { userinfo_signing_alg_values_supported: announced }),
  }
  const answer = await fetchUserinfo(
    { accessToken: 'at', bound: false, ...(subject === undefined ? {} : { subject }) },
    { connection: connection({ metadata }), fetch: fakeFetch({ [url]: { body, headers } }), now: () => 0 },
    judge,
  )
  return { answer, judged, code: answer.ok ? 'ok' : answer.error.code }
}
const signed = (alg = 'RS256') => idToken({ nonce: undefined }, alg)

describe('a signed userinfo response', () => {
  it('is known by its type, and its signature judged', async () => {
    const jwt = await signed()
    for (const type of ['application/jwt', 'application/jwt; charset=utf-8']) {
      const { answer, judged } = await ask(jwt, { type, subject: 'alice' })
      expect(answer).toMatchObject({
        ok: true,
        value: { signed: 'checked', claims: { sub: 'alice' } },
        notes: [],
      })
      expect(judged).toEqual([jwt])
    }
  })

  it('is known by its looks under any other type, which is told', async () => {
    const jwt = await signed()
    for (const [type, called] of [
      ['text/plain', 'calls itself text/plain'],
      ['application/json', 'calls itself application/json'],
      ['', 'came without a content type'],
    ] as const) {
      const { answer, judged } = await ask(` ${jwt}\n`, { type, subject: 'alice' })
      expect(answer).toMatchObject({
        ok: true,
        value: { signed: 'checked' },
        notes: [`The signed response ${called}.`],
      })
      expect(judged).toEqual([jwt])
    }
  })

  it.each([
    'RS256',
    'RS384',
    'RS512',
    'PS256',
    'PS384',
    'PS512',
    'ES256',
    'ES384',
    'ES512',
    'EdDSA',
    'Ed25519',
    'HS256',
    'HS384',
    'HS512',
  ])('may be signed with %s, unless the provider announces others', async (alg) => {
    const jwt = await signed(alg)
    expect((await ask(jwt, { type: 'application/jwt' })).code).toBe('ok')
    expect((await ask(jwt, { type: 'application/jwt', announced: [alg, 'none'] })).code).toBe('ok')
    expect((await ask(jwt, { type: 'application/jwt', announced: ['XX256'] })).code).toBe(
      'userinfo_malformed',
    )
  })

  it.each(['none', 'XX256'])('is never signed with %s, whatever is announced', async (alg) => {
    const jwt = await signed(alg)
    for (const announced of [undefined, [alg], 'text'])
      expect((await ask(jwt, { type: 'application/jwt', announced })).code).toBe('userinfo_malformed')
  })

  it('keeps its numbers as they are written', async () => {
    const part = (text: string) => Buffer.from(text).toString('base64url')
    const now = Math.floor(Date.now() / 1000)
    const claims = `{"iss":"${issuer}","aud":"client-1","sub":"alice","iat":${now},"exp":${now + 60},"n":1.50,"text":"ü?~>"}`
    const { answer } = await ask(`${part('{"alg":"ES256"}')}.${part(claims)}.c2ln`, {
      type: 'application/jwt',
    })
    if (!answer.ok) throw new Error(answer.error.code)
    expect(writtenMember(answer.value.claims, 'n', 1.5)).toBe('1.50')
    expect(answer.value.claims['text']).toBe('ü?~>')
  })

  it('must be about the person of the ID token', async () => {
    expect((await ask(await signed(), { type: 'application/jwt', subject: 'bob' })).code).toBe(
      'userinfo_other_subject',
    )
  })

  it('is not judged where it was refused', async () => {
    const { judged } = await ask(await signed('none'), { type: 'application/jwt' })
    expect(judged).toEqual([])
  })

  it('is taken as it is where its judge has nothing to note', async () => {
    const jwt = await new SignJWT({ sub: 'alice', iss: issuer, aud: 'client-1' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('1h')
      .setIssuedAt()
      .sign(new Uint8Array(32))
    expect((await ask(jwt, { type: 'application/jwt', subject: 'alice' })).answer).toMatchObject({
      notes: [],
    })
  })
})

describe('a plain response', () => {
  it('is not signed, and keeps its numbers as they are written', async () => {
    const { answer, judged } = await ask('{"sub":"alice","n":1.50}', { type: 'application/json' })
    if (!answer.ok) throw new Error(answer.error.code)
    expect([answer.value.signed, judged]).toEqual([false, []])
    expect(writtenMember(answer.value.claims, 'n', 1.5)).toBe('1.50')
  })

  it('has three parts no more than anything else', async () => {
    for (const body of ['a.b.c', 'eyJh.b', 'eyJh.b.c.d', 'x eyJh.b.c'])
      expect((await ask(body, { type: 'text/plain' })).judged).toEqual([])
  })

  it('of an introspection keeps its numbers as well, without active', async () => {
    const metadata = { ...connection().metadata, introspection_endpoint: url }
    const answer = await introspectToken(
      { token: 't', hint: 'access_token' },
      {
        connection: connection({ metadata }),
        fetch: fakeFetch({ [url]: { body: '{"active":true,"n":1.50}' } }),
        now: () => 0,
      },
    )
    if (!answer.ok) throw new Error(answer.error.code)
    expect(answer.value).toEqual({ active: true, claims: { n: 1.5 } })
    expect(writtenMember(answer.value.claims, 'n', 1.5)).toBe('1.50')
  })
})
