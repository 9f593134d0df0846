import { expect, it } from 'vitest'
import { capture } from '../../../../../src/core/contract/sending/captures.ts'
import { check } from '../../../../../src/core/contract/sending/checks.ts'
import { withTaken } from '../../../../../src/renderer/src/features/requests/answer/captures/take-value.ts'

const captured = (path: string, ...names: string[]) => {
  const captures = names.map((name) => ({ name, expression: 'x', scope: 'runtime' as const, enabled: true }))
  return withTaken({ captures }, { path, value: 'v' }, 'capture').captures?.at(-1)
}
const checked = (value: string) => withTaken({}, { path: '$.a', value }, 'check').checks?.at(-1)

it('captures a value under its own name, and another where that is taken', () => {
  expect(captured('$.orders[0].id')).toEqual({
    name: 'id',
    expression: '$.orders[0].id',
    scope: 'runtime',
    enabled: true,
  })
  expect(captured('$.id', 'id', 'id2')?.name).toBe('id3')
  expect(captured("$['a b'].items[12]")?.name).toBe('items')
  expect(captured('$[0]')?.name).toBe('value')
  expect(capture.safeParse(captured('$.a')).success).toBe(true)
})

it('checks a value for what it is now, and what is long, masked or no value for being there', () => {
  expect(checked('A-17')).toEqual({ expression: '$.a', operator: 'eq', value: 'A-17', enabled: true })
  for (const value of ['', '{"a":1}', '[1]', '••••', 'a\nb', 'x'.repeat(201)])
    expect(checked(value)).toMatchObject({ operator: 'isDefined', value: '' })
  expect(check.safeParse(checked('1')).success).toBe(true)
})

it('leaves what is there', () => {
  const rows = [{ expression: 'res.status', operator: 'eq', value: '200', enabled: true }]
  expect(withTaken({ checks: rows }, { path: '$.a', value: '1' }, 'check').checks).toHaveLength(2)
})
