import { expect, it } from 'vitest'
import { piecesOf, segmentsOf } from '../../../../src/renderer/src/ui/token/segments.ts'

it.each([
  ['a.b.c', ['a', 'b', 'c']],
  [' eyJh.eyJp.\n', ['eyJh', 'eyJp', '']],
  ['a.b.c.d.e', ['a', 'b', 'c', 'd', 'e']],
])('the parts of %j are told apart', (text, parts) => {
  expect(segmentsOf(text).map(({ start, end }) => text.slice(start, end))).toEqual(parts)
})

it.each(['', 'a', 'a.b', 'a.b.c.d', 'a.b.c.d.e.f', 'Bearer a.b.c', 'a.b.c d', `a.b.${'c'.repeat(70_000)}`])(
  'a text that is no compact token has none: %.20s',
  (text) => {
    expect(segmentsOf(text)).toEqual([])
  },
)

it('stays quick on a long text of dots', () => {
  const begun = performance.now()
  segmentsOf('a.'.repeat(32_000))
  expect(performance.now() - begun).toBeLessThan(1_000)
})

it('cuts a text where its parts and its defects are, and loses nothing of it', () => {
  const text = 'Bearer a.b=.c'
  const parts = [
    { role: 'header', start: 7, end: 8 },
    { role: 'payload', start: 9, end: 11 },
  ] as const
  const marks = [
    { start: 10, end: 11, code: 'padding', message: '' },
    { start: 13, end: 13, code: 'signature_missing', message: '' },
  ]
  const pieces = piecesOf(text, parts, marks)
  expect(pieces.map((piece) => piece.text).join('')).toBe(text)
  expect(pieces).toEqual([
    { text: 'Bearer ' },
    { text: 'a', role: 'header' },
    { text: '.' },
    { text: 'b', role: 'payload' },
    { text: '=', role: 'payload', mark: true },
    { text: '.c' },
    { text: '', mark: true },
  ])
  expect(piecesOf(text, [], [])).toEqual([])
})
