import { expect, it } from 'vitest'
import { readAuthorization } from '../../../../src/core/diagnosis/typed-header.ts'

it.each<[string, string | undefined, string | undefined, RegExp | undefined]>([
  ['Bearer abc.def-ghi~+/==', 'bearer', 'abc.def-ghi~+/==', undefined],
  ['  bearer   abc ', 'bearer', 'abc', undefined],
  ['DPoP abc', 'dpop', 'abc', undefined],
  ['Basic YTpi', 'basic', undefined, undefined],
  ['Token abc', 'token', undefined, undefined],
  ['Bearer', 'bearer', undefined, /no token after Bearer/],
  ['Bearer: abc', 'bearer', 'abc', /colon/],
  ['Bearer Bearer abc', 'bearer', 'Bearer abc', /twice/],
  ['Bearer “abc”', 'bearer', '“abc”', /quotation marks/],
  ['Bearer a b', 'bearer', 'a b', /space/],
  ['Bearer a=.b', 'bearer', 'a=.b', /padding/],
  ['Bearer {token}', 'bearer', '{token}', /character/],
  ['aaa.bbb.ccc', undefined, 'aaa.bbb.ccc', /does not start with a scheme/],
  ['abc', undefined, undefined, /does not start with a scheme/],
])('%s', (value, scheme, token, flaw) => {
  const read = readAuthorization(value)
  expect([read.credential.scheme, read.token]).toEqual([scheme, token])
  if (flaw === undefined) expect(read.credential.flaw).toBeUndefined()
  else expect(read.credential.flaw).toMatch(flaw)
})
