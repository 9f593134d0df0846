import type { Check } from '@contract/tokens/tokens'
import { SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { halfHash } from '../../../../../src/core/jwt/checks/check-hash.ts'
import { checkIdToken } from '../../../../../src/core/jwt/checks/check-id-token.ts'
import type { IdTokenExpectations } from '../../../../../src/core/jwt/checks/check-id-token.ts'
import { notKnown } from '../../../../../src/core/text/known.ts'
import { decodeToken } from '../../../../../src/core/jwt/text/decode.ts'
import { idTokenVerdict } from '../../../../../src/core/jwt/checks/id-token-verdict.ts'
import { clientId, decodeJwt, encode, issuer, makeSigner, now, seconds } from '../sample.ts'
import type { Signer } from '../sample.ts'

let signer: Signer
let claims: Record<string, unknown>
let given: IdTokenExpectations

beforeAll(async () => {
  signer = await makeSigner()
  claims = {
    iss: issuer,
    aud: clientId,
    sub: 'alice',
    iat: seconds,
    exp: seconds + 300,
    nonce: 'n-1',
    auth_time: seconds - 10,
    acr: 'gold',
    at_hash: await halfHash('access', 'ES256'),
    c_hash: await halfHash('code', 'ES256'),
  }
  given = {
    now,
    issuer,
    clientId,
    keys: signer.keys,
    algorithms: ['ES256'],
    nonce: 'n-1',
    accessToken: 'access',
    code: 'code',
    from: 'token-endpoint',
    maxAgeSeconds: 60,
    acr: { wished: ['gold'], demanded: [] },
    previous: null,
    skewSeconds: 30,
  }
})

const demandsGold = { acr: { wished: [], demanded: ['gold'] } }
/** Refusals that are not named after their check. */
const refusals: Record<string, string> = {
  iss_missing: 'id_token_claim_missing',
  aud_missing: 'id_token_claim_missing',
  sub_missing: 'id_token_claim_missing',
  exp_missing: 'id_token_claim_missing',
  iat_missing: 'id_token_claim_missing',
  expired: 'id_token_expired',
  not_yet_valid: 'id_token_not_yet_valid',
  sub_changed: 'refresh_other_subject',
}
const nothingKnown: IdTokenExpectations = {
  now,
  skewSeconds: 30,
  issuer: notKnown,
  clientId: notKnown,
  algorithms: notKnown,
  nonce: notKnown,
  accessToken: notKnown,
  code: notKnown,
  from: 'token-endpoint',
  maxAgeSeconds: notKnown,
  acr: notKnown,
  previous: notKnown,
}

const find = (checks: Check[], id: string): Check | undefined => checks.find((one) => one.id === id)
const judge = async (
  change: Record<string, unknown>,
  expectations: Partial<IdTokenExpectations> = {},
  header = {},
) => {
  const merged = Object.fromEntries(
    Object.entries({ ...claims, ...change }).filter(([, value]) => value !== undefined),
  )
  return checkIdToken(await signer.sign(merged, header), { ...given, ...expectations })
}

describe('checkIdToken', () => {
  it('finds every rule kept', async () => {
    const checks = await judge({})
    expect(checks.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'signature valid',
      'algorithm valid',
      'time valid',
      'issuer valid',
      'audience valid',
      'azp not-checked',
      'subject valid',
      'nonce valid',
      'at_hash valid',
      'c_hash valid',
      'auth_time valid',
      'acr valid',
      'type valid',
    ])
    expect(checks.every(({ source, detail }) => source && detail)).toBe(true)
    expect(idTokenVerdict(checks)).toEqual({ ok: true, value: { signatureChecked: true, notices: [] } })
  })

  it.each<[string, Record<string, unknown>, string, string, Partial<IdTokenExpectations>?]>([
    ['no issuer', { iss: undefined }, 'issuer', 'iss_missing'],
    ['another issuer', { iss: 'https://evil.example' }, 'issuer', 'iss_wrong'],
    ['an issuer with a slash too many', { iss: `${issuer}/` }, 'issuer', 'iss_slash'],
    ['no audience', { aud: undefined }, 'audience', 'aud_missing'],
    ['an empty audience', { aud: [] }, 'audience', 'aud_missing'],
    ['another audience', { aud: 'other' }, 'audience', 'aud_wrong'],
    ['an audience that only begins alike', { aud: `${clientId}x` }, 'audience', 'aud_wrong'],
    ['several audiences without azp', { aud: [clientId, 'b'] }, 'azp', 'azp_missing'],
    ['another authorized party', { azp: 'other' }, 'azp', 'azp_wrong'],
    ['no subject', { sub: undefined }, 'subject', 'sub_missing'],
    ['an endless subject', { sub: 'x'.repeat(256) }, 'subject', 'sub_too_long'],
    [
      'another subject after a refresh',
      {},
      'subject',
      'sub_changed',
      { previous: { subject: 'bob', authTime: notKnown } },
    ],
    ['no end', { exp: undefined }, 'time', 'exp_missing'],
    ['an end written as text', { exp: '1795442180' }, 'time', 'exp_unsound'],
    ['an end before 1970', { exp: -5 }, 'time', 'exp_unsound'],
    ['the end passed', { exp: seconds - 31 }, 'time', 'expired'],
    ['no time of issue', { iat: undefined }, 'time', 'iat_missing'],
    ['issued in the future', { iat: seconds + 31 }, 'time', 'issued_in_future'],
    ['issued in milliseconds', { iat: now }, 'time', 'issued_in_future'],
    ['not valid yet', { nbf: seconds + 31 }, 'time', 'not_yet_valid'],
    ['no nonce', { nonce: undefined }, 'nonce', 'nonce_missing'],
    ['another nonce', { nonce: 'n-2' }, 'nonce', 'nonce_wrong'],
    ['the hash of another access token', { at_hash: 'x' }, 'at_hash', 'at_hash_wrong'],
    [
      'no at_hash from the authorization endpoint',
      { at_hash: undefined },
      'at_hash',
      'at_hash_missing',
      { from: 'authorization-endpoint' },
    ],
    ['the hash of another code', { c_hash: 'x' }, 'c_hash', 'c_hash_wrong'],
    [
      'no c_hash from the authorization endpoint',
      { c_hash: undefined },
      'c_hash',
      'c_hash_missing',
      { from: 'authorization-endpoint' },
    ],
    ['no auth_time with max_age', { auth_time: undefined }, 'auth_time', 'auth_time_missing'],
    ['a sign-in too old', { auth_time: seconds - 91 }, 'auth_time', 'auth_time_too_old'],
    ['a sign-in of the future', { auth_time: seconds + 31 }, 'auth_time', 'auth_time_future'],
    [
      'another auth_time after a refresh',
      {},
      'auth_time',
      'auth_time_changed',
      { previous: { subject: 'alice', authTime: 5 } },
    ],
    [
      'a weaker sign-in than demanded',
      { acr: 'tin' },
      'acr',
      'acr_wrong',
      { acr: { wished: ['tin'], demanded: ['gold'] } },
    ],
    ['no word of the strength that is demanded', { acr: undefined }, 'acr', 'acr_wrong', demandsGold],
    ['a subject that is a number', { sub: 7 }, 'subject', 'sub_unsound'],
    ['an algorithm that is not announced', {}, 'algorithm', 'alg_not_announced', { algorithms: ['RS256'] }],
  ])('refuses %s', async (_what, change, id, code, expectations = {}) => {
    const checks = await judge(change, expectations)
    expect(checks.filter(({ state }) => state === 'invalid')).toEqual([expect.objectContaining({ id, code })])
    const verdict = idTokenVerdict(checks)
    expect(verdict).toMatchObject({
      ok: false,
      error: { code: refusals[code] ?? `id_token_${id}`, next: expect.any(String) },
    })
  })

  it('refuses a token of another kind', async () => {
    for (const typ of ['at+jwt', 'application/at+jwt', 'logout+jwt', 'dpop+jwt'])
      expect(find(await judge({}, {}, { typ }), 'type'), typ).toMatchObject({
        state: 'invalid',
        code: 'type_wrong',
      })
    expect(find(await judge({}, {}, { typ: 'JWT' }), 'type')?.state).toBe('valid')
    expect(find(await judge({}, {}, { typ: 'odd' }), 'type')?.state).toBe('notice')
  })

  it('allows for clocks that differ, as much as it is told', async () => {
    expect(find(await judge({ exp: seconds - 29 }), 'time')?.state).toBe('valid')
    expect(find(await judge({ exp: seconds - 1 }, { skewSeconds: 0 }), 'time')?.code).toBe('expired')
    expect(find(await judge({ exp: seconds }, { skewSeconds: 0 }), 'time')?.code).toBe('expired')
    expect(find(await judge({ iat: seconds + 29 }), 'time')?.state).toBe('valid')
  })

  it('says not checked, and why, where it was not told what to expect', async () => {
    const checks = await checkIdToken(await signer.sign(claims), nothingKnown)
    for (const id of [
      'signature',
      'algorithm',
      'issuer',
      'audience',
      'azp',
      'nonce',
      'at_hash',
      'c_hash',
      'acr',
      'auth_time',
    ])
      expect(find(checks, id), id).toMatchObject({ state: 'not-checked', detail: expect.any(String) })
  })

  it('takes several audiences with the right azp, and tells', async () => {
    const checks = await judge({ aud: [clientId, 'b'], azp: clientId })
    expect(find(checks, 'azp')?.state).toBe('valid')
    expect(idTokenVerdict(checks)).toMatchObject({
      ok: true,
      value: { notices: [{ id: 'audience', code: 'aud_several' }] },
    })
  })

  it('fills the hole in the issuer of Entra ID with the tenant, and with nothing else', async () => {
    const tid = '9122040d-6c67-4c5b-b112-36a304b66dad'
    const expectations = { issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' }
    const iss = `https://login.microsoftonline.com/${tid}/v2.0`
    expect(find(await judge({ iss, tid }, expectations), 'issuer')?.state).toBe('valid')
    expect(find(await judge({ iss, tid: tid.replace('9', '8') }, expectations), 'issuer')?.state).toBe(
      'invalid',
    )
    expect(
      find(
        await judge({ iss: 'https://login.microsoftonline.com/../v2.0', tid: '..' }, expectations),
        'issuer',
      )?.state,
    ).toBe('invalid')
  })

  it('computes at_hash as OpenID Connect Core A.3 and A.6 do', async () => {
    expect(await halfHash('jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y', 'RS256')).toBe(
      '77QmUPtjPfzWtF2AnpK9RQ',
    )
    expect(await halfHash('Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk', 'RS256')).toBe(
      'LDktKdoQak3Pk0cnXxCltA',
    )
    expect(await halfHash('x', 'ML-DSA-44')).toBeUndefined()
  })

  it('tells missing keys from a wrong signature', async () => {
    const missing = await judge({}, { keys: undefined, keysMissing: 'Offline.' })
    expect(find(missing, 'signature')).toMatchObject({
      state: 'not-checked',
      code: 'no_keys',
      detail: 'Offline.',
    })
    expect(idTokenVerdict(missing)).toMatchObject({
      ok: false,
      error: { code: 'id_token_signature_unverifiable' },
    })
    expect(idTokenVerdict(missing, { acceptUnverified: true })).toMatchObject({
      ok: true,
      value: { signatureChecked: false },
    })

    const stranger = await makeSigner()
    const wrong = await judge({}, { keys: stranger.keys })
    expect(find(wrong, 'signature')).toMatchObject({ state: 'invalid', code: 'signature_wrong' })
    for (const acceptUnverified of [false, true])
      expect(idTokenVerdict(wrong, { acceptUnverified })).toMatchObject({
        ok: false,
        error: { code: 'id_token_signature' },
      })

    const rotated = await judge({}, { keys: { keys: [{ ...signer.jwk, kid: 'two' }] } })
    expect(find(rotated, 'signature')).toMatchObject({ state: 'not-checked', code: 'kid_unknown' })
    expect(idTokenVerdict(rotated)).toMatchObject({
      ok: false,
      error: { code: 'id_token_signature_unverifiable' },
    })
  })

  it('puts what came beside what was expected', async () => {
    const slashed = await judge({ iss: `${String(claims.iss)}/` })
    const compared = { came: `${String(claims.iss)}/`, expected: claims.iss }
    expect(find(slashed, 'issuer')).toMatchObject({ code: 'iss_slash', compared })
    expect(idTokenVerdict(slashed)).toMatchObject({ ok: false, error: { compared } })
    expect(find(await judge({ aud: ['x', 'y'] }), 'audience')).toMatchObject({
      compared: { came: 'x y', expected: clientId },
    })
  })

  it('refuses alg none in any spelling', async () => {
    for (const alg of ['none', 'None', 'nOnE'])
      for (const signature of ['', 'AAAA']) {
        const checks = await checkIdToken(decodeToken(`${encode({ alg })}.${encode(claims)}.${signature}`), {
          ...given,
          algorithms: ['none'],
        })
        expect(find(checks, 'signature'), alg).toMatchObject({ state: 'invalid', code: 'alg_none' })
        expect(idTokenVerdict(checks).ok).toBe(false)
      }
  })

  it('checks HS256 with the client secret only', async () => {
    const secret = new TextEncoder().encode('a-client-secret-of-32-characters')
    const token = decodeJwt(await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(secret))
    const expectations = { ...given, algorithms: ['HS256'] }
    expect(find(await checkIdToken(token, { ...expectations, secret }), 'signature')?.state).toBe('valid')
    expect(
      find(await checkIdToken(token, { ...expectations, secret: new Uint8Array(32) }), 'signature')?.code,
    ).toBe('signature_wrong')
    const unknown = await checkIdToken(token, expectations)
    expect(find(unknown, 'signature')).toMatchObject({ state: 'not-checked', code: 'secret_needed' })
    expect(idTokenVerdict(unknown)).toMatchObject({
      ok: false,
      error: { code: 'id_token_signature_unverifiable' },
    })
  })

  it('judges a text that is no signed JWT by its format', async () => {
    expect(idTokenVerdict(await checkIdToken(decodeToken('opaque'), given))).toMatchObject({
      error: { code: 'id_token_format' },
    })
    expect(
      idTokenVerdict(await checkIdToken(decodeToken(`${encode({ alg: 'ES256' })}.e30=.AAAA`), given)),
    ).toMatchObject({ error: { code: 'id_token_format' } })
    const jwe = decodeToken(`${encode({ alg: 'dir', enc: 'A256GCM' })}..AAAA.AAAA.AAAA`)
    expect(idTokenVerdict(await checkIdToken(jwe, given))).toMatchObject({
      error: { code: 'id_token_encrypted' },
    })
    expect(idTokenVerdict([])).toMatchObject({ ok: false })
  })

  it.each(['RS256', 'PS384', 'ES384', 'ES512', 'EdDSA'])('verifies %s', async (alg) => {
    const other = await makeSigner(alg, 'k')
    const checks = await checkIdToken(
      await other.sign({ ...claims, at_hash: await halfHash('access', alg), c_hash: undefined }),
      {
        ...given,
        keys: other.keys,
        algorithms: [alg],
      },
    )
    expect(checks.filter(({ state }) => state === 'invalid')).toEqual([])
    expect(find(checks, 'signature')?.state).toBe('valid')
    expect(find(checks, 'at_hash')?.state).toBe('valid')
  })
})

it('every check of an ID token that can refuse it says what to do next', async () => {
  const token = await signer.sign(claims)
  const ids = (await checkIdToken(token, given)).map(({ id }) => id)
  const next = (id: string) => {
    const verdict = idTokenVerdict([{ id, label: id, state: 'invalid', detail: 'no' }])
    return verdict.ok ? undefined : verdict.error.next
  }
  // What to do about a type is what is done about a check that nobody knows: the provider has to repair it.
  expect(ids.filter((id) => next(id) === next('unheard-of'))).toEqual(['type'])
})
