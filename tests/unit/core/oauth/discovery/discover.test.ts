import { describe, expect, it } from 'vitest'
import { discoverProvider } from '../../../../../src/core/oauth/discovery/discover.ts'
import { fakeFetch, issuer } from '../fake.ts'

const document = (change: Record<string, unknown> = {}) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  scopes_supported: ['openid'],
  ...change,
})
const openid = '/.well-known/openid-configuration'
const oauth = '/.well-known/oauth-authorization-server'
type Replies = Parameters<typeof fakeFetch>[0]

const discover = async (from: string, replies: Replies, allowInsecure = false) => {
  const fetch = fakeFetch(replies)
  return {
    result: await discoverProvider(from, { fetch, allowInsecure }),
    asked: fetch.sent.map(({ url }) => url),
  }
}

describe('where the metadata is looked for', () => {
  it.each([
    [issuer, `${issuer}${openid}`, issuer],
    [`${issuer}/`, `${issuer}${openid}`, issuer],
    [`  ${issuer}  `, `${issuer}${openid}`, `${issuer}/`],
    ['as.example', `${issuer}${openid}`, issuer],
    [issuer, `${issuer}${oauth}`, issuer],
    [`${issuer}/t/1`, `${issuer}/t/1${openid}`, `${issuer}/t/1`],
    [`${issuer}/t/1`, `${issuer}${oauth}/t/1`, `${issuer}/t/1`],
    [`${issuer}/t/1`, `${issuer}${openid}/t/1`, `${issuer}/t/1/`],
    [`${issuer}/t/1`, `${issuer}/t/1${oauth}`, `${issuer}/t/1`],
    [`${issuer}/t/1${openid}`, `${issuer}/t/1${openid}`, `${issuer}/t/1`],
    [`${issuer}${oauth}/t/1?x=1#y`, `${issuer}${oauth}/t/1`, `${issuer}/t/1`],
  ])('%s is found at %s', async (from, at, named) => {
    const { result } = await discover(from, { [at]: { body: document({ issuer: named }) } })
    expect(result).toMatchObject({ ok: true, value: { url: at, metadata: { issuer: named } } })
  })

  it('asks nobody else once the host cannot be reached', async () => {
    const { result, asked } = await discover(issuer, { [`${issuer}${openid}`]: { network: 'network_name' } })
    expect(result).toMatchObject({ ok: false, error: { code: 'discovery_unreachable', next: 'Try again.' } })
    expect(asked).toHaveLength(1)
  })
})

describe('what is refused, and how it is said', () => {
  it.each<[string, Replies[string], string]>([
    ['404 everywhere', { status: 404, body: 'no' }, 'discovery_not_found'],
    ['a web page', { body: '<!doctype html><p>hello' }, 'discovery_html'],
    ['broken JSON', { body: '{"issuer":' }, 'discovery_not_json'],
    ['a list', { body: [] }, 'discovery_not_metadata'],
    ['no issuer', { body: { token_endpoint: `${issuer}/token` } }, 'discovery_not_metadata'],
    ['an issuer with a query', { body: document({ issuer: `${issuer}?a=1` }) }, 'discovery_not_metadata'],
    ['no endpoint', { body: { issuer } }, 'discovery_not_metadata'],
    ['another issuer', { body: document({ issuer: 'https://evil.example' }) }, 'discovery_issuer_mismatch'],
    [
      'an issuer that differs in its path',
      { body: document({ issuer: `${issuer}/x` }) },
      'discovery_issuer_mismatch',
    ],
    [
      'a redirect',
      { status: 302, body: '', headers: { location: 'https://login.example/?code=secret' } },
      'discovery_redirect',
    ],
    ['500', { status: 500, body: 'oops' }, 'discovery_status'],
    ['a broken certificate', { network: 'network_tls' }, 'discovery_tls'],
    ['silence', { network: 'network_timeout' }, 'discovery_timeout'],
    ['50 MB', { network: 'network_too_large' }, 'discovery_too_large'],
    [
      'javascript:',
      { body: document({ authorization_endpoint: 'javascript:alert(1)' }) },
      'discovery_endpoint_unsafe',
    ],
    ['file:', { body: document({ end_session_endpoint: 'file:///bin/sh' }) }, 'discovery_endpoint_unsafe'],
    [
      'plain http',
      { body: document({ token_endpoint: 'http://as.example/token' }) },
      'discovery_endpoint_unsafe',
    ],
    [
      'an endpoint on this computer',
      { body: document({ token_endpoint: 'http://127.0.0.1:9/token' }) },
      'discovery_endpoint_unsafe',
    ],
    [
      'an alias for certificates in this computer',
      { body: document({ mtls_endpoint_aliases: { token_endpoint: 'https://localhost/token' } }) },
      'discovery_endpoint_unsafe',
    ],
    ['an endpoint that is no text', { body: document({ jwks_uri: { a: 1 } }) }, 'discovery_endpoint_unsafe'],
  ])('%s', async (_name, reply, code) => {
    const { result } = await discover(issuer, { [`${issuer}${openid}`]: reply })
    expect(result).toMatchObject({ ok: false, error: { code } })
    expect(!result.ok && result.error.next).toBeTruthy()
    expect(JSON.stringify(result)).not.toContain('secret')
  })

  it.each([
    ['http://as.example', 'discovery_insecure'],
    ['javascript:alert(1)', 'discovery_bad_address'],
    ['', 'discovery_bad_address'],
    ['https://u:p@as.example', 'discovery_bad_address'],
  ])('does not even ask %s', async (from, code) => {
    const { result, asked } = await discover(from, {})
    expect(result).toMatchObject({ ok: false, error: { code } })
    expect(asked).toEqual([])
  })
})

describe('what is tolerated, and said', () => {
  it('notes endpoints on other hosts and members of the wrong shape', async () => {
    const { result } = await discover(issuer, {
      [`${issuer}${openid}`]: {
        body: document({
          token_endpoint: 'https://token.example/t',
          scopes_supported: 'openid',
          userinfo_endpoint: null,
        }),
      },
    })
    if (!result.ok) throw new Error(result.error.message)
    expect(result.value.notes.join(' ')).toMatch(/scopes_supported.*token\.example/)
    expect(result.value.metadata).not.toHaveProperty('scopes_supported')
    expect(result.value.metadata).not.toHaveProperty('userinfo_endpoint')
  })

  it('takes plain http from this computer, and elsewhere when allowed', async () => {
    const local = 'http://127.0.0.1:3000'
    const over = await discover('127.0.0.1:3000', {
      [`${local}${openid}`]: { body: document({ issuer: local }) },
    })
    expect(over.result.ok).toBe(true)
    const plain = 'http://as.example'
    const allowed = await discover(
      plain,
      { [`${plain}${openid}`]: { body: document({ issuer: plain, token_endpoint: `${plain}/t` }) } },
      true,
    )
    expect(allowed.result.ok).toBe(true)
  })
})
