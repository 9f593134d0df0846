import { describe, expect, it } from 'vitest'
import { createTabs } from '../../../../src/renderer/src/lib/tabs/tabs.ts'
import { draft } from '../../../support/fake-data.ts'

const account = (accountId: string) => ({ kind: 'account', accountId }) as const
const titles = (tabs: ReturnType<typeof createTabs>) => tabs.getState().tabs.map((tab) => tab.face.title)

describe('tabs', () => {
  it('opens the same thing once', () => {
    const tabs = createTabs()
    const { open } = tabs.getState()
    open(account('a'), { title: 'alice' })
    open(account('b'), { title: 'bob' })
    open(account('a'), { title: 'alice' })
    expect(titles(tabs)).toEqual(['alice', 'bob'])
    expect(tabs.getState().activeId).toBe('account:a')
  })
  it('opens each unsaved request anew', () => {
    const tabs = createTabs()
    const seed = { kind: 'request', seed: { from: 'blank' } } as const
    tabs.getState().open(seed, { title: 'New request' })
    tabs.getState().open(seed, { title: 'New request' })
    expect(tabs.getState().tabs).toHaveLength(2)
  })
  it('goes to the neighbour when the open tab is closed, and to the room when none is left', () => {
    const tabs = createTabs()
    const { open, close } = tabs.getState()
    for (const name of ['a', 'b', 'c']) open(account(name), { title: name })
    tabs.getState().activate('account:b')
    close('account:b')
    expect(tabs.getState().activeId).toBe('account:c')
    close('account:c')
    expect(tabs.getState().activeId).toBe('account:a')
    close('account:a')
    expect(tabs.getState()).toMatchObject({ activeId: null, room: 'accounts' })
  })
  it('returns to what was last open in a room', () => {
    const tabs = createTabs()
    const { open, goTo } = tabs.getState()
    open(account('a'), { title: 'a' })
    open(account('b'), { title: 'b' })
    tabs.getState().activate('account:a')
    goTo('settings')
    expect(tabs.getState()).toMatchObject({ room: 'settings', activeId: 'settings' })
    goTo('accounts')
    expect(tabs.getState().activeId).toBe('account:a')
    goTo('requests')
    expect(tabs.getState()).toMatchObject({ room: 'requests', activeId: null })
  })
  it('steps round', () => {
    const tabs = createTabs()
    for (const name of ['a', 'b']) tabs.getState().open(account(name), { title: name })
    tabs.getState().step(1)
    expect(tabs.getState().activeId).toBe('account:a')
    tabs.getState().step(-1)
    expect(tabs.getState().activeId).toBe('account:b')
  })
})

describe('tabs of files', () => {
  const file = (path: string) => ({
    collectionId: 'k',
    path,
    name: path,
    draft: draft(),
    version: 'v',
    kept: [],
  })
  const subject = (path: string) =>
    ({ kind: 'request', seed: { from: 'file', request: file(path) } }) as const

  it('follow them to another place, closed ones and runs of their folder too', () => {
    const tabs = createTabs()
    const { open, close, followFiles } = tabs.getState()
    const first = open(subject('a/one.yml'), { title: 'one' })
    open({ kind: 'run', collectionId: 'k', folder: 'a', name: 'A' }, { title: 'Run' })
    close(open(subject('a/two.yml'), { title: 'two' }))
    const before = tabs.getState().tabs[0]
    followFiles('other', { moved: [{ from: 'a', to: 'b' }], rewritten: [] })
    expect(tabs.getState().tabs[0]).toBe(before)
    followFiles('k', {
      moved: [{ from: 'a', to: 'b/a' }],
      rewritten: [{ path: 'b/a/one.yml', was: 'v', version: 'w' }],
    })
    const [one, run] = tabs.getState().tabs
    expect(one?.subject).toMatchObject({ seed: { request: { path: 'b/a/one.yml', version: 'w' } } })
    expect(run?.subject).toMatchObject({ folder: 'b/a' })
    expect(tabs.getState().closed[0]?.subject).toMatchObject({ seed: { request: { path: 'b/a/two.yml' } } })
    // The same file is the same tab, and another in its old place another.
    expect(open(subject('b/a/one.yml'), { title: 'one' })).toBe(first)
    const other = open(subject('a/one.yml'), { title: 'other' })
    expect(other).not.toBe(first)
    expect(open(subject('a/one.yml'), { title: 'other' })).toBe(other)
    expect(titles(tabs)).toEqual(['one', 'Run', 'other'])
    // To another collection, and back.
    followFiles('k', {
      moved: [{ from: 'b/a', to: 'a', into: 'o' }],
      rewritten: [{ path: 'a/one.yml', was: 'w', version: 'x' }],
    })
    const [gone, ran, stays] = tabs.getState().tabs
    expect(gone?.subject).toMatchObject({
      seed: { request: { collectionId: 'o', path: 'a/one.yml', version: 'x' } },
    })
    expect(ran?.subject).toMatchObject({ collectionId: 'o', folder: 'a' })
    expect(stays?.subject).toMatchObject({ seed: { request: { collectionId: 'k', path: 'a/one.yml' } } })
    followFiles('o', { moved: [{ from: 'a', to: 'b/a', into: 'k' }], rewritten: [] })
    expect(tabs.getState().tabs[0]?.subject).toMatchObject({
      seed: { request: { collectionId: 'k', path: 'b/a/one.yml' } },
    })
  })
})

describe('closed tabs', () => {
  const request = (url: string) => ({ from: 'kept' as const, name: '', draft: draft({ url }) })
  it('open again where they were, with what was in them, the last one first', () => {
    const tabs = createTabs()
    const { open, close, keep, reopen } = tabs.getState()
    const ids = ['a', 'b', 'c'].map((title) => open({ kind: 'request', seed: { from: 'blank' } }, { title }))
    keep(ids[1] ?? '', request('https://api.example/typed'))
    const before = tabs.getState().tabs
    for (const id of [ids[1], ids[0]]) close(id ?? '')
    reopen()
    expect(titles(tabs)).toEqual(['a', 'c'])
    reopen()
    expect(tabs.getState().tabs).toEqual(before)
    expect(tabs.getState()).toMatchObject({ activeId: ids[1], closed: [] })
    reopen()
    expect(tabs.getState().tabs).toEqual(before)
  })
  it('come back with their changes when the same is opened', () => {
    const tabs = createTabs()
    const { open, close, keep, update } = tabs.getState()
    const file = { collectionId: 'c', path: 'S.yml', version: '1', kept: [] }
    const saved = { ...file, name: 'S', draft: draft() }
    const again = () => open({ kind: 'request', seed: { from: 'file', request: saved } }, { title: 'S' })
    const id = again()
    const changed = { ...request('https://api.example/changed'), file, saved: draft() }
    keep(id, changed)
    update(id, { unsaved: true })
    close(id)
    again()
    expect(tabs.getState().tabs[0]).toMatchObject({ subject: { seed: changed }, face: { unsaved: true } })
    expect(tabs.getState().closed).toEqual([])
  })
  it('are forgotten when what they showed is gone', () => {
    const tabs = createTabs()
    tabs.getState().open(account('a'), { title: 'alice' })
    tabs.getState().drop('account:a')
    expect(tabs.getState()).toMatchObject({ tabs: [], closed: [] })
  })
  it('are no more than 25', () => {
    const tabs = createTabs()
    for (let number = 0; number < 30; number += 1) {
      tabs.getState().open(account(`${number}`), { title: 'x' })
      tabs.getState().close(`account:${number}`)
    }
    expect(tabs.getState().closed).toHaveLength(25)
    expect(tabs.getState().closed[0]?.id).toBe('account:29')
  })
  it('are all remembered whose work is nowhere else', () => {
    const tabs = createTabs()
    const addresses = Array.from({ length: 40 }, (_, at) => `https://api.example/${at}`)
    for (const url of addresses) {
      const id = tabs.getState().open({ kind: 'request', seed: { from: 'blank' } }, { title: 'New request' })
      tabs.getState().keep(id, { from: 'kept', name: '', draft: draft({ url }) })
    }
    const last = tabs.getState().open({ kind: 'request', seed: { from: 'blank' } }, { title: 'New request' })
    tabs.getState().closeOthers(last)
    for (let number = 0; number < 30; number += 1) {
      tabs
        .getState()
        .open({ kind: 'request', seed: { from: 'blank' } }, { title: 'New request' }, `new:${number}`)
      tabs.getState().close(`new:${number}`)
    }
    const drafts = tabs
      .getState()
      .closed.flatMap(({ subject }) =>
        subject.kind === 'request' && subject.seed.from === 'kept' ? [subject.seed.draft.url] : [],
      )
    expect(drafts.toSorted()).toEqual(addresses.toSorted())
    expect(tabs.getState().closed.length).toBeLessThanOrEqual(40 + 25)
  })
})
