import { describe, expect, it } from 'vitest'
import type { DpopProver } from '../../../../../src/core/oauth/client/dpop.ts'
import { endpointOf, type EndpointContext } from '../../../../../src/core/oauth/endpoints/endpoint-call.ts'
import { introspectToken } from '../../../../../src/core/oauth/endpoints/introspection.ts'
import { revokeToken } from '../../../../../src/core/oauth/endpoints/revocation.ts'
import { fetchUserinfo } from '../../../../../src/core/oauth/endpoints/userinfo.ts'
import { connection, fakeFetch, issuer } from '../fake.ts'

type Reply = Parameters<typeof fakeFetch>[0][string]
const kinds = ['userinfo', 'introspection', 'revocation'] as const
type Kind = (typeof kinds)[number]

const metadata = {
  ...connection().metadata,
  ...Object.fromEntries(kinds.map((kind) => [`${kind}_endpoint`, `${issuer}/${kind}`])),
}
const now = Date.UTC(2026, 0, 1)

const call = async (kind: Kind, reply: Reply, part: Partial<EndpointContext> = {}, bound = false) => {
  const fetch = fakeFetch({ [`${issuer}/${kind}`]: reply })
  const context = { connection: connection({ metadata }), fetch, now: () => now, ...part }
  const token = { token: 't', hint: 'access_token' } as const
  const answer = await {
    userinfo: () =>
      fetchUserinfo({ accessToken: 'at', subject: 'alice', bound }, context, () =>
        Promise.resolve({ ok: true, checked: true }),
      ),
    introspection: () => introspectToken(token, context),
    revocation: () => revokeToken(token, context),
  }[kind]()
  return { error: answer.ok ? undefined : answer.error, answer, sent: fetch.sent }
}

describe('endpointOf', () => {
  it.each(kinds)('knows %s by its member of the metadata', (kind) => {
    expect(endpointOf({ metadata, allowInsecure: false }, kind)).toEqual({
      ok: true,
      value: `${issuer}/${kind}`,
    })
    expect(endpointOf({ metadata: { issuer }, allowInsecure: false }, kind)).toMatchObject({
      error: {
        code: `${kind}_not_offered`,
        message: `The provider has no ${kind} endpoint (${kind}_endpoint in its metadata).`,
      },
    })
    const insecure = { issuer, [`${kind}_endpoint`]: 'http://as.example/' }
    expect(endpointOf({ metadata: insecure, allowInsecure: true }, kind)).toMatchObject({ ok: true })
    expect(endpointOf({ metadata: insecure, allowInsecure: false }, kind)).toMatchObject({
      error: { code: 'endpoint_insecure', message: expect.stringContaining(`The ${kind} endpoint uses`) },
    })
  })
})

describe('why an answer is none', () => {
  it.each<[number, string | Record<string, unknown>, string, string]>([
    [300, '', 'redirect', 'The introspection endpoint redirects. Tokens are not forwarded there.'],
    [399, '', 'redirect', 'The introspection endpoint redirects. Tokens are not forwarded there.'],
    [429, '', 'try_later', 'The provider could not respond now (status 429).'],
    [500, 'Broken', 'try_later', 'The provider could not respond now (status 500). It says: “Broken”'],
    [503, { error: 'x' }, 'try_later', 'The provider could not respond now (status 503). It says: “x”'],
    [
      400,
      { error: 'unsupported_token_type' },
      'unsupported_token_type',
      'The provider does not revoke tokens of this kind (RFC 7009 section 2.2.1).',
    ],
    [400, { error: 'e' }, 'refused', 'The provider refused with e.'],
    [400, { error: 'e', error_description: 'd' }, 'refused', 'The provider refused with e: d'],
    [200, { error: 'e' }, 'refused', 'The provider refused with e.'],
    [404, ' <html>', 'html', 'The introspection endpoint returned a web page (status 404).'],
    [
      404,
      '<title>Lost</title>',
      'html',
      'The introspection endpoint returned a web page (status 404). It says: “Lost”',
    ],
    [404, '', 'status', 'The introspection endpoint returned status 404 and no reason.'],
    [404, 'a < b', 'status', 'The introspection endpoint refused with status 404. It says: “a < b”'],
    [201, 'text', 'status', 'The introspection endpoint returned status 201 and no reason.'],
  ])('%i with %j', async (status, body, code, message) => {
    const { error } = await call('introspection', { status, body })
    expect(error).toMatchObject({ code: `introspection_${code}`, message, status })
  })

  it('names where it is sent to, without secrets', async () => {
    const headers = { location: 'https://x.example/?access_token=hush' }
    const { error } = await call('userinfo', { status: 302, body: '', headers })
    expect(error?.message).toMatch(/redirects to https:\/\/x\.example\/\?access_token=.*\. Tokens/)
    expect(error?.message).not.toContain('hush')
  })

  it.each([
    [401, 'This client or token is not allowed to use it.'],
    [403, 'This client or token is not allowed to use it.'],
    [404, 'Check the endpoint in the connection.'],
  ])('says what to do about %i', async (status, next) => {
    expect((await call('introspection', { status, body: '' })).error?.next).toBe(next)
  })

  it('says who refused: a token, or a client', async () => {
    const reply = { status: 401, body: { error: 'e' } }
    expect((await call('userinfo', reply)).error?.next).toMatch(/^The access token must be valid/)
    expect((await call('revocation', reply)).error?.next).toMatch(
      /^Check whether this client may use the endpoint/,
    )
  })

  it('reads the words of the challenge where the body has none (RFC 6750 section 3)', async () => {
    const header =
      'Bearer realm="a", error="invalid_token", error_description="It \\"ran\\" out", xerror_uri="x"'
    const { error } = await call('userinfo', {
      status: 401,
      body: '',
      headers: { 'www-authenticate': header },
    })
    expect(error).toEqual({
      code: 'userinfo_refused',
      message: 'The provider refused with invalid_token: It "ran" out',
      next: expect.any(String),
      status: 401,
      providerError: 'invalid_token',
      providerDescription: 'It "ran" out',
      providerUri: undefined,
    })
    const both = { status: 401, body: { error: 'e' }, headers: { 'www-authenticate': header } }
    expect((await call('userinfo', both)).error?.providerError).toBe('e')
  })

  it('says when to ask again', async () => {
    const headers = { 'retry-after': new Date(now + 5_000).toUTCString() }
    expect((await call('userinfo', { status: 503, body: '', headers })).error?.retryAfterSeconds).toBe(5)
    expect((await call('userinfo', { status: 503, body: '' })).error).not.toHaveProperty('retryAfterSeconds')
  })

  it('may be the network, or a defect', async () => {
    expect((await call('revocation', { network: 'network_cut' })).error).toEqual({
      code: 'revocation_network_cut',
      message: 'It failed.',
      next: 'Try again.',
    })
    const fetch = () => Promise.reject(new TypeError('a defect'))
    await expect(call('userinfo', { body: '' }, { fetch })).rejects.toThrow('a defect')
  })

  it('is found before anything is sent where the connection is at fault', async () => {
    const { error, sent } = await call(
      'introspection',
      { body: {} },
      {
        connection: connection({ metadata, clientAuthentication: 'client_secret_basic' }),
      },
    )
    expect([error?.code, sent.length]).toEqual(['connection_no_secret', 0])
  })
})

describe('a malformed answer', () => {
  it.each<[Kind, Record<string, unknown>, string]>([
    ['userinfo', {}, 'The response does not say who it is about: sub is missing'],
    ['userinfo', { sub: null }, 'The response does not say who it is about: sub is missing'],
    ['userinfo', { sub: '' }, 'The response does not say who it is about: sub is missing'],
    ['userinfo', { sub: 7 }, 'The subject (sub) of the response is not text'],
    ['introspection', { active: 'yes' }, 'The response is malformed: “active” is neither true nor false.'],
  ])('of %s %j says why', async (kind, body, message) => {
    const { error } = await call(kind, { body })
    expect(error?.code).toBe(`${kind}_malformed`)
    expect(error?.message).toContain(message)
  })

  it('of userinfo is about someone else', async () => {
    expect((await call('userinfo', { body: { sub: 'mallory' } })).error).toMatchObject({
      code: 'userinfo_other_subject',
      next: 'Tell the provider’s operator; sign in again.',
    })
  })
})

describe('content types', () => {
  it.each([
    ['application/json', []],
    ['application/json; charset=utf-8', []],
    ['text/html', ['The response is JSON and calls itself text/html.']],
    ['application/notjson', ['The response is JSON and calls itself application/notjson.']],
    ['', ['The response is JSON and came without a content type.']],
  ])('%j of JSON is told where it is wrong', async (type, notes) => {
    const { answer } = await call('introspection', {
      body: '{"active":true}',
      headers: { 'content-type': type },
    })
    expect(answer).toMatchObject({ ok: true, notes })
  })
})

it('a response without a content type is told, too', async () => {
  const fetch = () => Promise.resolve(new Response(new TextEncoder().encode('{"active":true}')))
  const { answer } = await call('introspection', { body: '' }, { fetch })
  expect(answer).toMatchObject({ ok: true, notes: ['The response is JSON and came without a content type.'] })
})

describe('a token that is bound to a key (RFC 9449)', () => {
  const prover = () => {
    const proofs: unknown[] = []
    const nonces: unknown[] = []
    const dpop: DpopProver = {
      thumbprint: 't',
      proof: (request) => Promise.resolve(`proof-${proofs.push(request)}`),
      remember: (url, nonce) => void nonces.push([url, nonce]),
    }
    return { keys: { dpop }, proofs, nonces }
  }
  const url = `${issuer}/userinfo`
  const wantsNonce = { status: 401, body: '', headers: { 'dpop-nonce': 'n1' } }

  it('is sent with a proof for itself', async () => {
    const { keys, proofs } = prover()
    const { sent } = await call('userinfo', { body: { sub: 'alice' } }, { keys }, true)
    expect(proofs).toEqual([{ method: 'GET', url, accessToken: 'at' }])
    expect(sent[0]?.options.headers).toMatchObject({ authorization: 'DPoP at', dpop: 'proof-1' })
  })

  it('is sent as Bearer where it is not bound, with a proof all the same', async () => {
    const { keys, proofs } = prover()
    const { sent } = await call('userinfo', { body: { sub: 'alice' } }, { keys })
    expect(proofs).toEqual([{ method: 'GET', url }])
    expect(sent[0]?.options.headers).toMatchObject({ authorization: 'Bearer at', dpop: 'proof-1' })
  })

  it('needs no proof where there is no key', async () => {
    const { sent } = await call('introspection', { body: { active: true } })
    expect(sent[0]?.options.headers).not.toHaveProperty('dpop')
  })

  it('is sent once more with the nonce that the server wants, and no oftener', async () => {
    const { keys, proofs, nonces } = prover()
    const good = await call('userinfo', [wantsNonce, { body: { sub: 'alice' } }], { keys }, true)
    expect([good.answer.ok, good.sent.length, proofs.length]).toEqual([true, 2, 2])
    expect(nonces).toEqual([
      [url, 'n1'],
      [url, null],
    ])
    const bad = await call('userinfo', wantsNonce, { keys }, true)
    expect([bad.error?.code, bad.sent.length]).toEqual(['userinfo_status', 2])
  })

  it.each<[string, Reply, boolean]>([
    ['without a key', wantsNonce, false],
    ['without a nonce', { status: 401, body: '' }, true],
    ['with another status', { ...wantsNonce, status: 403 }, true],
  ])('is not sent once more %s', async (_name, reply, withKey) => {
    const { sent } = await call('userinfo', reply, withKey ? { keys: prover().keys } : {})
    expect(sent).toHaveLength(1)
  })

  it('goes with the certificate and the signal of its caller', async () => {
    const certificate = { certificate: 'c', key: 'k' }
    const { signal } = new AbortController()
    const { sent } = await call('userinfo', { body: { sub: 'alice' } }, { keys: { certificate }, signal })
    expect(sent[0]?.options).toMatchObject({ certificate, signal })
    const bare = await call('userinfo', { body: { sub: 'alice' } })
    expect(bare.sent[0]?.options).not.toHaveProperty('certificate')
    expect(bare.sent[0]?.options).not.toHaveProperty('signal')
  })

  it('carries what the user wants besides', async () => {
    const further = [
      { to: 'userinfo' as const, where: 'header' as const, name: 'x-a', value: 'b', secret: true },
    ]
    const { sent } = await call('userinfo', { body: { sub: 'alice' } }, { keys: { further } })
    expect(sent[0]?.options).toMatchObject({ headers: { 'x-a': 'b' }, secrets: ['b'] })
    expect(
      (await call('introspection', { body: { active: true } }, { keys: { further } })).sent[0]?.options,
    ).not.toHaveProperty('secrets')
  })
})
