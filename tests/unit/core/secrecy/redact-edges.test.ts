import { describe, expect, it } from 'vitest'
import {
  maskHeaders,
  redactBody,
  redactHeader,
  redactText,
  redactTokens,
  redactUrl,
} from '../../../../src/core/secrecy/redact.ts'
import { hasUserInformation, maskBody, maskUrl } from '../../../../src/core/secrecy/mask.ts'

const jwt = 'eyJhbGci.eyJzdWIiOiJh.c2ln'

describe('free text', () => {
  it.each([
    ['pin=1', 'pin=•••'],
    ['pin:', 'pin:'],
    ['a=1', 'a=1'],
    [`Bearer abcdef and ${jwt}`, 'Bearer ••• and •••'],
    ['', ''],
  ])('%s', (text, expected) => expect(redactText(text)).toBe(expected))
  it('without tokens keeps what is only named', () => {
    expect(redactTokens(`pin=1 ${jwt}`)).toBe('pin=1 •••')
    expect(redactTokens('eyJhbGci.')).toBe('•••')
    expect(redactTokens('eyJhbGci')).toBe('eyJhbGci')
  })
})

describe('an address in the flow', () => {
  it.each([
    ['https://a.example/b', 'https://a.example/b'],
    ['https://a.example/b?', 'https://a.example/b?'.slice(0, -1)],
    ['https://ann:marked@a.example/b#x=1', 'https://a.example/b#x=1'],
    [`https://ann:marked@a.example/${'b'.repeat(70_000)}`, `https://a.example/${'b'.repeat(70_000)}`],
    [`https://a.example/${jwt}?${jwt}=1#code=marked`, 'https://a.example/•••?•••=1#code=•••'],
    ['https://a.example/?next=pin%3Dmarked', 'https://a.example/?next=pin%3D•••'],
    ['/relative?code=marked', '/relative?code=•••'],
    ['not a url Bearer marked', 'not a url Bearer •••'],
  ])('%s is shown as %s', (url, shown) => expect(redactUrl(url)).toBe(shown))

  it('is text where it is longer than any', () => {
    const long = (count: number) => `https://ann@a.example/?a=${'x'.repeat(count - 25)}`
    const upper = (count: number) => redactUrl(`HTTPS://A.example/${'x'.repeat(count - 18)}`).slice(0, 18)
    expect(upper(65_536)).toBe('https://a.example/')
    expect(upper(65_537)).toBe('HTTPS://A.example/')
    expect(redactUrl(long(65_536))).toContain('https://a.example')
    expect(redactUrl(long(65_537))).toContain('https://a.example')
    expect(redactUrl(`${long(65_537)}&code=marked`)).toMatch(/&code=•••$/)
  })
})

describe('a header', () => {
  it.each([
    ['Location', 'https://a.example/?code=marked', 'https://a.example/?code=•••'],
    ['content-location', 'https://a.example/?code=marked', 'https://a.example/?code=•••'],
    ['Set-Cookie', 'a=b', '•••'],
    ['Authorization', 'Bearer marked', 'Bearer •••'],
    ['Proxy-Authorization', 'Basic marked', 'Basic •••'],
    ['Authorization', 'a-b_9 marked', 'a-b_9 •••'],
    ['Authorization', '9a marked', '•••'],
    ['Authorization', 'x Bearer', 'x •••'],
    ['Authorization', 'Bearer', '•••'],
    ['X-Api-Key', 'Bearer marked', '•••'],
    ['X-Other', 'code=marked', 'code=•••'],
    ['Location', 'https://ann:marked@a.example/b', 'https://a.example/b'],
    ['Content-Location', 'https://ann:marked@a.example/b', 'https://a.example/b'],
  ])('in the flow: %s: %s', (name, value, shown) => expect(redactHeader(name, value)).toBe(shown))

  it.each([
    ['Set-Cookie', 'sid=marked; Path=/; HttpOnly', 'sid=•••; Path=/; HttpOnly'],
    ['SET-COOKIE', `a=; x=${jwt}`, 'a=•••; x=•••'],
    ['Location', '/cb?code=marked&scope=a', '/cb?code=•••&scope=a'],
    ['Location', 'https://a.example/?code=marked', 'https://a.example/?code=•••'],
    ['Location', 'HTTPS://A.example', 'HTTPS://A.example'],
    ['Content-Location', `/${jwt}#code=marked`, '/•••#code=•••'],
    ['Location', `/${jwt}`, '/•••'],
    ['Location', 'https://ann:marked@a.example/b', 'https://a.example/b'],
    ['Location', '//ann:marked@a.example/b', '//a.example/b'],
    ['Location', '//ann:marked@a.example/?a=1', '//a.example/?a=1'],
    ['Location', 'https://ann:marked@:99999/b@c', 'https://:99999/b@c'],
    ['Location', '/b/ann@a.example', '/b/ann@a.example'],
    ['Location', '/b//ann@a.example', '/b//ann@a.example'],
    ['Location', ' //ann:marked@a.example/b', ' //a.example/b'],
    ['Location', '?code=marked', '?code=•••'],
    ['Location', 'https://a.example/?%70in=marked', 'https://a.example/?pin=•••'],
    ['Set-Cookie', '0123456789ab; Path=/', '•••; Path=/'],
    ['Refresh', '0; url=/cb?code=marked&scope=a', '0; url=/cb?code=•••&scope=a'],
    ['Authorization', 'Bearer marked', 'Bearer •••'],
    ['X-Other', 'code=US', 'code=US'],
    ['X-Other', jwt, '•••'],
  ])('in the history: %s: %s', (name, value, shown) =>
    expect(maskHeaders([[name, value]])).toEqual([[name, shown]]),
  )
})

describe('a body in the flow', () => {
  const json = 'application/json'
  it.each([
    ['{"code":"marked","a":"b"}', json, '{"code":"•••","a":"b"}'],
    [
      '{"pin":1,"otp":null,"puk":true,"cvv":{"a":1}}',
      json,
      '{"pin":"•••","otp":null,"puk":true,"cvv":"•••"}',
    ],
    ['{"a":[1.10,-2e+5,12345678901234567890]}', json, '{"a":[1.10,-2e+5,12345678901234567890]}'],
    ['{ "a": [1.10, -2e+5, 2E-5, 1.25e10, 120] }', json, '{"a":[1.10,-2e+5,2E-5,1.25e10,120]}'],
    ['a=1&%70in=marked', 'application/x-www-form-urlencoded', 'a=1&pin=•••'],
    [
      '<soap:Password Type="x">marked</soap:Password>',
      'text/xml',
      '<soap:Password Type="x">•••</soap:Password>',
    ],
    ['{"a":"1.10 \\" 2"}', json, '{"a":"1.10 \\" 2"}'],
    ['{"a":"\ue000","b":1.10}', json, '{"a":"\ue000","b":1.1}'],
    [`{"${jwt}":["code=marked"]}`, json, '{"•••":["code=•••"]}'],
    [
      'a=b&code=marked&c=pin%3Dmarked',
      'application/x-www-form-urlencoded; charset=utf-8',
      'a=b&code=•••&c=pin%3D•••',
    ],
    ['a=b&code=marked', 'text/plain', 'a=b&code=•••'],
    ['"code=marked"', json, '"code=•••"'],
  ])('%s', (body, type, shown) => expect(redactBody(body, type)).toBe(shown))

  it('is covered below its twentieth level', () => {
    const nested = (levels: number) => `${'['.repeat(levels)}"x"${']'.repeat(levels)}`
    expect(redactBody(nested(21), json)).toBe(nested(21))
    expect(redactBody(nested(22), json)).toBe(nested(21).replace('"x"', '"•••"'))
    const objects = (levels: number) => `${'{"a":'.repeat(levels)}"x"${'}'.repeat(levels)}`
    expect(redactBody(objects(21), json)).toBe(objects(21))
    expect(redactBody(objects(22), json)).toBe(objects(21).replace('"x"', '"•••"'))
  })

  it('is judged by the names that the caller gives', () => {
    const isName = (name: string) => name === 'own'
    expect(redactBody('{"own":"a","code":"b"}', json, isName)).toBe('{"own":"•••","code":"b"}')
    expect(redactBody('own=a&code=b', 'application/x-www-form-urlencoded', isName)).toBe('own=•••&code=b')
  })
})

describe('an address or a body that is kept', () => {
  it.each([
    ['https://a.example/?a=1&pin=', 'https://a.example/?a=1&pin='],
    ['https://a.example/?pin&otp=marked', 'https://a.example/?pin&otp=•••'],
    ['https://a.example/#pin=marked&a=1?otp=2', 'https://a.example/#pin=•••&a=1?otp=2'],
    ['https://a.example/?pin=1#otp=2&a=3', 'https://a.example/?pin=•••#otp=•••&a=3'],
    ['https://a.example/?a=b=pin&pin=c=d', 'https://a.example/?a=b=pin&pin=•••'],
    ['https://a.example/?user+pin=1&%zz_pin=2', 'https://a.example/?user+pin=•••&%zz_pin=•••'],
    ['https://a.example/?pin={{p.q-r_1}}', 'https://a.example/?pin={{p.q-r_1}}'],
    ['https://a.example/?pin=x{{p}}', 'https://a.example/?pin=•••'],
    ['https://a.example/?pin={{p}}x', 'https://a.example/?pin=•••'],
    ['https://a.example/?pin={{}}', 'https://a.example/?pin=•••'],
    [`https://a.example/?pin={{${'p'.repeat(64)}}}`, `https://a.example/?pin={{${'p'.repeat(64)}}}`],
    [`https://a.example/?pin={{${'p'.repeat(65)}}}`, 'https://a.example/?pin=•••'],
    ['https://a:b@c@a.example?x=@', 'https://•••@a.example?x=@'],
    ['https://ann@a.example', 'https://•••@a.example'],
    ['https://@a.example', 'https://@a.example'],
    ['ann@a.example', 'ann@a.example'],
    ['https://a.example#@', 'https://a.example#@'],
  ])('%s', (url, kept) => {
    expect(maskUrl(url)).toBe(kept)
    expect(hasUserInformation(url)).toBe(kept.includes('•••@'))
  })

  it('has names of three hundred characters at most', () => {
    const url = (name: string) => `https://a.example/?${name}=marked`
    expect(maskUrl(url(`${'x'.repeat(400)}_pin`))).toBe(
      url(`${'x'.repeat(400)}_pin`).replace('marked', '•••'),
    )
    expect(maskUrl('https://a.example/?own=1&pin=2', (name) => name === 'own')).toBe(
      'https://a.example/?own=•••&pin=2',
    )
  })

  it('keeps the names of variables', () => {
    expect(maskBody('{"pin":"{{p}}","otp":"marked"}', false)).toBe('{"pin":"{{p}}","otp":"•••"}')
    expect(maskBody('pin={{p}}&otp=marked', true)).toBe('pin={{p}}&otp=•••')
    expect(maskBody('grant_type=x code: marked', false)).toBe('grant_type=x code: •••')
    expect(maskBody('code: US', false)).toBe('code: US')
  })
})
