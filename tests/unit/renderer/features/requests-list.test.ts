import { describe, expect, it, vi } from 'vitest'
import { ok } from '../../../../src/core/contract/result.ts'
import { createRequestsStore } from '../../../../src/renderer/src/features/requests/store.ts'
import { createFakeBridge } from '../../../support/fake-bridge.ts'
import { exchange } from '../../../support/fake-data.ts'

const now = 1_800_000_000_000

describe('the list', () => {
  const at = (index: number) => ({
    ...exchange(now - index),
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  })
  const all = Array.from({ length: 250 }, (_, index) => at(index))
  const paged = () => {
    const stored = [...all]
    const fake = createFakeBridge({
      'exchanges:list': async ({ limit, before, search }) => {
        const found = stored.filter(({ id }) => search === undefined || id.endsWith(search))
        const from = before ? found.findIndex(({ id }) => id === before.id) + 1 : 0
        return ok({ rows: found.slice(from, from + limit) })
      },
      'exchanges:remove': async () => ok(null),
      'exchanges:clear': async () => ok(null),
    })
    const store = createRequestsStore(fake.bridge, {
      face: () => undefined,
      keep: () => undefined,
      pin: () => undefined,
      environmentId: () => undefined,
      dropped: () => undefined,
      atEnd: () => undefined,
      cancelSignIn: async () => undefined,
      accountIds: () => [],
      signInFor: async () => ({ code: 'not_answered', message: '' }),
    })
    return { fake, store, stored, ids: () => store.getState().history.map(({ id }) => id) }
  }

  it('grows by pages to its end, each read once however often it is asked for', async () => {
    const { store, fake, ids } = paged()
    await store.getState().load()
    await Promise.all([store.getState().loadOlder(), store.getState().loadOlder()])
    expect(ids()).toHaveLength(200)
    await store.getState().loadOlder()
    await store.getState().loadOlder()
    expect(ids()).toEqual(all.map(({ id }) => id))
    expect(fake.calls.filter(({ name }) => name === 'exchanges:list')).toHaveLength(3)
  })
  it('keeps the pages that were read when something new was sent', async () => {
    const { store, fake, stored, ids } = paged()
    await store.getState().load()
    await store.getState().loadOlder()
    stored.unshift({ ...exchange(now + 1), id: '00000000-0000-4000-8000-999999999999' })
    fake.push('changed', { area: 'exchanges' })
    await vi.waitFor(() => expect(ids()).toEqual(stored.slice(0, 201).map(({ id }) => id)))
  })
  it('shows what was found, and all again without a search', async () => {
    const { store, ids } = paged()
    await store.getState().load()
    await store.getState().searchFor('249')
    expect(ids()).toEqual([all[249]?.id])
    await store.getState().searchFor('')
    expect(ids()).toHaveLength(100)
  })
  it('removes one row and all', async () => {
    const { store, ids } = paged()
    await store.getState().load()
    await store.getState().removeExchange(all[3]?.id ?? '')
    expect(ids()).not.toContain(all[3]?.id)
    await store.getState().clearHistory()
    expect(ids()).toEqual([])
  })
})
