import { expect, it } from 'vitest'
import {
  furtherOf,
  furtherText,
} from '../../../../src/renderer/src/features/accounts/connect/further-text.ts'

it('reads lines as headers and parameters, and writes them back', () => {
  const text = 'token Origin: http://localhost:1\nrefresh scope=a b=c\nauthorization tenant='
  const further = furtherOf(text)
  expect(further).toEqual([
    { to: 'token', where: 'header', name: 'Origin', value: 'http://localhost:1' },
    { to: 'refresh', where: 'parameter', name: 'scope', value: 'a b=c' },
    { to: 'authorization', where: 'parameter', name: 'tenant', value: '' },
  ])
  expect(furtherText(further)).toBe(text)
})

it('takes nothing from a line that is not finished', () => {
  for (const text of ['', 'tok', 'token Origin', 'nobody X: 1', 'constructor X: 1'])
    expect(furtherOf(text), text).toBeUndefined()
})
