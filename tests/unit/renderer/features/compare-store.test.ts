import { describe, expect, it } from 'vitest'
import type { TokenComparison } from '../../../../src/core/contract/tokens/bench.ts'
import { ok, type Result } from '../../../../src/core/contract/result.ts'
import { createCompareStore } from '../../../../src/renderer/src/features/token-bench/compare/compare-store.ts'
import { livesScale } from '../../../../src/renderer/src/features/token-bench/compare/lives-scale.ts'
import { bench } from '../../../../src/renderer/src/features/token-bench/store.ts'
import {
  compareToken,
  readCompared,
  tokenOrigin,
} from '../../../../src/renderer/src/lib/tabs/compared-tokens.ts'
import { createWorkspace } from '../../../../src/renderer/src/lib/workspace.ts'
import { createFakeBridge } from '../../../support/fake-bridge.ts'

const side = { what: 'Plain JWT', format: 'jwt', size: 1, life: {} } as const
const none = { changes: [], same: [] }
const comparison = (says: string): TokenComparison => ({
  sides: [side, side],
  says: [says],
  header: none,
  claims: none,
})
const settle = () => new Promise((resolve) => setTimeout(resolve))

function world() {
  const fake = createFakeBridge({ 'tokens:compare': async () => ok(comparison('compared')) })
  return { ...fake, workspace: createWorkspace(fake.bridge) }
}

describe('comparing two tokens', () => {
  it('asks when there are two, and again when one is swapped', async () => {
    const { workspace, calls } = world()
    const store = createCompareStore(workspace)
    store.getState().paste('one', 'a token')
    expect(calls).toEqual([])
    store.getState().choose('other', tokenOrigin('x', 'id'))
    store.getState().swap()
    await settle()
    expect(calls.map(({ input }) => input)).toEqual([
      { one: { text: 'a token', pick: 0 }, other: { accountId: 'x', kind: 'id' } },
      { one: { accountId: 'x', kind: 'id' }, other: { text: 'a token', pick: 0 } },
    ])
    expect(store.getState().comparison?.says).toEqual(['compared'])
  })

  it('drops a late response to what was there before', async () => {
    const waiting: ((answer: Result<TokenComparison>) => void)[] = []
    const { bridge } = createFakeBridge({
      'tokens:compare': () => new Promise((resolve) => waiting.push(resolve)),
    })
    const store = createCompareStore(createWorkspace(bridge))
    store.getState().paste('one', 'a')
    store.getState().paste('other', 'b')
    store.getState().paste('other', 'c')
    waiting[1]?.(ok(comparison('second')))
    waiting[0]?.(ok(comparison('first')))
    await settle()
    expect(store.getState().comparison?.says).toEqual(['second'])
    store.getState().paste('other', ' ')
    expect(store.getState().comparison).toBeNull()
  })

  it('keeps whose tokens they are, never a text, and compares them again as they change', async () => {
    const { workspace, calls, push } = world()
    const store = createCompareStore(workspace)
    store.getState().take({ text: 'a token', pick: 2 })
    store.getState().choose('other', tokenOrigin('x', 'access'))
    expect(JSON.stringify(workspace.unsaved.getState().forms)).not.toContain('a token')
    expect(createCompareStore(workspace).getState().from).toEqual({ one: '', other: 'account:x:access' })
    const before = calls.filter(({ name }) => name === 'tokens:compare').length
    push('changed', { area: 'accounts' })
    await settle()
    expect(calls.filter(({ name }) => name === 'tokens:compare').length).toBe(before + 1)
  })

  it('takes tokens from another room: the first, then one beside it', () => {
    const { workspace } = world()
    const store = createCompareStore(workspace)
    const task = bench.of(workspace)
    compareToken(workspace, 'account:x:access')
    expect(readCompared(workspace)).toEqual({ one: 'account:x:access', other: '' })
    expect(task.getState().task).toBe('compare')
    expect(workspace.tabs.getState().activeId).toBe('token-bench')
    compareToken(workspace, 'account:y:access')
    expect(store.getState().from).toEqual({ one: 'account:x:access', other: 'account:y:access' })
    compareToken(workspace, 'account:z:id')
    expect(store.getState().from).toEqual({ one: 'account:z:id', other: 'account:y:access' })
  })
})

describe('lives on one line of time', () => {
  const minute = 60_000
  it('have their places by one measure', () => {
    const { bars, now, outside } = livesScale(
      [
        { issuedAt: 0, expiresAt: 10 * minute },
        { issuedAt: 5 * minute, expiresAt: 20 * minute },
      ],
      10 * minute,
    )
    expect(bars).toEqual([
      { from: 6, to: 50, open: false },
      { from: 28, to: 94, open: false },
    ])
    expect([now, outside]).toEqual([50, null])
  })
  it('leave room for now, and say where it is when it is far away', () => {
    const life = { issuedAt: 100 * minute, expiresAt: 120 * minute }
    expect(livesScale([life], 125 * minute)).toMatchObject({ now: 94, outside: null })
    expect(livesScale([life], 9_000 * minute)).toMatchObject({ now: 100, outside: 'after' })
    expect(livesScale([life], 0)).toMatchObject({ now: 0, outside: 'before' })
  })
  it('may have no end, no beginning or neither', () => {
    const { bars } = livesScale([{ issuedAt: 0 }, { expiresAt: minute }, {}], 0)
    expect(bars).toEqual([{ from: 6, to: 100, open: true }, { from: 6, to: 94, open: false }, null])
    expect(livesScale([{}], 0).bars).toEqual([null])
    expect(livesScale([{ issuedAt: 0 }], 30 * minute)).toMatchObject({ now: 50 })
  })
})
