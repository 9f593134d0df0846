import { describe, expect, it } from 'vitest'
import { checkEndpointUrl } from '../../../../../src/core/oauth/wire/endpoint-url.ts'
import { isLoopbackHost } from '../../../../../src/core/text/loopback-host.ts'

const check = (text: unknown, allowInsecure = false) => {
  const checked = checkEndpointUrl(text, { allowInsecure })
  return checked.ok ? checked.value : checked.error.code
}

describe('checkEndpointUrl', () => {
  it.each([
    ['https://as.example/authorize?p=1', 'https://as.example/authorize?p=1'],
    ['HTTPS://AS.example', 'https://as.example/'],
    ['http://127.0.0.1:3000/a', 'http://127.0.0.1:3000/a'],
    ['http://[::1]:3000/a', 'http://[::1]:3000/a'],
    ['http://localhost:3000/a', 'http://localhost:3000/a'],
    ['http://as.example/a', 'endpoint_insecure'],
    ['http://127.0.0.1.evil.example/a', 'endpoint_insecure'],
    ['http://localhost.evil.example/a', 'endpoint_insecure'],
    ['javascript:alert(1)', 'endpoint_scheme'],
    ['file:///etc/passwd', 'endpoint_scheme'],
    ['data:text/html,x', 'endpoint_scheme'],
    ['https:as.example', 'endpoint_malformed'],
    ['https:\\\\as.example\\a', 'endpoint_malformed'],
    ['https://as.example/$(calc.exe)\n', 'endpoint_malformed'],
    ['https://as.example/a b', 'endpoint_malformed'],
    ['https://user:pw@as.example/', 'endpoint_credentials'],
    ['//as.example', 'endpoint_malformed'],
    ['', 'endpoint_malformed'],
    [42, 'endpoint_malformed'],
    [`https://as.example/${'a'.repeat(20_000)}`, 'endpoint_too_long'],
  ])('%s gives %s', (text, expected) => expect(check(text)).toBe(expected))

  it('takes 16,384 characters and no more', () => {
    const start = 'https://as.example/'
    const longest = start + 'a'.repeat(16_384 - start.length)
    expect(check(longest)).toBe(longest)
    expect(check(`${longest}a`)).toBe('endpoint_too_long')
  })

  it('refuses a user name alone, a password alone, and what is ambiguous about slashes', () => {
    expect(check('https://user@as.example/')).toBe('endpoint_credentials')
    expect(check('https://:pw@as.example/')).toBe('endpoint_credentials')
    expect(check('https:///as.example/')).toBe('endpoint_malformed')
    expect(check('https://as.example\\@evil.example/')).toBe('endpoint_malformed')
    expect(check('  ')).toBe('endpoint_malformed')
    expect(check('https://as.exämple/')).toBe('endpoint_malformed')
    expect(check('https://as.example/\u007f')).toBe('endpoint_malformed')
  })

  it('lets plain http through where the user allowed it', () => {
    expect(check('http://as.example/a', true)).toBe('http://as.example/a')
    expect(check('ftp://as.example/a', true)).toBe('endpoint_scheme')
  })

  it('knows what this computer is', () => {
    expect(['127.8.8.8', 'a.localhost', 'LOCALHOST.'].every(isLoopbackHost)).toBe(true)
    expect(['127.0.0.1.nip.io', '0.0.0.0', 'localhost.com', '10.0.0.1'].some(isLoopbackHost)).toBe(false)
  })
})
