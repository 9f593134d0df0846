import fc from 'fast-check'
import { expect, it } from 'vitest'
import { unescaped } from '../../../../src/core/secrecy/unescaped.ts'

const hex = (character: string) => character.charCodeAt(0).toString(16)

/** The ways in which encoders write a character. */
const spellings: ((character: string) => string)[] = [
  (character) => character,
  (character) => `\\u00${hex(character)}`,
  (character) => `\\\\u00${hex(character).toUpperCase()}`,
  (character) => `\\\\\\\\u00${hex(character)}`,
  (character) => `%${hex(character)}`,
  (character) => `%${hex(character).toUpperCase()}`,
  (character) => `%25${hex(character)}`,
  (character) => `%2525${hex(character)}`,
]

it('takes escapes off, and knows where each character was', () => {
  const ascii = fc.integer({ min: 0x20, max: 0x7e }).map((unit) => String.fromCharCode(unit))
  // What a sign of an escape means is another matter.
  const character = fc.oneof(ascii, fc.constant('é')).filter((each) => each !== '%' && each !== '\\')
  const spelling = fc.integer({ min: 0, max: spellings.length - 1 })
  fc.assert(
    fc.property(fc.array(fc.tuple(character, spelling), { minLength: 1, maxLength: 40 }), (all) => {
      const parts = all.map(([each, how]) => (each === 'é' ? each : (spellings[how]?.(each) ?? each)))
      const starts = parts.map((_, at) => parts.slice(0, at).join('').length)
      const written = parts.join('')
      const plain = unescaped(written)
      if (parts.every((part) => part.length === 1)) {
        expect(plain).toBeUndefined()
        return
      }
      expect(plain?.text).toBe(all.map(([each]) => each).join(''))
      const origin = (at: number) => plain?.origin(at)
      expect([...starts.keys(), all.length].map(origin)).toEqual([...starts, written.length])
    }),
  )
})

it.each([
  ['\\n\\r\\t\\/', '\n\r\t/'],
  ['\\\\\\\\n', '\n'],
  ['\\\\\\\\\\n', '\\\n'],
  ['%252525', '%'],
  ['%25252541', '%41'],
  ['%7E\\u007e', '~~'],
])('%s is %j', (written, meant) => expect(unescaped(written)?.text).toBe(meant))

it.each([
  '',
  'plain',
  '\\',
  '\\b',
  '%',
  '%4',
  '%1f',
  '%80',
  '%4g',
  '\\u0019',
  '\\u0080',
  '\\u0141',
  '\\u004',
  '\\u004g',
])('%s is no escape', (written) => expect(unescaped(written)).toBeUndefined())
