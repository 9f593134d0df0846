import { describe, expect, it, vi } from 'vitest'
import { fail, ok } from '../../../../src/core/contract/result.ts'
import { createAccountsStore } from '../../../../src/renderer/src/features/accounts/store.ts'
import { createFakeBridge } from '../../../support/fake-bridge.ts'
import { account, accountView, ids } from '../../../support/fake-data.ts'

const now = 1_800_000_000_000

const world = () => {
  const later: { run: () => void; milliseconds: number }[] = []
  let broken = false
  const fake = createFakeBridge({
    'accounts:get': async () =>
      broken ? fail('vault_closed', 'It cannot be opened.') : ok(accountView(now)),
    'accounts:refresh': async () => ok(account(now)),
    'accounts:remove': async () => ok(null),
    'tokens:reveal': async () => ok({ text: 'a.b.c', hideAfterSeconds: 30 }),
    'tokens:copy': async () => ok({ clearAfterSeconds: 45 }),
  })
  const store = createAccountsStore(fake.bridge, (run, milliseconds) => later.push({ run, milliseconds }))
  return { fake, store, later, breakIt: () => (broken = true) }
}

describe('accounts store', () => {
  it('hides a revealed token after the time that was named', async () => {
    const { store, later } = world()
    await store.getState().reveal(ids.alice, 'access')
    expect(store.getState().revealed).toEqual({ [`${ids.alice}:access`]: 'a.b.c' })
    expect(later[0]?.milliseconds).toBe(30_000)
    later[0]?.run()
    expect(store.getState().revealed).toEqual({})
  })
  it('drops revealed tokens when the page is left or the account goes', async () => {
    const { store } = world()
    await store.getState().reveal(ids.alice, 'access')
    store.getState().hide(ids.alice)
    expect(store.getState().revealed).toEqual({})
    await store.getState().reveal(ids.alice, 'id')
    await store.getState().remove(ids.alice)
    expect(store.getState().revealed).toEqual({})
    expect(store.getState().pages).toEqual({})
  })
  it('keeps what was shown when a later reading fails', async () => {
    const { store, breakIt } = world()
    await store.getState().load(ids.alice)
    breakIt()
    await store.getState().load(ids.alice)
    expect(store.getState().pages[ids.alice]?.view?.displayName).toBe('alice')
    expect(store.getState().pages[ids.alice]?.failure?.code).toBe('vault_closed')
  })
  it('reads open accounts again when accounts change', async () => {
    const { store, fake } = world()
    await store.getState().load(ids.alice)
    fake.push('changed', { area: 'accounts' })
    await vi.waitFor(() => expect(fake.calls.filter(({ name }) => name === 'accounts:get')).toHaveLength(2))
  })
})
