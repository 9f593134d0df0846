import { describe, expect, it } from 'vitest'
import type { EndpointContext } from '../../../../../src/core/oauth/endpoints/endpoint-call.ts'
import { introspectToken } from '../../../../../src/core/oauth/endpoints/introspection.ts'
import { revokeToken } from '../../../../../src/core/oauth/endpoints/revocation.ts'
import { fetchUserinfo, type JudgeSigned } from '../../../../../src/core/oauth/endpoints/userinfo.ts'
import { connection, fakeFetch, idToken, issuer } from '../fake.ts'

type Reply = Parameters<typeof fakeFetch>[0][string]
const endpoints = ['userinfo', 'introspection', 'revocation'] as const

const contextWith = (reply: Reply, part: Partial<EndpointContext> = {}) => {
  const fetch = fakeFetch(Object.fromEntries(endpoints.map((name) => [`${issuer}/${name}`, reply])))
  const base = connection()
  const offered = Object.fromEntries(endpoints.map((name) => [`${name}_endpoint`, `${issuer}/${name}`]))
  const context: EndpointContext = {
    connection: connection({ metadata: { ...base.metadata, ...offered } }),
    fetch,
    now: () => 0,
    ...part,
  }
  return { context, fetch }
}
const believe: JudgeSigned = () => Promise.resolve({ ok: true, checked: true, notes: ['judged'] })
const userinfo = async (reply: Reply, subject: string | undefined = 'alice', judge = believe) => {
  const { context, fetch } = contextWith(reply)
  const answer = await fetchUserinfo(
    { accessToken: 'at-1', bound: false, ...(subject === '' ? {} : { subject }) },
    context,
    judge,
  )
  return { answer, sent: fetch.sent }
}

describe('userinfo', () => {
  it('asks with the token in the header and compares the subject', async () => {
    const { answer, sent } = await userinfo({ body: { sub: 'alice', name: 'Alice' } })
    expect(answer).toMatchObject({ ok: true, value: { claims: { name: 'Alice' }, signed: false }, notes: [] })
    expect(sent[0]?.options.headers).toMatchObject({ authorization: 'Bearer at-1' })
  })

  it.each<[string, Reply, string]>([
    ['another subject', { body: { sub: 'mallory' } }, 'userinfo_other_subject'],
    ['no subject', { body: { name: 'x' } }, 'userinfo_malformed'],
    ['an array', { body: [] }, 'userinfo_malformed'],
    ['a web page', { body: '<html>' }, 'userinfo_malformed'],
    ['a web page with an error status', { status: 404, body: '<html>' }, 'userinfo_html'],
    [
      'a redirect',
      { status: 302, body: '', headers: { location: 'https://evil.example' } },
      'userinfo_redirect',
    ],
    ['200 with an error', { body: { error: 'invalid_token' } }, 'userinfo_refused'],
    [
      'a challenge',
      { status: 401, body: '', headers: { 'www-authenticate': 'Bearer error="invalid_token"' } },
      'userinfo_refused',
    ],
    ['403 without a word', { status: 403, body: '' }, 'userinfo_status'],
    ['503', { status: 503, body: '' }, 'userinfo_try_later'],
    ['no network', { network: 'network_refused' }, 'userinfo_network_refused'],
  ])('refuses %s', async (_, reply, code) => {
    expect((await userinfo(reply)).answer).toMatchObject({ ok: false, error: { code } })
  })

  it('says that there was nothing to compare the subject with', async () => {
    const { answer } = await userinfo({ body: { sub: 'someone' } }, '')
    expect(answer).toMatchObject({ ok: true, notes: ['There is no ID token to compare the subject with.'] })
  })

  it('takes JSON under a wrong name, and says so', async () => {
    const { answer } = await userinfo({ body: '{"sub":"alice"}' })
    expect(answer).toMatchObject({ ok: true, notes: [expect.stringContaining('text/html')] })
  })

  it('has a signed response judged, and refuses what the judge refuses', async () => {
    const body = await idToken({ nonce: undefined })
    const signed = { body, headers: { 'content-type': 'application/jwt' } }
    expect((await userinfo(signed)).answer).toMatchObject({
      ok: true,
      value: { signed: 'checked', claims: { sub: 'alice' } },
      notes: ['judged'],
    })
    const refuse: JudgeSigned = () =>
      Promise.resolve({ ok: false, error: { code: 'userinfo_signature', message: 'wrong' } })
    expect((await userinfo(signed, 'alice', refuse)).answer).toMatchObject({
      error: { code: 'userinfo_signature' },
    })
    const none = { body: await idToken({ nonce: undefined }, 'none'), headers: signed.headers }
    expect((await userinfo(none)).answer).toMatchObject({ ok: false, error: { code: 'userinfo_malformed' } })
  })
})

describe('introspection', () => {
  const ask = async (reply: Reply) => {
    const { context, fetch } = contextWith(reply)
    return {
      answer: await introspectToken({ token: 'rt', hint: 'refresh_token' }, context),
      sent: fetch.sent,
    }
  }
  it('sends token and hint as this client', async () => {
    const { answer, sent } = await ask({ body: { active: true, scope: 'a' } })
    expect(answer).toMatchObject({ ok: true, value: { active: true, claims: { scope: 'a' } } })
    expect(Object.fromEntries(sent[0]?.form ?? [])).toEqual({
      client_id: 'client-1',
      token: 'rt',
      token_type_hint: 'refresh_token',
    })
  })
  it('takes “not active” for a response', async () => {
    expect((await ask({ body: { active: false } })).answer).toMatchObject({
      ok: true,
      value: { active: false },
    })
  })
  it.each<[string, Reply, string]>([
    ['active as text', { body: { active: 'true' } }, 'introspection_malformed'],
    ['active missing', { body: {} }, 'introspection_malformed'],
    [
      'a client that may not ask',
      { status: 401, body: { error: 'invalid_client' } },
      'introspection_refused',
    ],
  ])('refuses %s', async (_, reply, code) => {
    expect((await ask(reply)).answer).toMatchObject({ ok: false, error: { code } })
  })
})

describe('revocation', () => {
  const revoke = (reply: Reply) =>
    revokeToken({ token: 'rt', hint: 'refresh_token' }, contextWith(reply).context)
  it('takes 200 without a body, and 204 with a note', async () => {
    expect(await revoke({ body: '' })).toMatchObject({ ok: true, notes: [] })
    expect(await revoke({ status: 204, body: '' })).toMatchObject({
      ok: true,
      notes: [expect.stringContaining('204')],
    })
  })
  it.each<[string, Reply, string]>([
    [
      'a kind that it does not revoke',
      { status: 400, body: { error: 'unsupported_token_type' } },
      'revocation_unsupported_token_type',
    ],
    ['being busy', { status: 503, body: '', headers: { 'retry-after': '3' } }, 'revocation_try_later'],
  ])('tells %s', async (_, reply, code) => {
    expect(await revoke(reply)).toMatchObject({ ok: false, error: { code } })
  })
  it('says where nothing is offered', async () => {
    const { context } = contextWith({ body: '' }, { connection: connection() })
    expect(await revokeToken({ token: 't', hint: 'access_token' }, context)).toMatchObject({
      ok: false,
      error: { code: 'revocation_not_offered' },
    })
  })
})
