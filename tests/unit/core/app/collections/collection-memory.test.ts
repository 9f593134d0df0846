import { expect, it } from 'vitest'
import { ok } from '@contract/result'
import { createCollectionMemories } from '../../../../../src/core/app/collections/collection-memory.ts'
import { collectionMemoryDocument } from '../../../../../src/core/records/documents/collection-memory.ts'

type Deps = Parameters<typeof createCollectionMemories>[0]

function memoriesOf(first?: string) {
  let held: Parameters<Deps['collections']['saveMemory']>[0] | undefined
  if (first !== undefined)
    held = { id: 'm', userId: 'u', collectionId: 'c', sealedContent: new TextEncoder().encode(first) }
  const session = (() => ({
    user: { id: 'u' },
    box: {
      seal: (_place: unknown, text: string) => new TextEncoder().encode(text),
      open: (_place: unknown, sealed: Uint8Array) => ok(new TextDecoder().decode(sealed)),
    },
  })) as unknown as Deps['session']
  return createCollectionMemories({
    session,
    newId: () => 'm',
    collections: { memory: () => held, saveMemory: (record) => void (held = record) },
  })
}
const filesIn = (memories: ReturnType<typeof memoriesOf>) => {
  const opened = memories.open('c')
  return opened.ok ? opened.value.files : opened.error
}

it('reads one of before there were files in it', () => {
  const before = { secrets: { a: 'b' }, names: ['X'], commands: [], captured: {} }
  const memories = memoriesOf(JSON.stringify(before))
  expect(filesIn(memories)).toEqual([])
  expect(memories.allowFiles('c', ['/a', '/b', '/a'])).toEqual(ok(null))
  expect(memories.open('c')).toEqual(ok({ ...before, accounts: {}, files: ['/a', '/b'] }))
})

it('stays readable with very many and very long paths', () => {
  const memories = memoriesOf()
  const many = Array.from({ length: 1_200 }, (_, index) => `/${index}`)
  memories.allowFiles('c', ['/first', 'x'.repeat(4_097)])
  expect(filesIn(memories)).toEqual(['/first'])
  memories.allowFiles('c', many)
  expect(filesIn(memories)).toEqual(many.slice(-1_000))
  expect(collectionMemoryDocument.read('{"files":[1]}')).toMatchObject({ ok: false })
})

it('keeps captured values, the newest where there are very many', () => {
  const memories = memoriesOf()
  const one = (key: string, value = 'v') => ({ key, value, secret: false, from: 'a.yml' })
  const kept = () => {
    const opened = memories.open('c')
    return opened.ok ? Object.keys(opened.value.captured) : []
  }
  memories.keepCaptured('c', [one('first'), one('x'.repeat(4_401)), one('second')])
  memories.keepCaptured('c', [one('first', 'again')])
  expect(kept()).toEqual(['second', 'first'])
  memories.keepCaptured(
    'c',
    Array.from({ length: 1_200 }, (_, index) => one(`n${index}`)),
  )
  expect(kept()).toHaveLength(1_000)
  expect(kept().at(-1)).toBe('n1199')
  memories.keepCaptured(
    'c',
    Array.from({ length: 20 }, (_, index) => one(`long${index}`, 'x'.repeat(65_536))),
  )
  expect(kept()).toHaveLength(16)
})

it('marks captured values that a later response did not have, until one has them again', () => {
  const memories = memoriesOf()
  const one = { key: 'id', value: '7', secret: false, from: 'a.yml' }
  const staleOf = () => {
    const opened = memories.open('c')
    return opened.ok ? opened.value.captured['id']?.stale : opened.error
  }
  expect(memories.keepCaptured('c', [], ['id'])).toEqual(ok([]))
  expect(memories.keepCaptured('c', [one])).toEqual(ok([]))
  expect(staleOf()).toBeUndefined()
  expect(memories.keepCaptured('c', [], ['id', 'other'])).toEqual(ok(['id']))
  expect(staleOf()).toBe(true)
  expect(memories.keepCaptured('c', [], ['id'])).toEqual(ok(['id']))
  memories.keepCaptured('c', [one])
  expect(staleOf()).toBeUndefined()
})
