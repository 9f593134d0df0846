import { describe, expect, it } from 'vitest'
import {
  findCredentials,
  findTokens,
  hasToken,
  inOrder,
  isCredentials,
  replaceSpans,
  tokenTexts,
} from '../../../../src/core/secrecy/looks.ts'

const shown = (text: string) => replaceSpans(text, findTokens(text), '•')
const jwt = 'eyJhbGci.eyJzdWIiOiJh.c2ln_-9Z'

describe('tokens by their looks', () => {
  it.each([
    ...[
      'ghp_',
      'gho_',
      'ghs_',
      'ghr_',
      'ghu_',
      'github_pat_',
      'glpat-',
      'gloas-',
      'glrt-',
      'glcbt-',
      'gldt-',
    ],
    ...['xoxa-', 'xoxb-', 'xoxe-', 'xoxp-', 'xoxr-', 'xoxs-', 'xapp-'],
    ...['rk_live_', 'sk_live_', 'rk_test_', 'sk_test_', 'ya29.', 'AIza', 'npm_', 'AKIA', 'hvs.', 'shpat_'],
    ...['dop_v1_', 'sk-ant-', 'sk-proj-'],
  ])('begin with %s and have sixteen characters', (prefix) => {
    const token = prefix + 'A1~b+c/d.e-f_g='.repeat(2).slice(0, 16 - prefix.length)
    expect(token).toHaveLength(16)
    expect(shown(`a "${token}" b`)).toBe('a "•" b')
    expect(shown(`a "${token.slice(0, -1)}" b`)).toBe(`a "${token.slice(0, -1)}" b`)
    expect(shown(`x${token}`)).toBe(`x${token}`)
    expect(shown(`${token}, ${token}`)).toBe('•, •')
  })

  it.each([
    [jwt, '•'],
    [`/a/${jwt}/b`, '/a/•/b'],
    [`"${jwt}"`, '"•"'],
    [`%2F${jwt}`, '%2F•'],
    [`\\n${jwt}`, '\\n•'],
    [`\\r${jwt}`, '\\r•'],
    [`\\t${jwt}`, '\\t•'],
    [`\\u00aB${jwt}`, '\\u00aB•'],
    // Within a word only what has the whole form of one is.
    [`abc${jwt}`, 'abc•'],
    ['abceyJhbGci.eyJzdWI.c2ln', 'abceyJhbGci.eyJzdWI.c2ln'],
    ['abceyJhbGci.eyJzdWIi', 'abceyJhbGci.eyJzdWIi'],
    ['abceyJhbGci.eyJzdWI.c2lnc2ln', 'abceyJhbGci.eyJzdWI.c2lnc2ln'],
    ['abceyJhbGci.eyJzdWIi.c2ln', 'abc•'],
    // An escape is no word, and what only looks like one is.
    ['%2FeyJhbGci.a', '%2F•'],
    ['\\neyJhbGci.a', '\\n•'],
    ['\\u00aBeyJhbGci.a', '\\u00aB•'],
    ['%C3%A9eyJhbGci.a', '%C3%A9•'],
    ['%GHeyJhbGci.a', '%GHeyJhbGci.a'],
    ['%FeyJhbGci.a', '%FeyJhbGci.a'],
    ['%A9_eyJhbGci.a', '%A9_eyJhbGci.a'],
    ['\\xeyJhbGci.a', '\\xeyJhbGci.a'],
    ['\\u00GBeyJhbGci.a', '\\u00GBeyJhbGci.a'],
    ['\\uBeyJhbGci.a', '\\uBeyJhbGci.a'],
    ['eyJhbGci.ab[x', '•[x'],
    ['eyJhbGci.ab{x', '•{x'],
    ['eyJhbGci.', '•'],
    ['eyJhbGci.a', '•'],
    ['eyJhbGc.eyJzdWIiOiJh.c2ln', 'eyJhbGc.•'],
    ['eyJhbGci', 'eyJhbGci'],
    ['eyJhbGci eyJ', 'eyJhbGci eyJ'],
    // An encrypted one has five parts, and what follows is no part of it.
    ['eyJhbGci.a.b.c.d.e', '•.e'],
    ['eyJhbGci..b.c.d', '•'],
    [`${jwt} and ${jwt}`, '• and •'],
  ])('JWTs: %s', (text, expected) => {
    expect(shown(text)).toBe(expected)
    expect(hasToken(text)).toBe(expected.includes('•'))
  })

  it.each([
    [
      '-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----\nx',
      '-----BEGIN PRIVATE KEY-----•-----END PRIVATE KEY-----\nx',
    ],
    ['-----BEGIN EC PRIVATE KEY-----\nMII', '-----BEGIN EC PRIVATE KEY-----•'],
    [
      '-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----',
      '-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----',
    ],
    ['-----BEGIN PRIVATE KEY', '-----BEGIN PRIVATE KEY'],
    ['-----BEGIN PRIVATE KEY-----END -----', '-----BEGIN PRIVATE KEY-----•'],
    [
      '-----BEGIN CERTIFICATE-----\na\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----b-----END PRIVATE KEY-----',
      '-----BEGIN CERTIFICATE-----\na\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----•-----END PRIVATE KEY-----',
    ],
    [`-----BEGIN ${'X'.repeat(56)} PRIVATE KEY-----a`, `-----BEGIN ${'X'.repeat(56)} PRIVATE KEY-----•`],
    [`-----BEGIN ${'X'.repeat(57)} PRIVATE KEY-----a`, `-----BEGIN ${'X'.repeat(57)} PRIVATE KEY-----a`],
  ])('private keys: %s', (text, expected) => expect(shown(text)).toBe(expected))
})

describe('tokens that are spelled with escapes', () => {
  const api = 'ya29.a0+b/c-d_e=f~g'
  it.each([
    // Each is what an encoder of JSON, of addresses, or of both writes.
    [`{"a":"${api.replace('+', '\\u002B').replace('/', '\\/')}"}`, '{"a":"•"}'],
    [`{"a":"${api.replace('+', '\\\\u002b').replace('/', '\\\\/')}"}`, '{"a":"•"}'],
    [`a=${encodeURIComponent(api)}&b=1`, 'a=•&b=1'],
    [`a=${encodeURIComponent(encodeURIComponent(api))}&b=1`, 'a=•&b=1'],
    [`u=${encodeURIComponent(`/?t=${api}&s=2`)}`, 'u=%2F%3Ft%3D•%26s%3D2'],
    [jwt.replaceAll('e', '\\u0065').replaceAll('.', '%2e'), '•'],
    [`"\\u0065yJhbGci\\u002Ea" and "${jwt}"`, '"•" and "•"'],
    ['\\nghp_0123456789ab\\n', '\\n•\\n'],
    ['\\tghp_0123456789ab\\r', '\\t•\\r'],
    [
      '"-----BEGIN PRIVATE KEY-----\\nMII\\/\\n-----END PRIVATE KEY-----\\n"',
      '"-----BEGIN PRIVATE KEY-----•-----END PRIVATE KEY-----\\n"',
    ],
    ['\\u0065yJhbGc and %65yJhbGc.', '\\u0065yJhbGc and %65yJhbGc.'],
    ['\\xya29.%6', '\\xya29.%6'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected)
    expect(hasToken(text)).toBe(expected.includes('•'))
  })

  it('are known as they are written and as they are meant', () => {
    expect(tokenTexts(jwt)).toEqual([jwt])
    expect(tokenTexts('a=ya29.a0%2Fbcdefghijkl')).toEqual(['ya29.a0/bcdefghijkl'])
    expect(tokenTexts(jwt.replace('_', '%5F'))).toEqual([jwt.slice(0, jwt.indexOf('_')), jwt])
  })
})

describe('credentials in free text', () => {
  const found = (text: string) => replaceSpans(text, findCredentials(text), '•')
  it.each([
    ['Bearer abcdef', 'Bearer •'],
    ['bearer\tabcdef', 'bearer\t•'],
    ['BASIC  \t abcdef==, x', 'BASIC  \t •, x'],
    ['DPoP a-._~+/=9Z and Bearer ghijkl', 'DPoP • and Bearer •'],
    ['Bearer abcde', 'Bearer abcde'],
    ['"Bearer abcdef"', '"Bearer •"'],
    ['Bearer abcdef:ghijkl', 'Bearer •:ghijkl'],
    // The scheme twice, as by one who does not know that it is added.
    ['Bearer Bearer abcdef', 'Bearer • •'],
    ['Bearer basic abcdef', 'Bearer basic •'],
    ['Bearer realm="x"', 'Bearer realm="x"'],
    ['Bearer scopes= "x"', 'Bearer • "x"'],
    ['Bearer: abcdef', 'Bearer: abcdef'],
    ['forbearer abcdef', 'forbearer abcdef'],
    ['Bearer abc', 'Bearer abc'],
  ])('%j', (text, expected) => expect(found(text)).toBe(expected))

  it.each(['Bearer', 'basic', 'DPOP', 'Digest', 'token', 'Negotiate', 'ApiKey', 'AWS4-HMAC-SHA256'])(
    'are a value that begins with %s',
    (scheme) => {
      expect(isCredentials(`  ${scheme} abcd`)).toBe(true)
      expect(isCredentials(`${scheme}\t  abcd`)).toBe(true)
      expect(isCredentials(`${scheme} abc`)).toBe(false)
      expect(isCredentials(`${scheme}abcd`)).toBe(false)
      expect(isCredentials(`x ${scheme} abcd`)).toBe(false)
    },
  )
})

describe('spans', () => {
  it('are put in order, and one where they overlap', () => {
    expect(
      inOrder([
        { start: 8, end: 9 },
        { start: 0, end: 5 },
        { start: 2, end: 3 },
        { start: 4, end: 6 },
        { start: 6, end: 7 },
      ]),
    ).toEqual([
      { start: 0, end: 6 },
      { start: 6, end: 7 },
      { start: 8, end: 9 },
    ])
    expect(inOrder([])).toEqual([])
  })

  it('leave what was given as it was', () => {
    const given = [
      { start: 0, end: 2 },
      { start: 1, end: 4 },
    ]
    expect(inOrder(given)).toEqual([{ start: 0, end: 4 }])
    expect(given[0]).toEqual({ start: 0, end: 2 })
  })
})
