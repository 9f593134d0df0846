import { describe, expect, it } from 'vitest'
import { check, comparedWith, quoted } from '../../../../../src/core/jwt/checks/check.ts'

it('reports one of four states, with what it was given and nothing else', () => {
  const { valid, invalid, notice, unchecked } = check('id', 'Label', 'RFC 0')
  const common = { id: 'id', label: 'Label', source: 'RFC 0', detail: 'why' }
  expect(valid('why')).toEqual({ ...common, state: 'valid' })
  expect(notice('why', 'code')).toEqual({ ...common, state: 'notice', code: 'code' })
  expect(unchecked('why', 'code')).toEqual({ ...common, state: 'not-checked', code: 'code' })
  const compared = { came: 'a', expected: 'b' }
  expect(invalid('why', 'code', compared)).toEqual({ ...common, state: 'invalid', code: 'code', compared })
  expect(Object.keys(check('id', 'Label').valid('why'))).toEqual(['id', 'label', 'state', 'detail'])
})

describe('a value from outside', () => {
  it.each([
    ['plain', 'plain'],
    [7, '7'],
    [{ a: [1] }, '{"a":[1]}'],
    [undefined, 'nothing'],
    ['x'.repeat(120), 'x'.repeat(120)],
    ['x'.repeat(121), `${'x'.repeat(120)}…`],
  ])('is quoted short: #%#', (value, text) => {
    expect(quoted(value)).toBe(text)
  })

  it('is compared in full, up to what no identifier is', () => {
    expect(comparedWith('came', 'expected')).toEqual({ came: 'came', expected: 'expected' })
    expect(comparedWith(['a', 7], 'a')).toEqual({ came: '["a",7]', expected: 'a' })
    expect(comparedWith('x'.repeat(2_001), 'y'.repeat(2_001))).toEqual({
      came: 'x'.repeat(2_000),
      expected: 'y'.repeat(2_000),
    })
  })
})
