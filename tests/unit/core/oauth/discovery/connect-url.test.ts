import { describe, expect, it } from 'vitest'
import {
  issuersAbove,
  readPastedUrl,
  sameEndpoint,
} from '../../../../../src/core/oauth/discovery/connect-url.ts'

const read = (text: string, allowInsecure = false) => readPastedUrl(text, { allowInsecure })
const authorize =
  'https://as.example/oauth2/authorize?response_type=code&client_id=abc&scope=openid%20%20read&redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fcb&state=s1&nonce=n1&code_challenge=c&code_challenge_method=S256&resource=https%3A%2F%2Fapi.example&resource=https%3A%2F%2Fmore.example&response_mode=form_post&prompt=login&audience=x'

describe('what a pasted address is', () => {
  it.each([
    ['https://as.example', 'address'],
    ['  <https://as.example/t/1>  ', 'address'],
    ['as.example', 'address'],
    ['localhost:4000', 'address'],
    ['https://as.example/.well-known/openid-configuration', 'metadata-document'],
    ['https://as.example/.well-known/oauth-authorization-server/t/1', 'metadata-document'],
    ['https://api.example/.well-known/oauth-protected-resource/v1', 'resource-metadata'],
    [authorize, 'authorization-url'],
    ['https://api.example/orders?client_id=7', 'address'],
  ])('%s: %s', (text, kind) => {
    expect(read(text)).toMatchObject({ ok: true, value: { kind } })
  })

  it.each([
    ['', 'connect_not_an_address'],
    ['two words', 'connect_not_an_address'],
    ['javascript:alert(1)', 'connect_bad_address'],
    ['file:///etc/passwd', 'connect_bad_address'],
    ['https://me:secret@as.example', 'connect_bad_address'],
    ['https://login.microsoftonline.com/{tenant}/v2.0', 'connect_blank_left'],
    ['http://as.example', 'connect_insecure'],
    [`https://as.example/${'x'.repeat(17_000)}`, 'connect_bad_address'],
  ])('%.40s is refused: %s', (text, code) => {
    const result = read(text)
    expect(result).toMatchObject({ ok: false, error: { code } })
    expect(JSON.stringify(result)).not.toContain('secret')
  })

  it('takes http where it is allowed', () => {
    expect(read('http://as.example', true).ok).toBe(true)
  })
})

describe('an authorization URL', () => {
  const request = () => {
    const result = read(authorize)
    if (!result.ok || result.value.kind !== 'authorization-url') throw new Error('not read')
    return result.value.request
  }

  it('is taken over without what belongs to one sign-in', () => {
    expect(request()).toEqual({
      endpoint: 'https://as.example/oauth2/authorize',
      clientId: 'abc',
      scope: 'openid read',
      redirectUri: 'http://127.0.0.1:9/cb',
      redirectKind: 'loopback',
      responseType: 'code',
      responseMode: 'form_post',
      resources: ['https://api.example', 'https://more.example'],
      others: [
        ['prompt', 'login'],
        ['audience', 'x'],
      ],
      notes: [
        'Left out, because it belongs to a single sign-in: state, nonce, code_challenge, code_challenge_method.',
      ],
    })
    expect(JSON.stringify(request())).not.toMatch(/s1|n1/)
  })

  it.each([
    ['redirect_uri=https%3A%2F%2Fother.example%2Fcb', /which is another program/],
    ['redirect_uri=x&response_type=id_token+token', /requests a code with PKCE instead/],
    ['redirect_uri=x&request_uri=urn%3Aietf%3Ax', /hides its parameters/],
    ['redirect_uri=x&client_secret=hush', /^Left out, .*: client_secret\.$/],
  ])('%s: says so', (query, note) => {
    const result = read(`https://as.example/authorize?client_id=a&${query}`)
    if (!result.ok || result.value.kind !== 'authorization-url') throw new Error('not read')
    expect(result.value.request.notes.some((each) => note.test(each))).toBe(true)
    expect(JSON.stringify(result.value.request)).not.toContain('hush')
  })
})

it('looks for the issuer above the endpoint, the nearest first', () => {
  expect(issuersAbove('https://as.example/realms/one/protocol/openid-connect/auth?x=1')).toEqual([
    'https://as.example/realms/one/protocol/openid-connect',
    'https://as.example/realms/one/protocol',
    'https://as.example/realms/one',
    'https://as.example/realms',
    'https://as.example',
  ])
  expect(issuersAbove('https://as.example/authorize')).toEqual(['https://as.example'])
  expect(issuersAbove(`https://as.example${'/x'.repeat(40)}`)).toHaveLength(6)
})

it('compares endpoints without their query', () => {
  expect(sameEndpoint('https://as.example/auth?kept=1', 'https://as.example/auth')).toBe(true)
  expect(sameEndpoint('https://as.example/auth', 'https://as.example/authorize')).toBe(false)
  expect(sameEndpoint('https://as.example/auth', 'https://evil.example/auth')).toBe(false)
  expect(sameEndpoint(undefined, 'https://as.example/auth')).toBe(false)
})
