import { describe, expect, it } from 'vitest'
import { checkHash, halfHash } from '../../../../../src/core/jwt/checks/check-hash.ts'
import { notKnown } from '../../../../../src/core/text/known.ts'
import { decodeJwt, unsigned } from '../sample.ts'

describe('halfHash', () => {
  it.each([
    // OpenID Connect Core, appendix A.3.
    ['jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y', 'RS256', '77QmUPtjPfzWtF2AnpK9RQ'],
    ['abc', 'ES384', 'ywB1P0WjXou1oD1pmsZQBycsMqsO3tFj'],
    ['abc', 'EdDSA', '3a81oZNherrMQXNJriBBMRLm-k6JqX6iCp7u5ktV05o'],
    ['abc', 'Ed448', undefined],
    ['abc', 'none', undefined],
  ])('of %s under %s', async (text, alg, half) => {
    expect(await halfHash(text, alg)).toBe(half)
  })
})

describe('checkHash', () => {
  const half = 'ungWv48Bz-pBQUDeXa4iIw' // of abc, SHA-256
  const judge = (hash: unknown, hashed: string | null | typeof notKnown, required: boolean, alg = 'ES256') =>
    Promise.all(
      (['at_hash', 'c_hash'] as const).map(async (name) => {
        const claims = hash === undefined ? {} : { [name]: hash }
        const { state, code } = await checkHash(decodeJwt(unsigned(claims, { alg })), name, hashed, required)
        return `${state} ${code?.replace(name, 'hash') ?? ''}`.trim()
      }),
    )

  it.each<[string, unknown, Parameters<typeof judge>[1], boolean, string, string?]>([
    ['the right hash', half, 'abc', false, 'valid'],
    ['the right hash where it is required', half, 'abc', true, 'valid'],
    ['the hash of something else', half, 'abd', false, 'invalid hash_wrong'],
    ['the whole hash', 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0', 'abc', false, 'invalid hash_wrong'],
    ['what is no text', 7, 'abc', false, 'invalid hash_wrong'],
    ['none, where it is optional', undefined, 'abc', false, 'not-checked not_sent'],
    ['none, where it is required', undefined, 'abc', true, 'invalid hash_missing'],
    ['one of which nothing came', half, null, true, 'not-checked no_expectation'],
    ['one of which nothing is known', half, notKnown, false, 'not-checked no_expectation'],
    ['one under an algorithm without digest', half, 'abc', false, 'not-checked alg_unsupported', 'Ed448'],
  ])('judges %s', async (_what, hash, hashed, required, verdict, alg) => {
    expect(await judge(hash, hashed, required, alg)).toEqual([verdict, verdict])
  })

  it('says which hash it is, and shows both', async () => {
    const token = decodeJwt(unsigned({ at_hash: 'x', c_hash: 'y' }))
    expect(await checkHash(token, 'at_hash', 'abc', false)).toEqual({
      id: 'at_hash',
      label: 'Access token hash',
      source: 'OpenID Connect Core section 3.1.3.8',
      state: 'invalid',
      code: 'at_hash_wrong',
      detail: 'Issued for another access token.',
      compared: { came: 'x', expected: half },
    })
    expect(await checkHash(token, 'c_hash', 'abc', false)).toMatchObject({
      id: 'c_hash',
      label: 'Code hash',
      source: 'OpenID Connect Core section 3.3.2.10',
      detail: 'Issued for another authorization code.',
      compared: { came: 'y', expected: half },
    })
  })
})
