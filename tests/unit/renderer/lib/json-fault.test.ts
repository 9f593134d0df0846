import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonFault } from '../../../../src/renderer/src/lib/json/json-fault.ts'

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('where a text stops being JSON', () => {
  it.each([
    ['', 'at the end: a value is expected'],
    ['{', 'at the end: a name in double quotes or } is expected'],
    ['{"a":1,}', 'line 1, column 8: a name in double quotes is expected'],
    ['{"a" 1}', 'line 1, column 6: a colon is expected'],
    ['{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3: a comma or the closing bracket is expected'],
    ['{a:1}', 'line 1, column 2: a name in double quotes or } is expected'],
    ["{'a':1}", 'line 1, column 2: a name in double quotes or } is expected'],
    ['[1,]', 'line 1, column 4: a value is expected'],
    ['[1', 'at the end: a comma or the closing bracket is expected'],
    ['[1}', 'line 1, column 3: a comma or the closing bracket is expected'],
    ['{} x', 'line 1, column 4: nothing more is expected'],
    ['"a', 'line 1, column 1: the text that starts here has no closing quote'],
    ['"\\x"', 'line 1, column 2: this escape sequence does not exist'],
    ['"a\tb"', 'line 1, column 3: a line break or tab within quotes must be written as \\n or \\t'],
    ['01', 'line 1, column 1: a value is expected'],
    ['1.', 'line 1, column 1: a value is expected'],
    ['True', 'line 1, column 1: a value is expected'],
  ])('%j', (text, said) => {
    expect(jsonFault(text)).toBe(said)
  })

  it('is nowhere in what is JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(jsonFault(text)).toBeNull()
      }),
    )
    expect(jsonFault(' \r\n[1e5, -0.5E-3, "\\u00e9\\\\", {"a": {}, "b": []}, true, null] ')).toBeNull()
  })

  it('is found exactly where JSON.parse finds that it is none', () => {
    const signs = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      'a',
      '1',
      '0',
      '-',
      '.',
      'e',
      ' ',
      '\n',
      'null',
    )
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 12 }), (parts) => {
        const text = parts.join('')
        expect([text, jsonFault(text) === null]).toEqual([text, isJson(text)])
      }),
      { numRuns: 3_000 },
    )
    fc.assert(
      fc.property(fc.json(), fc.nat(), signs, (json, at, sign) => {
        const text = json.slice(0, at % (json.length + 1)) + sign + json.slice(at % (json.length + 1))
        expect([text, jsonFault(text) === null]).toEqual([text, isJson(text)])
      }),
      { numRuns: 2_000 },
    )
  })

  it('stays quick with a quarter of a megabyte', () => {
    for (const text of [
      '['.repeat(262_144),
      `"${'\\n'.repeat(131_072)}`,
      '1'.repeat(262_144),
      `[${'1,'.repeat(131_000)}`,
    ]) {
      const before = process.cpuUsage()
      jsonFault(text)
      const { user, system } = process.cpuUsage(before)
      expect((user + system) / 1000).toBeLessThan(1_000)
    }
  })
})
