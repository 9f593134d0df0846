import { describe, expect, it } from 'vitest'
import { ok, type Result } from '../../../../src/preload/contract/result.ts'
import type { TokenView } from '../../../../src/preload/contract/tokens.ts'
import { bareToken, createBenchStore } from '../../../../src/renderer/src/features/token-bench/store.ts'
import { createFakeBridge } from '../../../support/fake-bridge.ts'
import { jwt } from '../../../support/fake-data.ts'

describe('bareToken', () => {
  it.each([
    ['Authorization: Bearer a.b.c', 'a.b.c'],
    ['  bearer a.b.c\n', 'a.b.c'],
    ['"a.b.c"', 'a.b.c'],
    ['a. b.c', 'a. b.c'],
  ])('%s', (text, token) => {
    expect(bareToken(text)).toBe(token)
  })
})

describe('bench store', () => {
  it('drops a late answer to an earlier text', async () => {
    const waiting: ((answer: Result<TokenView>) => void)[] = []
    const { bridge } = createFakeBridge({
      'tokens:inspect': () => new Promise((resolve) => waiting.push(resolve)),
    })
    const store = createBenchStore(bridge)
    const first = store.getState().inspect('one')
    const second = store.getState().inspect('two')
    waiting[1]?.(ok(jwt(0, { algorithm: 'second' })))
    waiting[0]?.(ok(jwt(0, { algorithm: 'first' })))
    await Promise.all([first, second])
    expect(store.getState().token).toMatchObject({ algorithm: 'second' })
  })
  it('asks nothing of an empty text and clears', async () => {
    const { bridge, calls } = createFakeBridge()
    const store = createBenchStore(bridge)
    await store.getState().inspect('   ')
    expect(calls).toEqual([])
    await store.getState().inspect('x')
    expect(store.getState().failure?.code).toBe('not_answered')
    store.getState().clear()
    expect(store.getState()).toMatchObject({ text: '', token: null, failure: null })
  })
})
