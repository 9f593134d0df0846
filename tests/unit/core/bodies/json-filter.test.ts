import fc from 'fast-check'
import { query, type JsonValue } from 'jsonpath-rfc9535'
import { describe, expect, it } from 'vitest'
import { filterFor, readPath } from '../../../../src/node/bodies/path-filter.ts'

function found(text: string, path: string, size = 5): string[] {
  const read = readPath(path)
  if (!read.ok) throw new Error(read.error.message)
  const bytes = new TextEncoder().encode(text)
  const all: string[] = []
  const filter = filterFor(
    read.value,
    (from, to) => bytes.subarray(from, to),
    (from, to) => all.push(new TextDecoder().decode(bytes.subarray(from, to))),
  )
  for (let at = 0; at < bytes.length; at += size) filter.push(bytes.subarray(at, at + size), at)
  filter.end()
  return all
}

const name = fc.constantFrom('a', 'b', 'c', 'ä b', "it's")
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.integer({ min: 0, max: 9 }),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(name, tie('any'), { maxKeys: 4 }),
  ),
})).any
const selector = fc.oneof(
  fc.constant('*'),
  fc.integer({ min: 0, max: 3 }).map(String),
  fc
    .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 4 }))
    .map(([from, to]) => `${from}:${to}`),
  fc.constantFrom('::2', '1:', ':2'),
  name.map((one) => `'${one.replaceAll("'", "\\'")}'`),
)
const segment = fc.oneof(
  fc.constantFrom('.a', '.b', '.*', '..a', '..*'),
  fc.array(selector, { minLength: 1, maxLength: 2 }).map((all) => `[${all.join(', ')}]`),
  selector.map((one) => `..[${one}]`),
)

describe('a path through JSON in pieces', () => {
  it('finds what the standard says, each as it is written', () => {
    fc.assert(
      fc.property(value, fc.array(segment, { maxLength: 4 }), (json, segments) => {
        const path = `$${segments.join('')}`
        const expected = new Set(query(json as JsonValue, path).map((one) => JSON.stringify(one)))
        expect(new Set(found(JSON.stringify(json), path))).toEqual(expected)
      }),
      { numRuns: 500 },
    )
  })

  it('asks each item what a filter asks, as the standard says', () => {
    const item = fc.dictionary(name, value, { maxKeys: 4 })
    const filter = fc.constantFrom(
      '[?@.a]',
      '[?@.a > 3 && !@.b]',
      '[?@["ä b"] == 2 || count(@.*) > 2]',
      '[?@.a[?@ > 1]].a',
      '[?@.c].c[0]',
      '[?length(@.a) >= 1]..b',
      '[?@ == 3]',
      `[?@.b == "it's [$"]`,
    )
    const first = fc.constantFrom('', '.a', '.*', '[1:]')
    const list = fc.array(fc.oneof(item, value), { maxLength: 6 })
    fc.assert(
      fc.property(fc.oneof(list, item), first, filter, (json, start, rest) => {
        const path = `$${start}${rest}`
        const expected = query(json as JsonValue, path).map((one) => JSON.stringify(one))
        expect(found(JSON.stringify(json), path).toSorted()).toEqual(expected.toSorted())
      }),
      { numRuns: 500 },
    )
    expect(found('[{"id":12345678901234567890,"a":1.50},{"id":2,"id":1}]', '$[?@.id < 3 || @.a].id')).toEqual(
      ['12345678901234567890', '1'],
    )
    // What looks like a number and is none spoils nothing beside it.
    expect(found('[{"id":1},{"id":01},{"id":2}]', '$[?@.id].id')).toEqual(['1', '2'])
    const many = JSON.stringify(Array.from({ length: 1_000 }, (_, id) => ({ id })))
    expect(found(many, '$[?@.id >= 998].id')).toEqual(['998', '999'])
  })

  it('may have blanks where the standard has them, and names of any language', () => {
    const text = '{"a":[{"😀":1,"c d":2},{"😀":3}],"☃":4}'
    expect(found(text, '$ .a\n[ 0\t,\r1 ]\t["😀"]')).toEqual(['1', '3'])
    expect(found(text, '$.a[0 : 1 :\n1].😀')).toEqual(['1'])
    expect(found(text, '$..😀')).toEqual(['1', '3'])
    expect(found(text, "$ ['\\u2603']")).toEqual(['4'])
    expect(found(text, '$.a [?@.😀 == 3]')).toEqual(['{"😀":3}'])
  })

  it('leaves digits as they came', () => {
    expect(found('{"a":[{"id":12345678901234567890},{"id":1e400}]}', '$.a[*].id')).toEqual([
      '12345678901234567890',
      '1e400',
    ])
  })

  it.each([
    '',
    'a',
    '$.',
    '$a',
    '$[',
    '$[1',
    "$['a",
    '$..',
    '$.a[?@.b > $.c]',
    '$..[?@.b]',
    '$[?@.b, 0]',
    '$[0, ?@.b]',
    '$[?match(@.a, "(a+)+")]',
    '$[?@.b >]',
    '$[?@.b',
    '$[?nothing(@.b)]',
    '$[-1]',
    '$[1 2]',
    `$${'.a'.repeat(40)}`,
    '$[01]',
    '$[1:00]',
    '$[9007199254740992]',
    '$. a',
    '$.. a',
    `$['a\\"b']`,
    `$["a\\'b"]`,
    "$['\\ud83d']",
  ])('says that %j can’t be used', (path) =>
    expect(readPath(path)).toMatchObject({ ok: false, error: { code: 'path_unfit' } }),
  )
})

it('passes over an item that is too long, and says so', () => {
  const text = `[{"id":1},{"id":2,"long":"${'x'.repeat(2_100_000)}"},{"id":3}]`
  const bytes = new TextEncoder().encode(text)
  const read = readPath('$[?@.id].id')
  const ids: string[] = []
  if (!read.ok) throw new Error(read.error.message)
  const filter = filterFor(
    read.value,
    (from, to) => bytes.subarray(from, to),
    (from, to) => ids.push(new TextDecoder().decode(bytes.subarray(from, to))),
  )
  filter.push(bytes, 0)
  filter.end()
  expect(ids).toEqual(['1', '3'])
  expect(filter.passedOver()).toBe(1)
})
