import { describe, expect, it } from 'vitest'
import {
  mergeHybrid,
  readFrontChannel,
  withoutTokens,
} from '../../../../../src/core/oauth/redirect/front-channel.ts'
import type { GrantedTokens } from '../../../../../src/core/oauth/token/token-request.ts'
import { believe, connection, fakeFetch } from '../fake.ts'

const tokens = (part: Partial<GrantedTokens> = {}): GrantedTokens => ({
  accessToken: 'a',
  tokenType: 'Bearer',
  receivedAt: 1,
  notes: [],
  ...part,
})
const merge = (first: Record<string, unknown>, second: Record<string, unknown>) =>
  mergeHybrid(tokens({ idTokenClaims: first }), tokens({ idTokenClaims: second }))
const notesOf = (merged: ReturnType<typeof mergeHybrid>) =>
  merged.ok ? merged.value.notes : merged.error.code

describe('mergeHybrid (OpenID Connect Core section 3.3.3.6)', () => {
  it('is what the token endpoint granted where nothing came before', () => {
    const granted = tokens({ notes: ['n'] })
    expect(mergeHybrid(undefined, granted)).toEqual({ ok: true, value: granted })
  })

  it('keeps the notes of both, and says whose they are', () => {
    const merged = mergeHybrid(tokens({ notes: ['first'] }), tokens({ notes: ['second'] }))
    expect(notesOf(merged)).toEqual(['second', 'From the browser: first'])
  })

  it('tells only of another access token that it was discarded', () => {
    expect(notesOf(mergeHybrid(tokens({ accessToken: 'b' }), tokens()))).toEqual([
      expect.stringContaining('was discarded'),
    ])
    expect(notesOf(mergeHybrid(tokens({ accessToken: '' }), tokens()))).toEqual([])
    expect(notesOf(mergeHybrid(tokens(), tokens()))).toEqual([])
  })

  it.each([
    [{ iss: 'x' }, { iss: 'y' }, 'id_token_hybrid_issuer'],
    [{ iss: 'x', sub: 'a' }, { iss: 'y', sub: 'b' }, 'id_token_hybrid_issuer'],
    [{ iss: 'x', sub: 'a' }, { iss: 'x', sub: 'b' }, 'id_token_hybrid_subject'],
  ])('refuses %j and %j', (first, second, code) => {
    expect(merge(first, second)).toMatchObject({
      ok: false,
      error: { code, remedy: 'distrust-answer', next: expect.stringMatching(/^Nothing was stored\./) },
    })
  })

  it('compares nothing where there is one ID token', () => {
    const one = tokens({ idTokenClaims: { iss: 'x', sub: 'a' } })
    expect(notesOf(mergeHybrid(one, tokens()))).toEqual([])
    expect(notesOf(mergeHybrid(tokens(), one))).toEqual([])
  })

  it.each([
    [{ email: 'a', name: 'n' }, { email: 'b', name: 'm' }, 'email, name'],
    [{ groups: ['a'] }, { groups: ['b'] }, 'groups'],
    [{ groups: ['a'] }, { groups: ['a'] }, undefined],
    [{ email: 'a' }, {}, undefined],
    [{}, { email: 'a' }, undefined],
    [{ toString: 'a' }, {}, undefined],
  ])('notes where %j and %j differ: %s', (first, second, names) => {
    const note = `The two ID tokens differ in ${names}; the token endpoint’s counts.`
    expect(notesOf(merge(first, second))).toEqual(names === undefined ? [] : [note])
  })

  it.each('aud azp exp nbf iat jti nonce at_hash c_hash s_hash'.split(' '))('lets %s differ', (name) => {
    expect(notesOf(merge({ [name]: 1 }, { [name]: 2 }))).toEqual([])
  })

  it('keeps the note short', () => {
    const many = (value: number) =>
      Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`claim_${n}`, value]))
    expect(notesOf(merge(many(1), many(2)))[0]?.length).toBeLessThan(300)
  })
})

describe('withoutTokens', () => {
  it('leaves what a code is exchanged with', () => {
    const names = ['code', 'access_token', 'state', 'token_type', 'expires_in', 'scope', 'id_token', 'iss']
    const left = withoutTokens(names.map((name) => [name, 'x']))
    expect(left.map(([name]) => name)).toEqual(['code', 'state', 'iss'])
  })
})

describe('readFrontChannel', () => {
  const secrets = { state: 's', nonce: 'n', codeVerifier: 'v', redirectUri: 'r', scopeAsked: '' }
  const read = (parameters: [string, string][], responseType?: 'code token') =>
    readFrontChannel(
      { kind: 'code', code: 'c', state: 's', redirectUri: 'r', parameters },
      { ...secrets, ...(responseType ? { responseType } : {}) },
      { wished: [], demanded: [] },
      { connection: connection(), fetch: fakeFetch({}), now: () => 7, judgeIdToken: believe },
    )

  it('is nothing where no tokens were asked for, or none came', async () => {
    expect(await read([['access_token', 'a']])).toEqual({ ok: true, value: undefined })
    expect(await read([['code', 'c']], 'code token')).toEqual({ ok: true, value: undefined })
    expect(await read([['access_token', '']], 'code token')).toEqual({ ok: true, value: undefined })
  })

  it('reads a life as the number that a form has no way to write', async () => {
    const life = async (text: string) => {
      const granted = await read(
        [
          ['access_token', 'a'],
          ['token_type', 'Bearer'],
          ['expires_in', text],
        ],
        'code token',
      )
      return granted.ok ? [granted.value?.expiresInSeconds, granted.value?.notes.length] : granted.error.code
    }
    expect(await life('60')).toEqual([60, 0])
    expect(await life('-60')).toEqual([0, 1])
    expect(await life('60.5')).toEqual([60, 1])
    expect(await life('x60')).toEqual([undefined, 2])
  })
})
