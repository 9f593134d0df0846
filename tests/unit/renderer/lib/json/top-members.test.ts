import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTopMembers } from '../../../../../src/renderer/src/lib/json/top-members.ts'

function membersOf(text: string, piece = text.length || 1): Record<string, unknown> {
  const top = createTopMembers((name) => !name.startsWith('no'))
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length; at += piece) top.push(bytes.subarray(at, at + piece))
  return top.found()
}

describe('members at the top of a body', () => {
  it.each([
    [
      '{"next":"/a","no":{"next":1},"_links":{"self":{"href":"/s"}}}',
      { next: '/a', _links: { self: { href: '/s' } } },
    ],
    ['\ufeff {"a\\"b" : [1, "}"] , "no\\u0031": 5, "z": null}  rest', { 'a"b': [1, '}'], z: null }],
    ['{"a":1,"a":2}', { a: 2 }],
    ['[{"next":"/a"}]', {}],
    ['"next"', {}],
    ['', {}],
    ['{}', {}],
    ['<html>', {}],
    ['{"a":1,"b":', { a: 1 }],
    ['{a:1,"b":2}', {}],
    ['{"a":tru,"b":2}', { b: 2 }],
    [`{"long":"${'x'.repeat(70_000)}","b":2}`, { b: 2 }],
  ])('%.40s', (text, members) => {
    expect(membersOf(text)).toEqual(members)
    expect(membersOf(text, 1)).toEqual(members)
  })

  it('are those that parsing finds, wherever the pieces end', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 3 })),
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom(0, 2),
        (object, piece, space) => {
          const text = JSON.stringify(object, null, space)
          const wanted = Object.entries(JSON.parse(text) as object).filter(([name]) => !name.startsWith('no'))
          expect(membersOf(text, piece)).toEqual(Object.fromEntries(wanted))
        },
      ),
    )
  })

  it('are looked for no further than the object, nor in what is none', () => {
    for (const text of ['[', '1', '{"a":1}', '{"a" "b":'.repeat(2)]) {
      const top = createTopMembers(() => true)
      top.push(new TextEncoder().encode(text))
      expect([text, top.isOver()]).toEqual([text, true])
    }
  })
})
