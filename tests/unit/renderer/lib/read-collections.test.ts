import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { CollectionItem, ListedCollection } from '../../../../src/core/contract/collections.ts'
import { ok } from '../../../../src/core/contract/result.ts'
import { createItemLists } from '../../../../src/core/app/collections/item-lists.ts'
import { createCollectionsReader } from '../../../../src/renderer/src/lib/collections/read-collections.ts'
import { createFakeBridge } from '../../../support/fake-bridge.ts'

const itemOf = (number: number): CollectionItem => ({
  path: `r${number}.yml`,
  kind: 'http',
  name: `Request ${number}`,
  method: 'GET',
})

/** A collection of one list, and a page that reads it. */
const open = () => {
  const lists = createItemLists()
  const empty: ListedCollection = { id: 'k', name: 'Large', folder: '/large', notes: [], items: [] }
  let told = 0
  let before = (): void => undefined
  const fake = createFakeBridge({
    'collections:list': async () => ok([{ ...empty, revision: lists.revision() }]),
    'collections:items': async ({ collectionId, ...asked }) => {
      expect(collectionId).toBe('k')
      before()
      const piece = lists.piece(asked)
      if (piece.ok) told += piece.value.text.length
      return piece
    },
  })
  const read = createCollectionsReader(fake.bridge)
  return {
    lists,
    calls: fake.calls,
    meanwhile: (work: () => void) => (before = work),
    told: () => told,
    items: async () => {
      const answer = await read()
      return answer.ok ? answer.value[0]?.items : answer.error
    },
  }
}

it('has the list as it is, whatever it was before', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uniqueArray(fc.nat(3_000), { maxLength: 1_500, size: 'max' }), { maxLength: 5 }),
      async (rounds) => {
        const { lists, items } = open()
        const all = Array.from({ length: 3_001 }, (_, number) => itemOf(number))
        for (const round of rounds) {
          const now = round.flatMap((number) => all[number] ?? [])
          lists.take(now)
          expect(await items()).toEqual(now)
        }
      },
    ),
    { numRuns: 30 },
  )
})

it('is told what changed alone, and the same once', async () => {
  const { lists, items, told, calls } = open()
  const all = Array.from({ length: 10_000 }, (_, number) => itemOf(number))
  lists.take(all)
  await items()
  const whole = told()
  expect(whole).toBeGreaterThan(500_000)
  // As pieces, none of which is long.
  expect(calls.filter(({ name }) => name === 'collections:items')).toHaveLength(20)
  await items()
  expect(told()).toBe(whole)
  lists.take(all.with(5_000, { ...itemOf(5_000), name: 'Another' }))
  expect(await items()).toHaveLength(10_000)
  expect(told() - whole).toBeLessThan(200)
  // Nothing is another: the list is the one of before.
  const { revision } = lists
  const number = revision()
  lists.take([...lists.latest()])
  expect(revision()).toBe(number)
})

it('begins again where the list is another meanwhile, and shows what it had of one that never stops changing', async () => {
  const { lists, items, meanwhile } = open()
  const all = Array.from({ length: 1_200 }, (_, number) => itemOf(number))
  lists.take(all)
  let changes = 0
  meanwhile(() => {
    changes += 1
    if (changes === 2) for (let time = 0; time < 5; time += 1) lists.take(all.slice(time))
  })
  expect(await items()).toEqual(all.slice(4))
  lists.take(all.slice(100))
  meanwhile(() => {
    changes += 1
    for (let time = 0; time < 5; time += 1) lists.take(all.slice((changes + time) % 7))
  })
  expect(await items()).toEqual(all.slice(4))
})
