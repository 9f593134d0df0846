import { describe, expect, it, vi } from 'vitest'
import { describeFlow, headOf, summariseFlow } from '../../../../src/core/flow/describe-flow.ts'
import type { FlowView } from '../../../../src/core/contract/flows.ts'
import { fail, ok } from '../../../../src/core/contract/result.ts'
import { laneOf, spokenOf, wordsOf } from '../../../../src/renderer/src/features/flows/lanes.ts'
import { comparisonTitle } from '../../../../src/renderer/src/features/flows/actions.ts'
import {
  createFlowsStore,
  firstChoice,
  shownFlows,
} from '../../../../src/renderer/src/features/flows/store.ts'
import { createFakeBridge } from '../../../support/fake-bridge.ts'
import { flowRecord } from '../../core/flow/sample.ts'

const view = describeFlow(flowRecord())

describe('the drawing of a flow', () => {
  it('goes from the one who speaks to the one who is told', () => {
    expect(view.messages.map((message) => laneOf(view, message))).toEqual([
      { lane: 0, span: 1, back: false },
      { lane: 1, span: 1, back: false },
      { lane: 0, span: 1, back: true },
      { lane: 0, span: 2, back: false },
      { lane: 0, span: 2, back: true },
      { lane: 0, span: 0, back: false },
    ])
  })
  it('is a single party without leaving its line', () => {
    const alone = { parties: view.parties.slice(0, 1), messages: view.messages.slice(-1) }
    for (const message of view.messages) expect(laneOf(alone, message)).toMatchObject({ lane: 0, span: 0 })
  })
  it('writes what is asked apart from its parameters, and an answer as a whole', () => {
    expect(view.messages.map(wordsOf).slice(0, 1)).toEqual([['1 open system browser', 'code_challenge']])
    const answer = view.messages.find((message) => message.answer && message.kind === 'token-response')
    expect(answer && wordsOf(answer)).toEqual(['200 · access 15 min · id · refresh', ''])
  })
  it('says in words what its arrow shows', () => {
    const [first, last] = [view.messages[0], view.messages.at(-1)]
    expect(first && spokenOf(view, first)).toMatch(/^Open the sign-in page .*, Gatehouse to Browser:$/)
    expect(last && spokenOf(view, last)).not.toContain(' to Gatehouse')
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
