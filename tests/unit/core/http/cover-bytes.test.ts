import fc from 'fast-check'
import { expect, it } from 'vitest'
import { coverBytes } from '../../../../src/core/http/cover-bytes.ts'
import { findTokens, inOrder } from '../../../../src/core/secrecy/looks.ts'
import { isHandedOut } from '../../../../src/core/secrecy/names.ts'
import { findNamed } from '../../../../src/core/secrecy/named-values.ts'
import { createScrubber } from '../../../../src/core/secrecy/scrub.ts'

const find = (text: string) => inOrder([...findNamed(text, isHandedOut), ...findTokens(text)])
const scrub = createScrubber(['known-secret', '48151623'])
const jwt = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYXJrZWQifQ.c2ln'

const piece = fc.oneof(
  fc.constantFrom(
    ...[
      '"access_token":"',
      'opaque"',
      '"',
      ',',
      ' ',
      'password=',
      '&',
      jwt,
      'known-secret',
      ':48151623,',
      'é',
      '\\"',
    ],
    ...[
      '-----BEGIN PRIVATE KEY-----\nMIIE',
      '\n-----END PRIVATE KEY-----',
      'word ',
      'ghp_0123456789abcdefghij',
    ],
  ),
  fc.integer({ min: 1, max: 9_000 }).map((length) => 'x '.repeat(length)),
  fc.integer({ min: 1, max: 9_000 }).map((length) => 'y'.repeat(length)),
)

it('covers in pieces of a long body what it covers of the whole', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 30 }),
      fc.integer({ min: 2_000, max: 20_000 }),
      async (pieces, window) => {
        const bytes = new TextEncoder().encode(pieces.join(''))
        let turns = 0
        const pacer = {
          isDue: () => true,
          turn: () => {
            turns += 1
            return Promise.resolve()
          },
        }
        const whole = await coverBytes(bytes, find, scrub, pacer, bytes.length + 1)
        expect(turns).toBe(0)
        const cut = await coverBytes(bytes, find, scrub, pacer, window)
        if (bytes.length > window) expect(turns).toBeGreaterThan(0)
        // A little more is covered where half a token begins a piece; never less.
        const open = bytes.findIndex((unit, at) => whole[at] !== unit && cut[at] === unit)
        expect(open).toBe(-1)
        expect(cut.length).toBe(whole.length)
      },
    ),
    { numRuns: 1000 },
  )
})

it('answers the same bytes where there is nothing to cover', async () => {
  const bytes = new TextEncoder().encode('{"nothing":"of it"}')
  expect(await coverBytes(bytes, find, scrub, { isDue: () => false, turn: () => Promise.resolve() })).toBe(
    bytes,
  )
})
