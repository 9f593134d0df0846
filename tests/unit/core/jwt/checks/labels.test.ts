import { expect, it } from 'vitest'
import type { Check } from '@contract/tokens/tokens'
import { checkAccessToken } from '../../../../../src/core/jwt/checks/check-access-token.ts'
import { checkIdToken } from '../../../../../src/core/jwt/checks/check-id-token.ts'
import { notKnown } from '../../../../../src/core/text/known.ts'
import { decodeToken } from '../../../../../src/core/jwt/text/decode.ts'
import { encode, now, unsigned } from '../sample.ts'

const unknown = {
  now,
  skewSeconds: 30,
  issuer: notKnown,
  clientId: notKnown,
} as const
const asIdToken = (text: string) =>
  checkIdToken(decodeToken(text), {
    ...unknown,
    algorithms: notKnown,
    nonce: notKnown,
    accessToken: notKnown,
    code: notKnown,
    from: 'token-endpoint',
    maxAgeSeconds: notKnown,
    acr: notKnown,
    previous: notKnown,
  })
const asAccessToken = (text: string) =>
  checkAccessToken(decodeToken(text), {
    ...unknown,
    audience: notKnown,
    scopeAsked: notKnown,
    scopeGranted: notKnown,
    tokenType: notKnown,
    keyThumbprint: notKnown,
  })
const titles = (checks: Check[]) => checks.map(({ id, label, source }) => [id, label, source])
const token = unsigned({})

it('each check of an ID token names the rule that it holds it to', async () => {
  const core = 'OpenID Connect Core section'
  expect(titles(await asIdToken(token))).toEqual([
    ['signature', 'Signature', 'RFC 7515 section 5.2'],
    ['algorithm', 'Algorithm', `${core} 3.1.3.7 rule 7`],
    ['time', 'Time', 'RFC 7519 section 4.1'],
    ['issuer', 'Issuer', `${core} 3.1.3.7 rule 2`],
    ['audience', 'Audience', `${core} 3.1.3.7 rule 3`],
    ['azp', 'Authorized party', `${core} 3.1.3.7 rules 4 and 5`],
    ['subject', 'Subject', 'OpenID Connect Core sections 2 and 12.2'],
    ['nonce', 'Nonce', `${core} 3.1.3.7 rule 11`],
    ['at_hash', 'Access token hash', `${core} 3.1.3.8`],
    ['c_hash', 'Code hash', `${core} 3.3.2.10`],
    ['auth_time', 'Sign-in time', `${core} 3.1.3.7 rule 13`],
    ['acr', 'Sign-in strength', `${core} 3.1.3.7 rule 12`],
    ['type', 'Type', 'RFC 8725 section 3.11'],
  ])
})

it('each check of an access token names the rule that it holds it to', async () => {
  expect(titles(await asAccessToken(token))).toEqual([
    ['signature', 'Signature', 'RFC 7515 section 5.2'],
    ['time', 'Time', 'RFC 7519 section 4.1'],
    ['issuer', 'Issuer', 'RFC 9068 section 4'],
    ['audience', 'Audience', 'RFC 9068 section 4'],
    ['client_id', 'Client', 'RFC 9068 section 2.2'],
    ['scope', 'Scope', 'RFC 6749 section 3.3'],
    ['type', 'Type', 'RFC 9068 section 4'],
    ['required-claims', 'Required claims', 'RFC 9068 section 2.2'],
    ['binding', 'Bound to a key', 'RFC 7800 section 3.1'],
  ])
})

const nested = `${encode({ alg: 'ES256', cty: 'JWT' })}.${encode(token)}.QUJD`
it.each([
  [
    'an encrypted token',
    `${encode({ alg: 'dir', enc: 'A256GCM' })}..QUJD.QUJD.QUJD`,
    'not-checked encrypted',
    'not-checked encrypted',
  ],
  ['an opaque one', 'opaque', 'invalid not_jwt', 'not-checked opaque'],
  ['a defective one', `${token}=`, 'invalid padding', 'invalid padding'],
  ['one within another', nested, 'not-checked nested', 'not-checked nested'],
])('judges %s by its format alone', async (_what, text, id, access) => {
  const said = (checks: Check[]) => checks.map(({ state, code }) => `${state} ${code}`)
  const [idChecks, accessChecks] = [await asIdToken(text), await asAccessToken(text)]
  expect(said(idChecks)).toEqual([id])
  expect(said(accessChecks)).toEqual([access])
  expect(titles(idChecks)).toEqual([['format', 'Format', 'OpenID Connect Core section 2']])
  expect(titles(accessChecks)).toEqual([['format', 'Format', 'RFC 6749 section 1.4']])
})
