import { describe, expect, it } from 'vitest'
import { compareScopes, scopeList, scopeSentence } from '../../../../../src/core/jwt/text/scope.ts'

it.each([
  ['a b', ['a', 'b']],
  ['  a   b ', ['a', 'b']],
  ['a\tb', ['a\tb']],
  ['', []],
  [
    ['a b', 'c', 7, null],
    ['a b', 'c'],
  ],
  [7, []],
  [{ length: 1 }, []],
  [undefined, []],
  ['x'.repeat(65_537), ['x'.repeat(65_536)]],
])('takes scopes out of what came: #%#', (value, scopes) => {
  expect(scopeList(value)).toEqual(scopes)
})

describe('compareScopes', () => {
  type Row = [string, string, string, string | undefined, string[], string[]]
  const deep = 'a/b/c/d/e/f/g/h/i/j'
  it.each<Row>([
    ['a scope of the sign-in that the token has', 'openid a', 'openid a', 'a', [], []],
    ['a scope of the sign-in that the response has', 'openid a', 'a', 'openid', [], []],
    ['a scope of the sign-in that neither has', 'email a', 'a', 'a', ['email'], []],
    ['a scope of the sign-in where the response names none', 'email a', 'a', undefined, [], []],
    ['a scope of the sign-in where the response is empty', 'email', 'a', '', ['email'], ['a']],
    ...['openid', 'profile', 'email', 'address', 'phone', 'offline_access'].map((scope): Row => [
      scope,
      `${scope} a`,
      'a',
      undefined,
      [],
      [],
    ]),
    ['the API by the token, where that names any', 'a b', 'a', 'b', ['b'], []],
    ['the API by the response, where the token names none', 'a b', '', 'a b', [], []],
    ['a short name behind the last slash', 'https://api.example/read', 'read', undefined, [], []],
    ['a longer name', 'https://api.example/v1/read', 'v1/read', undefined, [], []],
    ['part of a name', 'https://api.example/read', 'ead', undefined, ['https://api.example/read'], ['ead']],
    ['a name behind a slash at its beginning', '/read', 'read', undefined, [], []],
    ['the eighth slash from the end', deep, deep.slice(4), undefined, [], []],
    ['no further one', deep, deep.slice(2), undefined, [deep], [deep.slice(2)]],
    ['the whole name, not the short one asked for', 'read', 'x/read', undefined, ['read'], ['x/read']],
  ])('compares %s', (_what, asked, inToken, inResponse, missing, unasked) => {
    expect(compareScopes(asked, inToken, inResponse)).toEqual({ missing, unasked })
  })
})

describe('scopeSentence', () => {
  it.each([
    [['orders:read'], 'May read orders.'],
    [['orders.write'], 'May change orders.'],
    [['orders:create', 'my-orders:delete'], 'May create orders and delete my-orders.'],
    [['a-b:list', 'users:manage', 'openid'], 'May list a-b, manage users and sign in.'],
    [
      ['profile', 'email', 'address', 'phone', 'offline_access'],
      'May see the profile, see the email address, see the postal address, see the phone number and stay signed in (refresh token).',
    ],
    [['openid', 'x'], 'May sign in, and what the other scope names.'],
    [['openid', 'x', 'y'], 'May sign in, and what the other 2 scopes name.'],
    [['x'], 'Allows what this scope names.'],
    [['x', 'y'], 'Allows what these 2 scopes name.'],
    [[`${'o'.repeat(31)}:read`], `May read ${'o'.repeat(31)}.`],
  ])('reads %j', (scopes, sentence) => {
    expect(scopeSentence(scopes)).toBe(sentence)
  })

  it.each([
    'o:read',
    `${'o'.repeat(32)}:read`,
    'Orders:read',
    '-orders:read',
    'orders:Read',
    'orders:read2',
    'orders/read',
    'xorders orders:read',
    'orders:toString',
    'orders:constructor',
    'constructor',
    'read:orders:x',
    'orders:burn',
  ])('does not pretend to understand %s', (scope) => {
    expect(scopeSentence([scope])).toBe('Allows what this scope names.')
  })
})
