import { describe, expect, it } from 'vitest'
import { tokenTemplates } from '../../../../src/core/contract/tables/token-templates.ts'
import { createMakeStore } from '../../../../src/renderer/src/features/token-bench/make-store.ts'
import { createToasts } from '../../../../src/renderer/src/lib/toasts.ts'
import { createUnsaved } from '../../../../src/renderer/src/lib/unsaved.ts'
import { createFakeBridge } from '../../../support/fake-bridge.ts'

const world = () => ({
  bridge: createFakeBridge({}).bridge,
  unsaved: createUnsaved(),
  toasts: createToasts(),
})
const [first, second] = tokenTemplates

describe('a token that is made', () => {
  it('keeps header and payload, never the key, and takes them up again', () => {
    const around = world()
    createMakeStore(around)
      .getState()
      .change({ payload: '{"a":1}', key: { ring: '', text: 'secret', encoding: 'text', algorithm: '' } })
    expect(JSON.stringify(around.unsaved.getState().forms)).not.toContain('secret')
    const again = createMakeStore(around).getState()
    expect(again).toMatchObject({ template: first?.id, payload: '{"a":1}', key: { text: '' } })
    again.change({ payload: first?.payload ?? '' })
    expect(around.unsaved.getState().forms).toEqual({})
  })
  it('offers what a template replaced, and only where something was typed', () => {
    const around = world()
    const store = createMakeStore(around)
    store.getState().begin(second?.id ?? '')
    expect(around.toasts.getState().items).toEqual([])
    store.getState().change({ header: '{"typed":true}' })
    store.getState().begin(first?.id ?? '')
    expect(store.getState().header).toBe(first?.header)
    around.toasts.getState().items[0]?.action?.run()
    expect(store.getState()).toMatchObject({ template: second?.id, header: '{"typed":true}' })
  })
  it('begins anew where what was kept does not fit', () => {
    const around = world()
    around.unsaved.getState().put('made-token', { template: 1, header: [], payload: null })
    expect(createMakeStore(around).getState().header).toBe(first?.header)
  })
})
