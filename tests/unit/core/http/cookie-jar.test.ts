import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CookieJar } from 'tough-cookie'
import {
  cookieHeader,
  cookiesIn,
  cookieValue,
  openJar,
  putCookie,
  takeCookies,
  withoutCookie,
  writeJar,
} from '../../../../src/core/http/cookie-jar.ts'
import type { Result } from '../../../../src/core/contract/result.ts'

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}
const empty = () => value(openJar(undefined))
const with_ = (url: string, ...headers: string[]): CookieJar => {
  const jar = empty()
  takeCookies(jar, url, headers)
  return value(openJar(writeJar(jar, Date.now())))
}
const url = 'https://api.example.com/v1/orders'

describe('cookies that a response sets', () => {
  it.each([
    ['a=1', url, 'a=1'],
    ['a=1', 'https://other.example.com/', undefined],
    ['a=1; Domain=example.com; Path=/', 'https://other.example.com/', 'a=1'],
    ['a=1; Domain=other.com', url, undefined],
    ['a=1; Domain=com', url, undefined],
    ['a=1; Path=/v1', 'https://api.example.com/v2', undefined],
    ['a=1; Path=/', 'https://api.example.com/v2', 'a=1'],
    ['a=1; Secure; Path=/', 'http://api.example.com/', undefined],
    ['a=1; HttpOnly; SameSite=Strict', url, 'a=1'],
    ['a=1; Max-Age=0', url, undefined],
    ['a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT', url, undefined],
    ['__Host-a=1; Domain=example.com; Secure; Path=/', url, undefined],
    ['__Host-a=1; Secure; Path=/', url, '__Host-a=1'],
    ['__host-a=1; Domain=example.com; Secure; Path=/', url, undefined],
    ['__SECURE-a=1', url, undefined],
    ['__Secure-a=1; Secure', url, '__Secure-a=1'],
    ['a=1; Secure; Path=/; Partitioned; SameSite=None', url, 'a=1'],
    ['a=1; Expires=Sun Nov  6 08:49:37 2044', url, 'a=1'],
    ['a=1; Expires=Sunday, 06-Nov-44 08:49:37 GMT', url, 'a=1'],
    ['a=1; Expires=Thu, 01-Jan-70 00:00:01 GMT', url, undefined],
    ['a=1; Expires=never', url, 'a=1'],
    ['a=1; Max-Age=10; Expires=Thu, 01 Jan 1970 00:00:00 GMT', url, 'a=1'],
    ['a=1; Domain=co.uk; Path=/', 'https://shop.co.uk/', undefined],
    ['a=1; Domain=github.io; Path=/', 'https://me.github.io/', undefined],
    ['a=1; Path=/', 'https://api.example.com:8443/', 'a=1'],
    ['a=1; Domain=EXAMPLE.com; Path=/', 'https://other.example.com/', 'a=1'],
    ['a=1; Path=/; SameSite=None', url, undefined],
    ['a=1; Path=/; Partitioned', url, undefined],
    ['a=1; Path=/; partitioned=1', url, undefined],
    ['a=1; Path=/; SameSite=None; Secure', url, 'a=1'],
    ['a=1; Path=/; Secure; SameSite=None', 'http://localhost/', undefined],
    ['alone', url, 'alone'],
    ['alone; Path=/; Secure', url, 'alone'],
    ['=alone=yes', url, 'alone=yes'],
    ['; Secure', url, undefined],
    ['  ', url, undefined],
    ['__Host-a', url, undefined],
    ['=__host-a=1; Secure; Path=/', url, undefined],
    ['= __SECURE-a=1; Secure', url, undefined],
    ['=', url, undefined],
    ['\u0000', url, undefined],
  ])('%j is sent to %s as %j', (header, to, sent) => expect(cookieHeader(with_(url, header), to)).toBe(sent))

  const dotted = 'https://api.example.com./v1/orders'
  it.each([
    ['a=1', dotted, dotted, 'a=1'],
    ['a=1', dotted, url, undefined],
    ['a=1', url, dotted, undefined],
    ['a=1; Path=/v2', dotted, dotted, undefined],
    ['a=1; Domain=example.com', dotted, dotted, undefined],
    ['a=1; Domain=example.com.', url, url, undefined],
    ['a=1; Domain=example.com.; Path=/', dotted, 'https://other.example.com./', 'a=1'],
    ['a=1; Domain=example.com.; Path=/', dotted, 'https://example.org./', undefined],
    ['a=1; Path=/', dotted, 'https://sub.api.example.com./', undefined],
    ['a=1; Domain=com.; Path=/', dotted, dotted, undefined],
    ['a=1; Domain=co.uk.; Path=/', 'https://shop.co.uk./', 'https://shop.co.uk./', undefined],
  ])('%j of %s is sent to %s as %j: a dot at the end makes another host', (header, from, to, sent) =>
    expect(cookieHeader(with_(from, header), to)).toBe(sent),
  )

  it('without a name are one, and replaced by another without a name', () => {
    expect(cookieHeader(with_(url, 'one', 'b=2', '=two'), url)).toBe('two; b=2')
    const place = { accountId: null, name: '', domain: 'api.example.com', path: '/v1' }
    expect(cookieValue(with_(url, 'one'), place)).toBe('one')
    expect(cookieHeader(value(withoutCookie(with_(url, 'one'), place)), url)).toBeUndefined()
  })

  it('that came in the clear stand in for none that goes by TLS alone', () => {
    const jar = with_(url, 'a=1; Secure; Path=/', 'b=1; Path=/', 'c=1; Secure; Path=/v1')
    takeCookies(jar, 'http://api.example.com/', ['a=2', 'a=3; Path=/v1', 'b=2', 'c=2'])
    expect(cookieHeader(jar, url)).toBe('c=1; a=1; b=2; c=2')
    takeCookies(jar, url, ['a=4; Path=/'])
    expect(cookieHeader(jar, 'http://api.example.com/')).toBe('a=4; b=2; c=2')
  })

  it('replace those of the same name, domain and path', () =>
    expect(cookieHeader(with_(url, 'a=1', 'b=2', 'a=3'), url)).toBe('a=3; b=2'))

  it('go to the port at which they were set alone, where a redirect of another origin led there', () => {
    const here = 'http://127.0.0.1:3000/'
    const jar = with_(here, 'a=1; Path=/; gatehouse-port=4000', 'b=2; Path=/')
    takeCookies(jar, 'http://127.0.0.1:4000/', ['b=3; Path=/'])
    expect(cookieHeader(jar, 'http://127.0.0.1:4000/')).toBe('a=1; b=3')
    expect(cookieHeader(jar, 'http://127.0.0.1:4000/', true)).toBe('b=3')
    expect(cookieHeader(jar, here, true)).toBe('a=1')
    const usual = with_('http://api.example.com/', 'a=1; Path=/', 'd=1; Domain=example.com; Path=/')
    expect(cookieHeader(usual, 'https://api.example.com/', true)).toBe('a=1; d=1')
    expect(cookieHeader(usual, 'https://api.example.com:8443/', true)).toBe('d=1')
    const place = { name: 'a', domain: '127.0.0.1', path: '/', below: false, secure: false, httpOnly: false }
    const put = value(putCookie(empty(), { ...place, accountId: null, value: '1' }))
    expect(cookieHeader(put, here, true)).toBe('a=1')
  })

  it('are of hosts however these are written', () => {
    for (const [host, domain] of [
      ['[::1]:3000', '[::1]'],
      ['[::1]:3000', '::1'],
      ['127.0.0.1', '127.0.0.1'],
      ['münchen.example', 'münchen.example'],
      ['shop.xn--mnchen-3ya.example', 'münchen.example'],
    ]) {
      const here = `http://${host}/`
      expect(cookieHeader(with_(here, `a=1; Domain=${domain}; Path=/`), here), here).toBe('a=1')
    }
    for (const domain of ['[::2]', 'example.com:443', 'a@b', '/'])
      expect(cookieHeader(with_('http://[::1]/', `a=1; Domain=${domain}`), 'http://[::1]/')).toBeUndefined()
  })

  it('may last longer than any clock', () => {
    const [cookie] = cookiesIn(with_(url, 'a=1; Max-Age=99999999999999'), 0)
    expect(() => new Date(cookie?.expiresAt ?? NaN).toISOString()).not.toThrow()
  })

  it('are known on this computer, by name and by number', () => {
    for (const here of ['http://localhost:3000/', 'http://127.0.0.1:3000/'])
      expect(cookieHeader(with_(here, 'a=1; Secure; Path=/'), here), here).toBe('a=1')
  })

  it('are no more than a response may set, and none is endless', () => {
    const jar = empty()
    takeCookies(
      jar,
      url,
      Array.from({ length: 200 }, (_, at) => `c${at}=1`),
    )
    expect(cookiesIn(jar, 0)).toHaveLength(50)
    expect(takeCookies(jar, url, [`long=${'x'.repeat(9_000)}`])).toBe(false)
  })

  it.each([
    ['https://api.example.com/v1/orders', 'https://api.example.com/'],
    ['http://[::1]:8080/', 'http://[::1]:8080/'],
  ])('are kept up to a limit, the newest of them: %s', (from, to) => {
    let json: string | undefined
    for (let turn = 0; turn < 25; turn += 1) {
      const jar = value(openJar(json))
      const some = Array.from({ length: 50 }, (_, at) => `t${turn}_${at}=1; Path=/`)
      expect(takeCookies(jar, from, some)).toBe(true)
      json = writeJar(jar, Date.now())
    }
    const jar = value(openJar(json))
    expect(cookiesIn(jar, 0)).toHaveLength(1_000)
    expect(cookieHeader(jar, to)).toContain('t24_49=1')
    expect(cookieHeader(jar, to)).toContain('t5_0=1')
    expect(cookieHeader(jar, to)).not.toContain('t4_49=')
  })

  it('are kept up to half a megabyte, the newest of them', () => {
    let json: string | undefined
    for (let turn = 0; turn < 4; turn += 1) {
      const jar = value(openJar(json))
      const some = Array.from({ length: 50 }, (_, at) => `t${turn}_${at}=${'x'.repeat(8_000)}; Path=/`)
      takeCookies(jar, url, some)
      json = writeJar(jar, Date.now())
      expect(json.length).toBeLessThan(600_000)
    }
    const kept = cookiesIn(value(openJar(json)), 0).map(({ name }) => name)
    expect(kept.length).toBeGreaterThan(60)
    expect(kept.at(-1)).toBe('t3_49')
    expect(kept).not.toContain('t2_0')
  })

  it('and are over at once leave nothing behind, however many come', () => {
    let json: string | undefined
    for (let turn = 0; turn < 3_000; turn += 1) {
      const jar = value(openJar(json))
      takeCookies(jar, url, [`gone${turn}=${'x'.repeat(100)}; Max-Age=0`, 'kept=1'])
      json = writeJar(jar, Date.now())
    }
    expect(json?.length).toBeLessThan(1_000)
    expect(cookieHeader(value(openJar(json)), url)).toBe('kept=1')
  })

  it('are left where the address is none that the library reads: the request has been carried out', () =>
    expect(takeCookies(empty(), 'https://::1/', ['a=1'])).toBe(false))

  it('of any text are taken or left, and never fail', () => {
    const jar = empty()
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (header) => {
        takeCookies(jar, url, [header])
        expect(value(openJar(writeJar(jar, Date.now())))).toBeDefined()
      }),
    )
  })
})

describe('a jar', () => {
  const jar = with_(
    url,
    'a=secret; Domain=example.com; Path=/; Secure; HttpOnly; SameSite=Lax',
    'b=2; Max-Age=60',
  )
  it('says what is in it, but no values, and what is over is not there', () => {
    const now = Date.now()
    const [first, second] = cookiesIn(jar, now)
    expect(first).toEqual({
      name: 'a',
      domain: 'example.com',
      path: '/',
      below: true,
      secure: true,
      httpOnly: true,
      sameSite: 'lax',
    })
    expect(second).toMatchObject({ name: 'b', domain: 'api.example.com', path: '/v1', below: false })
    expect(cookiesIn(jar, now + 120_000).map(({ name }) => name)).toEqual(['a'])
    expect(JSON.stringify(cookiesIn(jar, now))).not.toContain('secret')
  })
  it('is edited', () => {
    const place = { accountId: null, name: 'a', domain: 'example.com', path: '/' }
    const draft = { ...place, below: true, secure: true, httpOnly: true }
    const renamed = value(putCookie(jar, { ...draft, name: 'c', was: place }))
    expect(cookieHeader(renamed, url)).toBe('b=2; c=secret')
    expect(cookieValue(value(putCookie(jar, { ...draft, value: 'new' })), place)).toBe('new')
    expect(cookieHeader(value(withoutCookie(jar, place)), url)).toBe('b=2')
    expect(putCookie(jar, { ...draft, name: 'd' })).toMatchObject({ error: { code: 'cookie_no_value' } })
    const fresh = value(
      putCookie(empty(), { ...draft, domain: '.API.example.com', value: 'v', below: false }),
    )
    expect(cookieHeader(fresh, url)).toBe('a=v')
    expect(cookieHeader(fresh, 'https://x.api.example.com/')).toBeUndefined()
  })
  it.each([
    { name: 'a b' },
    { name: 'a=b' },
    { value: 'a;b' },
    { value: 'a\r\nX: y' },
    { path: 'x' },
    { domain: 'a/b' },
    { domain: 'a:80' },
    { domain: '' },
  ])('takes nothing that is no cookie: %j', (part) => {
    const place = { accountId: null, name: 'a', domain: 'example.com', path: '/' }
    expect(
      putCookie(empty(), { ...place, value: 'v', below: false, secure: false, httpOnly: false, ...part }),
    ).toMatchObject({ ok: false, error: { code: 'cookie_unfit' } })
  })
  it.each(['', '{', '[]', 'null', '{"cookies":[{"key":5}]}', '{"cookies":"x"}'])(
    'that is damaged is told or empty: %s',
    (text) => {
      const opened = openJar(text)
      if (opened.ok) expect(cookieHeader(opened.value, url)).toBeUndefined()
      else expect(opened.error.code).toBe('document_malformed')
    },
  )
})
