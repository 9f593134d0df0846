import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import {
  tableOfCsv,
  tableOfList,
  tableOfRecords,
  type BodyTable,
} from '../../../../src/core/bodies/body-table.ts'
import { createCsvRecords, delimiterOf, type Delimiter } from '../../../../src/core/bodies/csv-records.ts'
import { createJsonLines } from '../../../../src/core/bodies/json-lines.ts'
import { createRecordLines } from '../../../../src/core/bodies/text-lines.ts'

const encoder = new TextEncoder()

function pushed(
  bytes: Uint8Array,
  sizes: readonly number[],
  push: (piece: Uint8Array, at: number) => void,
): void {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes.length === 0 ? bytes.length : (sizes[turn % sizes.length] ?? 1)
    push(bytes.subarray(at, at + size), at)
    at += size
  }
}
function jsonTable(text: string, sizes: readonly number[] = [], stride = 65_536): BodyTable | undefined {
  const bytes = encoder.encode(text)
  const read = (from: number, to: number) => bytes.subarray(from, to)
  const lines = createJsonLines(read, false, stride)
  pushed(bytes, sizes, lines.push)
  const list = lines.list()
  return list && tableOfList(read, list)
}
function csvTable(
  text: string,
  { delimiter = ',', sizes = [] }: { delimiter?: Delimiter; sizes?: number[] } = {},
) {
  const bytes = encoder.encode(text)
  const read = (from: number, to: number) => bytes.subarray(from, to)
  const records = createCsvRecords(read, delimiter)
  pushed(bytes, sizes, records.push)
  return tableOfCsv(read, records, { delimiter, charset: undefined })
}
const textsOf = (table: BodyTable, from = 0, to = table.count()) =>
  table.page(from, to).rows.map((row) => row.map((cell) => cell?.text ?? null))

describe('a list in JSON', () => {
  it('has its objects as rows and their names as columns, digits as they came', () => {
    const table = jsonTable(
      '{"total":2,"few":[1],"orders":[{"id":12345678901234567890,"a":"x\\n","in":{"b":[1]}},{"id":1e400,"new":null}],"other":[{}]}',
    )
    expect(table?.page(0, 9)).toEqual({
      name: 'orders',
      columns: ['id', 'a', 'in', 'new'],
      left: 0,
      rows: [
        [
          { kind: 'number', text: '12345678901234567890' },
          { kind: 'text', text: 'x\n' },
          { kind: 'nested', text: '{"b":[1]}' },
        ],
        [{ kind: 'number', text: '1e400' }, null, null, { kind: 'empty', text: 'null' }],
      ],
    })
    expect(table?.count()).toBe(2)
  })

  it('may be one of lists, and shows a doubled name twice', () => {
    expect(jsonTable('[[1,"a"],[2]]')?.page(0, 2)).toMatchObject({ columns: ['0', '1'], rows: { length: 2 } })
    expect(jsonTable('[{"a":1,"a":2}]')?.page(0, 1)).toMatchObject({ columns: ['a', 'a (2)'] })
  })

  it.each(['[1,{"a":1}]', '{"a":{"b":[{"c":1}]}}', '[]', '{"a":[]}', '"text"'])('is not in %s', (text) => {
    expect(jsonTable(text)).toBeUndefined()
  })

  it('has the same rows however its pieces fall and from wherever it is read', () => {
    const item = fc.dictionary(fc.constantFrom('id', 'name', 'tags'), fc.jsonValue({ maxDepth: 2 }))
    fc.assert(
      fc.property(
        fc.array(item, { minLength: 1, maxLength: 30 }),
        fc.boolean(),
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 90 }),
        fc.nat(),
        (items, isMember, sizes, stride, seed) => {
          // One without members is a value on one line.
          const rows = [{ id: 0 }, ...items]
          const value = isMember ? { before: [1, [2]], rows, after: [{ a: 1 }] } : rows
          const text = JSON.stringify(value)
          const table = jsonTable(text, sizes, stride)
          expect(table?.count()).toBe(rows.length)
          const from = seed % rows.length
          const written = rows.map((row) => JSON.stringify(row))
          const found = Array.from({ length: rows.length }, (_, row) => table?.copy(row))
          expect(found).toEqual(written)
          expect(table?.page(from, from + 2).rows).toHaveLength(Math.min(2, rows.length - from))
          const place = text.indexOf(written[from] ?? '', text.indexOf(written[0] ?? ''))
          const row = written.indexOf(written[from] ?? '')
          if (written[from]?.includes('"id"') && isFirst(text, written[from], place))
            expect(table?.rowAt(place + 1)).toBe(row)
        },
      ),
    )
  })
})

/** The text at a place is the item itself and no part of another. */
function isFirst(text: string, item: string, place: number): boolean {
  return text.indexOf(item) === place && !text.slice(0, place).includes(item)
}

describe('records of JSON', () => {
  it('are rows', () => {
    const bytes = encoder.encode('{"a":1,"b":"x"}\n{"b":"y"}\n')
    const read = (from: number, to: number) => bytes.subarray(from, to)
    const records = createRecordLines(read)
    records.push(bytes, 0)
    const table = tableOfRecords(read, records)
    expect(textsOf(table)).toEqual([
      ['1', 'x'],
      [null, 'y'],
    ])
    expect(table.copy(1)).toBe('{"b":"y"}')
    expect(table.copy(0, 1)).toBe('x')
  })
})

describe('CSV', () => {
  it('has quoted values with quotes, breaks and delimiters, and names its columns', () => {
    const table = csvTable('\ufeff\r\nid,"na""me",\r\n1,"a\r\nb, c",x\r\n\r\n2,"é"\r\n3,"","z",more\r\n')
    expect(table.page(0, 9)).toMatchObject({ columns: ['id', 'na"me', 'column 3', 'column 4'] })
    expect(textsOf(table)).toEqual([
      ['1', 'a\r\nb, c', 'x'],
      ['2', 'é'],
      ['3', '', 'z', 'more'],
    ])
    expect(table.copy(0, 1)).toBe('a\r\nb, c')
    expect(table.copy(1)).toBe('2,"é"')
    expect(table.page(0, 1).rows[0]?.[0]).toEqual({ kind: 'number', text: '1' })
  })

  it('keeps columns apart whose names differ in blanks alone, or are like one that was made', () => {
    const table = csvTable('id, id,,column 3,id (2)\n1,2,3,4,5\n')
    expect(table.page(0, 1).columns).toEqual(['id', 'id (2)', 'column 3', 'column 3 (4)', 'id (2) (5)'])
    expect(textsOf(table)).toEqual([['1', '2', '3', '4', '5']])
  })

  it('has the rows that its parser finds, however its pieces fall', () => {
    const value = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.stringMatching(/^[ab",\n\r;é]{0,8}$/),
      fc.constantFrom('', '1', '"'),
    )
    fc.assert(
      fc.property(
        fc.array(fc.array(value, { minLength: 2, maxLength: 4 }), { minLength: 2, maxLength: 20 }),
        fc.constantFrom<Delimiter[]>(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }),
        (rows, delimiter, newline, sizes) => {
          // A mark before a value may be taken for one of the byte order.
          const data = rows.map((row) => row.map((each, at) => (at === 0 ? `x${each}` : each)))
          const text = Papa.unparse(data, { delimiter, newline })
          const table = csvTable(text, { delimiter, sizes })
          expect(textsOf(table)).toEqual(data.slice(1))
          const row = data.length - 2
          expect(textsOf(table, row, row + 1)).toEqual([data[row + 1]])
        },
      ),
    )
  })

  it('ends a quote that is never closed with a line, a megabyte on', () => {
    const table = csvTable(`a,b\n1,"open\n${'x,y\n'.repeat(300_000)}`)
    expect(table.count()).toBeGreaterThan(10)
    expect(textsOf(table, table.count() - 1)).toEqual([['x', 'y']])
  })

  it.each<[string, boolean, Delimiter | undefined]>([
    ['a,b\n1,2\n3,4\n', false, ','],
    ['a;b;c\n1,5;2;3\n3;4;"x;y"\n', false, ';'],
    ['a\tb\n1\t2\n3\t4\n', false, '\t'],
    ['One, two.\nThree\nFour, five, six.\n', false, undefined],
    ['a,b\n', false, undefined],
    ['[1,\n2,\n3,\n', false, undefined],
    ['a\nb\n', true, ','],
    ['a|b\n1|2\n', true, '|'],
  ])('is known by its delimiter: %j', (text, sure, expected) => {
    expect(delimiterOf(text, sure)).toBe(expected)
  })
})
