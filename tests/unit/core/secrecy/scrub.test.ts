import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createScrubber } from '../../../../src/core/secrecy/scrub.ts'
import { spelled } from './spelled.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

describe('a known secret', () => {
  it('is taken out however it is spelled', () => {
    const secret = fc.string({ unit: 'grapheme', minLength: 8, maxLength: 40 })
    fc.assert(
      fc.property(secret, (value) => {
        const scrub = createScrubber([value])
        for (const [name, text] of spelled(value)) {
          const left = scrub.text(`<<${text}>>`)
          // Beside others, the first and the last characters of base64 hold bits of both.
          const edges = name.startsWith('base64') ? /[\w+/=-]{0,8}•••[\w+/=-]{0,8}/ : '•••'
          expect([name, left.replace(edges, '•••')]).toEqual([name, '<<•••>>'])
        }
      }),
      { numRuns: 200 },
    )
  })

  it('is taken out whole where it holds another one, or runs into it', () => {
    expect(createScrubber(['secret-one', 'secret-one-and-more']).text('a secret-one-and-more b')).toBe(
      'a ••• b',
    )
    expect(createScrubber(['abcdefgh', 'efghijkl']).text('xabcdefghijklx')).toBe('x•••x')
  })

  it('is shown by its name, where it has one', () => {
    const scrub = createScrubber([{ value: 'o dd&secret', shownAs: '{{key}}' }, 'o+dd%26secret'])
    expect(scrub.text('a=o+dd%26secret&b=o dd&secret')).toBe('a={{key}}&b={{key}}')
  })

  it('is overwritten in bytes of which the length stays, and a number stays readable as JSON', () => {
    const scrub = createScrubber(['123456', 'secret-1'])
    const json = textOf(scrub.bytes(bytesOf('{"a":123456, "b":"secret-1","c":[123456]}')))
    expect(JSON.parse(json)).toEqual({ a: '****', b: '********', c: ['****'] })
    const other = bytesOf('nothing of it')
    expect(scrub.bytes(other)).toBe(other)
  })

  it('is taken out of plain data at every depth', () => {
    expect(
      createScrubber(['secret-1']).data({ a: ['secret-1', { b: 'x secret-1' }], c: 1, d: null }),
    ).toEqual({
      a: ['•••', { b: 'x •••' }],
      c: 1,
      d: null,
    })
  })
})

describe('a short secret', () => {
  it('of four or five characters goes where it is a whole value', () => {
    const scrub = createScrubber(['open', '4711'])
    expect(scrub.text('opened openly, reopen "open" a=open&pin=4711 47110')).toBe(
      'opened openly, reopen "•••" a=•••&pin=••• 47110',
    )
  })
  it('of less is left alone', () => {
    expect(createScrubber(['abc', '']).text('abc "abc"')).toBe('abc "abc"')
  })
})

describe('a stream', () => {
  const streamed = (text: string, secrets: string[], sizes: number[]): string => {
    const stream = createScrubber(secrets).stream()
    const bytes = bytesOf(text)
    const out: Uint8Array[] = []
    let at = 0
    for (let turn = 0; at < bytes.length; turn += 1) {
      const size = sizes[turn % sizes.length] ?? 1
      out.push(stream.push(bytes.subarray(at, at + size)))
      at += size
    }
    out.push(stream.end())
    return Buffer.concat(out).toString()
  }

  /** Each character in six bytes, and each of those that need it escaped again. */
  const wide = Array.from('secret-1', (each) => `\\u00${each.charCodeAt(0).toString(16)}`).join('')

  it.each([
    ['what is spelled as wide as can be', `words, ${wide}, ${encodeURIComponent(wide)}, `.repeat(30)],
    [
      'what overlaps without an end',
      `words ${'ab'.repeat(1_500)}, ${'ab'.repeat(700)} ${'words, '.repeat(200)}`,
    ],
  ])('covers %s, in whatever pieces', (_name, text) => {
    const secrets = ['secret-1', 'abababab']
    for (const size of [1, 7, 100, 193, 500, 3_000])
      expect(streamed(text, secrets, [size])).toBe(textOf(createScrubber(secrets).bytes(bytesOf(text))))
  })

  it('covers the rest of what overlaps, too short to be found alone', () => {
    const secret = 'ab'.repeat(20)
    const { text } = createScrubber([secret])
    // Somewhere among these the stream gives out all but a few bytes of the run.
    for (let count = 475; count < 500; count += 1) {
      const all = `words ${'ab'.repeat(count)} ${'words, '.repeat(400)}`
      expect(streamed(all, [secret], [1])).toBe(text(all).replace('•••', '*'.repeat(count * 2)))
    }
  })

  it('comes out as the whole would, however it is cut', () => {
    const part = fc.constantFrom(
      'secret-1',
      'secret%2D1',
      'c2VjcmV0LTE=',
      '\\u0073ecret-1',
      'words, ',
      '{"number": 48151623, ',
      '48151623]',
      'open',
      '"open"',
      'secre',
      '%',
      '\\',
    )
    const sizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 6 })
    // So much that the stream has to give out something several times before its end.
    const parts = fc.array(part, { minLength: 100, maxLength: 400, size: 'max' })
    fc.assert(
      fc.property(parts, sizes, (all, pieces) => {
        const text = all.join('')
        const secrets = ['secret-1', '48151623', 'open']
        expect(streamed(text, secrets, pieces)).toBe(textOf(createScrubber(secrets).bytes(bytesOf(text))))
      }),
      { numRuns: 100 },
    )
  })
})
