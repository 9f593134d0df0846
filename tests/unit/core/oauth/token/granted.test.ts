import { describe, expect, it } from 'vitest'
import type { DpopProver } from '../../../../../src/core/oauth/client/dpop.ts'
import { faultIn, grantedTokens, judged } from '../../../../../src/core/oauth/token/granted.ts'
import type {
  GrantedTokens,
  IdTokenSituation,
  JudgeIdToken,
} from '../../../../../src/core/oauth/token/token-request.ts'

const dpop: DpopProver = { thumbprint: 't', proof: () => Promise.resolve('p'), remember: () => undefined }
const sound = { access_token: 'a', token_type: 'Bearer' }
const came = (json: Record<string, unknown>) => ({ json, notes: ['odd'], receivedAt: 7 })

describe('faultIn', () => {
  const code = (change: Record<string, unknown>, { needsIdToken = false, keys = {} } = {}) =>
    faultIn(came({ ...sound, ...change }), { needsIdToken, keys })?.code

  it.each<[Record<string, unknown>, string | undefined]>([
    [{}, undefined],
    [{ token_type: 'bEARER', refresh_token: 'r', scope: '', id_token: 'i' }, undefined],
    [{ access_token: ' ~' }, undefined],
    [{ access_token: '' }, 'token_no_access_token'],
    [{ access_token: undefined }, 'token_no_access_token'],
    [{ access_token: ['a'] }, 'token_no_access_token'],
    [{ access_token: 'a\t' }, 'token_not_sendable'],
    [{ access_token: '\u007fa' }, 'token_not_sendable'],
    [{ token_type: '' }, 'token_type_unknown'],
    [{ token_type: 7 }, 'token_type_unknown'],
    [{ token_type: 'mac' }, 'token_type_unknown'],
    [{ token_type: 'DPoP' }, 'token_type_unexpected'],
    [{ refresh_token: 7 }, 'token_answer_malformed'],
    [{ scope: ['a'] }, 'token_answer_malformed'],
    [{ id_token: 7 }, 'id_token_format'],
  ])('in %j is %s', (change, expected) => expect(code(change)).toBe(expected))

  it('is a missing ID token only where one is needed', () => {
    expect(code({}, { needsIdToken: true })).toBe('id_token_missing')
    expect(code({ id_token: 'i' }, { needsIdToken: true })).toBeUndefined()
    expect(code({ id_token: 7 }, { needsIdToken: true })).toBe('id_token_format')
  })

  it('is no bound token where a key was proven', () => {
    expect(code({ token_type: 'dpop' }, { keys: { dpop } })).toBeUndefined()
    expect(faultIn(came({ ...sound, token_type: 'dpop' }), { needsIdToken: false })?.code).toBe(
      'token_type_unexpected',
    )
  })

  it('says the difference between no type and an unknown one, and which member is no text', () => {
    const message = (change: Record<string, unknown>) =>
      faultIn(came({ ...sound, ...change }), { needsIdToken: false })?.message
    expect(message({ token_type: '' })).toMatch(/does not state/)
    expect(message({ token_type: 'mac' })).toMatch(/does not know/)
    expect(message({ scope: 7 })).toBe('The response is malformed: scope is not a string.')
    expect(message({ refresh_token: 7 })).toBe('The response is malformed: refresh_token is not a string.')
  })
})

describe('grantedTokens', () => {
  it('takes over what came', () => {
    const json = { ...sound, expires_in: 60, scope: 's', refresh_token: 'r', id_token: 'i' }
    expect(grantedTokens({ ...came(json), serverDate: 9 }, {})).toEqual({
      accessToken: 'a',
      tokenType: 'Bearer',
      receivedAt: 7,
      serverDate: 9,
      expiresInSeconds: 60,
      scope: 's',
      refreshToken: 'r',
      idToken: 'i',
      notes: ['odd'],
    })
  })

  it('leaves out what did not come, and says that the life is not known', () => {
    expect(grantedTokens(came(sound), {})).toEqual({
      accessToken: 'a',
      tokenType: 'Bearer',
      receivedAt: 7,
      notes: ['odd', 'The response does not state the access token’s lifetime.'],
    })
  })

  it('tells whether the token is bound to the key that was proven', () => {
    const bound = grantedTokens(came({ ...sound, expires_in: 60, token_type: 'DPOP' }), { keys: { dpop } })
    expect([bound.tokenType, bound.notes]).toEqual(['DPoP', ['odd']])
    const plain = grantedTokens(came({ ...sound, expires_in: 60 }), { keys: { dpop } })
    expect([plain.tokenType, plain.notes.length]).toEqual(['Bearer', 2])
  })

  it('does not change the notes that it was given', () => {
    const answer = came(sound)
    grantedTokens(answer, {})
    expect(answer.notes).toEqual(['odd'])
  })
})

describe('judged', () => {
  const granted: GrantedTokens = {
    accessToken: 'a',
    tokenType: 'Bearer',
    idToken: 'i',
    receivedAt: 7,
    notes: ['odd'],
  }
  const situation: IdTokenSituation = {
    from: 'token-endpoint',
    nonce: 'n',
    code: null,
    maxAgeSeconds: null,
    acr: { wished: [], demanded: [] },
    previous: null,
  }
  const judge = (verdict: Awaited<ReturnType<JudgeIdToken>>, from = granted) => {
    const asked: unknown[] = []
    const judgeIdToken: JudgeIdToken = (input) => {
      asked.push(input)
      return Promise.resolve(verdict)
    }
    return judged(from, judgeIdToken, situation).then((outcome) => ({ outcome, asked }))
  }

  it('asks no judge where there is no ID token', async () => {
    const { idToken: _idToken, ...bare } = granted
    const { outcome, asked } = await judge({ ok: true, claims: {}, notes: ['x'] }, bare)
    expect([outcome, asked]).toEqual([{ ok: true, value: bare }, []])
  })

  it('keeps the claims that are believed, and both kinds of notes', async () => {
    const { outcome, asked } = await judge({ ok: true, claims: { sub: 's' }, notes: ['not checked'] })
    expect(asked).toEqual([{ ...situation, idToken: 'i', accessToken: 'a' }])
    expect(outcome).toEqual({
      ok: true,
      value: { ...granted, idTokenClaims: { sub: 's' }, notes: ['odd', 'not checked'] },
    })
  })

  it('has no access token to compare where the ID token came alone', async () => {
    const { asked } = await judge({ ok: true, claims: {}, notes: [] }, { ...granted, accessToken: '' })
    expect(asked).toMatchObject([{ accessToken: null }])
  })

  it('keeps the tokens beside an ID token that is left out', async () => {
    const { outcome } = await judge({ ok: true, claims: 'left-out', notes: ['left out'] })
    const { idToken: _idToken, ...rest } = granted
    expect(outcome).toEqual({ ok: true, value: { ...rest, notes: ['odd', 'left out'] } })
  })

  it('refuses all where the judge refuses', async () => {
    const error = { code: 'id_token_nonce', message: 'm' }
    const { outcome } = await judge({ ok: false, error })
    expect(outcome).toEqual({ ok: false, error: { ...error, remedy: 'distrust-answer' } })
  })
})
