import { createStore } from 'zustand/vanilla'
import type { Failure } from '@contract/result.ts'
import type { TokenView } from '@contract/tokens.ts'
import type { AppBridge } from '../../lib/bridge.ts'
import { featureStore } from '../../lib/workspace.ts'

export interface BenchState {
  text: string
  token: TokenView | null
  failure: Failure | null
  /** Decodes what was pasted; a late answer to an earlier text is dropped. */
  inspect: (text: string) => Promise<void>
  clear: () => void
}

/** `Authorization: Bearer …` and quotes round a token are no part of it. */
export const bareToken = (text: string): string =>
  text
    .trim()
    .replace(/^authorization\s*:\s*/i, '')
    .replace(/^bearer\s+/i, '')
    .replace(/^(["'])(.*)\1$/s, '$2')
    .trim()

export const createBenchStore = (bridge: AppBridge) =>
  createStore<BenchState>()((set, get) => ({
    text: '',
    token: null,
    failure: null,
    inspect: async (text) => {
      set({ text })
      const token = bareToken(text)
      if (token === '') {
        set({ token: null, failure: null })
        return
      }
      const answer = await bridge.call['tokens:inspect']({ text: token })
      if (get().text !== text) return
      set(answer.ok ? { token: answer.value, failure: null } : { token: null, failure: answer.error })
    },
    clear: () => set({ text: '', token: null, failure: null }),
  }))

export const bench = featureStore((workspace) => createBenchStore(workspace.bridge))
