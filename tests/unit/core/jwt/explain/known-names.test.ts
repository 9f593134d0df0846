import { expect, it } from 'vitest'
import { knownNames } from '../../../../../src/core/jwt/explain/known-names.ts'

it('knows claims of every table and header parameters, each by name one time', () => {
  const { claims, header } = knownNames()
  const names = claims.map(({ name }) => name)
  for (const name of ['exp', 'phone_number', 'authorization_details', 'cnf', '_sd'])
    expect(names).toContain(name)
  expect(new Set(names).size).toBe(names.length)
  expect(names).toEqual(names.toSorted())
  expect(claims.find(({ name }) => name === 'exp')).toMatchObject({
    source: expect.stringContaining('RFC 7519'),
  })
  expect(header.map(({ name }) => name)).toEqual(expect.arrayContaining(['kid', 'typ', 'crit']))
})
