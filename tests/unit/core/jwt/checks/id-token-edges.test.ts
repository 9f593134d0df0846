import { beforeAll, expect, it } from 'vitest'
import { checkIdToken } from '../../../../../src/core/jwt/checks/check-id-token.ts'
import type { IdTokenExpectations } from '../../../../../src/core/jwt/checks/check-id-token.ts'
import { notKnown } from '../../../../../src/core/text/known.ts'
import { clientId, decodeJwt, issuer, now, seconds, unsigned } from '../sample.ts'

let given: IdTokenExpectations
beforeAll(() => {
  given = {
    now,
    skewSeconds: 30,
    issuer,
    clientId,
    algorithms: ['ES256'],
    nonce: 'n-1',
    accessToken: null,
    code: null,
    from: 'token-endpoint',
    maxAgeSeconds: null,
    acr: notKnown,
    previous: null,
  }
})

type Header = Record<string, unknown>
async function judge(
  id: string,
  claims: Record<string, unknown>,
  expectations: Partial<IdTokenExpectations> = {},
  header: Header = { alg: 'ES256' },
) {
  const token = decodeJwt(unsigned(claims, header))
  const found = (await checkIdToken(token, { ...given, ...expectations })).find((one) => one.id === id)
  return `${found?.state} ${found?.code ?? ''}`.trim()
}

it.each<[string, string, Record<string, unknown>, Partial<IdTokenExpectations>, string]>([
  ['the audience as a list of one', 'audience', { aud: [clientId] }, {}, 'valid'],
  ['a list that has others', 'audience', { aud: ['b', clientId] }, {}, 'notice aud_several'],
  ['a list that is not all text', 'audience', { aud: [clientId, 7] }, {}, 'invalid aud_missing'],
  ['an audience that is no text', 'audience', { aud: 7 }, {}, 'invalid aud_missing'],
  ['no audience, for nobody knows whom', 'audience', {}, { clientId: notKnown }, 'invalid aud_missing'],
  [
    'one for nobody knows whom',
    'audience',
    { aud: 'a' },
    { clientId: notKnown },
    'not-checked no_expectation',
  ],
  ['no azp with one audience', 'azp', { aud: [clientId] }, {}, 'not-checked not_sent'],
  ['no azp and no audience', 'azp', {}, {}, 'not-checked not_sent'],
  ['no azp with two', 'azp', { aud: [clientId, 'b'] }, {}, 'invalid azp_missing'],
  ['the azp of this client', 'azp', { aud: clientId, azp: clientId }, {}, 'valid'],
  ['an azp that is no text', 'azp', { aud: clientId, azp: [clientId] }, {}, 'invalid azp_wrong'],
  ['an azp for nobody knows whom', 'azp', { azp: 'x' }, { clientId: notKnown }, 'not-checked no_expectation'],
  ['a nonce that nobody kept', 'nonce', { nonce: 'x' }, { nonce: notKnown }, 'not-checked no_expectation'],
  ['a nonce that nobody sent', 'nonce', { nonce: 'x' }, { nonce: null }, 'notice nonce_unasked'],
  ['no nonce where none was sent', 'nonce', {}, { nonce: null }, 'not-checked not_sent'],
  ['no nonce where one was sent', 'nonce', {}, {}, 'invalid nonce_missing'],
  ['no nonce with a refresh', 'nonce', {}, { from: 'refresh' }, 'not-checked not_sent'],
  ['the nonce again with a refresh', 'nonce', { nonce: 'n-1' }, { from: 'refresh' }, 'valid'],
  ['another nonce with a refresh', 'nonce', { nonce: 'n-2' }, { from: 'refresh' }, 'invalid nonce_wrong'],
  ['an empty subject', 'subject', { sub: '' }, {}, 'invalid sub_missing'],
  ['no subject', 'subject', {}, {}, 'invalid sub_missing'],
  ['a subject that is no text', 'subject', { sub: null }, {}, 'invalid sub_unsound'],
  ['the longest subject', 'subject', { sub: 's'.repeat(255) }, {}, 'valid'],
  ['a longer one', 'subject', { sub: 's'.repeat(256) }, {}, 'invalid sub_too_long'],
  ['the subject before', 'subject', { sub: 'a' }, { previous: { subject: 'a', authTime: null } }, 'valid'],
  ['another', 'subject', { sub: 'b' }, { previous: { subject: 'a', authTime: null } }, 'invalid sub_changed'],
  ['one before which nobody knows', 'subject', { sub: 'b' }, { previous: notKnown }, 'valid'],
  [
    'an auth_time as before',
    'auth_time',
    { auth_time: 1 },
    { previous: { subject: 'a', authTime: 1_000 }, maxAgeSeconds: 2 * seconds },
    'valid',
  ],
  [
    'an auth_time other than before',
    'auth_time',
    { auth_time: 1 },
    { previous: { subject: 'a', authTime: 1_001 } },
    'invalid auth_time_changed',
  ],
  [
    'an auth_time before which nobody knows',
    'auth_time',
    { auth_time: 1 },
    { previous: { subject: 'a', authTime: notKnown } },
    'not-checked no_expectation',
  ],
  ['no at_hash at the token endpoint', 'at_hash', {}, { accessToken: 'x' }, 'not-checked not_sent'],
  [
    'no at_hash beside an access token',
    'at_hash',
    {},
    { accessToken: 'x', from: 'authorization-endpoint' },
    'invalid at_hash_missing',
  ],
  ['no at_hash beside none', 'at_hash', {}, { from: 'authorization-endpoint' }, 'not-checked not_sent'],
  ['no at_hash with a refresh', 'at_hash', {}, { accessToken: 'x', from: 'refresh' }, 'not-checked not_sent'],
  ['no c_hash at the token endpoint', 'c_hash', {}, { code: 'x' }, 'not-checked not_sent'],
  [
    'no c_hash beside a code',
    'c_hash',
    {},
    { code: 'x', from: 'authorization-endpoint' },
    'invalid c_hash_missing',
  ],
  ['no c_hash beside none', 'c_hash', {}, { from: 'authorization-endpoint' }, 'not-checked not_sent'],
  [
    'an issue in the future',
    'time',
    { exp: seconds + 300, iat: seconds + 31 },
    {},
    'invalid issued_in_future',
  ],
  ['no issue time', 'time', { exp: seconds + 300 }, {}, 'invalid iat_missing'],
  ['no end', 'time', { iat: seconds }, {}, 'invalid exp_missing'],
])('judges %s', async (_what, id, claims, expectations, verdict) => {
  expect(await judge(id, claims, expectations)).toBe(verdict)
})

it.each<[string, Header, Partial<IdTokenExpectations>, string]>([
  ['one that is announced', { alg: 'ES256' }, {}, 'valid'],
  ['one of several', { alg: 'ES256' }, { algorithms: ['RS256', 'ES256'] }, 'valid'],
  ['one that is not', { alg: 'ES384' }, {}, 'invalid alg_not_announced'],
  ['any where none is', { alg: 'ES256' }, { algorithms: [] }, 'invalid alg_not_announced'],
  ['any where nobody knows', { alg: 'none' }, { algorithms: notKnown }, 'not-checked no_expectation'],
  ['none, announced or not', { alg: 'None' }, { algorithms: ['None'] }, 'invalid alg_none'],
])('judges an algorithm: %s', async (_what, header, expectations, verdict) => {
  expect(await judge('algorithm', {}, expectations, header)).toBe(verdict)
})

it.each<[unknown, string]>([
  [undefined, 'valid'],
  ['JWT', 'valid'],
  ['jwt', 'valid'],
  [7, 'valid'],
  ['', 'notice type_unusual'],
  ['JWT2', 'notice type_unusual'],
  ...['at', 'logout', 'dpop', 'secevent', 'token-introspection', 'oauth-authz-req'].flatMap(
    (kind): [string, string][] => [
      [`${kind}+jwt`, 'invalid type_wrong'],
      [`application/${kind}+JWT`, 'invalid type_wrong'],
      [`x${kind}+jwt`, 'notice type_unusual'],
      [`${kind}+jwt2`, 'notice type_unusual'],
    ],
  ),
])('judges the type %j', async (typ, verdict) => {
  expect(await judge('type', {}, {}, { alg: 'ES256', ...(typ !== undefined && { typ }) })).toBe(verdict)
})

it('shows what came beside what was expected', async () => {
  const claims = { iss: 'x', aud: ['b', 'c'], azp: 'd', nonce: 'n-2', sub: 'e' }
  const checks = await checkIdToken(decodeJwt(unsigned(claims)), {
    ...given,
    algorithms: ['RS256', 'RS384'],
    previous: { subject: 'a', authTime: null },
  })
  expect(
    Object.fromEntries(checks.flatMap(({ id, compared }) => (compared ? [[id, compared]] : []))),
  ).toEqual({
    algorithm: { came: 'ES256', expected: 'RS256 RS384' },
    issuer: { came: 'x', expected: issuer },
    audience: { came: 'b c', expected: clientId },
    azp: { came: 'd', expected: clientId },
    nonce: { came: 'n-2', expected: 'n-1' },
    subject: { came: 'e', expected: 'a' },
  })
  const words = Object.fromEntries(checks.map(({ id, detail }) => [id, detail]))
  expect(words.algorithm).toContain('allowed: RS256, RS384')
  expect(words.audience).toContain('Meant for b, c, not for')
})

it('names who else an ID token is for, and whether its account is the same', async () => {
  const detail = async (
    id: string,
    claims: Record<string, unknown>,
    more: Partial<IdTokenExpectations> = {},
  ) =>
    (await checkIdToken(decodeJwt(unsigned(claims)), { ...given, ...more })).find((one) => one.id === id)
      ?.detail
  expect(await detail('audience', { aud: ['b', clientId, 'c'] })).toContain('and also b, c.')
  expect(await detail('subject', { sub: 'a' })).toBe('Names an account.')
  const previous = { subject: 'a', authTime: null }
  expect(await detail('subject', { sub: 'a' }, { previous })).toBe('The same account as before.')
})
