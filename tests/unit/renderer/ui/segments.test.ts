import { expect, it } from 'vitest'
import { segmentsOf } from '../../../../src/renderer/src/ui/token/segments.ts'

it.each([
  ['a.b.c', ['a', 'b', 'c']],
  [' eyJh.eyJp.\n', [' eyJh', 'eyJp', '\n']],
  ['a.b.c.d.e', ['a', 'b', 'c', 'd', 'e']],
])('the parts of %j are told apart', (text, parts) => {
  expect(segmentsOf(text)).toEqual(parts)
})

it.each(['', 'a', 'a.b', 'a.b.c.d', 'a.b.c.d.e.f', 'Bearer a.b.c', 'a.b.c d', `a.b.${'c'.repeat(70_000)}`])(
  'a text that is no compact token has none: %.20s',
  (text) => {
    expect(segmentsOf(text)).toBeUndefined()
  },
)

it('stays quick on a long text of dots', () => {
  const begun = performance.now()
  segmentsOf('a.'.repeat(32_000))
  expect(performance.now() - begun).toBeLessThan(100)
})
