import { describe, expect, it } from 'vitest'
import { base64url, equalTexts, fromBase64url } from '../../../../../src/core/oauth/wire/encoding.ts'
import { checkEndpointUrl } from '../../../../../src/core/oauth/wire/endpoint-url.ts'
import { networkError, networkFailureOf } from '../../../../../src/core/oauth/wire/fetch.ts'
import { retryAfterSeconds } from '../../../../../src/core/oauth/wire/retry-after.ts'

describe('base64url', () => {
  it.each([
    [[], ''],
    [[255], '_w'],
    [[251, 240], '-_A'],
    [[251, 255, 254, 251, 255, 254], '-__--__-'],
  ])('of %j is %s', (bytes, text) => {
    expect(base64url(new Uint8Array(bytes))).toBe(text)
    expect([...fromBase64url(text)]).toEqual(bytes)
  })

  it('is nothing else', () => {
    expect(() => fromBase64url('a!b')).toThrow()
    expect(() => fromBase64url('a')).toThrow()
  })
})

describe('equalTexts', () => {
  it.each([
    ['abc', 'abc', true],
    ['', '', true],
    ['abc', 'abd', false],
    ['abc', 'bbc', false],
    ['abc', 'ab', false],
    ['ab', 'abc', false],
    ['ab', 'ba', false],
  ])('%j and %j: %s', (left, right, equal) => expect(equalTexts(left, right)).toBe(equal))
})

describe('retryAfterSeconds', () => {
  const now = Date.UTC(2026, 0, 1)
  it.each([
    [' 7 ', 7],
    ['0', 0],
    ['86401', 86_400],
    ['1234567890', 86_400],
    ['9'.repeat(40), 86_400],
    ['-5', undefined],
    ['Thu Jan  1 00:00:30 2026', 30],
    ['Thursday, 01-Jan-26 00:00:30 GMT', 30],
    ['7s', undefined],
    ['s7', undefined],
    ['1.5', undefined],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30],
    ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
    ['Fri, 01 Jan 2027 00:00:00 GMT', 86_400],
    ['2026-01-01T00:00:30Z', undefined],
    ['on Thu, 01 Jan 2026 00:00:30 GMT', undefined],
    ['Jan', undefined],
    [undefined, undefined],
  ])('of %j is %j', (value, seconds) => expect(retryAfterSeconds(value, now)).toBe(seconds))

  it('is never too early', () => {
    expect(retryAfterSeconds('Thu, 01 Jan 2026 00:00:30 GMT', now + 1)).toBe(30)
  })
})

describe('networkFailureOf', () => {
  const failure = { code: 'network_cut', message: 'It was cut.' }
  const wrapped = (depth: number): unknown =>
    depth === 0 ? networkError(failure, 'why') : new Error('around it', { cause: wrapped(depth - 1) })

  it('finds it up to four errors deep', () => {
    expect(networkFailureOf(wrapped(0))).toBe(failure)
    expect(networkFailureOf(wrapped(4))).toBe(failure)
    expect(networkFailureOf(wrapped(5))).toBeUndefined()
  })

  it('finds none in anything else', () => {
    for (const thrown of [
      new Error('x'),
      undefined,
      'text',
      { failure },
      new Error('x', { cause: { failure } }),
    ])
      expect(networkFailureOf(thrown)).toBeUndefined()
  })

  it('is an error of its own name, with its cause', () => {
    const error = networkError(failure, 'why')
    expect(error).toBeInstanceOf(Error)
    expect([error.name, error.message, error.cause]).toEqual(['NetworkError', 'It was cut.', 'why'])
  })
})

describe('what checkEndpointUrl says', () => {
  it.each([
    [7, 'The token endpoint is missing or not a string.'],
    ['https://as.example/ü', 'The token endpoint contains spaces, control or non-ASCII characters.'],
    ['as.example', 'The token endpoint is not a URL.'],
    [`${'x'.repeat(50)}://a`, `The token endpoint uses ${'x'.repeat(40)} — only https is opened.`],
    ['https:as.example', 'The token endpoint is ambiguous.'],
    ['https://u@as.example', 'The token endpoint contains a username or password.'],
    [
      'http://as.example:81/',
      'The token endpoint uses plain http to as.example:81, where anyone in between can read it.',
    ],
  ])('of %j: %s', (text, message) => {
    const checked = checkEndpointUrl(text, { allowInsecure: false, name: 'token endpoint' })
    expect(checked).toMatchObject({ ok: false, error: { message } })
    const unnamed = checkEndpointUrl(text, { allowInsecure: false })
    expect(unnamed).toMatchObject({ error: { message: message.replace('token endpoint', 'address') } })
  })
})
