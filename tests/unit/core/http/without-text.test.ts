import fc from 'fast-check'
import { expect, it } from 'vitest'
import { withoutText } from '../../../../src/core/http/without-text.ts'
import type { HttpAnswer } from '../../../../src/core/http/wire.ts'

const answer = (body: string, part: Partial<HttpAnswer> = {}): HttpAnswer => ({
  status: 200,
  statusText: 'OK',
  headers: [],
  contentType: 'text/plain',
  body: new TextEncoder().encode(body),
  wireSize: 0,
  truncated: false,
  url: 'https://api.example/',
  method: 'GET',
  hops: [],
  tokenSent: true,
  sentHeaders: [],
  timing: { waiting: 0, receiving: 0, total: 0 },
  ...part,
})
const bodyOf = ({ body }: HttpAnswer): string => new TextDecoder().decode(body)

it('covers every occurrence in a body, wherever it stands', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'ab', 'é'), maxLength: 60 })
  const needle = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(letters, needle, (text, secret) => {
      expect(bodyOf(withoutText(answer(text), secret))).toBe(
        text.replaceAll(secret, '*'.repeat(secret.length)),
      )
    }),
    { numRuns: 2_000 },
  )
})

it('covers it in addresses and headers too, and leaves an answer without it as it is', () => {
  const url = 'https://api.example/?t=secret-1'
  const seen = withoutText(
    answer('x', {
      held: { to: `${url}#x`, downgrade: false },
      url,
      headers: [['x-echo', 'secret-1']],
      hops: [{ method: 'GET', url, status: 302, leftBehind: [] }],
    }),
    'secret-1',
  )
  expect(JSON.stringify(seen)).not.toContain('secret-1')
  const other = answer('nothing of it')
  expect(withoutText(other, 'secret-1').body).toBe(other.body)
})
