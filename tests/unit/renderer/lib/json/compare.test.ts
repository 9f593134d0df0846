import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareJson, compareLines } from '../../../../../src/renderer/src/lib/json/compare.ts'
import { createListParts } from '../../../../../src/renderer/src/lib/json/list-parts.ts'
import { headerChanges } from '../../../../../src/renderer/src/features/requests/answer/compare/header-changes.ts'

const changes = (left: unknown, right: unknown) => {
  const found = compareJson(JSON.stringify(left), JSON.stringify(right))
  return found?.kind === 'json' ? found.changes : found?.kind
}

describe('two JSON bodies', () => {
  it('are compared by what they hold', () => {
    expect(changes({ a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 })).toBe('same')
    expect(changes({ a: 1, 'odd name': 2, same: 0 }, { a: '1', same: 0, new: [] })).toEqual([
      { kind: 'changed', path: '$.a', before: '1', after: '"1"' },
      { kind: 'removed', path: "$['odd name']", before: '2' },
      { kind: 'added', path: '$.new', after: '[]' },
    ])
    const found = compareJson('{"__proto__":1}', '{}')
    expect(found).toMatchObject({ changes: [{ kind: 'removed', path: '$.__proto__' }] })
  })
  it('have their lists compared as a whole: what was put in moves nothing', () => {
    const before = [{ id: 1 }, { id: 2, n: 'a' }, { id: 3 }]
    expect(changes(before, [{ id: 0 }, { id: 1 }, { id: 2, n: 'b' }])).toEqual([
      { kind: 'added', path: '$[0]', after: '{"id":0}' },
      { kind: 'changed', path: '$[2].n', before: '"a"', after: '"b"' },
      { kind: 'removed', path: '$[2]', before: '{"id":3}' },
    ])
  })
  it('are compared by their digits', () => {
    const found = compareJson('{"a":9007199254740993,"b":1e400}', '{"a":9007199254740992,"b":1e400}')
    expect(found).toEqual({
      kind: 'json',
      capped: false,
      moved: 0,
      changes: [{ kind: 'changed', path: '$.a', before: '9007199254740993', after: '9007199254740992' }],
    })
  })
  it('are the same exactly where they hold the same', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), (left, right) => {
        expect(changes(left, left)).toBe('same')
        const [one, other] = [JSON.stringify(left), JSON.stringify(right)]
        if (inOrder(left) !== inOrder(right)) expect(compareJson(one, other)?.kind).toBe('json')
      }),
    )
  })
  it('are none where one is no JSON, or is too deep', () => {
    expect(compareJson('{}', '<a>')).toBeUndefined()
    expect(compareJson('['.repeat(5_000) + ']'.repeat(5_000), '[]')).toBeUndefined()
  })
  it('have no more differences than are told', () => {
    const many = (by: number) =>
      Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [`n${at}`, at + by]))
    expect(compareJson(JSON.stringify(many(0)), JSON.stringify(many(1)))).toMatchObject({
      capped: true,
      changes: { length: 1_000 },
    })
  })
})

describe('long lists', () => {
  const shuffled = <T>(list: readonly T[]): T[] => {
    let seed = 7
    return list
      .map((item) => ({ item, at: (seed = (seed * 48_271) % 2_147_483_647) }))
      .sort((one, other) => one.at - other.at)
      .map(({ item }) => item)
  }
  it('whose items were all moved are compared in time, and moved items are counted', () => {
    const list = Array.from({ length: 20_000 }, (_, id) => ({ id, name: `Item ${id}`, tags: ['a', 'b'] }))
    const other = [...shuffled(list.slice(1)), { id: 20_000, name: 'New', tags: [] }]
    const [left, right] = [JSON.stringify(list), JSON.stringify(other)]
    const began = performance.now()
    const found = compareJson(left, right)
    expect(performance.now() - began).toBeLessThan(12_000)
    if (found?.kind !== 'json') throw new Error('not compared')
    expect(found.moved).toBeGreaterThan(19_000)
    expect(found.changes).toEqual([
      expect.objectContaining({ kind: 'removed', path: '$[0]' }),
      expect.objectContaining({ kind: 'added', path: '$[19999]' }),
    ])
    // What only changed stays where it is.
    const changed = list.map((item) => (item.id % 2 === 0 ? { ...item, name: 'x' } : item))
    expect(compareJson(left, JSON.stringify(changed))).toMatchObject({ moved: 0, capped: true })
  })
  it('share the time of one comparison', () => {
    const lists = Array.from({ length: 30 }, (_, each) =>
      Array.from({ length: 3_000 }, (_, at) => each * 3_000 + at),
    )
    const began = performance.now()
    compareJson(JSON.stringify(lists), JSON.stringify(lists.map(shuffled)))
    expect(performance.now() - began).toBeLessThan(12_000)
  })
  it('have parts that make the one of the other, in either way', () => {
    const list = fc.array(fc.nat(9).map(String), { maxLength: 30 })
    fc.assert(
      fc.property(list, list, fc.boolean(), (a, b, late) => {
        let time = 0
        const partsOf = createListParts(() => (time += 1_000))
        if (late) partsOf(['x'], ['x'])
        const { parts, coarse } = partsOf(a, b)
        expect(coarse).toBe(late)
        const made: string[] = []
        let [from, to] = [0, 0]
        for (const { added, removed, count } of parts) {
          if (!removed) made.push(...b.slice(to, to + count))
          if (!added && !removed) expect(a.slice(from, from + count)).toEqual(b.slice(to, to + count))
          from += added ? 0 : count
          to += removed ? 0 : count
        }
        expect([made, from, to]).toEqual([b, a.length, b.length])
      }),
    )
  })
})

function inOrder(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  )
}

it('compares lines, and counts equal ones that are far away', () => {
  const left = Array.from({ length: 30 }, (_, at) => `line ${at}`)
  const right = left.with(15, 'another').concat('more')
  expect(compareLines(left.join('\r\n'), left.join('\n'))).toEqual({ kind: 'same' })
  const found = compareLines(left.join('\n') + '\n', right.join('\n') + '\n')
  const told = found.kind === 'lines' ? found.lines : []
  expect(
    told.map((line) => (line.kind === 'gap' ? `gap ${line.lines}` : `${line.kind} ${line.text}`)),
  ).toEqual([
    'gap 12',
    'same line 12',
    'same line 13',
    'same line 14',
    'removed line 15',
    'added another',
    'same line 16',
    'same line 17',
    'same line 18',
    'gap 8',
    'same line 27',
    'same line 28',
    'same line 29',
    'added more',
  ])
})

it('compares headers by their names', () => {
  expect(
    headerChanges(
      [
        ['Date', 'a'],
        ['X-One', '1'],
        ['Set-Cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ],
      [
        ['date', 'b'],
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
        ['ETag', 'x'],
      ],
    ),
  ).toEqual({
    changes: [
      { name: 'date', before: 'a', after: 'b' },
      { name: 'etag', after: 'x' },
      { name: 'x-one', before: '1' },
    ],
    same: 1,
  })
})
