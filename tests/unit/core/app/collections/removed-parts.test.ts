import { expect, it } from 'vitest'
import { createRemovedParts } from '../../../../../src/core/app/collections/removed-parts.ts'

const taken = (bytes: number) => ({
  collectionId: 'k',
  parts: [
    { path: 'a', bytes: null, mode: 0 },
    { path: 'a/b', bytes: new Uint8Array(bytes), mode: 0 },
  ],
})

it('holds as many deletions as fit, the oldest dropped first, and the last one always', () => {
  const removed = createRemovedParts(100)
  const held = () => ['1', '2', '3', '4'].filter((undo) => removed.get(undo) !== undefined)
  removed.keep('1', taken(40))
  removed.keep('2', taken(60))
  expect(held()).toEqual(['1', '2'])
  removed.keep('3', taken(30))
  expect(held()).toEqual(['2', '3'])
  removed.keep('4', taken(101))
  expect(held()).toEqual(['4'])
})

it('holds twenty of them, and none of a user who was forgotten', () => {
  const removed = createRemovedParts()
  for (let each = 1; each <= 21; each += 1) removed.keep(String(each), taken(0))
  expect([removed.get('1'), removed.get('2')]).toEqual([undefined, taken(0)])
  removed.drop('2')
  expect(removed.get('2')).toBeUndefined()
  removed.forget()
  expect(removed.get('21')).toBeUndefined()
})
