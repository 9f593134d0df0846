import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createEventLines,
  createRecordLines,
  createTextLines,
} from '../../../../src/core/bodies/text-lines.ts'

const encoder = new TextEncoder()

function fill(make: typeof createTextLines, text: string, size: number) {
  const bytes = encoder.encode(text)
  const lines = make((from, to) => bytes.subarray(from, to))
  for (let at = 0; at < bytes.length; at += size) lines.push(bytes.subarray(at, at + size), at)
  return lines
}

describe('createTextLines', () => {
  it('finds the same lines however the pieces fall', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 60 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 200 }),
        (parts, size) => {
          const plain = parts.map((part) => part.replace(/[\r\n]/g, ' '))
          const lines = fill(createTextLines, plain.join('\n'), size)
          // Nothing behind the last break is no line.
          const expected = plain.at(-1) === '' ? plain.slice(0, -1) : plain
          expect(lines.count()).toBe(expected.length)
          expect(lines.rows(0, lines.count())).toEqual(expected)
          if (expected.length > 3) expect(lines.rows(2, 3)).toEqual(expected.slice(2, 3))
        },
      ),
    )
  })

  it('breaks long lines between characters', () => {
    const lines = fill(createTextLines, 'ä'.repeat(500), 7)
    const rows = lines.rows(0, lines.count())
    expect(rows.join('')).toBe('ä'.repeat(500))
    expect(rows.length).toBe(5)
  })

  it('reads far into a long body from the nearest place', () => {
    const text = Array.from({ length: 50_000 }, (_, index) => `line ${index}`).join('\r\n')
    const lines = fill(createTextLines, text, 10_000)
    expect(lines.rows(49_998, 60_000)).toEqual(['line 49998', 'line 49999'])
    expect(lines.lineAt(text.indexOf('line 31234'))).toBe(31_234)
  })
})

describe('createRecordLines', () => {
  it('has a record a line, however long', () => {
    const lines = fill(createRecordLines, `{"a":"${'x'.repeat(900)}"}\n{"b":1}\n`, 100)
    expect(lines.rows(0, 9).map((row) => row.length)).toEqual([908, 7])
  })
})

describe('createEventLines', () => {
  it.each([1, 5, 1000])('has an event a block, in pieces of %i', (size) => {
    const lines = fill(
      createEventLines,
      'data: 1\n\nevent: b\r\ndata: 2\r\ndata: 3\r\n\r\n: quiet\n\ndata',
      size,
    )
    expect(lines.rows(0, 9)).toEqual(['data: 1', 'event: b\r\ndata: 2\r\ndata: 3', ': quiet', 'data'])
  })

  it('has the blocks of the standard, whatever ends lines and wherever pieces end', () => {
    const part = fc.constantFrom(
      '\r',
      '\n',
      '\r\n',
      'data: a',
      ': quiet',
      'id: 1',
      'retry: 5',
      'event',
      'data: é',
    )
    fc.assert(
      fc.property(fc.array(part), fc.integer({ min: 1, max: 9 }), (parts, size) => {
        const text = parts.join('')
        // WHATWG HTML section 9.2.5: a line ends with CR LF, CR or LF, a block with an empty line.
        const blocks = text
          .replaceAll(/\r\n?/g, '\n')
          .replace(/^\n+/, '')
          .split(/\n{2,}/)
          .map((block) => block.replace(/\n$/, ''))
          .filter((block) => block !== '')
        const rows = fill(createEventLines, text, size)
          .rows(0, 1_000)
          .map((row) => row.replaceAll(/\r\n?/g, '\n').replace(/^\n+/, ''))
          .filter((row) => row !== '')
        expect(rows).toEqual(blocks)
      }),
    )
  })
})
