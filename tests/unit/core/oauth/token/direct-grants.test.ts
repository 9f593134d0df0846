import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, it } from 'vitest'
import { makeSigningKey } from '../../../../../src/core/oauth/client/signing-key.ts'
import { makeAssertion } from '../../../../../src/core/oauth/token/assertion.ts'
import {
  askedOfTokenEndpoint,
  requestTokens,
  type DirectGrant,
} from '../../../../../src/core/oauth/token/direct-grants.ts'
import type { JudgeIdToken } from '../../../../../src/core/oauth/token/token-request.ts'
import type { Connection } from '../../../../../src/core/records/model.ts'
import { believe, connection, fakeFetch, issuer } from '../fake.ts'

const made = await makeSigningKey({ generate: 'ES256' })
if (!made.ok) throw new Error(made.error.code)
const signing = made.value
const body = { access_token: 'a', token_type: 'Bearer', expires_in: 60 }

const request = async (
  input: DirectGrant,
  {
    change = {},
    reply = { body },
    judgeIdToken = believe,
  }: {
    change?: Partial<Connection>
    reply?: Parameters<typeof fakeFetch>[0][string]
    judgeIdToken?: JudgeIdToken
  } = {},
) => {
  const fetch = fakeFetch({ [`${issuer}/token`]: reply })
  const result = await requestTokens(input, {
    connection: connection({ scope: 'read', ...change }),
    fetch,
    now: () => 7,
    judgeIdToken,
  })
  return { result, form: [...(fetch.sent[0]?.form ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)) }
}

describe('requestTokens', () => {
  const subject = { token: 'subject', type: 'urn:ietf:params:oauth:token-type:access_token' }
  const actor = { token: 'actor', type: 'urn:ietf:params:oauth:token-type:jwt' }
  const exchange = 'urn:ietf:params:oauth:grant-type:token-exchange'
  const common = { client_id: 'client-1', scope: 'read' }

  it.each<[DirectGrant, Record<string, string>]>([
    [{ grant: 'client_credentials' }, { grant_type: 'client_credentials' }],
    [
      { grant: 'password', username: 'alice', password: 'pass word' },
      { grant_type: 'password', username: 'alice', password: 'pass word' },
    ],
    [
      { grant: 'jwt_bearer', assertion: 'a.b.c' },
      { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: 'a.b.c' },
    ],
    [
      { grant: 'token_exchange', subject },
      { grant_type: exchange, subject_token: 'subject', subject_token_type: subject.type },
    ],
    [
      { grant: 'token_exchange', subject, actor, requestedType: actor.type },
      {
        grant_type: exchange,
        subject_token: 'subject',
        subject_token_type: subject.type,
        actor_token: 'actor',
        actor_token_type: actor.type,
        requested_token_type: actor.type,
      },
    ],
  ])('%j sends what its specification asks for', async (input, sent) => {
    const { result, form } = await request(input)
    expect(result).toMatchObject({ ok: true, value: { accessToken: 'a', receivedAt: 7 } })
    expect(Object.fromEntries(form)).toEqual({ ...common, ...sent })
  })

  it('needs no ID token, but has one judged, with nothing to compare', async () => {
    const seen: unknown[] = []
    const judgeIdToken: JudgeIdToken = (input) => {
      seen.push(input)
      return Promise.resolve({ ok: true, claims: { sub: 's' }, notes: [] })
    }
    const reply = { body: { ...body, id_token: 'i' } }
    const change = { scope: 'openid', settings: { acrValues: 'gold' } }
    const { result } = await request({ grant: 'client_credentials' }, { reply, change, judgeIdToken })
    expect(result).toMatchObject({ value: { idToken: 'i', idTokenClaims: { sub: 's' } } })
    expect(seen).toEqual([
      {
        from: 'token-endpoint',
        nonce: null,
        code: null,
        maxAgeSeconds: null,
        acr: { wished: ['gold'], demanded: [] },
        previous: null,
        idToken: 'i',
        accessToken: 'a',
      },
    ])
    const bare = await request({ grant: 'client_credentials' }, { change: { scope: 'openid' } })
    expect(bare.result.ok).toBe(true)
  })

  it('tells each grant’s own refusal', async () => {
    const reply = { status: 400, body: { error: 'invalid_grant' } }
    const { result } = await request({ grant: 'password', username: 'a', password: 'b' }, { reply })
    expect(result).toMatchObject({ error: { next: 'Check username and password.' } })
  })

  it('is the connection’s fault where nothing could be sent', async () => {
    const { result, form } = await request(
      { grant: 'client_credentials' },
      { change: { metadata: { issuer } } },
    )
    expect(result).toMatchObject({
      error: { code: 'connection_no_token_endpoint', remedy: 'repair-connection' },
    })
    expect(form).toEqual([])
  })
})

describe('what every token request carries', () => {
  const asked = (change: Partial<Connection>) => [
    ...askedOfTokenEndpoint(connection({ scope: '', ...change })),
  ]

  it('is nothing where the connection asks for nothing', () => {
    expect(asked({})).toEqual([])
  })

  it('is scope, resources, audience, details and extra parameters', () => {
    expect(
      asked({
        scope: 'read write',
        resource: 'https://api.example/',
        settings: {
          resources: ['https://more.example/'],
          audience: 'aud',
          authorizationDetails: '[{"type":"t"}]',
          scopeSeparator: ',',
          extra: [{ name: 'tenant', value: 'one' }],
        },
      }),
    ).toEqual([
      ['tenant', 'one'],
      ['scope', 'read,write'],
      ['resource', 'https://api.example/'],
      ['resource', 'https://more.example/'],
      ['audience', 'aud'],
      ['authorization_details', '[{"type":"t"}]'],
    ])
  })

  it('may be resources of the settings alone', () => {
    expect(asked({ settings: { resources: ['https://more.example/'] } })).toEqual([
      ['resource', 'https://more.example/'],
    ])
  })
})

describe('makeAssertion (RFC 7523 section 3)', () => {
  const make = async (change: Partial<Connection> = {}, keys?: Parameters<typeof makeAssertion>[0]['keys']) =>
    makeAssertion(
      { connection: connection({ scope: 'read', ...change }), ...(keys === undefined ? {} : { keys }) },
      { subject: 'alice', now: 1_700_000_000_999, newId: () => 'id-1' },
    )
  it('speaks for the subject, for five minutes', async () => {
    const assertion = await make({}, { signing })
    if (!assertion.ok) throw new Error(assertion.error.code)
    expect(decodeProtectedHeader(assertion.value)).toEqual({ alg: 'ES256', kid: signing.kid, typ: 'JWT' })
    expect(decodeJwt(assertion.value)).toEqual({
      iss: 'client-1',
      sub: 'alice',
      aud: issuer,
      jti: 'id-1',
      scope: 'read',
      iat: 1_700_000_000,
      exp: 1_700_000_300,
    })
  })

  it('names no scope where none is asked for', async () => {
    const assertion = await make({ scope: '' }, { signing })
    expect(assertion.ok && decodeJwt(assertion.value)).not.toHaveProperty('scope')
  })

  it('is for the issuer where there is no token endpoint to name', async () => {
    const change = { metadata: { issuer }, settings: { assertionAudience: 'token_endpoint' as const } }
    const assertion = await make(change, { signing })
    expect(assertion.ok && decodeJwt(assertion.value).aud).toBe(issuer)
  })

  it('can be signed with a key that says neither algorithm nor name', async () => {
    const { alg: _alg, kid: _kid, ...bare } = signing
    const assertion = await make({}, { signing: bare })
    expect(assertion.ok && decodeProtectedHeader(assertion.value)).toEqual({ alg: 'ES256', typ: 'JWT' })
  })

  it('needs a key', async () => {
    expect(await make()).toMatchObject({ ok: false, error: { code: 'connection_no_key' } })
    expect(await make({}, {})).toMatchObject({ ok: false, error: { code: 'connection_no_key' } })
  })
})
