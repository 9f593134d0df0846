import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readData } from '../../../../../src/core/app/runs/read-data.ts'

async function rows(kind: 'csv' | 'json', text: string) {
  const read = await readData({ kind, text, name: 'data' })
  if (!read.ok) return read.error.message
  return read.value.map((row) => Object.fromEntries([...row].map(([name, { value }]) => [name, value])))
}

describe('data of a run', () => {
  it('is CSV with names in its first line', async () => {
    expect(await rows('csv', '\ufeffid, name\r\n1,"a, ""b"""\r\n2,"two\nlines"\r\n\r\n')).toEqual([
      { id: '1', name: 'a, "b"' },
      { id: '2', name: 'two\nlines' },
    ])
    expect(await rows('csv', 'id;name\n1;a\n')).toEqual([{ id: '1', name: 'a' }])
    expect(await rows('csv', 'id\n7\n')).toEqual([{ id: '7' }])
  })
  it('keeps numbers of JSON as they are written', async () => {
    const text = String.raw`[{"id":9007199254740993,"price":1.0,"most":1e400,"deep":{"n":[1.50]},"text":"1.0","mark":"\ue0001"}]`
    expect(await rows('json', text)).toEqual([
      {
        id: '9007199254740993',
        price: '1.0',
        most: '1e400',
        deep: '{"n":[1.50]}',
        text: '1.0',
        mark: '\ue0001',
      },
    ])
  })
  it('is a JSON list of objects', async () => {
    expect(await rows('json', '[{"id":1,"name":"a","deep":{"b":[true]}},{}]')).toEqual([
      { id: '1', name: 'a', deep: '{"b":[true]}' },
      {},
    ])
  })
  it.each([
    ['csv', '', 'It is empty.'],
    ['csv', 'id,name\n', 'It has no rows.'],
    ['csv', 'id,id\n1,2', 'The column “id” appears twice.'],
    ['csv', 'id\n1,2', 'Row 1 has more values than there are columns.'],
    ['csv', 'id\n"1', 'a quote is not closed'],
    ['json', '{', 'It is not JSON.'],
    ['json', '{}', 'A list of objects is expected.'],
    ['json', '[1]', 'Entry 1 is not an object.'],
    ['json', `[${'{},'.repeat(10_000)}{}]`, 'It has more than 10,000 rows.'],
  ] as const)('says what is wrong with it: %s %j', async (kind, text, why) => {
    expect(await rows(kind, text)).toContain(why)
  })
  it('knows what in it is secret', async () => {
    const read = await readData({ kind: 'csv', text: 'user,password\nmax,very-secret\n', name: 'data' })
    expect(read.ok && read.value[0]?.get('password')?.secret).toBe(true)
    expect(read.ok && read.value[0]?.get('user')?.secret).toBe(false)
  })
  it('never throws', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('csv', 'json'),
        fc.oneof(fc.string(), fc.json()),
        async (kind, text) => {
          expect((await readData({ kind, text, name: 'data' })).ok).toBeTypeOf('boolean')
        },
      ),
    )
  })
})
