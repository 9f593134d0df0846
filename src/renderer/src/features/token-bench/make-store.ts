import { createStore } from 'zustand/vanilla'
import type { Failure } from '@contract/result.ts'
import { tokenTemplates } from '@contract/tables/token-templates.ts'
import type { KeyDraft } from '@contract/tokens.ts'
import type { AppBridge } from '../../lib/bridge.ts'
import { featureStore } from '../../lib/workspace.ts'
import { keyInput, noKey } from './store.ts'

interface MakeState {
  /** The template that it began with. */
  template: string
  header: string
  payload: string
  key: KeyDraft
  /** The signed token; empty as soon as anything is changed. */
  made: string
  failure: Failure | null
  busy: boolean
  begin: (template: string) => void
  change: (part: Partial<Pick<MakeState, 'header' | 'payload' | 'key'>>) => void
  sign: () => Promise<void>
}

const [first] = tokenTemplates

function createMakeStore(bridge: AppBridge) {
  return createStore<MakeState>()((set, get) => ({
    template: first?.id ?? '',
    header: first?.header ?? '{}',
    payload: first?.payload ?? '{}',
    key: noKey,
    made: '',
    failure: null,
    busy: false,
    begin: (id) => {
      const template = tokenTemplates.find((each) => each.id === id)
      if (template)
        set({ template: id, header: template.header, payload: template.payload, made: '', failure: null })
    },
    change: (part) => set({ ...part, made: '', failure: null }),
    sign: async () => {
      const { header, payload, key } = get()
      set({ busy: true })
      const answer = await bridge.call['tokens:make']({ header, payload, key: keyInput(key) })
      const now = get()
      set({ busy: false })
      if (now.header !== header || now.payload !== payload || now.key !== key) return
      set(answer.ok ? { made: answer.value.text, failure: null } : { made: '', failure: answer.error })
    },
  }))
}

export const maker = featureStore((workspace) => createMakeStore(workspace.bridge))
