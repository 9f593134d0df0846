import { createStore } from 'zustand/vanilla'
import type { TokenComparison } from '@contract/tokens/bench.ts'
import type { Failure } from '@contract/result.ts'
import {
  keepCompared,
  readCompared,
  readOrigin,
  type ComparedTokens,
} from '../../../lib/tabs/compared-tokens.ts'
import { featureStore, type Workspace } from '../../../lib/workspace.ts'

export type CompareSide = keyof ComparedTokens

interface Pasted {
  text: string
  pick: number
}

const nothing: Pasted = { text: '', pick: 0 }

interface CompareState {
  /** Where each token comes from, as `tokenOrigin` names it; empty where it is pasted. */
  from: ComparedTokens
  /** What was pasted on each side, and which of the tokens in it is meant; never kept. */
  texts: Record<CompareSide, Pasted>
  comparison: TokenComparison | null
  failure: Failure | null
  choose: (side: CompareSide, origin: string) => void
  paste: (side: CompareSide, text: string) => void
  /** Puts a token that is read beside the other one. */
  take: (pasted: Pasted) => void
  swap: () => void
}

export function createCompareStore({ bridge, unsaved }: Pick<Workspace, 'bridge' | 'unsaved'>) {
  const store = createStore<CompareState>()((set, get) => {
    function change(part: Partial<Pick<CompareState, 'from' | 'texts'>>): void {
      set(part)
      keepCompared({ unsaved }, get().from)
      void ask()
    }
    return {
      from: readCompared({ unsaved }),
      texts: { one: nothing, other: nothing },
      comparison: null,
      failure: null,
      choose: (side, origin) => change({ from: { ...get().from, [side]: origin } }),
      paste: (side, text) => change({ texts: { ...get().texts, [side]: { text, pick: 0 } } }),
      take: (pasted) => {
        const { from, texts } = get()
        change({ from: { ...from, one: '' }, texts: { ...texts, one: pasted } })
      },
      swap: () => {
        const { from, texts } = get()
        change({
          from: { one: from.other, other: from.one },
          texts: { one: texts.other, other: texts.one },
        })
      },
    }
  })
  const { getState: get, setState: set } = store

  /** Compares what is there now; a response to what was there before is dropped. */
  async function ask(): Promise<void> {
    const { from, texts } = get()
    const [one, other] = [sourceOf(from.one, texts.one), sourceOf(from.other, texts.other)]
    if (one === undefined || other === undefined) return set({ comparison: null, failure: null })
    const answer = await bridge.call['tokens:compare']({ one, other })
    if (get().from !== from || get().texts !== texts) return
    set(answer.ok ? { comparison: answer.value, failure: null } : { comparison: null, failure: answer.error })
  }
  unsaved.subscribe(() => {
    const from = readCompared({ unsaved })
    const before = get().from
    if (from.one === before.one && from.other === before.other) return
    set({ from })
    void ask()
  })
  bridge.on('changed', ({ area }) => {
    const { from } = get()
    if ((area === 'accounts' || area === 'pins') && (from.one !== '' || from.other !== '')) void ask()
  })
  void ask()
  return store
}

export const comparer = featureStore(createCompareStore)

function sourceOf(origin: string, pasted: Pasted) {
  if (origin !== '') return readOrigin(origin)
  return pasted.text.trim() === '' ? undefined : pasted
}
