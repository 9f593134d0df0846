import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonMembers } from '../../../../src/core/text/json-members.ts'

/** The object that the parts make up, or what is wrong. */
const put = (text: string | Uint8Array): unknown => {
  const whole = new Map<string, unknown>()
  const parts = jsonMembers(typeof text === 'string' ? new TextEncoder().encode(text) : text)
  for (let next = parts.next(); ; next = parts.next()) {
    if (next.done) return next.value ?? Object.fromEntries(whole)
    const part = next.value
    if (part.kind === 'list') whole.set(part.name, [])
    else if (part.kind === 'item') (whole.get(part.name) as unknown[]).push(part.value)
    else whole.set(part.name, part.value)
  }
}

describe('an object taken apart', () => {
  it('is the one that JSON.parse reads, however it is set out', () => {
    const setOut = fc.constantFrom(undefined, 1, '\t', '\r\n  ')
    const value = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue())
    fc.assert(
      fc.property(value, setOut, (object, space) => {
        const text = JSON.stringify(object, null, space)
        expect(put(text)).toEqual(Object.fromEntries(Object.entries(JSON.parse(text) as object)))
      }),
    )
  })

  it('is refused where JSON.parse refuses it', () => {
    const text = JSON.stringify({ a: [1, { b: '"],[' }, []], c: 'x\\"', d: null, e: [] })
    const change = fc.tuple(
      fc.integer({ min: 0, max: text.length }),
      fc.integer({ min: 0, max: 2 }),
      fc.constantFrom('', ',', '[', ']', '{', '}', '"', ':', '\\', '1', ' '),
    )
    fc.assert(
      fc.property(change, ([at, away, instead]) => {
        const changed = text.slice(0, at) + instead + text.slice(at + away)
        let parsed: unknown = 'no JSON'
        try {
          parsed = JSON.parse(changed)
        } catch {
          // As it was.
        }
        const read = put(changed)
        // A name that appears twice is more than JSON.parse sees.
        if (typeof read === 'string' && read.endsWith('twice')) return
        expect(read).toEqual(parsed)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'no JSON'],
    ['a list', '[]', 'no JSON'],
    ['a text', '"a"', 'no JSON'],
    ['something behind it', '{} {}', 'no JSON'],
    ['a comma too many', '{"a":[1,]}', 'no JSON'],
    ['no UTF-8', Uint8Array.of(0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d), 'no JSON'],
    ['a member twice', '{"a":1,"a":[2]}', 'a appears twice'],
    ['a million brackets in one item', `{"a":[[${'[],'.repeat(1_000_000)}1]]}`, 'no JSON'],
  ])('is refused: %s', (_, text, why) => {
    expect(put(text)).toBe(why)
  })
})
