import { describe, expect, it } from 'vitest'
import { frontChannelType } from '../../../../../src/core/contract/connection-settings.ts'
import {
  partsOf,
  responseModeOf,
  responseTypeUnfit,
} from '../../../../../src/core/oauth/authorization/response-type.ts'

describe('partsOf', () => {
  it.each([
    ['code', true, false, false],
    ['id_token', false, true, false],
    ['token', false, false, true],
    ['id_token token', false, true, true],
    ['code id_token token', true, true, true],
    ['none', false, false, false],
  ])('of %s: code %s, ID token %s, access token %s', (type, code, idToken, accessToken) => {
    expect(partsOf(type)).toEqual({ code, idToken, accessToken })
  })
})

describe('responseModeOf', () => {
  it('is the query for a code and the fragment for tokens, unless it is set', () => {
    expect(responseModeOf({})).toBe('query')
    expect(responseModeOf({ responseType: 'code token' })).toBe('fragment')
    expect(responseModeOf({ responseType: 'token', responseMode: 'form_post' })).toBe('form_post')
    expect(responseModeOf({ responseMode: 'query.jwt' })).toBe('query.jwt')
  })
})

describe('responseTypeUnfit', () => {
  const code = (settings: Parameters<typeof responseTypeUnfit>[0]) => responseTypeUnfit(settings)?.code

  it.each(frontChannelType.options)('keeps %s out of the query and out of signed answers', (responseType) => {
    expect(code({ responseType })).toBeUndefined()
    expect(code({ responseType, responseMode: 'form_post' })).toBeUndefined()
    for (const responseMode of ['query', 'query.jwt', 'form_post.jwt'] as const)
      expect(code({ responseType, responseMode })).toBe('connection_response_mode')
  })

  it('lets a code come in any form, and bound to a key', () => {
    expect(code({ responseMode: 'query', dpop: true })).toBeUndefined()
    expect(code({ responseMode: 'query.jwt', dpop: true })).toBeUndefined()
  })

  it('binds no token to a key that comes without a code', () => {
    expect(code({ responseType: 'token', dpop: true })).toBe('connection_dpop_without_code')
    expect(code({ responseType: 'token', dpop: false })).toBeUndefined()
    expect(code({ responseType: 'code token', dpop: true })).toBeUndefined()
  })
})
