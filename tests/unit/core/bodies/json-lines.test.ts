import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createJsonLines } from '../../../../src/core/bodies/json-lines.ts'
import { paths, type JsonValue } from 'jsonpath-rfc9535'

const encoder = new TextEncoder()

/** The lines of a body that comes in pieces of these sizes. */
function linesOf(text: string, sizes: readonly number[] = [], stride = 65_536, many = false) {
  const bytes = encoder.encode(text)
  const lines = createJsonLines((from, to) => bytes.subarray(from, to), many, stride)
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes.length === 0 ? bytes.length : (sizes[turn % sizes.length] ?? 1)
    lines.push(bytes.subarray(at, at + size), at)
    at += size
  }
  lines.end()
  return lines
}
const all = (lines: ReturnType<typeof linesOf>): string[] => lines.rows(0, lines.count())

describe('createJsonLines', () => {
  it('lays any JSON out as it is usual, however its pieces fall and from wherever it is read', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 5 }),
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 60 }),
        fc.nat(),
        (value, sizes, spaced, stride, seed) => {
          const lines = linesOf(JSON.stringify(value, null, spaced ? 3 : undefined), sizes, stride)
          const expected = JSON.stringify(value, null, 2).split('\n')
          expect(lines.fault()).toBeUndefined()
          expect(lines.isWhole()).toBe(true)
          expect(all(lines)).toEqual(expected)
          const from = seed % expected.length
          expect(lines.rows(from, from + 3)).toEqual(expected.slice(from, from + 3))
        },
      ),
    )
  })

  it('keeps digits, escapes and doubled names as they came', () => {
    const lines = linesOf('{"a":1e400,"a":12345678901234567890,"b":"\\u00e4\\n", "c" : [ ] }')
    expect(all(lines)).toEqual([
      '{',
      '  "a": 1e400,',
      '  "a": 12345678901234567890,',
      '  "b": "\\u00e4\\n",',
      '  "c": []',
      '}',
    ])
  })

  it('finds the line that a byte is in, and what is at a line', () => {
    const value = { list: [{ id: 1 }, { 'odd name': 'x' }, [true, null]], end: 'it’s' }
    const text = JSON.stringify(value)
    for (const stride of [1, 10, 65_536]) {
      const lines = linesOf(text, [7], stride)
      const rows = all(lines)
      expect(rows[lines.lineAt(encoder.encode(text.slice(0, text.indexOf('odd'))).length)]).toContain('odd')
      const nodes = rows.map((_, line) => lines.node(line))
      const bytes = encoder.encode(text)
      const values = nodes.map((node) => node && new TextDecoder().decode(bytes.slice(node.from, node.to)))
      expect(nodes[0]?.path).toBe('$')
      expect(values[0]).toBe(text)
      const at = rows.findIndex((row) => row.includes('odd name'))
      expect(nodes[at]?.path).toBe("$.list[1]['odd name']")
      expect(values[at]).toBe('"x"')
      expect(nodes[at - 1]?.path).toBe('$.list[1]')
      expect(values[at - 1]).toBe('{"odd name":"x"}')
      const leaves = nodes.flatMap((node, line) => (/[\]}],?$/.test(rows[line] ?? '') ? [] : [node?.path]))
      const known = new Set(
        paths(value as unknown as JsonValue, '$..*')
          .concat('$')
          .map(plain),
      )
      for (const leaf of leaves) expect(known).toContain(plain(leaf ?? ''))
    }
  })

  it('finds where what begins at a line ends, from wherever it is read', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue({ maxDepth: 4 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 60 }),
        fc.boolean(),
        (values, stride, many) => {
          const text = many ? values.map((value) => JSON.stringify(value)).join('\n') : JSON.stringify(values)
          const lines = linesOf(text, [11], stride, many)
          const rows = all(lines)
          const open: number[] = []
          rows.forEach((row, line) => {
            if (/[{[]$/.test(row)) open.push(line)
            else if (/^ *[}\]],?$/.test(row)) expect(lines.closing(open.pop() ?? -1)?.line).toBe(line)
            else expect(lines.closing(line)).toBeUndefined()
          })
        },
      ),
    )
    expect(linesOf('{"a":[1,2').closing(1)).toBeUndefined()
  })

  it('tells which names an object has twice, however its pieces fall', () => {
    const many = Array.from({ length: 40 }, (_, at) => `"name ${at}":{"a":${at}}`).join(',')
    const text = `{"a":1,"b":{"a":2,"a":3},"\\"a":0,${many},"name 30":1,"a":4}`
    for (const size of [1, 7, 10_000]) {
      const lines = linesOf(text, [size])
      const rows = all(lines)
      const { count, lines: found } = lines.doubled()
      expect(count).toBe(3)
      expect(found.map((line) => rows[line]?.trim())).toEqual(['"a": 3', '"name 30": 1,', '"a": 4'])
    }
    expect(linesOf('[{"a":1},{"a":2}]').doubled().count).toBe(0)
  })

  it.each([
    ['{"a":1,}', 7],
    ['[1,]', 3],
    ['{"a" 1}', 5],
    ['[1 2]', 3],
    ['nonsense [', 9],
    ['{"a":"x\ny"}', 7],
    ['1 2', 2],
    ['<html>', 0],
  ])('says where %j stops being JSON', (text, place) => {
    expect(linesOf(text, [1]).fault()).toBe(place)
  })

  it('shows a body that was broken off up to there', () => {
    const lines = linesOf('{"a":[1,2,{"b":tr')
    expect(lines.fault()).toBeUndefined()
    expect(lines.isWhole()).toBe(false)
    expect(all(lines)).toEqual(['{', '  "a": [', '    1,', '    2,', '    {', '      "b": tr'])
  })

  it('refuses what is nested too deeply, and reads what just is not', () => {
    expect(linesOf('['.repeat(511) + '1' + ']'.repeat(511)).isWhole()).toBe(true)
    expect(linesOf('['.repeat(600)).fault()).toBe(513)
  })

  it('takes values one after another, and a byte order mark', () => {
    const lines = linesOf('{"a":1}\n{"b":[]}\n3\n', [4], 4, true)
    expect(all(lines)).toEqual(['{', '  "a": 1', '}', '{', '  "b": []', '}', '3'])
    expect(all(linesOf('\uFEFF[1]'))).toEqual(['[', '  1', ']'])
  })

  it('cuts long texts', () => {
    const [, row] = all(linesOf(JSON.stringify(['x'.repeat(50_000)])))
    expect(row?.length).toBeLessThan(4_010)
    expect(row?.endsWith('…')).toBe(true)
  })
})

/** Names in brackets, whichever way they were written. */
function plain(path: string): string {
  return path.replaceAll(/\.(\w+)/g, "['$1']")
}
