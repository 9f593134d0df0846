import { describe, expect, it } from 'vitest'
import {
  secretsAnswered,
  secretsInBody,
  secretsInUrl,
  secretsSent,
} from '../../../../src/core/secrecy/carried.ts'

const jwt = 'eyJhbGci.eyJzdWIiOiJh.c2ln'
const escapedJwt = jwt.replaceAll('e', '\\u0065')
const header = (name: string, value: string) =>
  secretsSent({ url: 'https://a.example/', headers: [[name, value]] })
const answered = (name: string, value: string) => secretsAnswered([[name, value]], '')

describe('the secrets of an address', () => {
  it.each<[string, string[]]>([
    ['https://a.example/b?scope=openid', []],
    ['https://a.example/?code=marked&scope=x#state=also', ['marked', 'also']],
    ['https://a.example/?code=', []],
    ['https://ann:mar%20ked@a.example/', ['ann', 'mar%20ked', 'mar ked']],
    ['https://a.example/@ann', []],
    ['https://a.example?to=ann@b.example', []],
    ['https://a.example#ann@b.example', []],
    ['https://a.example/pin=1', []],
    ['https://a.example/reset-token/3f9a00000000?x=1', ['3f9a00000000']],
    ['3f9a00000000/x', []],
    [`https://${'u'.repeat(30_000)}@a.example`, ['u'.repeat(30_000)]],
    ['https://an@n:marked@a.example', ['an@n', 'marked']],
    ['ann:marked@a.example', []],
    ['reset-token', []],
    ['/relative?pin=1', ['1']],
    ['https://a.example/?pin=a+b', ['a+b', 'a b']],
    ['https://a.example/?pin=a%2Bb', ['a%2Bb', 'a+b']],
    ['https://a.example/?pin=a%zz', ['a%zz']],
    [`https://a.example/${jwt}/x`, [jwt]],
    ['https://a.example/reset-token/3f9a00000000', ['3f9a00000000']],
    ['https://a.example/reset-token/3f9a0000000', []],
    ['https://a.example/reset-token/abcdefghijkl', []],
    ['https://a.example/orders/3f9a00000000', []],
    ['https://a.example/reset-token/3f9a0000%20000', ['3f9a0000%20000', '3f9a0000 000']],
  ])('%s', (url, secrets) => expect(new Set(secretsInUrl(url))).toEqual(new Set(secrets)))

  it('are those that the caller names', () => {
    const own = secretsInUrl('https://a.example/?code=marked&own=this', (name) => name === 'own')
    expect(new Set(own)).toEqual(new Set(['this']))
    expect(secretsSent({ url: 'https://a.example/?code=marked', headers: [] })).toEqual([])
  })
})

describe('the secrets of a header that is sent', () => {
  it.each<[string, string, string[]]>([
    ['Accept', 'text/html', []],
    ['X-Api-Key', 'marked', ['marked']],
    ['Authorization', 'Bearer marked', ['Bearer marked', 'marked']],
    ['authorization', ' Bearer\tmarked ', [' Bearer\tmarked ', 'marked']],
    ['Authorization', 'marked', ['marked']],
    // Not by its name, by what it holds.
    ['X-Forwarded', 'Bearer marked', ['Bearer marked', 'marked']],
    ['X-Trace', jwt, [jwt]],
    ['X-Trace', `{"a":"${escapedJwt}"}`, [jwt]],
    [
      'Authorization',
      `Basic ${btoa('an%20n:se:cr+et')}`,
      [`Basic ${btoa('an%20n:se:cr+et')}`, btoa('an%20n:se:cr+et'), 'an%20n', 'an n', 'se:cr+et', 'se:cr et'],
    ],
    ['Authorization', `BASIC ${btoa('alone')}`, [`BASIC ${btoa('alone')}`, btoa('alone'), 'alone']],
    [
      'Authorization',
      `Basic ${Buffer.from('ann:pässword').toString('base64')}`,
      [
        `Basic ${Buffer.from('ann:pässword').toString('base64')}`,
        Buffer.from('ann:pässword').toString('base64'),
        'ann',
        'pässword',
      ],
    ],
    [
      'Authorization',
      `Basic ${btoa('ann:p\u00e4ss')}`,
      [`Basic ${btoa('ann:p\u00e4ss')}`, btoa('ann:p\u00e4ss'), 'ann', 'p\u00e4ss'],
    ],
    ['Authorization', 'Basic !!', ['Basic !!', '!!']],
    [
      'Authorization',
      'Digest username="ann", password="marked"',
      ['Digest username="ann", password="marked"', 'username="ann", password="marked"', 'marked'],
    ],
    [
      'Cookie',
      'theme=dark; sid="a%20b"; long=0123456789; none; =x',
      ['theme=dark; sid="a%20b"; long=0123456789; none; =x', 'a%20b', 'a b', '0123456789'],
    ],
    ['Cookie', 'a=012345678', ['a=012345678']],
    ['Cookie', 'sid= mar ; x=1', ['sid= mar ; x=1', 'mar']],
    ['Cookie', 'a=1; =0123456789', ['a=1; =0123456789', '0123456789']],
    ['Cookie', 'a=1; 0123456789ab', ['a=1; 0123456789ab', '0123456789ab']],
    ['Authorization', 'Bearer  marked', ['Bearer  marked', 'marked']],
    ['Authorization', `Other ${btoa('ann:marked')}`, [`Other ${btoa('ann:marked')}`, btoa('ann:marked')]],
    ['Authorization', `x basic ${btoa('a:b')}`, [`x basic ${btoa('a:b')}`, `basic ${btoa('a:b')}`]],
    [
      'Authorization',
      `Basic ${btoa(':se-cret')}`,
      [`Basic ${btoa(':se-cret')}`, btoa(':se-cret'), 'se-cret'],
    ],
  ])('%s: %s', (name, value, secrets) => {
    expect(new Set(header(name, value))).toEqual(new Set(secrets))
  })

  it('are also those that the caller names', () => {
    const sent = { url: 'https://a.example/', headers: [['X-Own', 'this']] as [string, string][] }
    expect(secretsSent(sent, (name) => name === 'x-own')).toEqual(['this'])
  })
})

describe('the secrets of a body', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['{"a":1}', []],
    ['{"password":"marked"}', ['marked']],
    ['{"pin":1234,"size":5678}', ['1234']],
    ['{"pin":true,"otp":null}', []],
    ['{"pin":{"deep":["marked",{"er":7}]}}', ['marked', '7']],
    [`{"a":["${jwt}","eyJ"]}`, [jwt]],
    // Behind an escape, a token is known by what it means.
    ['{"a":"eyJhbGci\\u002eeyJzdWIiOiJh\\u002ec2ln"}', [jwt]],
    [`{"a":"${escapedJwt}"}`, [jwt]],
    [`no JSON ${escapedJwt}`, [jwt]],
    [JSON.stringify({ a: `{"b":"${escapedJwt}"}` }), [jwt]],
    ['{"a":"xapp-0123\\/456789ab"}', ['xapp-0123/456789ab']],
    [`a=${encodeURIComponent('xapp-0123/456789ab')}`, ['xapp-0123/456789ab']],
    ['{"a":[null,true,1],"pin":[null,true]}', []],
    // A form has no blanks, quotes, brackets and ampersands before its first equals sign.
    ['user+pin=mar%20ked', ['mar%20ked', 'mar ked']],
    ['a=1&%70in=mar%20ked', ['mar%20ked', 'mar ked']],
    ['a b=1&%70in=marked', []],
    ['=1&%70in=marked', []],
    [`${'x'.repeat(200)}=1&%70in=marked`, ['marked']],
    [`${'x'.repeat(201)}=1&%70in=marked`, []],
    ['"marked"', []],
    ['password=mar%20ked&name=ann', ['mar%20ked', 'mar ked']],
    ['words with password: "marked"', ['marked']],
    ['{"password":"marked"', ['marked']],
    ['<password>marked</password>', ['marked']],
    [`free text ${jwt}`, [jwt]],
  ])('%s', (body, secrets) => expect(new Set(secretsInBody(body))).toEqual(new Set(secrets)))

  it('are looked for forty levels deep', () => {
    const nested = (levels: number) => `${'{"a":'.repeat(levels)}{"pin":"marked"}${'}'.repeat(levels)}`
    expect(secretsInBody(nested(39))).toEqual(['marked'])
    expect(secretsInBody(nested(40))).toEqual([])
    const lists = (levels: number) => `${'['.repeat(levels)}{"pin":"marked"}${']'.repeat(levels)}`
    expect(secretsInBody(lists(39))).toEqual(['marked'])
    expect(secretsInBody(lists(40))).toEqual([])
  })

  it('are sent with the address and the headers, each once', () => {
    expect(
      secretsSent({
        url: 'https://a.example/?pin=one&otp=two',
        headers: [['X-Api-Key', 'two']],
        body: '{"pin":"three","puk":"one"}',
      }),
    ).toEqual(['one', 'two', 'three'])
  })
})

describe('the secrets of an answer', () => {
  it.each<[string, string, string[]]>([
    ['Set-Cookie', 'sid=marked; Path=/; Domain=abcdefghijkl', ['marked']],
    ['Set-Cookie', 'theme=dark; Path=/', []],
    ['Set-Cookie', `t=${jwt}`, [jwt]],
    ['Set-Cookie', '0123456789ab; Path=/', ['0123456789ab']],
    ['Location', '/cb?code=marked', ['marked']],
    ['Content-Location', '/cb?code=marked', ['marked']],
    ['Refresh', '0; url=/cb?code=marked', ['marked']],
    ['X-Other', '/cb?code=marked', []],
    ['X-Auth-Token', 'Bearer marked', ['marked', 'Bearer marked']],
    ['X-Trace', `a ${jwt} b`, [jwt]],
    ['Content-Type', 'text/html', []],
  ])('in the head: %s: %s', (name, value, secrets) => {
    expect(new Set(answered(name, value))).toEqual(new Set(secrets))
  })

  it('in the body are what is handed out', () => {
    expect(secretsAnswered([], '{"access_token":"marked","pin":"not","code":"not"}')).toEqual(['marked'])
    expect(secretsAnswered([], '{"access_token":"","id_token":"a","token":"a"}')).toEqual(['a'])
  })
})
