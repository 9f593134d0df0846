import { describe, expect, it } from 'vitest'
import {
  cellKind,
  cellText,
  columnsOf,
  findRecords,
  readRecords,
} from '../../../../src/renderer/src/features/requests/answer/table/json-records.ts'

describe('findRecords', () => {
  it('finds a list of objects that is the body, or the only one in it', () => {
    expect(findRecords('[{"id":1},{"id":2}]')).toEqual({ rows: [{ id: 1 }, { id: 2 }], beside: [] })
    expect(findRecords('{"orders":[{"id":1}],"next":null,"total":7,"tags":["a","b"]}')).toEqual({
      name: 'orders',
      rows: [{ id: 1 }],
      beside: ['next null', 'total 7', 'tags a, b'],
    })
  })
  it.each([
    ['no JSON', '[{"id":1}'],
    ['a scalar', '"orders"'],
    ['an empty list', '[]'],
    ['an empty list in an object', '{"orders":[]}'],
    ['scalars', '[1,2]'],
    ['something beside the objects', '[{"id":1},null]'],
    ['lists', '[[1],[2]]'],
    ['two lists', '{"a":[{"id":1}],"b":[{"id":1}]}'],
    ['empty objects', '[{},{}]'],
    ['mostly nested objects', '[{"a":{},"b":[],"c":1}]'],
    ['a list further down', '{"data":{"orders":[{"id":1}]}}'],
  ])('finds none in %s', (_name, text) => expect(findRecords(text)).toBeNull())
})

describe('cells', () => {
  it('show texts plain, nested values in one line, and what is not there as nothing', () => {
    expect(cellText('a "b"')).toBe('a "b"')
    expect(cellText(null)).toBe('null')
    expect(cellText(undefined)).toBe('')
    expect(cellText(false)).toBe('false')
    expect(cellText(['a', 2, null])).toBe('a, 2, null')
    expect(cellText([])).toBe('[]')
    expect(cellText({ a: [{ b: 1 }] })).toBe('{"a":[{"b":1}]}')
    expect([null, undefined, 1, 'a', true, {}, []].map(cellKind)).toEqual([
      'empty',
      'empty',
      'number',
      'text',
      'text',
      'nested',
      'nested',
    ])
  })
  it('keep the digits that a number was written with', () => {
    const rows = readRecords('[{"id":12345678901234567890,"price":1.50,"count":3}]')?.rows ?? []
    expect(Object.values(rows[0] ?? {}).map(cellText)).toEqual(['12345678901234567890', '1.50', '3'])
    expect(Object.values(rows[0] ?? {}).map(cellKind)).toEqual(['number', 'number', 'number'])
  })
})

describe('columnsOf', () => {
  it('names every field once, in the order of its first row', () => {
    const { columns, left } = columnsOf([
      { id: 1, item: 'Coffee beans, 1 kg' },
      { id: 2, note: 'x'.repeat(90), item: null },
    ])
    expect(columns).toEqual([
      { name: 'id', width: 4, whole: 4, numeric: true },
      { name: 'item', width: 18, whole: 18, numeric: false },
      { name: 'note', width: 32, whole: 80, numeric: false },
    ])
    expect(left).toBe(0)
  })
  it('gives identifiers the room of their beginnings', () => {
    const { columns } = columnsOf([{ id: '2655f017-a781-4953-af62-4ff5b1249cb4' }])
    expect(columns[0]?.width).toBe(12)
  })
  it('stops at fifty and tells how many are left', () => {
    const row = Object.fromEntries(Array.from({ length: 73 }, (_, index) => [`f${index}`, index]))
    const { columns, left } = columnsOf([row])
    expect([columns.length, left]).toEqual([50, 23])
  })
})
