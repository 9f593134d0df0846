import { createStore } from 'zustand/vanilla'
import type { KnownName } from '@contract/tokens/bench.ts'
import type { Failure } from '@contract/result.ts'
import { tokenTemplates } from '@contract/tables/token-templates.ts'
import type { ContentEncryption, TokenForm } from '@contract/tables/token-forms.ts'
import type { KeyDraft } from '@contract/tokens/tokens.ts'
import { featureStore, type Workspace } from '../../lib/workspace.ts'
import { isGiven, keyInput, noKey } from './bench-input.ts'

interface MakeState {
  /** The template that it began with. */
  template: string
  header: string
  payload: string
  key: KeyDraft
  form: TokenForm
  /** Whether it is encrypted, to whose key and how. */
  encrypts: boolean
  recipient: KeyDraft
  enc: ContentEncryption
  /** Names of claims that the holder may keep back, with commas or blanks between them. */
  disclosable: string
  /** The signed token; empty as soon as anything is changed. */
  made: string
  failure: Failure | null
  busy: boolean
  /** What may be completed in payload and header; empty until it has come. */
  names: { claims: KnownName[]; header: KnownName[] }
  loadNames: () => Promise<void>
  begin: (template: string) => void
  change: (part: Partial<Pick<MakeState, MakeInput>>) => void
  /** Takes header and payload of a token that is read; whether that could be done. */
  beginFrom: (text: string, pick: number) => Promise<boolean>
  sign: () => Promise<void>
}

/** What a token is made of; a change of any makes the one made before untrue. */
const inputs = ['header', 'payload', 'key', 'form', 'encrypts', 'recipient', 'enc', 'disclosable'] as const
type MakeInput = (typeof inputs)[number]

const [first] = tokenTemplates

/** What was typed, kept with the tabs; a key never is. */
interface Typed {
  template: string
  header: string
  payload: string
}

const keptAs = 'made-token'

export function createMakeStore({
  bridge,
  unsaved,
  toasts,
}: Pick<Workspace, 'bridge' | 'unsaved' | 'toasts'>) {
  const kept = unsaved.getState().forms[keptAs]

  const store = createStore<MakeState>()((set, get) => ({
    template: first?.id ?? '',
    header: first?.header ?? '{}',
    payload: first?.payload ?? '{}',
    ...(isTyped(kept) && kept),
    key: noKey,
    form: 'compact',
    encrypts: false,
    recipient: noKey,
    enc: 'A256GCM',
    disclosable: '',
    made: '',
    failure: null,
    busy: false,
    names: { claims: [], header: [] },
    loadNames: async () => {
      if (get().names.claims.length > 0) return
      const answer = await bridge.call['tokens:names']({})
      if (answer.ok) set({ names: answer.value })
    },
    begin: (id) => {
      const template = tokenTemplates.find((each) => each.id === id)
      if (!template) return
      const before = typedIn(get())
      if (isChanged(before))
        toasts.getState().offer('Your header and payload were replaced.', {
          label: 'Undo',
          run: () => set({ ...before, made: '', failure: null }),
        })
      const { header, payload, disclosable = [] } = template
      set({ template: id, header, payload, disclosable: disclosable.join(' '), made: '', failure: null })
    },
    beginFrom: async (text, pick) => {
      const answer = await bridge.call['tokens:parts']({ text, pick })
      if (!answer.ok) {
        toasts.getState().fail(answer.error)
        return false
      }
      const before = typedIn(get())
      if (isChanged(before))
        toasts.getState().offer('Your header and payload were replaced.', {
          label: 'Undo',
          run: () => set({ ...before, made: '', failure: null }),
        })
      set({ ...answer.value, disclosable: '', made: '', failure: null })
      return true
    },
    change: (part) => set({ ...part, made: '', failure: null }),
    sign: async () => {
      const before = get()
      const { header, payload, key, form: tokenForm, encrypts, recipient, enc, disclosable } = before
      const names = disclosable.split(/[\s,]+/).filter((name) => name !== '')
      set({ busy: true })
      const answer = await bridge.call['tokens:make']({
        header,
        payload,
        form: tokenForm,
        ...(isGiven(key) && { key: keyInput(key) }),
        ...(encrypts && { encrypt: { key: keyInput(recipient), enc } }),
        ...(names.length > 0 && { disclosable: names }),
      })
      const now = get()
      set({ busy: false })
      if (inputs.some((name) => now[name] !== before[name])) return
      set(answer.ok ? { made: answer.value.text, failure: null } : { made: '', failure: answer.error })
    },
  }))
  store.subscribe((state, before) => {
    if (state.header === before.header && state.payload === before.payload) return
    const typed = typedIn(state)
    unsaved.getState().put(keptAs, isChanged(typed) ? typed : undefined)
  })
  return store
}

export const maker = featureStore(createMakeStore)

function typedIn({ template, header, payload }: Typed): Typed {
  return { template, header, payload }
}

function isChanged({ template, header, payload }: Typed): boolean {
  const made = tokenTemplates.find(({ id }) => id === template)
  return made?.header !== header || made.payload !== payload
}

function isTyped(kept: unknown): kept is Typed {
  if (typeof kept !== 'object' || kept === null) return false
  const members = new Map<string, unknown>(Object.entries(kept))
  return ['template', 'header', 'payload'].every((key) => typeof members.get(key) === 'string')
}
