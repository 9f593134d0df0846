import { defined } from '@contract/defined'
import { createStore } from 'zustand/vanilla'
import type { AccountAction, ProviderAnswer } from '@contract/account-actions.ts'
import type { AccountView } from '@contract/accounts.ts'
import type { Failure } from '@contract/result.ts'
import type { TokenKind } from '@contract/tokens/tokens.ts'
import type { AppBridge } from '../../lib/bridge.ts'
import { featureStore } from '../../lib/workspace.ts'

export interface AccountPage {
  view?: AccountView
  failure?: Failure
  loading: boolean
  refreshing: boolean
  /** What the provider is being asked. */
  acting?: AskedAction
  /** What it answered last. */
  answer?: ProviderAnswer
}

/** A logout that waits for the browser to come back. */
export interface LeavingAccount {
  since: number
  /** Whether the way back could be on loopback instead. */
  loopback: boolean
}

type AskedAction = Exclude<AccountAction, 'log-out'>

export interface AccountsState {
  pages: Record<string, AccountPage>
  /** Token texts that the user asked to see, by `accountId:kind`; each is dropped after a while. */
  revealed: Record<string, string>
  /** Accounts whose logout waits for the browser. */
  leaving: Record<string, LeavingAccount>
  load: (id: string) => Promise<void>
  refresh: (id: string) => Promise<Failure | null>
  act: (id: string, action: AskedAction) => Promise<Failure | null>
  /** With `loopback` the way back is taken there, now and from now on. */
  logOut: (id: string, how: { wayBack: boolean; loopback?: boolean }) => Promise<Failure | null>
  /** Waits for no logout of this account anymore. */
  stay: (id: string) => void
  /** The user's word that both are one person: the second keeps its place, with the tokens of the first. */
  samePerson: (id: string, as: string) => Promise<Failure | null>
  remove: (id: string) => Promise<Failure | null>
  reveal: (id: string, kind: TokenKind) => Promise<Failure | null>
  hide: (id: string) => void
  copy: (id: string, kind: TokenKind) => Promise<Failure | number>
}

const blank: AccountPage = { loading: false, refreshing: false }

/** `later` runs something after a number of milliseconds. */
export function createAccountsStore(
  bridge: AppBridge,
  later: (run: () => void, milliseconds: number) => void = (run, milliseconds) =>
    setTimeout(run, milliseconds),
  now: () => number = () => Date.now(),
) {
  return createStore<AccountsState>()((set, get) => {
    const change = (id: string, part: Partial<AccountPage>): void =>
      set({ pages: { ...get().pages, [id]: { ...(get().pages[id] ?? blank), ...part } } })
    const drop = (gone: (key: string) => boolean): void =>
      set({ revealed: Object.fromEntries(Object.entries(get().revealed).filter(([key]) => !gone(key))) })

    function stay(id: string): void {
      const { [id]: _ended, ...leaving } = get().leaving
      set({ leaving })
    }
    bridge.on('log-out:ended', ({ accountId }) => {
      if (accountId !== undefined) stay(accountId)
    })
    bridge.on('changed', ({ area }) => {
      if (area === 'accounts') for (const id of Object.keys(get().pages)) void get().load(id)
    })

    return {
      pages: {},
      revealed: {},
      leaving: {},
      stay,
      load: async (id) => {
        change(id, { loading: true })
        const answer = await bridge.call['accounts:get']({ id })
        // A failed reading leaves what was shown before.
        change(
          id,
          answer.ok
            ? { loading: false, view: answer.value, failure: undefined }
            : { loading: false, failure: answer.error },
        )
      },
      refresh: async (id) => {
        change(id, { refreshing: true })
        const answer = await bridge.call['accounts:refresh']({ id })
        change(id, { refreshing: false })
        await get().load(id)
        return answer.ok ? null : answer.error
      },
      act: async (id, action) => {
        change(id, { acting: action })
        const answer = await bridge.call[`accounts:${action}`]({ id })
        change(id, { acting: undefined, ...defined({ answer: answer.ok ? answer.value : undefined }) })
        return answer.ok ? null : answer.error
      },
      logOut: async (id, how) => {
        const answer = await bridge.call['accounts:log-out']({ id, ...how })
        if (!answer.ok) return answer.error
        const { expiresAt, loopback = false } = answer.value
        if (expiresAt === undefined) stay(id)
        else set({ leaving: { ...get().leaving, [id]: { since: now(), loopback } } })
        return null
      },
      samePerson: async (id, as) => {
        const answer = await bridge.call['accounts:same-person']({ id, as })
        if (!answer.ok) return answer.error
        drop((key) => key.startsWith(`${id}:`) || key.startsWith(`${as}:`))
        const { [id]: _gone, ...pages } = get().pages
        set({ pages })
        return null
      },
      remove: async (id) => {
        const answer = await bridge.call['accounts:remove']({ id })
        if (!answer.ok) return answer.error
        drop((key) => key.startsWith(`${id}:`))
        stay(id)
        const { [id]: _gone, ...pages } = get().pages
        set({ pages })
        return null
      },
      reveal: async (id, kind) => {
        const answer = await bridge.call['tokens:reveal']({ accountId: id, kind })
        if (!answer.ok) return answer.error
        const key = `${id}:${kind}`
        const { text, hideAfterSeconds } = answer.value
        set({ revealed: { ...get().revealed, [key]: text } })
        later(() => drop((one) => one === key), hideAfterSeconds * 1000)
        return null
      },
      hide: (id) => drop((key) => key.startsWith(`${id}:`)),
      copy: async (id, kind) => {
        const answer = await bridge.call['tokens:copy']({ accountId: id, kind })
        return answer.ok ? answer.value.clearAfterSeconds : answer.error
      },
    }
  })
}

export const accounts = featureStore((workspace) => createAccountsStore(workspace.bridge))
