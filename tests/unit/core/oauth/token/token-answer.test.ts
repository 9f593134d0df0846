import { describe, expect, it } from 'vitest'
import { scopeAsGranted, softenTokenAnswer } from '../../../../../src/core/oauth/token/token-answer.ts'
import { softenDeviceAnswer } from '../../../../../src/core/oauth/token/device-answer.ts'

describe('scopeAsGranted', () => {
  it.each([
    ['read write', 'read write', 'read write'],
    ['read,write', 'read other', 'read write'],
    ['write,read', 'read', 'write read'],
    ['read,,write,', 'read', 'read write'],
    // A comma may be part of a scope.
    ['read,write', 'other', 'read,write'],
    ['read,write', 'read,write', 'read,write'],
    ['read,write', 'read a,b', 'read,write'],
    ['read,write other', 'read', 'read,write other'],
    ['read', 'read', 'read'],
    ['', 'read', ''],
  ])('%j, where %j was asked for, is %j', (granted, asked, scope) => {
    expect(scopeAsGranted(granted, asked)).toBe(scope)
  })
})

describe('softenTokenAnswer', () => {
  const sound = { access_token: 'a', token_type: 'Bearer' }

  it('leaves a sound answer as it is', () => {
    const json = { ...sound, expires_in: 60, scope: 'read', refresh_token: 'r', other: [1] }
    expect(softenTokenAnswer(json)).toEqual({ json, notes: [] })
  })

  it('leaves out what is null, and empty tokens', () => {
    const json = { ...sound, scope: null, refresh_token: '', id_token: '', expires_in: null }
    expect(softenTokenAnswer(json)).toEqual({ json: sound, notes: [] })
    expect(softenTokenAnswer({ access_token: '', scope: '' }).json).toEqual({ access_token: '', scope: '' })
  })

  it('takes no prototype from it', () => {
    const { json } = softenTokenAnswer(
      JSON.parse('{"__proto__":{"access_token":"a"}}') as Record<string, unknown>,
    )
    expect(json['access_token']).toBeUndefined()
  })

  const none = 'expires_in is not a number, so the access token’s lifetime is unknown.'
  it.each([
    [60, 60, []],
    [60.9, 60, []],
    ['60', 60, ['expires_in was a string instead of a number.']],
    [' 60.9 ', 60, ['expires_in was a string instead of a number.']],
    ['soon', undefined, [none]],
    ['6 0', undefined, [none]],
    ['1e3', undefined, [none]],
    ['60s', undefined, [none]],
    ['s60', undefined, [none]],
    ['', undefined, [none]],
    [[60], undefined, [none]],
    [Infinity, undefined, [none]],
    [0, 0, ['expires_in is zero: the access token has expired already.']],
    [-1, 0, ['expires_in is negative: the access token has expired already.']],
    ['-1', 0, ['expires_in is negative: the access token has expired already.']],
    [316_224_000, 316_224_000, []],
    [316_224_001, undefined, ['expires_in is more than ten years, so it was ignored.']],
  ])('reads a life of %j as %j', (expires, seconds, notes) => {
    const json = seconds === undefined ? sound : { ...sound, expires_in: seconds }
    const soft = softenTokenAnswer({ ...sound, expires_in: expires })
    expect(soft).toEqual({ json, notes })
    expect('expires_in' in soft.json).toBe(seconds !== undefined)
  })

  it('joins a list of scopes, but no list of anything else', () => {
    expect(softenTokenAnswer({ ...sound, scope: ['read', 'write'] })).toEqual({
      json: { ...sound, scope: 'read write' },
      notes: ['scope was a list instead of a string.'],
    })
    const odd = { ...sound, scope: ['read', 7] }
    expect(softenTokenAnswer(odd)).toEqual({ json: odd, notes: [] })
  })

  it('says that an error came along with tokens', () => {
    expect(softenTokenAnswer({ ...sound, error: 'odd' }).notes).toEqual([
      'The response contains the error odd along with tokens.',
    ])
    expect(softenTokenAnswer({ error: 'odd' }).notes).toEqual([])
    expect(softenTokenAnswer({ ...sound, error: '' }).notes).toEqual([])
  })
})

describe('softenDeviceAnswer', () => {
  const sound = {
    device_code: 'd',
    user_code: 'u',
    verification_uri: 'https://as.example/enter',
    expires_in: 60,
    interval: 5,
  }

  it('leaves a sound answer as it is', () => {
    expect(softenDeviceAnswer(sound)).toEqual({ json: sound, notes: [] })
  })

  it('leaves out what came empty, and says so', () => {
    expect(softenDeviceAnswer({ ...sound, verification_uri_complete: '', message: null })).toEqual({
      json: sound,
      notes: ['verification_uri_complete was empty and was left out.', 'message was empty and was left out.'],
    })
    const long = softenDeviceAnswer({ ['n'.repeat(100)]: null }).notes
    expect(long).toEqual([`${'n'.repeat(60)} was empty and was left out.`])
  })

  it('takes no prototype from it, and says nothing of it', () => {
    const json = JSON.parse('{"__proto__":{"device_code":"d"}}') as Record<string, unknown>
    const soft = softenDeviceAnswer(json)
    expect([soft.json['device_code'], soft.notes]).toEqual([undefined, []])
  })

  it('takes the addresses under the names of the draft', () => {
    const { verification_uri: _uri, ...rest } = sound
    const draft = { verification_url: 'https://a.example', verification_url_complete: 'https://a.example?u' }
    expect(softenDeviceAnswer({ ...rest, ...draft })).toEqual({
      json: {
        ...rest,
        ...draft,
        verification_uri: 'https://a.example',
        verification_uri_complete: 'https://a.example?u',
      },
      notes: [
        'The address was named verification_url, as in a draft, instead of verification_uri.',
        'The address was named verification_url_complete, as in a draft, instead of verification_uri_complete.',
      ],
    })
  })

  it('prefers the address under its own name', () => {
    const json = { ...sound, verification_url: 'https://other.example' }
    expect(softenDeviceAnswer(json)).toEqual({ json, notes: [] })
  })

  it.each([
    [{ user_code: 1234 }, { user_code: '1234' }, ['user_code was a number instead of text.']],
    [{ expires_in: '60' }, { expires_in: 60 }, ['expires_in was text instead of a number.']],
    [{ interval: ' 7 ' }, { interval: 7 }, ['interval was text instead of a number.']],
    [{ interval: 'soon' }, { interval: 5 }, ['interval is not a number: the provider is polled every 5 s.']],
    [{ interval: '7s' }, { interval: 5 }, ['interval is not a number: the provider is polled every 5 s.']],
    [{ interval: 'x7' }, { interval: 5 }, ['interval is not a number: the provider is polled every 5 s.']],
    [
      { interval: '1234567890' },
      { interval: 5 },
      ['interval is not a number: the provider is polled every 5 s.'],
    ],
    // How long a code lives is not guessed.
    [{ expires_in: 'soon' }, { expires_in: 'soon' }, []],
    [{ interval: [7] }, { interval: [7] }, []],
  ])('reads %j as %j', (change, read, notes) => {
    expect(softenDeviceAnswer({ ...sound, ...change })).toEqual({ json: { ...sound, ...read }, notes })
  })
})
