import { expect, it } from 'vitest'
import { isLike } from '../../../../src/renderer/src/lib/tabs/is-like.ts'

const form = { name: '', on: false, part: { kind: 'a' }, rows: [{ a: 1 }], later: undefined }

it('takes a form with all members of their kind, whatever else is in it', () => {
  const kept = { name: 'x', on: true, part: { kind: 'b', more: 1 }, rows: [], later: 'typed', other: null }
  expect(isLike(kept, form)).toBe(true)
})

it.each([
  undefined,
  null,
  'text',
  [],
  {},
  { ...form, name: 7 },
  { ...form, on: null },
  { ...form, part: 'a' },
  { ...form, part: {} },
  { ...form, rows: {} },
])('takes no other: %j', (kept) => expect(isLike(kept, form)).toBe(false))
