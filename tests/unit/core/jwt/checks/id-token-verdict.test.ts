import { describe, expect, it } from 'vitest'
import type { Check } from '@contract/tokens/tokens'
import { idTokenVerdict, untimelyFault } from '../../../../../src/core/jwt/checks/id-token-verdict.ts'

const report = (id: string, state: Check['state'], code?: string): Check => ({
  id,
  label: `Label of ${id}`,
  state,
  detail: 'why.',
  ...(code !== undefined && { code }),
})
const signature = report('signature', 'valid')
const errorOf = (checks: Check[], options = {}) => {
  const verdict = idTokenVerdict(checks, options)
  return verdict.ok ? undefined : verdict.error
}

describe('a refused ID token', () => {
  it('is called after its check, unless the fault has a name of its own', () => {
    expect(errorOf([report('auth_time', 'invalid', 'auth_time_too_old')])).toMatchObject({
      code: 'id_token_auth_time',
      message: 'The ID token was refused (label of auth_time): why.',
    })
    expect(errorOf([report('key-exposed', 'invalid')])?.code).toBe('id_token_key_exposed')
    expect(errorOf([report('a-b-c', 'invalid', 'toString')])?.code).toBe('id_token_a_b_c')
  })

  it.each([
    ['expired', 'id_token_expired'],
    ['not_yet_valid', 'id_token_not_yet_valid'],
    ['iss_missing', 'id_token_claim_missing'],
    ['aud_missing', 'id_token_claim_missing'],
    ['sub_missing', 'id_token_claim_missing'],
    ['exp_missing', 'id_token_claim_missing'],
    ['iat_missing', 'id_token_claim_missing'],
    ['alg_missing', 'id_token_algorithm'],
    ['alg_none', 'id_token_algorithm'],
    ['alg_unknown', 'id_token_algorithm'],
    ['alg_refused', 'id_token_algorithm'],
    ['sub_changed', 'refresh_other_subject'],
  ])('for %s is called %s', (fault, code) => {
    expect(errorOf([report('any', 'invalid', fault)])?.code).toBe(code)
  })

  it('says what to do, by its check', () => {
    const next = (id: string) => errorOf([report(id, 'invalid')])?.next
    for (const id of ['signature', 'nonce', 'at_hash', 'c_hash'])
      expect(next(id), id).toMatch(/^Sign in again\./)
    for (const id of ['audience', 'azp']) expect(next(id), id).toMatch(/^Compare the settings/)
    expect(next('time')).toMatch(/computer’s clock/)
    expect(next('algorithm')).toMatch(/signature algorithm/)
    expect(next('issuer')).toMatch(/^Correct the issuer/)
    expect(next('subject')).toMatch(/nothing of the other account/)
    expect(next('auth_time')).toMatch(/max_age/)
    expect(next('acr')).toMatch(/authentication level/)
    for (const id of ['type', 'format', 'toString']) expect(next(id), id).toMatch(/^The provider has to fix/)
  })

  it('hands on what was compared, and only where something was', () => {
    const compared = { came: 'a', expected: 'b' }
    expect(errorOf([{ ...report('issuer', 'invalid', 'iss_wrong'), compared }])).toMatchObject({ compared })
    expect(Object.keys(errorOf([report('issuer', 'invalid', 'iss_wrong')]) ?? {})).toEqual([
      'code',
      'message',
      'next',
    ])
  })

  const expired = report('time', 'invalid', 'expired')
  it.each(['issuer', 'audience', 'azp', 'subject', 'nonce', 'at_hash'])(
    'is refused for its %s before all else: that says whose it is',
    (id) => {
      const others = [report('signature', 'invalid', 'signature_wrong'), expired]
      expect(errorOf([...others, report(id, 'invalid', 'owner')])?.code).toBe(`id_token_${id}`)
      expect(errorOf([...others, report(id, 'notice', 'owner')])?.code).toBe('id_token_signature')
    },
  )

  it.each(['expired', 'not_yet_valid', 'issued_in_future', 'auth_time_changed', 'auth_time_future'])(
    'is refused for %s last',
    (code) => {
      const untimely = report('time', 'invalid', code)
      expect(errorOf([untimely, report('c_hash', 'invalid')])?.code).toBe('id_token_c_hash')
      expect(errorOf([untimely, signature])?.code).toMatch(/^id_token_(time|expired|not_yet_valid)$/)
    },
  )
})

describe('an ID token without a fault', () => {
  it('is accepted with its notices', () => {
    const odd = report('type', 'notice', 'type_unusual')
    expect(idTokenVerdict([signature, odd, report('acr', 'not-checked')])).toEqual({
      ok: true,
      value: { signatureChecked: true, notices: [odd] },
    })
  })

  it.each([
    ['no_keys', /jwks_uri/],
    ['kid_unknown', /fetched again/],
    ['alg_unsupported', /RS256 or ES256/],
    ['toString', /RS256 or ES256/],
    [undefined, /RS256 or ES256/],
  ])('is refused where its signature is not checked (%s), unless that is accepted', (code, next) => {
    const checks = [report('signature', 'not-checked', code)]
    expect(errorOf(checks)).toEqual({
      code: 'id_token_signature_unverifiable',
      message: 'The signature of the ID token cannot be checked: why.',
      next: expect.stringMatching(next),
    })
    expect(errorOf(checks, { acceptUnverified: false })).toBeDefined()
    expect(idTokenVerdict(checks, { acceptUnverified: true })).toEqual({
      ok: true,
      value: { signatureChecked: false, notices: [] },
    })
  })

  it('is refused where nobody looked at the signature, or where it could not be read', () => {
    const accepting = { acceptUnverified: true }
    expect(errorOf([report('issuer', 'valid')], accepting)?.code).toBe('id_token_signature_unverifiable')
    expect(errorOf([report('format', 'not-checked', 'encrypted')], accepting)).toMatchObject({
      code: 'id_token_encrypted',
      message: 'The ID token cannot be judged: why.',
    })
  })
})

describe('the untimely fault', () => {
  const late = report('time', 'invalid', 'expired')
  it('is there where times are all that is wrong', () => {
    expect(untimelyFault([signature, late, report('auth_time', 'invalid', 'auth_time_changed')])).toBe(late)
    expect(untimelyFault([report('acr', 'notice', 'acr_wrong'), late])).toBe(late)
  })

  it.each([
    ['nothing is wrong', [signature]],
    ['something else is wrong, too', [late, report('nonce', 'invalid', 'nonce_wrong')]],
    ['a fault has no name', [late, report('nonce', 'invalid')]],
    ['a time is only noticed', [report('time', 'notice', 'expired')]],
    ['there is no check', []],
  ])('is not where %s', (_what, checks) => {
    expect(untimelyFault(checks)).toBeUndefined()
  })
})
