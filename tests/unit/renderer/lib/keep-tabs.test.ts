import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CollectionRequest } from '../../../../src/core/contract/collections.ts'
import { keptPageLimit } from '../../../../src/core/contract/words.ts'
import { fail, ok } from '../../../../src/core/contract/result.ts'
import { keepTabs, restoreTabs } from '../../../../src/renderer/src/lib/tabs/keep-tabs.ts'
import { createWorkspace } from '../../../../src/renderer/src/lib/workspace.ts'
import { createFakeBridge } from '../../../support/fake-bridge.ts'
import { draft } from '../../../support/fake-data.ts'

const world = (text: string | null = null) => {
  const fake = createFakeBridge({
    'page:keep': async () => ok(null),
    'page:kept': async () => ok({ text }),
  })
  const keptTexts = () =>
    fake.calls.filter(({ name }) => name === 'page:keep').map(({ input }) => (input as { text: string }).text)
  return { workspace: createWorkspace(fake.bridge), keptTexts }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('tabs that are kept', () => {
  it('are handed over soon after the first change, and come back the same', async () => {
    const { workspace, keptTexts } = world()
    keepTabs(workspace)
    const { tabs } = workspace
    tabs.getState().open({ kind: 'account', accountId: 'a' }, { title: 'alice' })
    const id = tabs.getState().open({ kind: 'request', seed: { from: 'blank' } }, { title: 'New request' })
    tabs.getState().keep(id, { from: 'kept', name: '', draft: draft() })
    expect(keptTexts()).toEqual([])
    vi.advanceTimersByTime(100)
    workspace.unsaved.getState().put('form', ['typed'])
    vi.advanceTimersByTime(50)
    expect(keptTexts()).toHaveLength(1)

    const after = world(keptTexts()[0])
    await restoreTabs(after.workspace)
    const { room, activeId, tabs: open } = after.workspace.tabs.getState()
    expect({ room, activeId }).toEqual({ room: 'requests', activeId: id })
    expect(open).toEqual(tabs.getState().tabs)
    expect(after.workspace.unsaved.getState().forms).toEqual({ form: ['typed'] })
  })

  it('are no more handed over once that is stopped', () => {
    const { workspace, keptTexts } = world()
    const { stop } = keepTabs(workspace)
    workspace.tabs.getState().showSettings('vault')
    stop()
    vi.advanceTimersByTime(1_000)
    expect(keptTexts()).toEqual([])
  })

  it('are handed over at once before the page forgets them, if anything has changed', () => {
    const { workspace, keptTexts } = world()
    const { flush } = keepTabs(workspace)
    flush()
    expect(keptTexts()).toEqual([])
    workspace.tabs.getState().showSettings('vault')
    flush()
    vi.advanceTimersByTime(1_000)
    expect(keptTexts()).toHaveLength(1)
  })

  it('are handed over again where the disk was full, which is told until they are saved', async () => {
    let isFull = true
    const fake = createFakeBridge({
      'page:keep': async () => (isFull ? fail('disk_full', 'The disk is full.') : ok(null)),
    })
    const kept = () => fake.calls.filter(({ name }) => name === 'page:keep').length
    const workspace = createWorkspace(fake.bridge)
    const damage = () => workspace.session.getState().damage
    const { flush, stop } = keepTabs(workspace)
    workspace.tabs.getState().showSettings('vault')
    await vi.advanceTimersByTimeAsync(200)
    expect(damage()).toMatchObject({
      code: 'disk_full',
      message: 'Open tabs and drafts are not saved. The disk is full.',
    })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(kept()).toBe(2)
    isFull = false
    // The page is about to be forgotten, and nothing has changed since.
    flush()
    await vi.advanceTimersByTimeAsync(0)
    expect(kept()).toBe(3)
    expect(damage()).toBeNull()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(kept()).toBe(3)
    stop()
  })

  it('hide nothing else that is wrong', async () => {
    const fake = createFakeBridge({ 'page:keep': async () => fail('disk_full', 'The disk is full.') })
    const workspace = createWorkspace(fake.bridge, { code: 'database_rolled_back', message: 'm' })
    const { stop } = keepTabs(workspace)
    workspace.tabs.getState().showSettings('vault')
    await vi.advanceTimersByTimeAsync(6_000)
    expect(workspace.session.getState().damage?.code).toBe('database_rolled_back')
    stop()
  })

  it('leave out the largest where all together are too much, and say so', async () => {
    const { workspace, keptTexts } = world()
    keepTabs(workspace)
    const { tabs } = workspace
    const id = tabs.getState().open({ kind: 'request', seed: { from: 'blank' } }, { title: 'Large' })
    const body = { kind: 'text' as const, text: 'x'.repeat(keptPageLimit), contentType: 'text/plain' }
    tabs.getState().keep(id, { from: 'kept', name: '', draft: { ...draft(), body } })
    tabs.getState().open({ kind: 'playground' }, { title: 'Shut' })
    tabs.getState().close('playground')
    tabs.getState().showSettings('lock')
    await vi.advanceTimersByTimeAsync(300)
    expect(keptTexts()[0]).toContain('"section":"lock"')
    expect(keptTexts()[0]).not.toContain('Large')
    expect(keptTexts()[0]).toContain('Shut')
    expect(workspace.session.getState().damage).toMatchObject({
      code: 'draft_too_large',
      message: expect.stringContaining('“Large”') as string,
    })
    tabs.getState().keep(id, { from: 'kept', name: '', draft: draft() })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(workspace.session.getState().damage).toBeNull()
  })

  it('that cannot be read leave the page as it is', async () => {
    for (const text of [null, 'no JSON']) {
      const { workspace } = world(text)
      await restoreTabs(workspace)
      expect(workspace.tabs.getState().tabs).toEqual([])
    }
  })
})

describe('tabs of requests that an earlier version kept in the database', () => {
  const [same, changed, gone] = ['a', 'b', 'c'].map(
    (letter) => `11111111-2222-4333-8444-00000000000${letter}`,
  ) as [string, string, string]
  const mine = { ...draft(), method: 'PUT' }
  const tab = (id: string, seed: unknown) => ({
    ...{ id, room: 'requests', subject: { kind: 'request', seed }, face: { title: id } },
  })
  const text = JSON.stringify({
    ...{ room: 'requests', activeId: changed, forms: {} },
    tabs: [
      tab(same, { from: 'saved', request: { id: same, name: 'Same', draft: draft() } }),
      tab(changed, { from: 'kept', name: 'Changed', savedId: changed, draft: mine, saved: draft() }),
      tab(gone, { from: 'saved', request: { id: gone, name: 'Gone', draft: mine } }),
      tab('odd', { from: 'kept', name: 'Odd', savedId: 'no-id', draft: mine, saved: draft() }),
    ],
    closed: [
      {
        ...tab('shut', { from: 'kept', name: 'Shut', savedId: same, draft: draft(), saved: draft() }),
        index: 0,
      },
    ],
  })
  const requestOf = (id: string): CollectionRequest => ({
    ...{ collectionId: 'own', path: `${id}.yml`, name: `Now ${id.at(-1) ?? ''}`, draft: draft() },
    ...{ version: 'v', kept: [] },
  })

  it('are of their files, with what was changed in them; without one they are not saved', async () => {
    const fake = createFakeBridge({
      'page:kept': async () => ok({ text }),
      'collections:of-saved': async ({ ids }) =>
        ok(ids.filter((id) => id !== gone).map((id) => ({ id, request: requestOf(id) }))),
    })
    const workspace = createWorkspace(fake.bridge)
    await restoreTabs(workspace)
    expect(
      fake.calls.filter(({ name }) => name === 'collections:of-saved').map(({ input }) => input),
    ).toEqual([{ ids: [same, changed, gone] }])
    const { tabs, closed, activeId } = workspace.tabs.getState()
    const seeds = [...tabs, ...closed].map(({ subject }) => subject.kind === 'request' && subject.seed)
    const { name, ...file } = requestOf(changed)
    const { draft: saved, ...place } = file
    expect(seeds).toEqual([
      { from: 'file', request: requestOf(same) },
      { from: 'kept', name, draft: mine, saved, file: place },
      { from: 'draft', name: 'Gone', draft: mine, send: false },
      { from: 'kept', name: 'Odd', draft: mine, saved: undefined },
      { from: 'file', request: requestOf(same) },
    ])
    expect(activeId).toBe(changed)
  })

  it('stay as they were, not saved, where the files cannot be asked for', async () => {
    const fake = createFakeBridge({
      'page:kept': async () => ok({ text }),
      'collections:of-saved': async () => fail('vault_locked', 'Locked.'),
    })
    const workspace = createWorkspace(fake.bridge)
    await restoreTabs(workspace)
    const { tabs } = workspace.tabs.getState()
    expect(tabs.map(({ subject }) => subject.kind === 'request' && subject.seed.from)).toEqual([
      ...['draft', 'kept', 'draft', 'kept'],
    ])
  })
})
