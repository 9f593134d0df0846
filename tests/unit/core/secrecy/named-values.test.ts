import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isHandedOut, isSecretName } from '../../../../src/core/secrecy/names.ts'
import { findNamed } from '../../../../src/core/secrecy/named-values.ts'

const piece = fc.constantFrom(
  ...['access_token', 'X-Api-Key', 'api', 'key', 'password', 'a.secretKey', 'pin', 'colour', 'y'.repeat(120)],
  ...[
    '=',
    ':',
    '": "',
    '"',
    '\\"',
    "'",
    ' ',
    '\n',
    '&',
    '%3D',
    '%22',
    '&quot;',
    '<',
    '>',
    '</',
    ']',
    '{',
    ',',
  ],
  ...['value', '1234', 'é', '-', '_', '.'],
)

it('finds the same by a search for hints as by a look at every word', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('')
      for (const isName of [isSecretName, isHandedOut])
        // A function that is not known has no hints.
        expect(findNamed(text, isName)).toEqual(findNamed(text, (name) => isName(name)))
    }),
    { numRuns: 5000 },
  )
})
