import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isTextual,
  rowsOfText,
  textOfRows,
} from '../../../../../src/renderer/src/features/requests/rows/rows-text.ts'

const row = (name: string, value: string, enabled = true) => ({ name, value, enabled })

describe('rows as text', () => {
  it('are a line each, and what is off is marked', () => {
    const rows = [row('Accept', 'text/plain; q=1'), row('X-Old', 'a:b', false), row('Empty', '')]
    expect(textOfRows(rows)).toBe('Accept: text/plain; q=1\n# X-Old: a:b\nEmpty: ')
    expect(rowsOfText(textOfRows(rows))).toEqual(rows)
  })

  it('take headers and fields as they are found elsewhere', () => {
    expect(rowsOfText('a=b=c\r\n\r\n Host:x\n#tag\nkey\tvalue: 1')).toEqual([
      row('a', 'b=c'),
      row('Host', 'x'),
      row('#tag', ''),
      row('key', 'value: 1'),
    ])
  })

  it('are not offered where they would not come back as they are', () => {
    for (const bad of [row('a', 'b\nc'), row('a:b', 'c'), row(' a', ''), row('# a', 'b')])
      expect(isTextual([bad])).toBe(false)
    fc.assert(
      fc.property(
        fc.array(fc.record({ name: fc.string(), value: fc.string(), enabled: fc.boolean() })),
        (rows) => {
          if (isTextual(rows)) expect(rowsOfText(textOfRows(rows))).toEqual(rows)
        },
      ),
    )
  })
})
