import { describe, expect, it } from 'vitest'
import {
  findCredentials,
  findTokens,
  hasToken,
  inOrder,
  isCredentials,
  replaceSpans,
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
    [
      '-----BEGIN CERTIFICATE-----\na\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----b-----END PRIVATE KEY-----',
      '-----BEGIN CERTIFICATE-----\na\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----•-----END PRIVATE KEY-----',
    ],
    [`-----BEGIN ${'X'.repeat(56)} PRIVATE KEY-----a`, `-----BEGIN ${'X'.repeat(56)} PRIVATE KEY-----•`],
    [`-----BEGIN ${'X'.repeat(57)} PRIVATE KEY-----a`, `-----BEGIN ${'X'.repeat(57)} PRIVATE KEY-----a`],
  ])('private keys: %s', (text, expected) => expect(shown(text)).toBe(expected))
})

describe('credentials in free text', () => {
  const found = (text: string) => replaceSpans(text, findCredentials(text), '•')
  it.each([
    ['Bearer abcdef', 'Bearer •'],
    ['bearer\tabcdef', 'bearer\t•'],
    ['BASIC  \t abcdef==, x', 'BASIC  \t •, x'],
    ['DPoP a-._~+/=9Z and Bearer ghijkl', 'DPoP • and Bearer •'],
    ['Bearer abcde', 'Bearer abcde'],
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
