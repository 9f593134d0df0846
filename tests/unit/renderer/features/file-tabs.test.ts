import { describe, expect, it } from 'vitest'
import type { CollectionRequest, CollectionSave } from '../../../../src/core/contract/collections.ts'
import { fail, ok, type Result } from '../../../../src/core/contract/result.ts'
import { createRequestsStore } from '../../../../src/renderer/src/features/requests/store.ts'
import { readKeptTabs } from '../../../../src/renderer/src/lib/tabs/kept-tabs.ts'
import type { KeptRequest } from '../../../../src/renderer/src/lib/tabs/tab.ts'
import { createTabs } from '../../../../src/renderer/src/lib/tabs/tabs.ts'
import { createFakeBridge } from '../../../support/fake-bridge.ts'
import { draft } from '../../../support/fake-data.ts'

const tab = 'file:k:Get%20one.yml'
const onDisk = (part: Partial<CollectionRequest> = {}): CollectionRequest => ({
  collectionId: 'k',
  path: 'Get one.yml',
  name: 'Get one',
  draft: draft(),
  version: 'v1',
  kept: [],
  ...part,
})
const theirs = onDisk({ version: 'v2', draft: { ...draft(), url: 'https://theirs.example' } })

async function world(save?: () => Result<CollectionSave>) {
  let file: Result<CollectionRequest> = ok(onDisk())
  const fake = createFakeBridge({
    'collections:read': async () => file,
    'collections:save': async ({ draft: saved }) =>
      save?.() ?? ok({ saved: onDisk({ version: 'v3', draft: saved }) }),
  })
  const kept: KeptRequest[] = []
  const store = createRequestsStore(fake.bridge, {
    face: () => undefined,
    accountIds: () => [],
    keep: (_tab, seed) => kept.push(seed),
    pin: () => undefined,
    environmentId: () => undefined,
    dropped: () => undefined,
    atEnd: () => undefined,
    signInFor: () => Promise.reject(new Error('nobody signs in')),
    cancelSignIn: async () => undefined,
  })
  await store.getState().begin(tab, { from: 'file', request: onDisk() })
  const now = () => {
    const open = store.getState().open[tab]
    if (!open) throw new Error('the tab is closed')
    return open
  }
  /** The file says something else, and the page is told. */
  async function outside(next: Result<CollectionRequest>): Promise<void> {
    file = next
    fake.push('changed', { area: 'collections' })
    await new Promise((done) => setImmediate(done))
  }
  const saves = () => fake.calls.filter(({ name }) => name === 'collections:save').map(({ input }) => input)
  return { store, now, outside, saves, kept }
}

describe('a tab of a file', () => {
  it('follows the file as long as its draft was not changed', async () => {
    const { now, outside } = await world()
    await outside(ok(theirs))
    expect(now()).toMatchObject({ draft: theirs.draft, saved: theirs.draft, file: { version: 'v2' } })
    expect(now().file?.outside).toBeUndefined()
  })

  it('keeps a changed draft, says so, and forgets it when the file is as before', async () => {
    const { store, now, outside } = await world()
    store.getState().change(tab, { url: 'https://mine.example' })
    await outside(ok(theirs))
    expect(now()).toMatchObject({
      draft: { url: 'https://mine.example' },
      file: { version: 'v1', outside: {} },
    })
    await outside(ok(onDisk()))
    expect(now().file?.outside).toBeUndefined()
    await outside(fail('collection_file_gone', 'It is gone.'))
    expect(now()).toMatchObject({
      draft: { url: 'https://mine.example' },
      file: { outside: { failure: { message: 'It is gone.' } } },
    })
  })

  it('goes with its file to another folder, and with what Gatehouse wrote there, its draft as it was', async () => {
    const { store, now, outside } = await world()
    store.getState().change(tab, { url: 'https://mine.example' })
    const path = 'Orders/Get one.yml'
    // That its place is empty may be known before where it went.
    await outside(fail('collection_file_gone', 'It is gone.'))
    await outside(ok(onDisk({ path, version: 'v5', name: 'First' })))
    store.getState().followFiles('other', { moved: [{ from: 'Get one.yml', to: 'x' }], rewritten: [] })
    expect(now().file).toMatchObject({ path: 'Get one.yml', version: 'v1', outside: {} })
    store.getState().followFiles('k', {
      moved: [{ from: 'Get one.yml', to: path }],
      rewritten: [
        { path, was: 'v1', version: 'v4' },
        { path, was: 'v4', version: 'v5' },
        { path: 'another.yml', was: 'v5', version: 'v6' },
      ],
    })
    await new Promise((done) => setImmediate(done))
    expect(now()).toMatchObject({
      name: 'First',
      draft: { url: 'https://mine.example' },
      file: { path, version: 'v5' },
    })
    expect(now().file?.outside).toBeUndefined()
  })

  it('saves what it has, with the version that it comes from, and knows the new one', async () => {
    const { store, now, saves } = await world()
    store.getState().change(tab, { url: 'https://mine.example' })
    expect(await store.getState().saveFile(tab)).toBeNull()
    expect(saves()).toEqual([
      expect.objectContaining({ version: 'v1', draft: { ...draft(), url: 'https://mine.example' } }),
    ])
    expect(saves()[0]).not.toHaveProperty('over')
    expect(now()).toMatchObject({ saved: { url: 'https://mine.example' }, file: { version: 'v3' } })
  })

  it('asks where the file is another by now, and writes over it only what was seen', async () => {
    const conflict = { mine: 'mine', theirs: { text: 'theirs', version: 'v2' } }
    let answer: Result<CollectionSave> | undefined = ok({ conflict })
    const { store, now, outside, saves } = await world(
      () => answer ?? ok({ saved: onDisk({ version: 'v4' }) }),
    )
    store.getState().change(tab, { url: 'https://mine.example' })
    expect(await store.getState().saveFile(tab)).toBe('conflict')
    expect(store.getState().conflict).toEqual({ tabId: tab, ...conflict })
    answer = undefined
    expect(await store.getState().saveFile(tab, 'v2')).toBeNull()
    expect(saves()[1]).toMatchObject({ version: 'v1', over: 'v2' })
    expect(store.getState().conflict).toBeNull()
    expect(now().file?.version).toBe('v4')
    await outside(ok(theirs))
    store.getState().change(tab, { url: 'https://again.example' })
    expect(await store.getState().takeFile(tab)).toBeNull()
    expect(now().draft).toEqual(theirs.draft)
  })

  it('that came back without secret values reads its file, or asks where its draft was changed', async () => {
    const file = { collectionId: 'k', path: 'Get one.yml', version: '', kept: [] }
    const { store, now, outside } = await world()
    const look = async (id: string, mine: CollectionRequest['draft']) => {
      await store.getState().begin(id, { from: 'kept', name: 'Get one', draft: mine, saved: draft(), file })
      await outside(ok(theirs))
      return store.getState().open[id]
    }
    expect(await look('one', draft())).toMatchObject({ draft: theirs.draft, file: { version: 'v2' } })
    const changed = await look('two', { ...draft(), method: 'PUT' })
    expect(changed).toMatchObject({ draft: { method: 'PUT' }, file: { version: '', outside: {} } })
    expect(now().file?.version).toBe('v2')
  })

  it('is one with another that shows the same file, and comes back with it', async () => {
    const { kept } = await world()
    const tabs = createTabs()
    const face = { title: 'Get one' }
    const first = tabs.getState().open({ kind: 'request', seed: { from: 'file', request: onDisk() } }, face)
    const seed = kept.at(-1)
    if (!seed) throw new Error('nothing was kept')
    tabs.getState().keep(first, seed)
    expect(first).toBe(tab)
    expect(tabs.getState().open({ kind: 'request', seed: { from: 'file', request: theirs } }, face)).toBe(
      first,
    )
    const { room, tabs: open, activeId, closed } = tabs.getState()
    const text = JSON.stringify({ room, tabs: open, activeId, closed })
    expect(readKeptTabs(text)?.tabs[0]?.subject).toMatchObject({ seed: { file: { path: 'Get one.yml' } } })
    expect(readKeptTabs(text.replace('"path":"Get one.yml"', '"path":1'))?.tabs).toEqual([])
  })
})
