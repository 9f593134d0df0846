import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareTokens } from '../../../../../src/core/jwt/compare/compare-tokens.ts'
import { decodeToken } from '../../../../../src/core/jwt/text/decode.ts'
import { readDisclosures } from '../../../../../src/core/jwt/text/disclosures.ts'

const part = (json: string): string => Buffer.from(json).toString('base64url')
const jwt = (claims: string, header = '{"alg":"HS256","kid":"a"}', signature = 'c2ln'): string =>
  `${part(header)}.${part(claims)}.${signature}`
const compared = (one: string, other: string) =>
  compareTokens({ token: decodeToken(one), disclosures: [] }, { token: decodeToken(other), disclosures: [] })
const claims = (one: string, other: string) => compared(jwt(one), jwt(other)).claims

describe('claims of two tokens', () => {
  it('are told as added, removed, changed and the same, what every token has anew last', () => {
    const found = claims(
      '{"exp":1700000000,"iss":"https://a.example","sub":"1","nonce":"x"}',
      '{"exp":1700003600,"iss":"https://a.example","sub":"2","groups":["x"]}',
    )
    expect(found.same).toEqual(['iss'])
    expect(found.changes.map(({ path, change, expected }) => [path.join(), change, expected])).toEqual([
      ['sub', 'changed', false],
      ['groups', 'added', false],
      ['exp', 'changed', true],
      ['nonce', 'removed', true],
    ])
    expect(found.changes[0]).toMatchObject({ before: '"1"', after: '"2"' })
    expect(found.changes[1]).toEqual({
      path: ['groups'],
      change: 'added',
      after: '[\n  "x"\n]',
      expected: false,
    })
    expect(found.changes[2]).toMatchObject({ beforeAt: 1_700_000_000_000, afterAt: 1_700_003_600_000 })
  })

  it('are shown with their numbers as written', () => {
    const found = claims(
      '{"id":1147953659032899584,"rate":1.0,"in":{"n":9007199254740993}}',
      '{"id":1147953659032899585,"rate":1,"in":{"n":9007199254740992}}',
    )
    expect(found.changes.map(({ path, before, after }) => [path.join('.'), before, after])).toEqual([
      ['id', '1147953659032899584', '1147953659032899585'],
      ['rate', '1.0', '1'],
      ['in.n', '9007199254740993', '9007199254740992'],
    ])
  })

  it('are compared down to the member, whatever order and spacing they have', () => {
    const found = claims(
      '{"realm_access":{"roles":["a","b"],"x":{"y":1,"z":2}},"list":[{"a":1,"b":2}]}',
      '{"list":[ {"b":2,"a":1} ],"realm_access":{"x":{"z":2,"y":1},"roles":["b","c","c"]}}',
    )
    expect(found.same).toEqual(['list'])
    expect(found.changes).toEqual([
      expect.objectContaining({ path: ['realm_access', 'roles'], lost: ['a'], gained: ['c', 'c'] }),
    ])
  })

  it('tell a text from a list, and a mark in a text from a number', () => {
    expect(claims('{"aud":"a"}', '{"aud":["a"]}').changes).toEqual([
      { path: ['aud'], change: 'changed', before: '"a"', after: '[\n  "a"\n]', expected: false },
    ])
    expect(claims('{"n":"\\ue0001"}', '{"n":1}').changes[0]).toMatchObject({
      before: '"\ue0001"',
      after: '1',
    })
  })

  it('may have names that objects have of their own', () => {
    const found = claims('{"__proto__":{"a":1},"constructor":1}', '{"__proto__":{"a":2},"toString":1}')
    expect(found.changes.map(({ path, change }) => [path.join('.'), change])).toEqual([
      ['__proto__.a', 'changed'],
      ['constructor', 'removed'],
      ['toString', 'added'],
    ])
  })

  it('differ from themselves in nothing, and the other way round in the same members', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 6 })
    fc.assert(
      fc.property(object, object, (one, other) => {
        const [a, b] = [JSON.stringify(one), JSON.stringify(other)]
        expect(claims(a, a).changes).toEqual([])
        const paths = (found: ReturnType<typeof claims>) =>
          found.changes.map(({ path }) => JSON.stringify(path)).toSorted()
        expect(paths(claims(a, b))).toEqual(paths(claims(b, a)))
        const isSame = JSON.stringify(claims(a, b).changes) === '[]'
        if (isSame) expect(JSON.parse(b)).toEqual(JSON.parse(a))
      }),
      { numRuns: 200 },
    )
  })
})

describe('scopes of two tokens', () => {
  it('are gained, lost and kept, wherever they are named', () => {
    expect(compared(jwt('{"scope":"a b"}'), jwt('{"scp":["b","c"]}')).scopes).toEqual({
      lost: ['a'],
      gained: ['c'],
      kept: ['b'],
    })
    expect(compared(jwt('{"sub":"1"}'), jwt('{"sub":"2"}')).scopes).toBeUndefined()
  })

  it('in another order are neither gained nor lost', () => {
    const { scopes, claims: found } = compared(jwt('{"scope":"a b"}'), jwt('{"scope":"b a"}'))
    expect(scopes).toEqual({ lost: [], gained: [], kept: ['a', 'b'] })
    expect(found.changes).toEqual([expect.objectContaining({ change: 'changed', lost: [], gained: [] })])
  })
})

describe('what the difference means', () => {
  const says = (one: string, other: string) => compared(one, other).says
  const user = '{"iss":"https://a.example","sub":"1","iat":1700000000,"exp":1700003600}'

  it.each([
    ['the same token', jwt(user), jwt(user), /same token, character by character/],
    ['another signature', jwt(user), jwt(user, undefined, 'b3Ro'), /only the text differs/],
    ['another issuer', jwt(user), jwt(user.replace('a.ex', 'b.ex')), /different issuers/],
    ['another user', jwt(user), jwt(user.replace('"1"', '"2"')), /different subjects/],
    [
      'another client',
      jwt('{"iss":"a","sub":"1","azp":"x"}'),
      jwt('{"iss":"a","sub":"1","azp":"y"}'),
      /clients/,
    ],
    [
      'another life',
      jwt(user),
      jwt(user.replace('1700003600', '1700000060')),
      /for 1 hour, the second for 1 minute/,
    ],
    ['a later issue', jwt('{"iat":100}'), jwt('{"iat":160}'), /1 minute after the first/],
    ['an earlier issue', jwt('{"iat":160}'), jwt('{"iat":100}'), /1 minute before the first/],
    ['a shared id', jwt('{"jti":"1"}'), jwt('{"jti":"1","a":1}'), /same jti/],
    ['another key', jwt(user), jwt(user, '{"alg":"HS256","kid":"b"}'), /different signing keys/],
    ['another algorithm', jwt(user), jwt(user, '{"alg":"RS256","kid":"a"}'), /HS256 and RS256/],
    ['no signature', jwt(user), jwt(user, '{"alg":"none"}', ''), /second token is not signed/],
    ['only times', jwt(user), jwt(user.replace('1700003600', '1700003601')), /new in every token/],
    ['an opaque one', jwt(user), 'ghp_0123456789', /second token is opaque/],
    ['a broken one', `${jwt(user)}=`, jwt(user), /first token is not a valid JWT/],
    [
      'an encrypted one',
      `${part('{"alg":"dir","enc":"A256GCM"}')}..aaaa.aaaa.aaaa`,
      jwt(user),
      /is encrypted/,
    ],
  ])('%s', (_name, one, other, words) => expect(says(one, other).join(' ')).toMatch(words))

  it('reads what it can of a broken token', () => {
    const found = compared(`${jwt('{"sub":"1"}')}=`, jwt('{"sub":"2"}'))
    expect(found.claims.changes).toEqual([expect.objectContaining({ path: ['sub'], change: 'changed' })])
  })
})

it('compares what SD-JWTs disclose', () => {
  const disclosures = (...lists: unknown[][]) =>
    readDisclosures(lists.map((list) => part(JSON.stringify(list))))
  const token = decodeToken(jwt('{"_sd":["x"]}'))
  const found = compareTokens(
    { token, disclosures: disclosures(['s', 'email', 'a@example.org'], ['s', 'only element']) },
    {
      token: decodeToken(jwt('{"_sd":["y"]}')),
      disclosures: disclosures(['t', 'email', 'b@example.org'], ['t', 'age', 7]),
    },
  )
  expect(found.disclosures?.changes.map(({ path, change }) => [path.join(), change])).toEqual([
    ['email', 'changed'],
    ['elements of lists', 'removed'],
    ['age', 'added'],
  ])
  const roles = compareTokens(
    { token, disclosures: disclosures(['s', 'reader'], ['s', { level: 1 }]) },
    { token, disclosures: disclosures(['t', 'writer'], ['t', { level: 1 }]) },
  )
  expect(roles.disclosures?.changes).toMatchObject([
    { path: ['elements of lists'], change: 'changed', lost: ['reader'], gained: ['writer'] },
  ])
  expect(compared(jwt('{}'), jwt('{}')).disclosures).toBeUndefined()
})
