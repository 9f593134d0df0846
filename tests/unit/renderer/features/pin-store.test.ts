import { expect, it } from 'vitest'
import { fail, ok } from '../../../../src/core/contract/result.ts'
import { createPinStore, pinName } from '../../../../src/renderer/src/features/token-bench/pins/pin-store.ts'
import { createToasts } from '../../../../src/renderer/src/lib/toasts.ts'
import { createFakeBridge } from '../../../support/fake-bridge.ts'
import { jwt } from '../../../support/fake-data.ts'

const claim = (name: string, text: string) => ({ name, text, kind: 'text', says: '' }) as const

it('lists pins when they are shown, and again when they change', async () => {
  const pin = { id: 'a', name: 'mine', createdAt: 1, readable: true, what: 'JWT', life: {} } as const
  const { bridge, calls, push } = createFakeBridge({
    'pins:list': async () => ok([pin]),
    'pins:read': async () => fail('pin_unknown', 'gone'),
  })
  const toasts = createToasts()
  const store = createPinStore({ bridge, toasts })
  push('changed', { area: 'pins' })
  expect(calls).toEqual([])
  await store.getState().load()
  expect(store.getState().pins).toEqual([pin])
  push('changed', { area: 'pins' })
  push('changed', { area: 'keys' })
  expect(calls.map(({ name }) => name)).toEqual(['pins:list', 'pins:list'])
  expect(await store.getState().read('a')).toBeNull()
  expect(toasts.getState().items[0]?.text).toBe('gone')
})

it('names a pin by what it is, whose it is and who issued it', () => {
  const token = jwt(0)
  const what = token.verdict.what
  const named = (...claims: ReturnType<typeof claim>[]) => pinName({ ...token, claims })
  expect(named(claim('sub', '4711'), claim('iss', 'https://id.example/realm'))).toBe(
    `${what} · 4711 · id.example`,
  )
  expect(named(claim('sub', '4711'), claim('preferred_username', 'alice'))).toBe(`${what} · alice`)
  expect(named()).toBe(what)
  expect(named(claim('sub', 'x'.repeat(200)))).toHaveLength(80)
})
