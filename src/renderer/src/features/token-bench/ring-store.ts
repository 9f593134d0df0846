import { createStore } from 'zustand/vanilla'
import type { RingKeyView, RingView } from '@contract/tokens/keys.ts'
import type { Failure } from '@contract/result.ts'
import { ringKeyForms, type RingKeyForm, type RingKeyTypeName } from '@contract/tables/ring-key-types.ts'
import type { KeyDraft } from '@contract/tokens/tokens.ts'
import { featureStore, type Workspace } from '../../lib/workspace.ts'

interface RingState {
  /** Null until it has been read. */
  ring: RingView | null
  failure: Failure | null
  busy: boolean
  load: () => Promise<void>
  make: (name: string, type: RingKeyTypeName) => Promise<boolean>
  take: (name: string, key: KeyDraft) => Promise<boolean>
  rename: (id: string, name: string) => Promise<void>
  remove: (id: string) => Promise<void>
  copy: (key: RingKeyView, form: RingKeyForm) => Promise<void>
  serve: (on: boolean) => Promise<void>
}

function createRingStore({ bridge, toasts }: Pick<Workspace, 'bridge' | 'toasts'>) {
  return createStore<RingState>()((set, get) => {
    const fail = (error: Failure): void => toasts.getState().fail(error)
    bridge.on('changed', ({ area }) => {
      if (area === 'keys' && get().ring !== null) void get().load()
    })
    async function add(work: () => Promise<{ ok: true } | { ok: false; error: Failure }>): Promise<boolean> {
      set({ busy: true, failure: null })
      const answer = await work()
      set({ busy: false, failure: answer.ok ? null : answer.error })
      return answer.ok
    }
    return {
      ring: null,
      failure: null,
      busy: false,
      load: async () => {
        const answer = await bridge.call['keys:list']({})
        if (answer.ok) set({ ring: answer.value })
        else fail(answer.error)
      },
      make: (name, type) => add(() => bridge.call['keys:make']({ name, type })),
      take: (name, { text, encoding }) =>
        add(() => bridge.call['keys:import']({ name, key: { text, encoding } })),
      rename: async (id, name) => {
        const answer = await bridge.call['keys:rename']({ id, name })
        if (!answer.ok) fail(answer.error)
      },
      remove: async (id) => {
        const answer = await bridge.call['keys:remove']({ id })
        if (!answer.ok) fail(answer.error)
      },
      copy: async ({ id, name }, form) => {
        const answer = await bridge.call['keys:copy']({ id, form })
        if (!answer.ok) return fail(answer.error)
        const { clearAfterSeconds } = answer.value
        const until =
          clearAfterSeconds === undefined ? '' : ` The clipboard is cleared in ${clearAfterSeconds} s.`
        toasts.getState().show(`${ringKeyForms[form].label} of ${name} copied.${until}`)
      },
      serve: async (on) => {
        const answer = await bridge.call['keys:serve']({ on })
        if (answer.ok) await get().load()
        else fail(answer.error)
      },
    }
  })
}

export const ring = featureStore(createRingStore)
