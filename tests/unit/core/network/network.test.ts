import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isExcepted, ruleFor } from '../../../../src/core/network/excepted.ts'
import { proxyName, readProxyAddress } from '../../../../src/core/network/proxy-address.ts'
import { connectionManner, messageLimits } from '../../../../src/core/network/manner.ts'
import { readAddress, readHost } from '../../../../src/core/network/read-host.ts'
import { readProxyList } from '../../../../src/core/network/proxy-list.ts'

const port = fc.oneof(fc.constantFrom(80, 443), fc.integer({ min: 1, max: 65_535 }))
const http = (host: string, port: number) => ({ protocol: 'http:', host, port })

describe('the address of a proxy', () => {
  it.each([
    ['proxy.example:3128', http('proxy.example', 3128)],
    [' proxy.example ', http('proxy.example', 80)],
    ['http://PROXY.example:8080/', http('proxy.example', 8080)],
    ['https://proxy.example', { protocol: 'https:', host: 'proxy.example', port: 443 }],
    ['[::1]:3128', http('[::1]', 3128)],
    ['socks5://Proxy.example', { protocol: 'socks5:', host: 'proxy.example', port: 1080 }],
    ['socks5h://[::1]:9050/', { protocol: 'socks5:', host: '[::1]', port: 9050 }],
    ['socks://a:80', { protocol: 'socks5:', host: 'a', port: 80 }],
    ['SOCKS4A://a:1', { protocol: 'socks4:', host: 'a', port: 1 }],
  ])('“%s” is read', (text, proxy) => expect(readProxyAddress(text)).toEqual({ ok: true, value: proxy }))
  it.each([
    '',
    'ftp://a:1',
    'socks5://a:b@c',
    'http://a:b@c:1',
    'proxy/x',
    'proxy?x',
    'http://',
    'a b',
    'x'.repeat(600),
  ])('“%.30s” is refused', (text) =>
    expect(readProxyAddress(text)).toMatchObject({ ok: false, error: { code: 'proxy_address' } }),
  )
  it('is shown as it can be typed again', () =>
    fc.assert(
      fc.property(
        fc.domain(),
        port,
        fc.constantFrom('', 'https://', 'socks5://', 'socks4://'),
        (host, at, scheme) => {
          const read = readProxyAddress(`${scheme}${host}:${at}`)
          expect(read.ok && readProxyAddress(proxyName(read.value))).toEqual(read)
        },
      ),
    ))
})

describe('what a PAC script answers', () => {
  it('is the first way that can be gone, and behind it the others', () =>
    expect(readProxyList('QUIC a:1; PROXY b:2; https c:3;DIRECT')).toEqual({
      ok: true,
      value: {
        proxy: http('b', 2),
        otherwise: { proxy: { protocol: 'https:', host: 'c', port: 3 }, otherwise: {} },
      },
    }))
  it('may be that there is no proxy', () => expect(readProxyList('DIRECT')).toEqual({ ok: true, value: {} }))
  it.each([
    ['', 'proxy_none_named'],
    [' ; ', 'proxy_none_named'],
    ['QUIC a:1', 'proxy_unsupported'],
    ['SOCKS5 a:1', 'ok'],
    ['PROXY a b', 'ok'],
    ['PROXY', 'proxy_unsupported'],
  ])('“%s” ends as %s', (text, code) => {
    const read = readProxyList(text)
    expect(read.ok ? 'ok' : read.error.code).toBe(code)
  })
  it('may be SOCKS, which is version 4 where none is named', () => {
    const socks = (protocol: string, otherwise = {}) => ({
      proxy: { protocol, host: 'a', port: 1080 },
      ...otherwise,
    })
    expect(readProxyList('SOCKS a; SOCKS5 a; SOCKS4 a:1080')).toEqual({
      ok: true,
      value: socks('socks4:', { otherwise: socks('socks5:', { otherwise: socks('socks4:') }) }),
    })
  })
  it('never leads past the proxies that are named', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom('PROXY a:1', 'SOCKS b:2', 'HTTPS c:3', 'x', '')), (entries) => {
        const read = readProxyList(entries.join(';'))
        for (let way = read.ok ? read.value : undefined; way !== undefined; way = way.otherwise)
          expect(way.proxy).toBeDefined()
      }),
    ))
})

describe('the hosts that are excepted', () => {
  it.each([
    ['https://api.example.com/x', 'api.example.com', true],
    ['https://API.example.com./x', 'api.Example.com', true],
    ['https://api.example.com/x', 'example.com', false],
    ['https://api.example.com/x', '.example.com', true],
    ['https://api.example.com/x', '*.example.com', true],
    ['https://example.com/x', '*.example.com', false],
    ['https://example.com/x', '.example.com', true],
    ['https://api.example.com/x', 'api.example.com.', true],
    ['https://api.example.com/x', '*.example.com.:443', true],
    ['https://badexample.com/x', '*.example.com', false],
    ['https://a.example/', 'a.example:443', true],
    ['https://a.example/', 'a.example:8443', false],
    ['http://a.example:8080/', 'a.example:8080', true],
    ['http://10.1.2.3/', '10.0.0.0/8', true],
    ['http://11.1.2.3/', '10.0.0.0/8', false],
    ['http://10.1.2.3/', '10.1.2.3/32', true],
    ['http://10.1.2.3/', '0.0.0.0/0', true],
    ['http://10.1.2.3/', '10.0.0.0/33', false],
    ['http://ten.example/', '10.0.0.0/8', false],
    ['http://[::1]:80/', '[::1]', true],
    ['http://[::1]:81/', '[::1]:81', true],
    ['http://intranet/', '<local>', true],
    ['http://intra.net/', '<local>', false],
    ['http://[::2]/', '<local>', false],
    ['http://a/', '', false],
    ['http://a/', '*', true],
    ['http://192.168.7.9/', '192.168.*', true],
    ['http://193.168.7.9/', '192.168.*', false],
    ['http://db1.corp.example/', 'db*.corp.example', true],
    ['http://db1.corp.example:81/', 'db*.corp.example:80', false],
    ['http://corp.example/', '*corp.example', true],
    ['http://a.b.c.example/', 'a*c*example', true],
    ['http://ab/', 'ab*b', false],
    ['http://[::1]/', '::1', true],
    ['http://[::1]/', '[0:0:0:0:0:0:0:1]', true],
    ['http://[2001:DB8::A]/', '2001:db8:0:0::a', true],
    ['http://[2001:db8::1]:443/', '[2001:db8::1]:443', true],
    ['http://[2001:db8::1]:444/', '[2001:db8::1]:443', false],
    ['http://[fd12::1]/', 'fd00::/8', true],
    ['http://[fd12::1]/', '[fd00::]/8', true],
    ['http://[fe80::1]/', 'fd00::/8', false],
    ['http://[fd12::1]/', '::/0', true],
    ['http://[::ffff:10.1.2.3]/', '::ffff:10.0.0.0/104', true],
    ['http://10.1.2.3/', '::/0', false],
    ['http://[fd12::1]/', '0.0.0.0/0', false],
    ['http://[fd12::1]/', 'fd00::/129', false],
    ['http://[fd12::1]/', 'fd00::/', false],
    ['http://10.1.2.3/', '10.1.2.3/', false],
  ])('%s by “%s”: %s', (url, entry, excepted) => expect(isExcepted(url, [entry])).toBe(excepted))
  it('are none where there are no entries', () => expect(isExcepted('http://a/', [])).toBe(false))
})

describe('the rule for a server', () => {
  const rules = ['*.example', 'api.example', 'api.example:8443', '*.in.example'].map((host) => ({ host }))
  it.each([
    ['https://api.example/', 'api.example'],
    ['https://api.example:8443/', 'api.example:8443'],
    ['https://b.example/', '*.example'],
    ['https://b.in.example/', '*.in.example'],
    ['https://other/', undefined],
  ])('of %s is that of %s', (url, host) => {
    expect(ruleFor(url, rules)?.host).toBe(host)
    expect(ruleFor(url, rules.toReversed())?.host).toBe(host)
  })
  it.each([
    ['API.example', 'api.example'],
    ['api.example.', 'api.example'],
    ['*.api.example.:8443', '*.api.example:8443'],
    ['https://api.example:443/path', 'api.example:443'],
    ['http://u:p@api.example:80?x', 'api.example:80'],
    ['api.example:080', 'api.example:80'],
    ['https://*.example/', '*.example'],
    ['https://api.example:8443/path?x', 'api.example:8443'],
    ['https://api.example/', 'api.example'],
    ['*.Example', '*.example'],
    ['[::1]:443', '[::1]:443'],
    ['api.example:80', 'api.example:80'],
  ])('“%s” is kept as %s', (text, host) => expect(readHost(text)).toEqual({ ok: true, value: host }))
  it.each([
    '',
    '*',
    '*.',
    'a b',
    'a/b',
    'a@b',
    'a,b',
    '**.a',
    'x'.repeat(300),
    '<local>',
    'a:99999',
    '.a',
    'https://*/',
    '%2a',
    '＊',
    'a://',
    'a/://b',
    '!!',
    'a$b',
  ])('“%.20s” names no server', (text) =>
    expect(readHost(text)).toMatchObject({ ok: false, error: { code: 'host_unfit' } }),
  )
  it('fits the server that it was typed for, and no other port of it', () =>
    fc.assert(
      fc.property(
        fc.domain(),
        port,
        port,
        fc.constantFrom('', 'https://', 'http://'),
        (name, one, other, scheme) => {
          const host = readHost(`${scheme}${name}:${one}`)
          const fits = (at: number) => host.ok && isExcepted(`https://${name}:${at}/`, [host.value])
          expect([fits(one), fits(other)]).toEqual([true, one === other])
        },
      ),
    ))
})

describe('where a server is', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1'],
    [' ::1 ', '[::1]'],
    ['[::1]', '[::1]'],
    ['other.example', 'other.example'],
  ])('“%s” is %s', (text, host) => expect(readAddress(text)).toEqual({ ok: true, value: host }))
  it.each(['', '10.0.0.1:80', '[::1]:443', '*.example', 'a:8080', 'a/b', ':', '!!'])(
    '“%s” is refused',
    (text) => expect(readAddress(text)).toMatchObject({ ok: false, error: { code: 'host_address_unfit' } }),
  )
})

it('what is left out of the manner is as usual', () => {
  expect(connectionManner({})).toEqual({})
  expect(messageLimits({})).toEqual({})
  expect(connectionManner({ connectSeconds: 2, family: 'ipv6', http2: true, closes: true })).toEqual({
    connectTimeout: 2_000,
    family: 6,
    http2: true,
    closes: true,
  })
  expect(connectionManner({ family: 'ipv4' })).toEqual({ family: 4 })
  expect(messageLimits({ pauseSeconds: 1, totalSeconds: 3, redirects: 0, mostMegabytes: 2 })).toEqual({
    pause: 1_000,
    total: 3_000,
    redirects: 0,
    longBytes: 2_000_000,
  })
})
