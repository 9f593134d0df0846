import { defined } from '@contract/defined'
import { createStore } from 'zustand/vanilla'
import type { JwtKind } from '@contract/tables/jwt-kinds.ts'
import type { Failure } from '@contract/result.ts'
import type { BenchView, KeyDraft, TokenView } from '@contract/tokens.ts'
import type { AppBridge } from '../../lib/bridge.ts'
import { featureStore } from '../../lib/workspace.ts'

/** What a token was compared with, and whether its provider was asked for its keys. */
interface Compared {
  connectionId: string
  withKeys: boolean
}

export const noKey: KeyDraft = { text: '', encoding: 'text', algorithm: '' }

export interface BenchState {
  /** Whether a token is read or made. */
  task: 'read' | 'make'
  text: string
  token: TokenView | null
  /** The tokens in the text, and which of them is shown. */
  found: BenchView['found']
  pick: number
  disclosures: BenchView['disclosures']
  /** The kind that the user chose; recognised where it is null. */
  kind: JwtKind | null
  /** The key to check with, as typed; never kept. */
  key: KeyDraft
  keyView: NonNullable<BenchView['key']> | null
  keyTrouble: Failure | null
  /** Connections whose provider the token names. */
  connections: BenchView['connections']
  compared: Compared | null
  /** What is being asked for at the moment. */
  busy: 'paste' | 'compare' | 'keys' | null
  failure: Failure | null
  show: (task: BenchState['task']) => void
  /** Decodes what was pasted; a late answer to an earlier text is dropped. */
  inspect: (text: string) => Promise<void>
  /** Shows another of the tokens in the text. */
  choose: (pick: number) => Promise<void>
  /** Judges it by the rules of this kind; null lets it be recognised again. */
  judgeAs: (kind: JwtKind | null) => Promise<void>
  /** Checks the signature with this key; an empty text takes it away. */
  verifyWith: (key: KeyDraft) => Promise<void>
  /** Judges the token by what a connection expects. */
  compare: (by: Compared) => Promise<void>
  /** Takes the clipboard's text. */
  paste: () => Promise<void>
  clear: () => void
}

const nothing = {
  token: null,
  found: [],
  pick: 0,
  disclosures: [],
  kind: null,
  keyView: null,
  keyTrouble: null,
  connections: [],
  compared: null,
  busy: null,
  failure: null,
} satisfies Partial<BenchState>

/** A key as it crosses the bridge: what was not chosen is left out. */
export function keyInput({ text, encoding, algorithm }: KeyDraft) {
  return { text, encoding, ...defined({ algorithm: algorithm === '' ? undefined : algorithm }) }
}

export function createBenchStore(bridge: AppBridge) {
  return createStore<BenchState>()((set, get) => {
    /** Asks again with all that is chosen now; an answer to what was chosen before is dropped. */
    async function ask(): Promise<void> {
      const { text, pick, kind, key, compared } = get()
      const answer = await bridge.call['tokens:inspect']({
        text,
        ...defined({
          pick: pick === 0 ? undefined : pick,
          kind: kind === null ? undefined : kind,
          key: key.text === '' ? undefined : keyInput(key),
        }),
        ...compared,
      })
      const now = get()
      if (
        now.text !== text ||
        now.pick !== pick ||
        now.kind !== kind ||
        now.key !== key ||
        now.compared !== compared
      )
        return
      set({
        busy: null,
        ...(answer.ok
          ? {
              token: answer.value.token,
              connections: answer.value.connections,
              found: answer.value.found,
              disclosures: answer.value.disclosures,
              keyView: answer.value.key ?? null,
              keyTrouble: answer.value.keyTrouble ?? null,
              failure: null,
            }
          : { failure: answer.error, compared: null }),
      })
    }
    return {
      task: 'read',
      text: '',
      key: noKey,
      ...nothing,
      show: (task) => set({ task }),
      inspect: async (text) => {
        if (text.trim() === '') set({ text, ...nothing })
        else {
          set({ text, pick: 0, kind: null, compared: null, busy: null })
          await ask()
        }
      },
      choose: async (pick) => {
        set({ pick, kind: null, compared: null })
        await ask()
      },
      judgeAs: async (kind) => {
        set({ kind })
        await ask()
      },
      verifyWith: async (key) => {
        set({ key })
        if (get().text.trim() !== '') await ask()
      },
      compare: async (compared) => {
        set({ busy: compared.withKeys ? 'keys' : 'compare', compared })
        await ask()
      },
      paste: async () => {
        set({ busy: 'paste' })
        const answer = await bridge.call['tokens:paste']({})
        set({ busy: null })
        if (answer.ok) await get().inspect(answer.value.text)
        else set({ failure: answer.error })
      },
      clear: () => set({ text: '', key: noKey, ...nothing }),
    }
  })
}

export const bench = featureStore((workspace) => createBenchStore(workspace.bridge))
