import { describe, expect, it } from 'vitest'
import { faultInWords, type AnswerMember } from '../../../../../src/core/oauth/client/answer-faults.ts'

const words = (body: unknown, required: AnswerMember[] = []) =>
  faultInWords(new Error('a sentence of the library', { cause: { body } }), required)
const general = 'it does not have the format that the specification requires'

describe('what is wrong with a response', () => {
  it.each<[string, object, AnswerMember[], string]>([
    [
      'a member that it needs',
      { token_type: 'Bearer' },
      ['access_token', 'token_type'],
      '“access_token” is missing',
    ],
    ['a text that is a number', { access_token: 7 }, [], '“access_token” is not text, or empty'],
    ['an empty text', { device_code: '' }, [], '“device_code” is not text, or empty'],
    ['a text that is null', { scope: null }, [], '“scope” is not text, or empty'],
    [
      'a life in words',
      { access_token: 'a', expires_in: 'soon' },
      [],
      '“expires_in” is not a number from 0 up',
    ],
    ['a negative pace', { interval: -1 }, [], '“interval” is not a number from 0 up'],
    ['a truth in words', { active: 'true' }, ['active'], '“active” is neither true nor false'],
    ['a member of its prototype alone', Object.create({ sub: 's' }) as object, ['sub'], '“sub” is missing'],
  ])('is %s', (_what, body, required, said) => {
    expect(words(body, required)).toBe(said)
  })

  it('names the first of several faults', () => {
    expect(words({ access_token: 1, scope: 2 })).toContain('access_token')
  })

  it.each([[{}], [{ expires_in: 0, active: false, sub: 'x' }], [undefined], [null], ['text'], [7]])(
    'is told in general of %j',
    (body) => {
      expect(words(body)).toBe(general)
    },
  )

  it('is told in general where the library hands nothing on', () => {
    expect(faultInWords(new Error('m'), ['sub'])).toBe(general)
    expect(faultInWords(new Error('m', { cause: null }), ['sub'])).toBe(general)
    expect(faultInWords(new Error('m', { cause: 'c' }), ['sub'])).toBe(general)
  })
})
