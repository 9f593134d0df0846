import type { Check } from '@contract/tokens/tokens'
import { check, quoted } from '../checks/check.ts'
import { isNone } from '../keys/algorithms.ts'
import { latin } from './text-tricks.ts'

/** A notice that calls an attack by its name; its id begins with `attack-`, its code is the rest of it. */
export function named(id: string, label: string, source: string, says: string): Check {
  return check(`attack-${id}`, label, source).notice(says, id.replaceAll('-', '_'))
}

/** What `named` is given. */
export type NamedAttack = readonly [id: string, label: string, source: string, says: string]

export const missingAlgorithm: NamedAttack = [
  'alg-missing',
  'Attack: no algorithm',
  'RFC 8725 section 3.1',
  'A library that falls back to a default, or to none, accepts it.',
]

/** `none` in any spelling: with blanks and control characters around or inside it, with letters that look like its own. */
export function spellsNone(alg: string): boolean {
  const letters = Array.from(alg.slice(0, 40)).filter((character) => character > ' ')
  return isNone(letters.join('')) || latin(letters.join('')).replaceAll('0', 'o') === 'none'
}

export function algorithmNone(alg: string): Check {
  return named(
    'alg-none',
    'Attack: algorithm none',
    'RFC 8725 section 2.1',
    alg === 'none'
      ? 'Nothing is signed. An API that accepts alg none accepts any claims from anyone.'
      : `Nothing is signed, and alg is spelled ${quoted(alg)} to slip past an API that only checks for “none”.`,
  )
}
