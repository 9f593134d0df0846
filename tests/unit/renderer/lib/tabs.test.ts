import { describe, expect, it } from 'vitest'
import { createTabs } from '../../../../src/renderer/src/lib/tabs.ts'

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
