import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { searchLines, searchText } from '../../../../src/core/bodies/search.ts'

const encoder = new TextEncoder()

function hits(search: ReturnType<typeof searchText>, text: string, size: number): number[] {
  const bytes = encoder.encode(text)
  const found: number[] = []
  for (let at = 0; at < bytes.length; at += size)
    search.push(bytes.subarray(at, at + size), at, (offset) => found.push(offset))
  search.end((offset) => found.push(offset))
  return found
}
/** As the engine finds them in one piece. */
function expected(text: string, wanted: string): number[] {
  const found: number[] = []
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length))
    found.push(encoder.encode(text.slice(0, at)).length)
  return found
}

describe('searchText', () => {
  it('finds each place once, however the pieces fall', () => {
    const unit = fc.constantFrom('a', 'b', 'ä', 'A')
    fc.assert(
      fc.property(
        fc.string({ unit, maxLength: 80 }),
        fc.string({ unit, minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 9 }),
        (text, wanted, size) => {
          expect(hits(searchText({ text: wanted, matchCase: true }), text, size)).toEqual(
            expected(text, wanted),
          )
        },
      ),
    )
  })

  it('takes small and capital letters of ASCII for the same, and no others', () => {
    expect(hits(searchText({ text: 'aB', matchCase: false }), 'xAb ab AB', 4)).toEqual([1, 4, 7])
    // Byte by byte, C3 would be E3 in small letters.
    expect(hits(searchText({ text: 'é', matchCase: false }), '\u3A40é', 100)).toEqual([3])
  })
})

describe('searchLines', () => {
  it('is given whole lines, and the last one at the end', () => {
    const seen: string[] = []
    const search = searchLines((bytes) => {
      seen.push(new TextDecoder().decode(bytes))
      return [0]
    })
    expect(hits(search, 'one\ntwo\nthr', 5)).toEqual([0, 4, 8])
    expect(seen).toEqual(['one\n', 'two\n', 'thr'])
  })

  it('finds what lies over the end of a part of an endless line once', () => {
    const text = 'x'.repeat(1_050_000) + 'needle' + 'x'.repeat(1_100_000)
    const search = searchLines((bytes) => {
      const at = new TextDecoder().decode(bytes).indexOf('needle')
      return at === -1 ? [] : [at]
    })
    expect(hits(search, text, 262_144)).toEqual([1_050_000])
  })
})
