import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outlineJson, type Outline, type TreeRow } from '../../../../../src/renderer/src/lib/json/outline.ts'

const linesOf = (outline: Outline | null): string =>
  Array.from({ length: outline?.lineCount() ?? 0 }, (_, index) => outline?.line(index) ?? '').join('\n')
const nodesOf = (outline: Outline | null): TreeRow[] =>
  Array.from({ length: outline?.nodeCount() ?? 0 }, (_, index) => outline?.node(index)).filter(
    (row): row is TreeRow => row !== undefined,
  )

describe('lines', () => {
  it('are what JSON.stringify lays out, however the text is spaced', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 1, '\t', '\r\n '), (value, space) => {
        const text = JSON.stringify(value, null, space)
        if (text.length < 3_000)
          expect(linesOf(outlineJson(text))).toBe(JSON.stringify(JSON.parse(text), null, 2))
      }),
    )
  })
  it('keep digits that no number of JavaScript holds, doubled keys and escapes', () => {
    expect(linesOf(outlineJson('{"a":12345678901234567890, "a" : 1.0,"\\"}":"\\\\"}'))).toBe(
      '{\n  "a": 12345678901234567890,\n  "a": 1.0,\n  "\\"}": "\\\\"\n}',
    )
  })
  it('say which names their object has already', () => {
    const outline = outlineJson('{"a":{"a":1,"b":[{"b":1}],"a":2},"b":3,"a":4}')
    expect(outline?.doubled(9).map((line) => outline.line(line).trim())).toEqual(['"a": 2', '"a": 4'])
    expect(nodesOf(outline).filter(({ doubled }) => doubled)).toHaveLength(2)
    expect(outlineJson('[{"a":1},{"a":2}]')?.doubled(9)).toEqual([])
  })
  it('are none where the text is no JSON', () => {
    for (const text of ['', '{"a":}', '[1,]', 'nul', '{} {}']) expect(outlineJson(text)).toBeNull()
  })
  it('bear any depth', () => {
    const outline = outlineJson('['.repeat(5_000) + ']'.repeat(5_000))
    expect(outline?.lineCount()).toBe(9_999)
    expect(outline?.line(4_999).trim()).toBe('[]')
  })
})

describe('tree', () => {
  it('opens and closes without losing what is inside', () => {
    const outline = outlineJson('{"a":[1,{"b":null}],"c":{}}')
    expect(nodesOf(outline).map(({ key, text, depth }) => [depth, key, text])).toEqual([
      [0, undefined, '{'],
      [1, '"a"', '['],
      [2, undefined, '1'],
      [2, undefined, '{'],
      [3, '"b"', 'null'],
      [1, '"c"', '{}'],
    ])
    const list = nodesOf(outline)[1]?.node ?? -1
    expect(outline?.toggle(list)).toBe(3)
    expect(nodesOf(outline)[1]).toMatchObject({ open: false, members: 2 })
    expect(outline?.toggle(list)).toBe(6)
  })
  it('shows every value once when all is open', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const count = (one: unknown): number =>
          typeof one === 'object' && one !== null
            ? Object.values(one).reduce<number>((sum, each) => sum + count(each), 1)
            : 1
        const text = JSON.stringify(value)
        const outline = outlineJson(text)
        if ((outline?.lineCount() ?? 0) <= 400) expect(nodesOf(outline)).toHaveLength(count(JSON.parse(text)))
      }),
    )
  })
  it('numbers the items of a list and tells the first values of what is closed', () => {
    const outline = outlineJson(
      '{"orders":[{"id":"2655f017-a781-4953-af62-4ff5b1249cb4","note":null,"lines":[1],"item":"Coffee","n":2,"x":3},7]}',
    )
    const item = nodesOf(outline)[2]?.node ?? -1
    expect(nodesOf(outline)[2]?.preview).toBeUndefined()
    outline?.toggle(item)
    expect(nodesOf(outline).map(({ key, index, preview }) => [key, index, preview])).toEqual([
      [undefined, undefined, undefined],
      ['"orders"', undefined, undefined],
      [undefined, 0, 'id: 2655f017-a781-4953-af62-… · item: Coffee · n: 2'],
      [undefined, 1, undefined],
    ])
  })
  it('begins with two levels where the document is large', () => {
    const outline = outlineJson(JSON.stringify(Array.from({ length: 500 }, (_, id) => ({ id }))))
    expect(outline?.nodeCount()).toBe(501)
  })
})

describe('what is copied of a row', () => {
  it('is the value without its quotes and the JSONPath, as RFC 9535 writes it', () => {
    const text = '{"items":[{"first name":"A \\"B\\"","n":1.0},{"it\'s":[ ]}],"é":{"b":null}}'
    const outline = outlineJson(text)
    expect(nodesOf(outline).map(({ node }) => outline?.copy(node))).toEqual([
      { path: '$', value: text },
      { path: '$.items', value: '[{"first name":"A \\"B\\"","n":1.0},{"it\'s":[ ]}]' },
      { path: '$.items[0]', value: '{"first name":"A \\"B\\"","n":1.0}' },
      { path: "$.items[0]['first name']", value: 'A "B"' },
      { path: '$.items[0].n', value: '1.0' },
      { path: '$.items[1]', value: '{"it\'s":[ ]}' },
      { path: "$.items[1]['it\\'s']", value: '[]' },
      { path: "$['é']", value: '{"b":null}' },
      { path: "$['é'].b", value: 'null' },
    ])
    expect(outline?.copy(99)).toBeUndefined()
  })
  it('is the whole of a list or an object at the line that ends it', () => {
    const outline = outlineJson('{"a":[1,{"b":2}]}')
    const lines = Array.from({ length: outline?.lineCount() ?? 0 }, (_, line) => outline?.copy(line)?.path)
    expect(lines).toEqual(['$', '$.a', '$.a[0]', '$.a[1]', '$.a[1].b', '$.a[1]', '$.a', '$'])
  })
  it('leads to the value it is copied with', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const outline = outlineJson(JSON.stringify(value))
        for (const { node } of nodesOf(outline)) {
          const copied = outline?.copy(node)
          const found = follow(JSON.parse(JSON.stringify(value)), copied?.path ?? '')
          expect(copied?.value).toBe(typeof found === 'string' ? found : JSON.stringify(found))
        }
      }),
    )
  })
})

/** Follows a path of names and places alone. */
function follow(from: unknown, path: string): unknown {
  const steps = path.slice(1).match(/\.\w+|\[\d+\]|\['(?:[^'\\]|\\.)*'\]/gs) ?? []
  expect(steps.join('')).toBe(path.slice(1))
  return steps.reduce<unknown>((at, step) => {
    const name = step.startsWith('.')
      ? step.slice(1)
      : step.startsWith("['")
        ? (JSON.parse(`"${step.slice(2, -2).replaceAll("\\'", "'").replaceAll('"', '\\"')}"`) as string)
        : step.slice(1, -1)
    return (at as Record<string, unknown>)[name]
  }, from)
}
