import { describe, expect, it } from 'vitest'
import {
  readPastedUrl,
  sameEndpoint,
  withScheme,
} from '../../../../../src/core/oauth/discovery/connect-url.ts'

describe('withScheme', () => {
  it.each([
    ['as.example', 'https://as.example'],
    ['as.example/path:1', 'https://as.example/path:1'],
    ['as.example:8443', 'https://as.example:8443'],
    ['as.example:8443/path', 'https://as.example:8443/path'],
    ['my-host:80', 'https://my-host:80'],
    ['localhost', 'http://localhost'],
    ['localhost:4000/path', 'http://localhost:4000/path'],
    ['127.0.0.1:4000', 'http://127.0.0.1:4000'],
    ['127.0.0.1/a', 'http://127.0.0.1/a'],
    ['https://as.example', 'https://as.example'],
    ['HTTP://as.example', 'HTTP://as.example'],
    ['app+x.y-1:path', 'app+x.y-1:path'],
    ['mailto:7a', 'mailto:7a'],
    ['javascript:alert(1)', 'javascript:alert(1)'],
    ['1x:path', 'https://1x:path'],
    ['', 'https://'],
  ])('of %j is %s', (text, url) => expect(withScheme(text)).toBe(url))
})

const read = (text: string) => {
  const result = readPastedUrl(text, { allowInsecure: false })
  return result.ok ? result.value : result.error
}

describe('a pasted address', () => {
  it.each([
    ['"https://as.example"', 'https://as.example/'],
    ['`https://as.example`', 'https://as.example/'],
    ["'https://as.example'", 'https://as.example/'],
    [' <https://as.example/?a=1#b> ', 'https://as.example/?a=1'],
  ])('may be wrapped: %s', (text, url) => expect(read(text)).toEqual({ kind: 'address', url }))

  it.each([
    ['https://{host-name}.example', '{host-name}'],
    ['https://as.example/{tenant_id}/v2', '{tenant_id}'],
    [`https://as.example/{${'x'.repeat(100)}}`, `{${'x'.repeat(59)}`],
  ])('with a placeholder is refused: %s', (text, blank) => {
    expect(read(text)).toMatchObject({
      code: 'connect_blank_left',
      message: `The address still has a placeholder: ${blank}.`,
    })
  })

  it.each([
    'https://as.example/?a={b}',
    'https://as.example/#{b}',
    'https://as.example/{}',
    'https://as.example/{a b',
  ])('has no placeholder: %s', (text) => expect(read(text)).not.toMatchObject({ code: 'connect_blank_left' }))

  it('is refused with what to do about it', () => {
    expect(read('ftp://as.example')).toMatchObject({
      code: 'connect_bad_address',
      next: 'Paste it in full, starting with https://',
    })
    expect(read('http://as.example')).toMatchObject({
      code: 'connect_insecure',
      message: expect.stringMatching(/^The address uses plain http/),
      next: expect.stringMatching(/Allow plain HTTP/),
    })
    expect(read('a b')).toMatchObject({ code: 'connect_not_an_address' })
    expect(read('<>')).toMatchObject({ code: 'connect_not_an_address' })
  })

  it.each([
    ['https://as.example/a?client_id=1&response_type=code', 'authorization-url'],
    ['https://as.example/a?client_id=1&redirect_uri=x', 'authorization-url'],
    ['https://as.example/a?client_id=1', 'address'],
    ['https://as.example/a?response_type=code&redirect_uri=x', 'address'],
    [
      'https://as.example/.well-known/openid-configuration?client_id=1&response_type=code',
      'metadata-document',
    ],
  ])('is told by its query: %s', (text, kind) => expect(read(text)).toMatchObject({ kind }))
})

const request = (query: string, start = 'https://as.example/authorize?client_id=c&') => {
  const pasted = read(`${start}${query}`)
  if (!('kind' in pasted) || pasted.kind !== 'authorization-url') throw new Error('not read')
  return pasted.request
}

describe('what is taken over from an authorization URL', () => {
  it('is no more than is there', () => {
    expect(request('response_type=code')).toEqual({
      endpoint: 'https://as.example/authorize',
      clientId: 'c',
      responseType: 'code',
      resources: [],
      others: [],
      notes: [],
    })
  })

  it('is the first of each name, but every resource', () => {
    const query =
      'client_id=d&response_type=code&response_type=token&scope=a+%0Ab&scope=c&redirect_uri=x:1&redirect_uri=y:2&response_mode=query&response_mode=fragment&resource=r1&resource=r2&prompt=a&prompt=b'
    expect(request(query)).toMatchObject({
      clientId: 'c',
      responseType: 'code',
      scope: 'a b',
      redirectUri: 'x:1',
      responseMode: 'query',
      resources: ['r1', 'r2'],
      others: [
        ['prompt', 'a'],
        ['prompt', 'b'],
      ],
    })
  })

  it.each([
    'state',
    'nonce',
    'code',
    'code_challenge',
    'code_challenge_method',
    'code_verifier',
    'client_secret',
    'access_token',
    'id_token',
    'id_token_hint',
    'login_hint_token',
    'session_state',
    'iss',
    'error',
    'dpop_jkt',
  ])('is never %s, which belongs to one sign-in', (name) => {
    const { others, notes } = request(`response_type=code&${name}=1&${name}=2`)
    expect(others).toEqual([])
    expect(notes).toEqual([`Left out, because it belongs to a single sign-in: ${name}.`])
  })

  it.each(['request', 'request_uri'])('is not what hides in %s, which is told', (name) => {
    const { others, notes } = request(`response_type=code&${name}=x`)
    expect(others).toEqual([])
    expect(notes).toEqual([expect.stringContaining('hides its parameters')])
  })

  it('leaves out what is empty or endless', () => {
    const most = 'x'.repeat(16_000)
    expect(request(`response_type=code&a=&b=${most}`).others).toEqual([['b', most]])
    const many = Array.from({ length: 70 }, (_, n) => `p${n}=1`).join('&')
    expect(request(`response_type=code&${many}`).others).toHaveLength(62)
  })

  it.each([
    ['code', []],
    ['token', [expect.stringContaining('It requests response type token.')]],
    ['x'.repeat(100), [expect.stringContaining(`type ${'x'.repeat(60)}. Gatehouse`)]],
  ])('says that Gatehouse asks for a code: %.20s', (type, notes) => {
    expect(request(`response_type=${type}`).notes).toEqual(notes)
  })

  it.each([
    ['app.gatehouse.desktop:/oauth/callback', 'custom-scheme', undefined],
    ['http://127.0.0.1/oauth/callback', 'loopback', {}],
    ['http://127.0.0.1:8400/oauth/callback', 'loopback', { loopbackPort: 8400 }],
    ['http://127.0.0.1:1024/oauth/callback', 'loopback', { loopbackPort: 1024 }],
    ['http://127.0.0.1:1023/oauth/callback', 'loopback', {}],
    ['http://localhost:8400/oauth/callback', 'loopback', { loopbackHost: 'localhost', loopbackPort: 8400 }],
    ['http://[::1]:8400/oauth/callback', 'loopback', { loopbackHost: '[::1]', loopbackPort: 8400 }],
    ['http://127.0.0.2:8400/oauth/callback', 'loopback', undefined],
    ['http://127.0.0.1:8400/other', 'loopback', undefined],
    ['https://127.0.0.1:8400/oauth/callback', undefined, undefined],
    ['http://app.example/oauth/callback', undefined, undefined],
    ['app.gatehouse.desktops:/oauth/callback', undefined, undefined],
    ['no address', undefined, undefined],
  ])('knows the redirect %s', (uri, kind, loopback) => {
    const { redirectUri, redirectKind, notes, ...rest } = request(`redirect_uri=${encodeURIComponent(uri)}`)
    expect([redirectUri, redirectKind, rest.loopback]).toEqual([uri, kind, loopback])
    expect(notes).toEqual(
      kind === undefined ? [expect.stringContaining(`back to ${uri}, which is another program`)] : [],
    )
  })
})

describe('sameEndpoint', () => {
  it.each([
    ['https://as.example/a', 'https://as.example/a?b=1#c', true],
    ['https://as.example/a', 'https://as.example/b', false],
    ['https://as.example/a', 'https://as.example:8443/a', false],
    ['no address', 'https://as.example/a', false],
    ['https://as.example/a', 'no address', false],
    [undefined, 'https://as.example/a', false],
  ])('%s and %s: %s', (announced, pasted, same) => expect(sameEndpoint(announced, pasted)).toBe(same))
})
