import { describe, expect, it, vi } from 'vitest'
import { describeFlow, headOf, summariseFlow } from '../../../../src/main/domain/flow/describe-flow.ts'
import type { FlowView } from '../../../../src/preload/contract/flows.ts'
import { fail, ok } from '../../../../src/preload/contract/result.ts'
import { drawFlow } from '../../../../src/renderer/src/features/flows/layout.ts'
import { createFlowsStore, firstChoice } from '../../../../src/renderer/src/features/flows/store.ts'
import { createFakeBridge } from '../../../support/fake-bridge.ts'
import { flowRecord, signInSteps, tokenExchange } from '../../domain/flow/sample.ts'

const view = describeFlow(flowRecord())

describe('drawFlow', () => {
  it.each([340, 604, 620, 1_400])('keeps everything inside a width of %i', (width) => {
    const drawing = drawFlow(view, width)
    expect(drawing.rows).toHaveLength(view.messages.length)
    for (const { from, to, label, top, height, arrow } of drawing.rows) {
      for (const x of [from, to, label.x]) expect(x).toBeGreaterThan(0)
      expect(Math.max(from, to)).toBeLessThan(width)
      expect(arrow).toBeGreaterThan(top)
      expect(arrow).toBeLessThanOrEqual(top + height)
    }
  })
  it('lets no two rows overlap, with checks and failures in them', () => {
    const checks = Array.from({ length: 14 }, (_each, index) => ({
      id: `${index}`,
      label: `Check number ${index}`,
      state: 'valid' as const,
      detail: '',
    }))
    const steps = [
      ...signInSteps,
      { kind: 'checks' as const, at: 1, title: 'Checks', checks },
      tokenExchange(),
    ]
    const failed = flowRecord({ steps, outcome: 'failed', failure: { code: 'x', message: '' } })
    const { rows, height } = drawFlow(describeFlow(failed), 604)
    rows.reduce((end, row) => {
      expect(row.top).toBeGreaterThanOrEqual(end)
      for (const { y } of row.checks) expect(y).toBeLessThanOrEqual(row.top + row.height)
      if (row.failure) expect(row.failure.y).toBeLessThan(row.top + row.height)
      return row.top + row.height
    }, 0)
    expect(rows.find(({ message }) => message.checks.length === 14)?.checks.length).toBeGreaterThan(2)
    expect(height).toBeGreaterThan(rows.at(-1)?.top ?? Infinity)
  })
  it('draws from the one who speaks to the one who is told', () => {
    const { rows, lanes } = drawFlow(view, 620)
    const [app, browser, provider] = lanes.map(({ x }) => x)
    expect(rows.map(({ from, to }) => [from, to])).toEqual([
      [app, browser],
      [browser, provider],
      [browser, app],
      [app, provider],
      [provider, app],
      [app, app],
    ])
  })
  it('stands a single party without dividing by nothing', () => {
    const alone = { parties: view.parties.slice(0, 1), messages: view.messages.slice(-1) }
    expect(JSON.stringify(drawFlow(alone, 400))).not.toContain('null')
  })
})

describe('the store of flows', () => {
  const world = (get: () => FlowView = () => view) => {
    const fake = createFakeBridge({
      'flows:list': async () => ok([summariseFlow(headOf(flowRecord()))]),
      'flows:get': async ({ id }) => (id === view.id ? ok(get()) : fail('flow_unknown', 'Gone.')),
    })
    return { fake, store: createFlowsStore(fake.bridge) }
  }

  it('shows a flow at the answer of the browser, or where it failed', async () => {
    const { store } = world()
    await store.getState().show(view.id)
    expect(store.getState().chosen[view.id]).toBe(2)
    const failed = flowRecord({ outcome: 'failed', failure: { code: 'x', message: '' } })
    expect(firstChoice(describeFlow(failed))).toBe(5)
  })
  it('reads lists and open flows anew when they change, and keeps the choice', async () => {
    let title = 'Sign in · Playground'
    const { store, fake } = world(() => ({ ...view, title }))
    await store.getState().show(view.id)
    store.getState().choose(view.id, 4)
    title = 'Sign in · alice'
    fake.push('changed', { area: 'flows' })
    await vi.waitFor(() => expect(store.getState().views[view.id]?.title).toBe(title))
    expect(store.getState().chosen[view.id]).toBe(4)
    expect(store.getState().flows).toHaveLength(1)
  })
  it('says of a flow that is gone why it shows nothing', async () => {
    const { store } = world()
    await store.getState().show('other')
    expect(store.getState().failures['other']).toMatchObject({ code: 'flow_unknown' })
    expect(store.getState().views['other']).toBeUndefined()
  })
})
