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
  it.each([
    [{ acr_values: 'a  b ', max_age: 'x' }, { acrValues: 'a b' }],
    [{ acr_values: 'a b\\c', max_age: '7' }, { maxAgeSeconds: 7 }],
    [
      { acr_values: 'a', max_age: '999999999' },
      { acrValues: 'a', maxAgeSeconds: 999_999_999 },
    ],
    [{ acr_values: 'x'.repeat(200) }, { acrValues: 'x'.repeat(200) }],
    [{ acr_values: 'x'.repeat(201) }, undefined],
    [{ acr_values: 'ü' }, undefined],
    [{ acr_values: '\u007f' }, undefined],
    [{ acr_values: 'a '.repeat(20) }, { acrValues: 'a '.repeat(20).trim() }],
    [{ acr_values: 'a '.repeat(21) }, undefined],
    [{ acr_values: '' }, undefined],
    [{ max_age: '7s' }, undefined],
    [{ max_age: 's7' }, undefined],
  ])('of %j takes %j', (parameters, asked) => {
    const error = { error: 'insufficient_user_authentication' }
    const whole: Record<string, string> = { ...error, ...parameters }
    expect(stepUpOf(challenge(whole))).toEqual(asked)
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
    expect(scopeUnion(' a  b ', [])).toBe('a b')
    expect(scopeUnion('', ['b'])).toBe('b')
  })
  it('lacks nothing twice, and nothing empty', () => {
    const asked = { error: 'insufficient_scope', scope: ' a  b ' }
    expect(lackingScopes(challenge(asked), ' b ')).toEqual(['a'])
    expect(lackingScopes(challenge({ ...asked, scope: 'a"b' }), '')).toEqual([])
  })
})
