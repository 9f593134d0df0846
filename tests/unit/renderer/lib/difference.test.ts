import { expect, it } from 'vitest'
import { differenceOf } from '../../../../src/renderer/src/lib/difference.ts'

it.each([
  ['https://a/', 'https://a', { before: 'https://a', came: '/', expected: '', after: '' }],
  ['https://b/x', 'https://a/x', { before: 'https://', came: 'b', expected: 'a', after: '/x' }],
  ['same', 'same', { before: 'same', came: '', expected: '', after: '' }],
  ['', 'x', { before: '', came: '', expected: 'x', after: '' }],
  ['aaa', 'aa', { before: 'aa', came: 'a', expected: '', after: '' }],
  ['😀', '😃', { before: '', came: '😀', expected: '😃', after: '' }],
])('finds where %s and %s part', (came, expected, difference) => {
  expect(differenceOf(came, expected)).toEqual(difference)
})
