import { describe, expect, it } from 'vitest'
import { isInsecure, isLedAwayInPlain } from '../../../../src/core/http/origin.ts'
import { maskHeaders } from '../../../../src/core/secrecy/redact.ts'
import { nextHop } from '../../../../src/core/http/redirect.ts'

const request = {
  method: 'POST',
  url: 'https://api.example/a/b',
  headers: [
    ['Content-Type', 'text/plain'],
    ['Cookie', 'sid=1'],
    ['X-API-Key', 'k'],
    ['Authorization', 'Basic x'],
    ['Host', 'api.example'],
    ['Accept', '*/*'],
  ] as [string, string][],
  body: new Uint8Array([1]),
}

describe('nextHop', () => {
  it.each([
    [301, 'GET', false],
    [302, 'GET', false],
    [303, 'GET', false],
    [307, 'POST', true],
    [308, 'POST', true],
  ])('%i makes POST %s', (status, method, hasBody) => {
    const next = nextHop(request, status, '../c')
    expect(next?.request.method).toBe(method)
    expect(next?.request.url).toBe('https://api.example/c')
    expect(next?.request.body !== undefined).toBe(hasBody)
    expect(next?.request.headers.some(([name]) => name === 'Content-Type')).toBe(hasBody)
    expect(next).toMatchObject({ otherOrigin: false, leftBehind: [] })
  })

  it('keeps PUT over 301 and HEAD over 303', () => {
    expect(nextHop({ ...request, method: 'PUT' }, 301, '/')?.request.method).toBe('PUT')
    expect(nextHop({ ...request, method: 'HEAD' }, 303, '/')?.request.method).toBe('HEAD')
  })

  it.each(['https://evil.example/', 'http://api.example/a', 'https://api.example:444/a', '//evil.example/'])(
    'leaves behind what could act for the user on the way to %s',
    (location) => {
      const next = nextHop(request, 307, location)
      expect(next?.otherOrigin).toBe(true)
      expect(next?.leftBehind).toEqual(['Cookie', 'X-API-Key', 'Authorization'])
      expect(next?.request.headers.map(([name]) => name)).toEqual(['Content-Type', 'Accept'])
    },
  )

  it('leaves behind a header that holds a secret of the request, however it is called', () => {
    const withTenant = {
      ...request,
      headers: [...request.headers, ['X-Tenant', 't']] as [string, string][],
      secretHeaders: ['x-tenant'],
    }
    expect(nextHop(withTenant, 307, '/c')?.leftBehind).toEqual([])
    const next = nextHop(withTenant, 307, 'https://evil.example/')
    expect(next?.leftBehind).toContain('X-Tenant')
    expect(next?.request.headers.map(([name]) => name)).toEqual(['Content-Type', 'Accept'])
    // And of the hop after it.
    expect(next?.request).toMatchObject({ secretHeaders: ['x-tenant'] })
  })

  it.each([
    ['a JWT', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0NSJ9.c2ln'],
    ['a token of a known kind', 'v ghp_16C7e42F292c6912E7710c838347Ae178B4a'],
    ['credentials', 'Token abcd1234'],
  ])('leaves behind a header whose value is %s', (_, value) => {
    const made = { ...request, headers: [['X-Acme', value]] as [string, string][] }
    expect(nextHop(made, 302, '/c')?.leftBehind).toEqual([])
    expect(nextHop(made, 302, 'https://api.example:8443/c')?.leftBehind).toEqual(['X-Acme'])
  })

  it.each([
    ['https://api.example/c', 307, false, false],
    ['https://other.example/', 307, true, false],
    ['https://other.example/', 303, false, false],
    ['http://api.example/', 308, true, true],
  ])(
    'tells to %s by %i whether it carries the body to another origin',
    (to, status, carriesBody, downgrade) =>
      expect(nextHop(request, status, to)).toMatchObject({ carriesBody, downgrade }),
  )

  it.each([
    [200, '/x'],
    [304, '/x'],
    [302, undefined],
    [302, 'javascript:alert(1)'],
    [302, 'file:///etc/passwd'],
    [302, 'http://'],
    [302, `/${'a'.repeat(20_000)}`],
  ])('does not follow %i to %s', (status, location) =>
    expect(nextHop(request, status, location)).toBeUndefined(),
  )

  it('takes no credentials or fragment out of Location', () => {
    expect(nextHop(request, 302, 'https://u:p@api.example/x#f')?.request.url).toBe('https://api.example/x')
  })
})

describe('origins and masks', () => {
  it('knows where plain http can be read on the way', () => {
    expect(
      ['http://api.example/', 'http://127.0.0.1.evil.example/', 'http://192.168.0.1/'].every(isInsecure),
    ).toBe(true)
    expect(
      ['https://api.example/', 'http://127.0.0.1:3/', 'http://[::1]/', 'http://a.localhost/'].some(
        isInsecure,
      ),
    ).toBe(false)
  })

  it('masks what could act for the user', () => {
    expect(
      maskHeaders([
        ['Authorization', 'Bearer abc'],
        ['Cookie', 'a=b'],
        ['Set-Cookie', 'sid=abc=; Path=/; HttpOnly'],
        ['Accept', '*/*'],
      ]),
    ).toEqual([
      ['Authorization', 'Bearer •••'],
      ['Cookie', '•••'],
      ['Set-Cookie', 'sid=•••; Path=/; HttpOnly'],
      ['Accept', '*/*'],
    ])
  })
})

describe('an address that is not ASCII', () => {
  const latin1 = (text: string) => Buffer.from(text).toString('latin1')
  const to = (location: string) =>
    nextHop({ method: 'GET', url: 'https://api.example/a', headers: [] }, 302, location)?.request.url

  it.each([
    [latin1('/café?q=Ü'), 'https://api.example/caf%C3%A9?q=%C3%9C'],
    [latin1('https://münchen.example/'), 'https://xn--mnchen-3ya.example/'],
    ['/caf\xe9', 'https://api.example/caf%C3%A9'],
    ['/caf%C3%A9', 'https://api.example/caf%C3%A9'],
    ['/\u20ac', 'https://api.example/%E2%82%AC'],
  ])('is read as UTF-8 where it is that: %j', (location, url) => {
    expect(to(location)).toBe(url)
  })
})

it.each([
  [{}, false],
  [{ address: '::1' }, false],
  [{ address: '[::1]' }, false],
  [{ address: '127.0.0.1' }, false],
  [{ address: '10.1.2.3' }, true],
  [{ address: '2001:db8::1' }, true],
  [{ proxy: { host: '[::1]' }, address: '10.1.2.3' }, false],
  [{ proxy: { host: 'proxy.example' }, address: '127.0.0.1' }, true],
  [{ proxy: { host: 'localhost' }, otherwise: { proxy: { host: 'proxy.example' } } }, true],
])('the way %j leads plain http away: %s', (way, away) => {
  expect(isLedAwayInPlain('http://dev.localhost/', way)).toBe(away)
  expect(isLedAwayInPlain('https://dev.localhost/', way)).toBe(false)
})
