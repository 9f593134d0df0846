import { expect, it } from 'vitest'
import { takeOffSurroundings } from '../../../../../src/core/jwt/checks/surroundings.ts'

const header = 'authorization_header'
const scheme = 'scheme_prefix'
const white = 'white_space_around'

it.each<[string, string, number, string[]]>([
  [' \tabc\n', 'abc', 2, [white]],
  ['abc ', 'abc', 0, [white]],
  ['authorization:abc', 'abc', 14, [header]],
  ['AUTHORIZATION \t: \t abc', 'abc', 19, [header]],
  ['Authorization: Bearer abc', 'abc', 22, [header, scheme]],
  ['Bearer \t abc', 'abc', 9, [scheme]],
  ['DPOP abc', 'abc', 5, [scheme]],
  ['token\tabc', 'abc', 6, [scheme]],
  ['jwt abc', 'abc', 4, [scheme]],
  ['access_token=abc', 'abc', 13, ['parameter_name']],
  ['ID_TOKEN=abc', 'abc', 9, ['parameter_name']],
  ['refresh_token=abc', 'abc', 14, ['parameter_name']],
  ['"abc"', 'abc', 1, ['quotes']],
  ["'abc',", 'abc', 1, ['quotes']],
  ['`abc`;', 'abc', 1, ['quotes']],
  ['""', '', 1, ['quotes']],
  [' "Bearer \'abc\'", ', 'abc', 10, [white, 'quotes', scheme]],
])('takes the token out of %j', (text, token, start, codes) => {
  const taken = takeOffSurroundings(text)
  expect({ ...taken, surroundings: taken.surroundings.map(({ code }) => code) }).toEqual({
    token,
    start,
    surroundings: codes,
  })
})

it.each([
  '',
  'abc',
  'xauthorization: abc',
  'authorization abc',
  'xbearer abc',
  'Bearerabc',
  'Bearer',
  'Bearer \nabc',
  'xid_token=abc',
  'state_token=abc',
  'id_token:abc',
  '"abc',
  'abc"',
  '"abc\'',
  '"abc".',
  '(abc)',
  '"',
  '",',
  '";',
])('leaves %j as it is', (text) => {
  expect(takeOffSurroundings(text)).toEqual({ token: text, start: 0, surroundings: [] })
})

it('gives up at the seventh layer', () => {
  const wrap = (layers: number) => `${'"'.repeat(layers)}abc${'"'.repeat(layers)}`
  expect(takeOffSurroundings(wrap(6))).toMatchObject({ token: 'abc', start: 6 })
  expect(takeOffSurroundings(wrap(7))).toMatchObject({ token: '"abc"', start: 6 })
})
