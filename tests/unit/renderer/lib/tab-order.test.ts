import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTabs } from '../../../../src/renderer/src/lib/tabs/tabs.ts'
import { draft } from '../../../support/fake-data.ts'

const account = (accountId: string) => ({ kind: 'account', accountId }) as const
const exchange = (exchangeId: string) =>
  ({ kind: 'request', seed: { from: 'exchange', exchangeId } }) as const
const titles = (tabs: ReturnType<typeof createTabs>) => tabs.getState().tabs.map((tab) => tab.face.title)
const opened = (...names: string[]) => {
  const tabs = createTabs()
  for (const name of names) tabs.getState().open(account(name), { title: name })
  return tabs
}

describe('a preview', () => {
  it('is replaced by the next one, in its place, until it is kept', () => {
    const tabs = opened('a')
    const { preview, pin, open } = tabs.getState()
    preview(exchange('1'), { title: 'first' })
    open(account('b'), { title: 'b' })
    preview(exchange('2'), { title: 'second' })
    expect(titles(tabs)).toEqual(['a', 'second', 'b'])
    expect(tabs.getState()).toMatchObject({ activeId: 'exchange:2', closed: [] })
    pin('exchange:2')
    preview(exchange('3'), { title: 'third' })
    expect(titles(tabs)).toEqual(['a', 'second', 'b', 'third'])
    preview(exchange('2'), { title: 'second' })
    expect(titles(tabs)).toEqual(['a', 'second', 'b', 'third'])
    expect(tabs.getState().activeId).toBe('exchange:2')
  })
  it('is kept when it is opened, and when it was closed and comes back', () => {
    const tabs = createTabs()
    const { preview, open, close, reopen } = tabs.getState()
    preview(exchange('1'), { title: 'first' })
    open(exchange('1'), { title: 'first' })
    preview(exchange('2'), { title: 'second' })
    close('exchange:2')
    reopen()
    preview(exchange('3'), { title: 'third' })
    expect(titles(tabs)).toEqual(['first', 'second', 'third'])
  })
  it('is none where what was closed has changes: they come back', () => {
    const tabs = createTabs()
    const { preview, keep, update, pin, close } = tabs.getState()
    preview(exchange('1'), { title: 'first' })
    const changed = { from: 'kept', name: '', draft: draft({ url: 'https://api.example/changed' }) } as const
    keep('exchange:1', changed)
    update('exchange:1', { unsaved: true })
    pin('exchange:1')
    close('exchange:1')
    preview(exchange('1'), { title: 'first' })
    expect(tabs.getState().tabs).toMatchObject([{ subject: { seed: changed }, face: { unsaved: true } }])
    preview(exchange('2'), { title: 'second' })
    expect(tabs.getState().tabs).toHaveLength(2)
  })
})

describe('the order of tabs', () => {
  it('follows a move, which ends at the edges', () => {
    const tabs = opened('a', 'b', 'c')
    const { move } = tabs.getState()
    move('account:c', 0)
    expect(titles(tabs)).toEqual(['c', 'a', 'b'])
    move('account:c', 9)
    expect(titles(tabs)).toEqual(['a', 'b', 'c'])
    move('account:b', -1)
    expect(titles(tabs)).toEqual(['b', 'a', 'c'])
    move('account:none', 0)
    expect(titles(tabs)).toEqual(['b', 'a', 'c'])
    expect(tabs.getState().activeId).toBe('account:c')
  })
  it('has each tab once, whatever is moved where', () => {
    const moves = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: -9, max: 9 })))
    fc.assert(
      fc.property(moves, (all) => {
        const tabs = opened('a', 'b', 'c', 'd')
        for (const [name, place] of all) tabs.getState().move(`account:${name}`, place)
        expect(titles(tabs).toSorted()).toEqual(['a', 'b', 'c', 'd'])
      }),
    )
  })
})

describe('closing neighbours', () => {
  it('leaves one tab, or those to its left, and shows one that is left', () => {
    const tabs = opened('a', 'b', 'c', 'd')
    tabs.getState().closeRight('account:b')
    expect(titles(tabs)).toEqual(['a', 'b'])
    expect(tabs.getState().activeId).toBe('account:b')
    tabs.getState().closeOthers('account:a')
    expect(titles(tabs)).toEqual(['a'])
    expect(tabs.getState().activeId).toBe('account:a')
    tabs.getState().closeOthers('account:none')
    expect(titles(tabs)).toEqual(['a'])
    for (let count = 0; count < 3; count += 1) tabs.getState().reopen()
    expect(titles(tabs).toSorted()).toEqual(['a', 'b', 'c', 'd'])
  })
  it('keeps the open tab where it stays', () => {
    const tabs = opened('a', 'b', 'c')
    tabs.getState().activate('account:a')
    tabs.getState().closeRight('account:b')
    expect(tabs.getState().activeId).toBe('account:a')
  })
})
