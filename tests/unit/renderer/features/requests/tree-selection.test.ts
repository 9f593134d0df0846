import { expect, it } from 'vitest'
import {
  actedOn,
  nothingSelected,
  withAll,
  withRange,
  withToggled,
} from '../../../../../src/renderer/src/features/requests/collections/tree-selection.ts'

const rows = ['', 'a', 'b', 'c', 'd'].map((path) => ({ key: `k:${path}`, path }))
const row = (path: string) => ({ key: `k:${path}`, path })
const keys = (selection: { keys: ReadonlySet<string> }) =>
  [...selection.keys].map((key) => key.slice(2)).join('')

it('takes one more, or one less, beginning with the row that has the focus', () => {
  const two = withToggled(nothingSelected, row('c'), 'k:a')
  expect(keys(two)).toBe('ac')
  expect(keys(withToggled(two, row('a')))).toBe('c')
  expect(keys(withToggled(nothingSelected, row('c')))).toBe('c')
  expect(keys(withToggled(withToggled(nothingSelected, row('c')), row('c')))).toBe('')
})

it('takes a range from where it began, in either direction, without collections', () => {
  const down = withRange(nothingSelected, rows, 'k:c', 'k:b')
  expect(keys(down)).toBe('bc')
  expect(keys(withRange(down, rows, 'k:a', 'k:c'))).toBe('ab')
  expect(keys(withRange(down, rows, 'k:', 'k:c'))).toBe('ab')
  // Nothing was picked since: it begins where the focus is.
  expect(keys(withRange({ keys: new Set(), anchor: 'k:d' }, rows, 'k:b', 'k:a'))).toBe('ab')
  // Where it began is no longer shown.
  expect(keys(withRange({ keys: new Set(['k:gone']), anchor: 'k:gone' }, rows, 'k:d', 'k:c'))).toBe('cd')
  expect(keys(withAll(rows))).toBe('abcd')
})

it('acts on all that are picked where one of them is acted on, else on that one', () => {
  const two = withToggled(nothingSelected, row('c'), 'k:a')
  expect(actedOn(two, rows, row('c')).map(({ path }) => path)).toEqual(['a', 'c'])
  expect(actedOn(two, rows, row('b')).map(({ path }) => path)).toEqual(['b'])
})
