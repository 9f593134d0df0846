import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  nestsTooDeep,
  prettyJson,
  tokenizeJson,
} from '../../../../../src/renderer/src/lib/json/json-tokens.ts'

describe('prettyJson', () => {
  it('leaves alone what nests deeper than anyone reads, at once', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const nested = (levels: number) => `${open.repeat(levels)}1${close.repeat(levels)}`
      expect(prettyJson(nested(512))).not.toBeNull()
      expect(nestsTooDeep(nested(512))).toBe(false)
      expect(prettyJson(nested(513))).toBeNull()
      const start = performance.now()
      expect(prettyJson(nested(100_000))).toBeNull()
      expect(nestsTooDeep(nested(100_000))).toBe(true)
      expect(performance.now() - start).toBeLessThan(500)
    }
    expect(nestsTooDeep(`["${'['.repeat(600)}\\"${'['.repeat(600)}"]`)).toBe(false)
  })

  it('lays out as JSON.stringify does and keeps the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2))
      }),
    )
  })
  it('keeps digits that a JavaScript number cannot hold, and doubled keys', () => {
    expect(prettyJson('{"id":12345678901234567890,"id":1.0}')).toBe(
      '{\n  "id": 12345678901234567890,\n  "id": 1.0\n}',
    )
  })
  it('keeps marks inside strings', () => {
    expect(prettyJson('["{a: \\"b\\",[1]}"]')).toBe('[\n  "{a: \\"b\\",[1]}"\n]')
  })
  it('does not lay out what is no JSON', () => {
    expect(prettyJson('{"a":}')).toBeNull()
    expect(prettyJson('')).toBeNull()
  })
})

describe('tokenizeJson', () => {
  it('loses no character of any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(
          tokenizeJson(text)
            .map((token) => token.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })
  it('tells keys from strings', () => {
    expect(tokenizeJson('"a": "b"').map(({ kind }) => kind)).toEqual(['key', 'mark', 'space', 'string'])
  })
})
