import { describe, expect, it } from 'vitest'
import { introspectToken } from '../../../../../src/core/oauth/endpoints/introspection.ts'
import { requestTokens } from '../../../../../src/core/oauth/token/direct-grants.ts'
import type { Connection } from '../../../../../src/core/records/model.ts'
import { believe, connection, fakeFetch, issuer } from '../fake.ts'

const keys = { certificate: { certificate: 'chain', key: 'key' } }

/** Where a token request and an introspection go. */
const askedAt = async (
  aliases: unknown,
  clientAuthentication: Connection['clientAuthentication'] = 'tls_client_auth',
) => {
  const reply = { body: { access_token: 'a', token_type: 'Bearer', active: true } }
  const fetch = fakeFetch({
    [`${issuer}/token`]: reply,
    [`${issuer}/introspect`]: reply,
    'https://mtls.as.example/token': reply,
    'https://mtls.as.example/introspect': reply,
  })
  const { metadata } = connection()
  const to = connection({
    clientAuthentication,
    metadata: {
      ...metadata,
      introspection_endpoint: `${issuer}/introspect`,
      mtls_endpoint_aliases: aliases,
    },
  })
  const context = { connection: to, keys, fetch, now: () => 0, judgeIdToken: believe }
  await requestTokens({ grant: 'client_credentials' }, context)
  await introspectToken({ token: 't', hint: 'access_token' }, context)
  return fetch.sent.map(({ url, options }) => [url, options.certificate?.certificate])
}

describe('mutual-TLS endpoint aliases (RFC 8705 section 5)', () => {
  it('stand in for the endpoints where a certificate proves the client, and only there', async () => {
    const aliases = {
      token_endpoint: 'https://mtls.as.example/token',
      introspection_endpoint: 'https://mtls.as.example/introspect',
    }
    expect(await askedAt(aliases)).toEqual([
      ['https://mtls.as.example/token', 'chain'],
      ['https://mtls.as.example/introspect', 'chain'],
    ])
    expect((await askedAt(aliases, 'none')).map(([url]) => url)).toEqual([
      `${issuer}/token`,
      `${issuer}/introspect`,
    ])
  })

  it.each([
    'http://mtls.as.example/token',
    'https://user:word@mtls.as.example/token',
    'ftp://mtls.as.example/token',
    'https:mtls.as.example/token',
    'https://localhost/token',
    'http://127.0.0.1:9/token',
    7,
    null,
  ])('are judged like endpoints: nothing goes to %j', async (address) => {
    const asked = await askedAt({ token_endpoint: address, introspection_endpoint: address })
    expect(asked.map(([url]) => url)).toEqual([`${issuer}/token`, `${issuer}/introspect`])
  })

  it.each([null, 'https://mtls.as.example/', [], 5])('that are %j are none', async (aliases) => {
    expect((await askedAt(aliases)).map(([url]) => url)).toEqual([`${issuer}/token`, `${issuer}/introspect`])
  })
})
