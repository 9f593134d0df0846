import { createStore } from 'zustand/vanilla'
import type { Failure } from '@contract/result.ts'
import type { BenchView, TokenView } from '@contract/tokens.ts'
import type { AppBridge } from '../../lib/bridge.ts'
import { featureStore } from '../../lib/workspace.ts'

/** What a token was compared with, and whether its provider was asked for its keys. */
export interface Compared {
  connectionId: string
  withKeys: boolean
}

export interface BenchState {
  text: string
  token: TokenView | null
  /** Connections whose provider the token names. */
  connections: BenchView['connections']
  compared: Compared | null
  /** What is being asked for at the moment. */
  busy: 'paste' | 'compare' | 'keys' | null
  failure: Failure | null
  /** Decodes what was pasted; a late answer to an earlier text is dropped. */
  inspect: (text: string) => Promise<void>
  /** Judges the token by what a connection expects. */
  compare: (by: Compared) => Promise<void>
  /** Takes the clipboard's text. */
  paste: () => Promise<void>
  clear: () => void
}

/** `Authorization: Bearer …` and quotes round a token are no part of it. */
export function bareToken(text: string): string {
  return text
    .trim()
    .replace(/^authorization\s*:\s*/i, '')
    .replace(/^bearer\s+/i, '')
    .replace(/^(["'])(.*)\1$/s, '$2')
    .trim()
}

const nothing = {
  token: null,
  connections: [],
  compared: null,
  busy: null,
  failure: null,
} satisfies Partial<BenchState>

export function createBenchStore(bridge: AppBridge) {
  return createStore<BenchState>()((set, get) => ({
    text: '',
    ...nothing,
    inspect: async (text) => {
      set({ text })
      const token = bareToken(text)
      if (token === '') {
        set(nothing)
        return
      }
      const answer = await bridge.call['tokens:inspect']({ text: token })
      if (get().text !== text) return
      set({ ...nothing, ...(answer.ok ? answer.value : { failure: answer.error }) })
    },
    compare: async (by) => {
      const { text } = get()
      set({ busy: by.withKeys ? 'keys' : 'compare' })
      const answer = await bridge.call['tokens:inspect']({ text: bareToken(text), ...by })
      if (get().text !== text) return
      set({
        busy: null,
        ...(answer.ok ? { ...answer.value, compared: by, failure: null } : { failure: answer.error }),
      })
    },
    paste: async () => {
      set({ busy: 'paste' })
      const answer = await bridge.call['tokens:paste']({})
      set({ busy: null })
      if (answer.ok) await get().inspect(answer.value.text)
      else set({ failure: answer.error })
    },
    clear: () => set({ text: '', ...nothing }),
  }))
}

export const bench = featureStore((workspace) => createBenchStore(workspace.bridge))
