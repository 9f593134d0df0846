import { describe, expect, it } from 'vitest'
import { createConnectUrl } from '../../../../../src/core/app/connections/connect-url.ts'
import { ok } from '../../../../../src/core/contract/result.ts'
import type { FlowRecorder } from '../../../../../src/core/app/flows/flow-recorder.ts'
import { scopeAsGranted } from '../../../../../src/core/oauth/token/token-answer.ts'
import { fakeFetch } from '../../oauth/fake.ts'

const openid = '/.well-known/openid-configuration'

const read = async (text: string, replies: Parameters<typeof fakeFetch>[0]) => {
  const fetch = fakeFetch(replies)
  const recorder = {
    run: (_kind: string, work: (flow: unknown) => Promise<unknown>) =>
      work({ id: 'f', fetch, about: () => undefined, checks: () => undefined }),
  } as unknown as FlowRecorder
  const result = await createConnectUrl({
    clock: { now: () => 0 },
    recorder,
    schemeWorks: async () => true,
    variables: () => ok(new Map()),
  }).read({
    text,
    allowInsecure: false,
  })
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return { form: result.value, asked: fetch.sent.map(({ url }) => url) }
}

describe('addresses of well-known providers', () => {
  const google = {
    issuer: 'https://accounts.google.com',
    authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
    token_endpoint: 'https://oauth2.googleapis.com/token',
    jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
    scopes_supported: ['openid', 'email', 'profile'],
    code_challenge_methods_supported: ['plain', 'S256'],
  }

  it('Google: one question, and the parameter that brings refresh tokens', async () => {
    const { form, asked } = await read(
      'https://accounts.google.com/o/oauth2/v2/auth?client_id=a&redirect_uri=x&prompt=consent',
      { [`https://accounts.google.com${openid}`]: { body: google } },
    )
    expect(asked).toEqual([`https://accounts.google.com${openid}`])
    expect(form).toMatchObject({
      provider: { issuer: 'https://accounts.google.com' },
      template: { id: 'google' },
      redirectKind: 'loopback',
      scope: 'openid profile email',
      settings: { prompt: 'consent', extra: [{ name: 'access_type', value: 'offline' }] },
    })
    expect(form.missing.map(({ what }) => what)).toEqual(['Client secret'])
    expect(form.notes.join(' ')).toContain('Some endpoints are on hosts other than')
  })

  it('Entra by a domain: its metadata names the tenant, and that is said', async () => {
    const tenant = '8eaef023-2b34-4da1-9baa-8bc8c9d6a490'
    const issuer = `https://login.microsoftonline.com/${tenant}/v2.0`
    const { form } = await read(
      'https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/authorize?client_id=a&response_type=code',
      {
        [`https://login.microsoftonline.com/contoso.onmicrosoft.com/v2.0${openid}`]: {
          body: { issuer, authorization_endpoint: `${issuer}/authorize` },
        },
      },
    )
    expect(form.provider).toBeUndefined()
    expect(form.notes.join(' ')).toContain(issuer)
    expect(form.byHand?.authorizationEndpoint).toContain('contoso.onmicrosoft.com')
  })

  it('Keycloak: the realm is found in the middle of the address', async () => {
    const issuer = 'https://sso.acme.example/realms/staff'
    const authorization_endpoint = `${issuer}/protocol/openid-connect/auth`
    const { form, asked } = await read(`${authorization_endpoint}?client_id=a&response_type=code`, {
      [`${issuer}${openid}`]: { body: { issuer, authorization_endpoint, token_endpoint: `${issuer}/token` } },
    })
    expect(form.provider?.issuer).toBe(issuer)
    expect(asked).toHaveLength(1)
  })
})

describe('a scope with commas', () => {
  it.each([
    ['repo,gist', 'repo gist read:org', 'repo gist'],
    ['repo,gist', 'openid', 'repo,gist'],
    ['read,write other', 'read write', 'read,write other'],
    ['a,b', 'a,b', 'a,b'],
    ['repo', 'repo', 'repo'],
  ])('%s, asked for %s: %s', (granted, asked, read) => {
    expect(scopeAsGranted(granted, asked)).toBe(read)
  })
})
