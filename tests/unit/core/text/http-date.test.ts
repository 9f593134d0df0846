import { expect, it } from 'vitest'
import { httpDate } from '../../../../src/core/text/http-date.ts'

it.each([
  'Sun, 06 Nov 1994 08:49:37 GMT',
  'Sunday, 06-Nov-94 08:49:37 GMT',
  'Sun Nov  6 08:49:37 1994',
  'Sun, 06 Nov 1994 10:49:37 +0200',
])('reads %s', (text) => {
  expect(httpDate(text)).toBe(Date.UTC(1994, 10, 6, 8, 49, 37))
})

it.each([
  '',
  '5',
  '-5',
  '1.5',
  '1994',
  '1994-11-06T08:49:37Z',
  'soon',
  'Sun',
  'x'.repeat(1_000),
  'Sun, 99 Nov 1994',
])('reads no date in %.40s', (text) => {
  expect(httpDate(text)).toBeUndefined()
})
