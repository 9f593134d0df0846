import { expect, it } from 'vitest'
import { invisibleIn, withoutSpacesAround } from '../../../../src/renderer/src/lib/invisible.ts'

it.each([
  [' s3cretvalue ', 'a space at the start, a space at the end', 's3cretvalue'],
  ['s3cretvalue\n', 'a line break at the end', 's3cretvalue'],
  ['web\u200b', 'U+200B at the end', 'web'],
  ['a\u00a0b c', 'U+00A0 within it', 'ab c'],
  ['\ufeffx\u202ey', 'U+FEFF at the start, U+202E within it', 'xy'],
  [' \t', 'only invisible characters', ''],
])('names what does not show in %j', (text, names, without) => {
  expect(invisibleIn(text)).toEqual({ names, without })
})

it('has nothing to say of a text that is as it looks', () => {
  for (const text of ['', 's3cret value', 'é😀-_.~']) expect(invisibleIn(text), text).toBeUndefined()
})

it('leaves out plain spaces around a text, and no other', () => {
  expect(['  a b  ', '\u00a0a ', '   ', ''].map(withoutSpacesAround)).toEqual(['a b', '\u00a0a', '', ''])
})
