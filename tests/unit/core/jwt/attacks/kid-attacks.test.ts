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
    ['LDAP injection', 'a*)(b', 'a)(|b', 'a(|(b', '*'],
    ['command injection', 'a|b', 'a;b', 'a&b', 'a`b', '$(a)', 'k > /tmp/x', '>k'],
    ['expression', '{% a %}', '%{(1)}', '*{7}', 'a${${lower:j}ndi:x}', 'x${7*7}'],
    ['markup', 'javascript:alert(1)', '" onerror=alert(1)'],
    ['path traversal', '%252e%252e%252fa', '....//....//a', '..;/a', '..%c0%afa', '．．／a'],
    ['address', '\\\\evil.example\\a', 'php://filter', 'xhttp://a', 'netdoc://a'],
    ['path', './keys/a.pem', 'keys/a.pem', 'public/app.css', '/proc/sys/kernel/a_b', '/etc/security/opasswd'],
    ['query operator', '{"$ne": null}', "{'$gt': ''}", '[$ne]'],
    [
      'SQL injection',
      "key1'",
      "1' AND SLEEP(5)#",
      "'; exec xp_cmdshell",
      '1); SELECT pg_sleep(5)--',
      'a/**/or/**/1',
    ],
    ['name of a built-in', '__proto__', 'constructor'],
    ['format string', '%s%s', 'a%n'],
    ['invisible characters', 'a\u200b1', 'a\u202e1', '\ufeffa'],
    ['absurd length', 'k'.repeat(1_025)],
  ])('%s', (what, ...kids) => {
    for (const kid of kids) expect([kid, label(kid)]).toEqual([kid, called(what)])
  })
  it.each([null, 0, ['a'], {}, true])('no text: %j', (kid) => {
    expect(label(kid)).toEqual(called('non-text value'))
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
  'did:example:123#key-1',
  'did:web:id.example#0',
  '/9bCd+efGhIjKlMnOpQrStUvWxYz0=',
  'projects/p/locations/eu/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1',
  'arn:aws:kms:eu-west-1:123456789012:key/1234abcd',
  'k'.repeat(1_024),
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
