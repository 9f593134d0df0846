import { describe, expect, it } from 'vitest'
import { asWritten } from '../../../../../src/core/oauth/wire/as-written.ts'
import { answerMembers, errorAsForm, ownWords } from '../../../../../src/core/oauth/wire/own-words.ts'
import { providerText, providerWords } from '../../../../../src/core/oauth/wire/provider-text.ts'
import { writtenMember } from '../../../../../src/core/text/written.ts'

describe('providerText', () => {
  it.each([
    ['plain', 'plain'],
    ['  a \t\r\n b\u2028c  ', 'a b c'],
    ['a\u0000\u202eb', 'a b'],
    ['\u0000\u200f', undefined],
    ['', undefined],
    [7, undefined],
    [undefined, undefined],
  ])('of %j is %j', (value, text) => expect(providerText(value)).toBe(text))

  it('is cut at its limit, and says so', () => {
    expect(providerText('x'.repeat(500))).toBe('x'.repeat(500))
    expect(providerText('x'.repeat(501))).toBe(`${'x'.repeat(500)}…`)
    expect(providerText('abc', 2)).toBe('ab…')
  })

  it('looks no further than four times its limit', () => {
    expect(providerText(`${' '.repeat(8)}x`, 2)).toBeUndefined()
    expect(providerText(`${' '.repeat(7)}x`, 2)).toBe('x')
  })

  it('holds no secrets', () => {
    expect(providerText('wrong client_secret=hunter2 given')).not.toContain('hunter2')
  })
})

describe('providerWords', () => {
  const words = (members: Record<string, unknown>) => providerWords((name) => members[name])

  it('are the three members of an error', () => {
    const members = { error: 'e', error_description: 'd', error_uri: 'u' }
    expect(words(members)).toEqual({ providerError: 'e', providerDescription: 'd', providerUri: 'u' })
    expect(words({})).toEqual({})
  })

  it('have a length each', () => {
    const long = 'x'.repeat(1000)
    const { providerError, providerDescription, providerUri } = words({
      error: long,
      error_description: long,
      error_uri: long,
    })
    expect([providerError, providerDescription, providerUri].map((each) => each?.length)).toEqual([
      101, 501, 301,
    ])
  })
})

describe('ownWords', () => {
  const json = (value: unknown) => ownWords(JSON.stringify(value))

  it.each([
    'message',
    'error_description',
    'detail',
    'title',
    'error_message',
    'error_msg',
    'msg',
    'reason',
    'description',
  ])('are found in %s, however it is written', (name) => {
    expect(json({ other: 'x', [name]: 'Said so' })).toBe('Said so')
    expect(json({ [name.toUpperCase()]: 'Said so' })).toBe('Said so')
  })

  it.each([
    [{ description: 'later', message: 'first' }, 'first'],
    [{ message: ' ', detail: 'second' }, 'second'],
    [{ message: 7, detail: 'second' }, 'second'],
    [{ error: 'invalid_thing' }, 'invalid_thing'],
    [{ error: { message: 'deep' } }, 'deep'],
    [{ error: { error: { message: 'deeper' } } }, 'deeper'],
    [{ error: { error: { error: { message: 'too deep' } } } }, undefined],
    [{ error: { error: { error: 'text' } } }, 'text'],
    [{ errors: ['a', { message: 'b' }, 7, 'd'] }, 'a; b'],
    [{ errors: ['a', 'b', 'c', 'd'] }, 'a; b; c'],
    [{ errors: { name: ['is empty'], age: 'is no number' } }, 'is empty; is no number'],
    [{ errors: [], error: 'e' }, 'e'],
    [{ errors: 'none of these', error: 'e' }, 'e'],
    [{ errors: ['of the list'], error: 'e' }, 'of the list'],
    [['a', 'b'], 'a; b'],
    [[], undefined],
    [{}, undefined],
  ])('in %j are %j', (value, words) => expect(json(value)).toBe(words))

  it.each([
    ['  Out of order \n', 'Out of order'],
    ['', undefined],
    ['{"message":', undefined],
    ['[broken', undefined],
    [' <html><head><TITLE lang="en">Bad Gateway</title>', 'Bad Gateway'],
    ['<p>no title</p>', undefined],
    ['<title></title>', undefined],
  ])('in the text %j are %j', (body, words) => expect(ownWords(body)).toBe(words))

  it('have an end', () => {
    expect(ownWords('x'.repeat(2_000))).toBe(`${'x'.repeat(300)}…`)
    expect(ownWords('x'.repeat(2_001))).toBeUndefined()
    expect(json({ message: 'x'.repeat(301) })).toBe(`${'x'.repeat(300)}…`)
    expect(ownWords(`<title>${'x'.repeat(201)}<`)).toBe(`${'x'.repeat(200)}…`)
    expect(ownWords(`<${' '.repeat(65_536)}<title>Far away<`)).toBeUndefined()
  })
})

describe('answerMembers', () => {
  it.each([
    ['{"error":"x"}', { error: 'x' }],
    ['error=x&error_description=a%20b&state=s', { error: 'x', error_description: 'a b' }],
    [' state=s&error=x\n', { error: 'x' }],
    ['[1]', undefined],
    ['my_error=x', undefined],
    ['error: x', undefined],
    ['an error=x', undefined],
    ['<p>&error=x', undefined],
    ['{&error=x', undefined],
    ['error=x&access_token=a', undefined],
  ])('of %j are %j', (body, members) => expect(answerMembers(body)).toEqual(members))

  it('are looked for in forms of 2,000 characters', () => {
    const longest = `error=${'x'.repeat(1_994)}`
    expect(errorAsForm(longest)).toEqual({ error: 'x'.repeat(1_994) })
    expect(errorAsForm(`${longest}x`)).toBeUndefined()
  })
})

describe('asWritten', () => {
  it('keeps numbers as they came, where the answer is an object', () => {
    const json = '{"n":12345678901234567890}'
    const value = JSON.parse(json) as { n: number }
    expect(writtenMember(asWritten(value, json), 'n', value.n)).toBe('12345678901234567890')
    const other = { n: 1 }
    expect(writtenMember(asWritten(other, 'n=1.0'), 'n', other.n)).toBe('1')
  })
})
