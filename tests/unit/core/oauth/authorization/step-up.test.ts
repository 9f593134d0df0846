import { describe, expect, it } from 'vitest'
import { lackingScopes, scopeUnion, stepUpOf } from '../../../../../src/core/oauth/authorization/step-up.ts'

const challenge = (parameters: Record<string, string>) => new Map(Object.entries(parameters))

describe('stepUpOf', () => {
  it('reads the example of RFC 9470 section 3', () => {
    expect(
      stepUpOf(challenge({ error: 'insufficient_user_authentication', acr_values: 'myACR', max_age: '5' })),
    ).toEqual({ acrValues: 'myACR', maxAgeSeconds: 5 })
  })
  it.each([
    [{ error: 'invalid_token', acr_values: 'myACR' }],
    [{ error: 'insufficient_user_authentication' }],
    [{ error: 'insufficient_user_authentication', max_age: '-1' }],
    [{ error: 'insufficient_user_authentication', max_age: '99999999999' }],
    [{ error: 'insufficient_user_authentication', acr_values: 'a"b' }],
    [{ error: 'insufficient_user_authentication', acr_values: 'x'.repeat(300) }],
  ])('takes nothing from %j', (parameters) => {
    expect(stepUpOf(challenge(parameters as unknown as Record<string, string>))).toBeUndefined()
  })
  it('lets max_age=0 through: sign in now', () => {
    expect(stepUpOf(challenge({ error: 'insufficient_user_authentication', max_age: '0' }))).toEqual({
      maxAgeSeconds: 0,
    })
  })
})

describe('scopes', () => {
  it('names what the token lacks, only for insufficient_scope', () => {
    const asked = { error: 'insufficient_scope', scope: 'orders:read orders:write' }
    expect(lackingScopes(challenge(asked), 'openid orders:read')).toEqual(['orders:write'])
    expect(lackingScopes(challenge({ ...asked, error: 'invalid_token' }), '')).toEqual([])
    expect(lackingScopes(challenge({ error: 'insufficient_scope' }), '')).toEqual([])
  })
  it('joins without doubles', () => {
    expect(scopeUnion('openid a', ['a', 'b'])).toBe('openid a b')
  })
})
