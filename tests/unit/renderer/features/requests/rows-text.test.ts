import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isTextual,
  pairsAsText,
  queryAsText,
  rowsPasted,
} from '../../../../../src/renderer/src/features/requests/rows/rows-text.ts'

const bare = (name: string, enabled = true) => ({ name, value: '', enabled, bare: true as const })
const row = (name: string, value: string, enabled = true) => ({ name, value, enabled })

describe('rows as text', () => {
  it('are a line each, and what is off is marked', () => {
    const rows = [row('Accept', 'text/plain; q=1'), row('X-Old', 'a:b', false), row('Empty', '')]
    expect(pairsAsText.write(rows)).toBe('Accept: text/plain; q=1\n# X-Old: a:b\nEmpty: ')
    expect(pairsAsText.read(pairsAsText.write(rows))).toEqual(rows)
  })

  it('take headers and fields as they are found elsewhere', () => {
    expect(pairsAsText.read('a=b=c\r\n\r\n Host:x\n#tag\nkey\tvalue: 1')).toEqual([
      row('a', 'b=c'),
      row('Host', 'x'),
      row('#tag', ''),
      row('key', 'value: 1'),
    ])
  })

  it('are not offered where they would not come back as they are', () => {
    for (const bad of [row('a', 'b\nc'), row('a:b', 'c'), row(' a', ''), row('# a', 'b')])
      expect(isTextual(pairsAsText, [bad])).toBe(false)
    fc.assert(
      fc.property(
        fc.array(fc.record({ name: fc.string(), value: fc.string(), enabled: fc.boolean() })),
        (rows) => {
          if (isTextual(pairsAsText, rows)) expect(pairsAsText.read(pairsAsText.write(rows))).toEqual(rows)
        },
      ),
    )
  })
})

describe('the rows of a query as text', () => {
  it('are as they are in the address', () => {
    const rows = [row('q', '%2F+%E9'), bare('flag'), row('a', 'b: c=d', false), bare('x', false)]
    expect(queryAsText.write(rows)).toBe('q=%2F+%E9\nflag\n# a=b: c=d\n# x')
    expect(queryAsText.read(queryAsText.write(rows))).toEqual(rows)
    expect(isTextual(queryAsText, [bare('')])).toBe(false)
  })

  it('take a query, an address and names with colons', () => {
    const three = [row('a', '1'), bare('b'), row('c', '%20')]
    expect(queryAsText.read('a=1&b&c=%20')).toEqual(three)
    expect(queryAsText.read('?a=1&b\nc=%20')).toEqual(three)
    expect(queryAsText.read('https://x.example/y?a=1&b&c=%20#z')).toEqual(three)
    expect(queryAsText.read('since: 10:30 & later')).toEqual([row('since', '10:30%20%26%20later')])
    expect(queryAsText.read('urn:x=1')).toEqual([row('urn:x', '1')])
  })

  it('come back as they are, or are not offered', () => {
    const part = fc.string().map((text) => text.replace(/[&#=]/g, ''))
    fc.assert(
      fc.property(
        fc.array(fc.record({ name: part, value: part, enabled: fc.boolean() })),
        fc.array(part.map((name) => bare(name))),
        (some, others) => {
          const rows = [...some, ...others]
          if (isTextual(queryAsText, rows)) expect(queryAsText.read(queryAsText.write(rows))).toEqual(rows)
        },
      ),
    )
  })
})

describe('what is pasted into a name', () => {
  it('becomes rows where it is several lines, or a name with a value', () => {
    expect(rowsPasted(pairsAsText, 'Accept: */*\r\nX-A: 1\n', true)).toEqual([
      row('Accept', '*/*'),
      row('X-A', '1'),
    ])
    expect(rowsPasted(pairsAsText, 'Accept: */*', true)).toEqual([row('Accept', '*/*')])
    expect(rowsPasted(queryAsText, 'a=1&b=2', true)).toEqual([row('a', '1'), row('b', '2')])
    expect(rowsPasted(queryAsText, 'a=1\nb=2', false)).toEqual([row('a', '1'), row('b', '2')])
  })

  it('stays a name otherwise', () => {
    for (const text of ['Accept', 'Accept\n', 'urn:x', 'a b: c', ''])
      expect(rowsPasted(pairsAsText, text, true)).toBeUndefined()
    expect(rowsPasted(pairsAsText, 'Accept: */*', false)).toBeUndefined()
    expect(rowsPasted(pairsAsText, 'a\n'.repeat(600_000), true)).toBeUndefined()
  })
})
