import { createStore } from 'zustand/vanilla'
import type { PinView } from '@contract/tokens/bench.ts'
import type { Failure } from '@contract/result.ts'
import type { TokenKind, TokenView } from '@contract/tokens/tokens.ts'
import { longestPinName } from '@contract/words.ts'
import { hostOf } from '../../../lib/format.ts'
import { featureStore, type Workspace } from '../../../lib/workspace.ts'

/** What is pinned: a token in a text, or one of an account. */
type Pinned = { text: string; pick?: number } | { accountId: string; kind: TokenKind }

interface PinState {
  /** Null until they have been read. */
  pins: PinView[] | null
  load: () => Promise<void>
  pin: (name: string, token: Pinned) => Promise<void>
  /** The text of one, or null where it cannot be had. */
  read: (id: string) => Promise<string | null>
  rename: (id: string, name: string) => Promise<void>
  remove: (id: string) => Promise<void>
}

export function createPinStore({ bridge, toasts }: Pick<Workspace, 'bridge' | 'toasts'>) {
  return createStore<PinState>()((set, get) => {
    const fail = (error: Failure): void => toasts.getState().fail(error)
    bridge.on('changed', ({ area }) => {
      if (area === 'pins' && get().pins !== null) void get().load()
    })
    return {
      pins: null,
      load: async () => {
        const answer = await bridge.call['pins:list']({})
        if (answer.ok) set({ pins: answer.value })
        else fail(answer.error)
      },
      pin: async (name, token) => {
        const answer = await bridge.call['pins:add']({ name, token })
        if (answer.ok) toasts.getState().show(`Pinned as “${name}”, encrypted in the vault.`, 'ok')
        else fail(answer.error)
      },
      read: async (id) => {
        const answer = await bridge.call['pins:read']({ id })
        if (!answer.ok) fail(answer.error)
        return answer.ok ? answer.value.text : null
      },
      rename: async (id, name) => {
        const answer = await bridge.call['pins:rename']({ id, name })
        if (!answer.ok) fail(answer.error)
      },
      remove: async (id) => {
        const answer = await bridge.call['pins:remove']({ id })
        if (!answer.ok) fail(answer.error)
      },
    }
  })
}

export const pinned = featureStore(createPinStore)

/** What a token is called until it is renamed: what it is, of whom, and who issued it. */
export function pinName(token: TokenView): string {
  const claims = 'claims' in token ? (token.claims ?? []) : []
  const claim = (name: string): string => claims.find((each) => each.name === name)?.text ?? ''
  const parts = [token.verdict.what, claim('preferred_username') || claim('sub'), hostOf(claim('iss'))]
  return parts
    .filter((part) => part !== '')
    .join(' · ')
    .slice(0, longestPinName)
}
