import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareBytes, termBytes, termText } from '../../../../src/core/search/bytes.ts'
import { addWords, wordLimit, wordParts } from '../../../../src/core/search/words.ts'

const wordsOf = (text: string, limit = 1_000) => {
  const words = new Set<string>()
  addWords(text, words, limit)
  return [...words]
}

describe('the words of a text', () => {
  it.each([
    [
      'https://api.example.com/Orders?page=2',
      ['https', 'api.example.com', 'example.com', 'com', 'orders', 'page', '2'],
    ],
    ['X-Request-Id: 7', ['x-request-id', 'request-id', 'id', '7']],
    ['customerId', ['customerid', 'id']],
    ['0a1b2c3d-0000-4000-8000-0123456789ab', ['0a1b2c3d-0000-4000-8000-0123456789ab']],
    ['Größe 漢字', ['größe', '漢字']],
    ['{"a":[]}', ['a']],
    ['', []],
  ])('%s', (text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })

  it('are so many and so long at most', () => {
    expect(wordsOf('a b c d', 3)).toEqual(['a', 'b', 'c'])
    expect(wordsOf('x'.repeat(500))).toEqual(['x'.repeat(wordLimit)])
  })

  it('are found by what a search asks for', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (text) => {
        const words = wordsOf(text)
        for (const word of text.split(/\s+/))
          for (const part of wordParts(word.replace(/[-_.]+$/, '')).parts)
            expect(words.some((each) => each.startsWith(part))).toBe(true)
      }),
    )
  })

  it.each([
    ['orders', ['orders'], true],
    ['x-request', ['x-request'], true],
    ['x-', ['x-'], true],
    ['x-request.', ['x-request.'], true],
    ['a-/b', ['a', 'b'], false],
    ['two words', ['two', 'words'], false],
    ['/orders', ['orders'], false],
    ['{', [], true],
  ])('a search for %s', (word, parts, exact) => {
    expect(wordParts(word)).toEqual({ parts, exact })
  })

  it('sort as bytes as they do as text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
        const order = one < other ? -1 : one > other ? 1 : 0
        expect(Math.sign(compareBytes(termBytes(one), termBytes(other)))).toBe(order)
        expect(termText(termBytes(one))).toBe(one)
      }),
    )
  })
})
