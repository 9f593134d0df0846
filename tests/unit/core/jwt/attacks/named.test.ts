import { describe, expect, it } from 'vitest'
import {
  algorithmNone,
  missingAlgorithm,
  named,
  spellsNone,
} from '../../../../../src/core/jwt/attacks/named.ts'

it('an attack is a notice whose code is its id, in the spelling of codes', () => {
  expect(named('a-b-c', 'Attack: a', 'RFC 1', 'Says.')).toEqual({
    id: 'attack-a-b-c',
    label: 'Attack: a',
    source: 'RFC 1',
    state: 'notice',
    detail: 'Says.',
    code: 'a_b_c',
  })
  expect(named(...missingAlgorithm)).toMatchObject({ id: 'attack-alg-missing', code: 'alg_missing' })
})

describe('alg none', () => {
  it.each(['none', 'NONE', 'nOnE', ' none', 'none\u0000', 'n o\tn\ne', `${' '.repeat(36)}none`])(
    'is spelled %j',
    (alg) => {
      expect(spellsNone(alg)).toBe(true)
    },
  )
  it.each(['', 'nonesuch', 'n!one', 'RS256', `${' '.repeat(37)}none`])('is not spelled %j', (alg) => {
    expect(spellsNone(alg)).toBe(false)
  })
  it('is told apart from its disguises', () => {
    expect(algorithmNone('none')).toMatchObject({ id: 'attack-alg-none', code: 'alg_none' })
    expect(algorithmNone('none').detail).not.toContain('spelled')
    expect(algorithmNone('nOnE').detail).toContain('spelled nOnE')
  })
})
