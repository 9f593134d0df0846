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
    expect(wordParts(word)).toMatchObject({ parts, exact })
  })

  const pairsOf = (text: string, limit = 1_000) => {
    const pairs = new Set<string>()
    const isWhole = addWords(text, new Set(), limit, pairs)
    return { pairs: [...pairs], isWhole }
  }

  it('have the pairs of whatever is in their text', () => {
    const unit = fc.constantFrom(
      'a',
      'b',
      'B',
      '7',
      'É',
      'İ',
      '漢',
      '\u{1d4b3}',
      '.',
      '-',
      '_',
      ' ',
      '/',
      '":"',
    )
    fc.assert(
      fc.property(
        fc.array(unit, { maxLength: 40 }),
        fc.nat({ max: 40 }),
        fc.nat({ max: 12 }),
        (units, from, length) => {
          const { pairs } = pairsOf(units.join(''))
          const asked = wordParts(
            units
              .slice(from, from + length)
              .join('')
              .toLowerCase(),
          )
          for (const { beginning, rest = '' } of asked.pairs)
            expect(
              pairs.some(
                (pair) =>
                  pair.startsWith(beginning) &&
                  (rest === '' || pair.slice(beginning.length).startsWith(rest, 1)),
              ),
            ).toBe(true)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('are in pairs up to a limit, and say so', () => {
    expect(pairsOf('one two three')).toEqual({ pairs: ['\u0002tweno', '\u0002thowt'], isWhole: true })
    expect(pairsOf('a b', 3)).toEqual({ pairs: ['\u0002b\0a'], isWhole: true })
    expect(pairsOf('a b a a b b', 3)).toEqual({
      pairs: ['\u0002b\0a', '\u0002a\0b', '\u0002a\0a'],
      isWhole: false,
    })
    expect(pairsOf('a b c d', 3).isWhole).toBe(false)
  })

  it.each([
    ['orders', []],
    ['name 77', [{ beginning: '\u000277ema' }]],
    ['name 7', [{ beginning: '\u00027', rest: 'ema' }]],
    ['me 7-', [{ beginning: '\u00027', rest: 'em' }]],
    ['a b cd', [{ beginning: '\u0002b\0a' }, { beginning: '\u0002cdb' }]],
  ])('a search for %s asks for pairs', (word, pairs) => {
    expect(wordParts(word).pairs).toEqual(pairs)
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
