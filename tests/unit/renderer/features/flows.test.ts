import { describe, expect, it, vi } from 'vitest'
import { describeFlow, headOf, summariseFlow } from '../../../../src/core/flow/describe-flow.ts'
import type { FlowView } from '../../../../src/core/contract/flows.ts'
import { fail, ok } from '../../../../src/core/contract/result.ts'
import { drawFlow } from '../../../../src/renderer/src/features/flows/layout.ts'
import { comparisonTitle } from '../../../../src/renderer/src/features/flows/actions.ts'
import {
  createFlowsStore,
  firstChoice,
  shownFlows,
} from '../../../../src/renderer/src/features/flows/store.ts'
import { createFakeBridge } from '../../../support/fake-bridge.ts'
import { flowRecord, signInSteps, tokenExchange } from '../../core/flow/sample.ts'

const view = describeFlow(flowRecord())

describe('drawFlow', () => {
  it.each([340, 604, 620, 1_400])('keeps everything inside a width of %i', (width) => {
    const drawing = drawFlow(view, width)
    expect(drawing.rows).toHaveLength(view.messages.length)
    for (const { from, to, label, top, height, arrow } of drawing.rows) {
      for (const x of [from, to, ...label.map((line) => line.x)]) expect(x).toBeGreaterThan(0)
      expect(Math.max(from, to)).toBeLessThan(width)
      expect(arrow).toBeGreaterThan(top)
      expect(arrow).toBeLessThanOrEqual(top + height)
    }
  })
  it('keeps a label above its arrow, its parameters on a line of their own', () => {
    const { rows } = drawFlow(view, 520)
    expect(rows[0]?.label.map(({ text }) => text)).toEqual(['1 open system browser', 'code_challenge'])
    const near = view.messages.map((each) => ({ ...each, to: each.answer ? 'browser' : each.to }) as const)
    const answer = drawFlow({ ...view, messages: near }, 520).rows.find(({ message }) => message.answer)
    expect(answer?.label.map(({ text }) => text)).toEqual(['200 · access 15 min · id', 'refresh'])
    for (const { label, from, to, top, arrow } of rows) {
      for (const { text, y } of label) {
        expect(text.length * 6.2).toBeLessThanOrEqual(Math.abs(to - from))
        expect(y).toBeGreaterThan(top)
        expect(y).toBeLessThan(arrow)
      }
    }
  })
  it('uses the height that is left over, up to a limit', () => {
    const tight = drawFlow(view, 620)
    expect(drawFlow(view, 620, tight.height - 50)).toEqual(tight)
    const wider = drawFlow(view, 620, tight.height + 60)
    expect(wider.height).toBeGreaterThan(tight.height)
    expect(wider.height).toBeLessThanOrEqual(tight.height + 60)
    expect(drawFlow(view, 620, 9_000)).toEqual(drawFlow(view, 620, 5_000))
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
  it('is a single party without dividing by nothing', () => {
    const alone = { parties: view.parties.slice(0, 1), messages: view.messages.slice(-1) }
    expect(JSON.stringify(drawFlow(alone, 400))).not.toContain('null')
  })
})

describe('comparisonTitle', () => {
  const flow = summariseFlow(headOf(flowRecord()))
  it('says once what both begin with, and tells two of the same name apart by their times', () => {
    const titled = (title: string) => comparisonTitle(flow, { ...flow, title })
    expect(titled('Sign in · Playground')).toBe('Sign in · alice / Playground')
    expect(titled('Refresh · alice')).toBe('Sign in · alice / Refresh · alice')
    expect(titled('Sign in · alice')).toMatch(/^Sign in · alice · [\d:]+ \/ [\d:]+$/)
  })
})

describe('the store of flows', () => {
  const world = (get: () => FlowView = () => view) => {
    const fake = createFakeBridge({
      'flows:list': async ({ search = '' }) =>
        ok(search === '' || 'alice'.startsWith(search) ? [summariseFlow(headOf(flowRecord()))] : []),
      'flows:get': async ({ id }) => (id === view.id ? ok(get()) : fail('flow_unknown', 'Gone.')),
    })
    return { fake, store: createFlowsStore(fake.bridge) }
  }

  it('shows a flow at the response of the browser, or where it failed', async () => {
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
  it('narrows the list by words, and leaves what else is known alone', async () => {
    const { store } = world()
    await store.getState().load()
    await store.getState().searchFor('bob')
    expect(shownFlows(store.getState())).toEqual([])
    expect(store.getState().flows).toHaveLength(1)
    // The answer for words that were typed on does not count.
    await Promise.all([store.getState().searchFor('b'), store.getState().searchFor('al')])
    expect(shownFlows(store.getState())).toHaveLength(1)
    await store.getState().searchFor(' ')
    expect(store.getState().found).toBeNull()
  })
  it('says of a flow that is gone why it shows nothing', async () => {
    const { store } = world()
    await store.getState().show('other')
    expect(store.getState().failures['other']).toMatchObject({ code: 'flow_unknown' })
    expect(store.getState().views['other']).toBeUndefined()
  })
})
