import { describe, expect, it } from 'vitest'
import { keyByName } from '../../../../../src/core/jwt/attacks/kid-attacks.ts'

const label = (kid: unknown) => keyByName({ kid }).map((each) => each.label)
const called = (what: string) => [`Attack: ${what} in kid`]

it('a token without kid is not looked at', () => {
  expect(keyByName({})).toEqual([])
})

it('it is a notice of one id and code', () => {
  expect(keyByName({ kid: '/etc/passwd' })).toMatchObject([
    { id: 'attack-kid', code: 'kid', state: 'notice', source: 'RFC 8725 section 3.10' },
  ])
})

describe('a kid is called by what it does', () => {
  it.each([
    ['expression', '${7*7}', '#{7*7}', 'a{{7*7}}', 'a<%= 7 %>', 'a${jndi:dns}', 'A${JNDI:dns}'],
    ['markup', '<b>', '</b>', '<!--', 'a<Img src=x>'],
    ['path traversal', '../a', 'a/..', 'a\\..\\b', '%2e%2e/a', 'a%2f..%2fb', 'a%5C%2E%2E%5Cb', '..'],
    ['address', 'http://a', 'HTTPS://a', 'ldap:a', 'ldaps:a', 'ftp:a', 'jar:a', 'data:a', 'gopher:a', '//a'],
    ['path', '/a', 'C:\\a', 'd:\\a', 'file:a', 'FILE:///a'],
    ['SQL injection', "' or 1", "'OR(1)", '" and 1', '`  union/**/', "'||'a"],
    [
      'SQL injection',
      'union select',
      'UNION ALL SELECT',
      'union  all  select',
      'union/**/select',
      'union /**/ select',
    ],
    ['SQL injection', 'a--', 'a-- b', 'a; drop', 'a;  SELECT', 'a;insert', 'a;update', 'a;delete'],
    ['LDAP injection', 'a*)(b', 'a)(|b', 'a(|(b'],
    ['command injection', 'a|b', 'a;b', 'a&b', 'a`b', '$(a)'],
  ])('%s', (what, ...kids) => {
    for (const kid of kids) expect([kid, label(kid)]).toEqual([kid, called(what)])
  })
  it.each([null, 0, ['a'], {}, true])('no text: %j', (kid) => {
    expect(label(kid)).toEqual(called('no text'))
  })
  it.each(['', ' ', '\u00a0', '\n'])('nothing: %j', (kid) => {
    expect(label(kid)).toEqual(called('nothing'))
  })
  it.each(['a\u0000', 'a\u001f', '\u007f', 'a\nb'])('control characters: %j', (kid) => {
    expect(label(kid)).toEqual(called('control characters'))
  })
})

it.each([
  'a b',
  'a~b',
  'é',
  '2024-01-key',
  'a--b',
  'a<1',
  'a < b',
  'a...b',
  'a..b',
  '..a/b',
  'a/..b',
  'a/b/c',
  'ac:\\',
  'ftpa',
  'https',
  'a//b',
  'myfile:a',
  'https-key',
  'xhttp://a',
  "it's",
  "o'reilly",
  "'order",
  "'android",
  'reunion select',
  'union selection'.slice(0, 9),
  'unionselect',
  'select',
  'a*b',
  '(a)',
  '$a',
  'a$b',
  'a{b}',
  'a${b}',
  'a#{b}',
  'jndi:',
  'a%b',
  'Zm9v+/=',
  'urn:kid:1',
  '5f:a9:00',
])('an ordinary kid is called nothing: %j', (kid) => {
  expect(label(kid)).toEqual([])
})

it('is looked at as far as a name goes', () => {
  expect(label(`${'a'.repeat(511)};`)).toEqual(called('command injection'))
  expect(label(`${'a'.repeat(512)};`)).toEqual([])
  expect(label(`${'a'.repeat(511)}\u0000`)).toEqual(called('control characters'))
  expect(label(`${'a'.repeat(512)}\u0000`)).toEqual([])
})
