import { expect, it } from 'vitest'
import {
  enteredFields,
  partAuth,
  withEntered,
} from '../../../../../src/core/app/collections/scope/auth-secrets.ts'

const file = 'orders/folder.yml'

it('keeps what is secret, and leaves variables and what is in the file already', () => {
  const basic = { kind: 'basic', username: 'ann', password: 'p4ssword' } as const
  const { open, secrets } = partAuth(basic, { kind: 'inherit' }, file)
  expect(open).toEqual({ ...basic, password: '' })
  expect(secrets).toEqual({ 'orders/folder.yml:auth:basic:password': 'p4ssword' })
  if (open.kind !== 'basic') throw new Error(open.kind)
  expect(withEntered(open, file, { secrets })).toEqual(basic)
  expect(enteredFields(open, file, { secrets })).toEqual(['password'])
  expect(withEntered(open, 'other/folder.yml', { secrets })).toEqual(open)
  expect(withEntered({ kind: 'digest', username: 'ann', password: '' }, file, { secrets })).toMatchObject({
    password: '',
  })
  expect(partAuth(basic, basic, file)).toEqual({ open: basic, secrets: {} })
  const named = { kind: 'bearer', token: '{{token}}' } as const
  expect(partAuth(named, { kind: 'inherit' }, file)).toEqual({ open: named, secrets: {} })
  expect(withEntered(named, file, { secrets: { 'orders/folder.yml:auth:bearer:token': 'x' } })).toEqual(named)
  for (const kind of ['inherit', 'none'] as const) {
    expect(partAuth({ kind }, basic, file)).toEqual({ open: { kind }, secrets: {} })
    expect(enteredFields({ kind }, file, { secrets })).toEqual([])
  }
})
