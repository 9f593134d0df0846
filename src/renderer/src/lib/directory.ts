import { createStore } from 'zustand/vanilla'
import { asksForm, grantOf, isProgramAlone } from '@contract/tables/grants.ts'
import type { AccountSummary, PendingSignIn, SignInEnded } from '@contract/accounts.ts'
import type { InputOf } from '@calls/call'
import type { Calls } from '@calls/calls'
import type { ConnectionView } from '@contract/connections.ts'
import type { DirectGrantInput } from '@contract/grants.ts'
import type { EnvironmentView } from '@contract/environments.ts'
import type { Failure } from '@contract/result.ts'
import type { AppBridge } from './bridge.ts'

/** `signInId` names the sign-in and its flow, which have the same id. */
export type SignInError = NonNullable<SignInEnded['error']> & { signInId?: string }

export interface DirectoryState {
  loaded: boolean
  connections: ConnectionView[]
  accounts: AccountSummary[]
  signIns: PendingSignIn[]
  environments: EnvironmentView[]
  /** How the last sign-in of a connection failed; `''` where no connection is known. */
  signInErrors: Record<string, SignInError>
  failure: Failure | null
  load: () => Promise<void>
  /** Reads the sign-ins under way, which the first picture does not wait for. */
  loadSignIns: () => Promise<void>
  /** Begins what the connection's grant begins with; one that has to be given something waits for it. */
  signIn: (connectionId: string) => Promise<Failure | null>
  /** Gets tokens without a browser. */
  getDirectly: (connectionId: string, input: DirectGrantInput) => Promise<Failure | null>
  /** Signs in for something that goes on afterwards: nothing opens by itself, and `ended` tells how it went. */
  signInFor: (wish: SignInWish) => Promise<{ signInId: string; ended: Promise<SignInEnded> } | Failure>
  cancelSignIn: (signInId: string) => Promise<void>
  dismissError: (connectionId: string) => void
}

type SignInWish = InputOf<Calls['sign-in:start']>

/** Who is signed in through which connection: read by every room. */
export function createDirectory(
  bridge: AppBridge,
  signedIn: (accountId: string) => void,
  stray: (error: Failure) => void = () => undefined,
) {
  return createStore<DirectoryState>()((set, get) => {
    const owners = new Map<string, string>()
    /** Who waits for a sign-in to end. */
    const waiters = new Map<string, (ended: SignInEnded) => void>()

    async function readConnections(): Promise<void> {
      const answer = await bridge.call['connections:list']({})
      set(answer.ok ? { connections: answer.value, failure: null } : { failure: answer.error })
    }
    async function readAccounts(): Promise<void> {
      const answer = await bridge.call['accounts:list']({})
      set(answer.ok ? { accounts: answer.value, failure: null } : { failure: answer.error })
    }
    async function readEnvironments(): Promise<void> {
      const answer = await bridge.call['environments:list']({})
      if (answer.ok) set({ environments: answer.value })
    }
    async function readSignIns(): Promise<void> {
      const answer = await bridge.call['sign-in:list']({})
      if (!answer.ok) return
      for (const pending of answer.value) owners.set(pending.id, pending.connectionId)
      set({ signIns: answer.value })
    }
    function setError(connectionId: string, error: SignInError | undefined): void {
      const { [connectionId]: _dropped, ...rest } = get().signInErrors
      set({ signInErrors: error ? { ...rest, [connectionId]: error } : rest })
    }

    bridge.on('changed', ({ area }) => {
      if (area === 'connections') void readConnections()
      if (area === 'accounts') void readAccounts()
      if (area === 'sign-ins') void readSignIns()
      if (area === 'environments' || area === 'connections') void readEnvironments()
    })
    bridge.on('sign-in:ended', (ended) => {
      const owner = (ended.signInId && owners.get(ended.signInId)) ?? ''
      if (ended.signInId) set({ signIns: get().signIns.filter((pending) => pending.id !== ended.signInId) })
      const { error, signInId } = ended
      if (error === undefined || error.code === 'sign_in_cancelled') setError(owner, undefined)
      else {
        setError(owner, signInId === null ? error : { ...error, signInId })
        // No page is its own, and tabs that came back may hide the one that tells it.
        if (owner === '') stray(error)
      }
      const waiter = ended.signInId === null ? undefined : waiters.get(ended.signInId)
      if (ended.signInId !== null) waiters.delete(ended.signInId)
      if (waiter) return void readAccounts().then(() => waiter(ended))
      const { accountId } = ended
      if (accountId) void readAccounts().then(() => signedIn(accountId))
    })

    return {
      loaded: false,
      connections: [],
      accounts: [],
      signIns: [],
      environments: [],
      signInErrors: {},
      failure: null,
      load: async () => {
        await Promise.all([readConnections(), readAccounts(), readEnvironments()])
        set({ loaded: true })
      },
      loadSignIns: readSignIns,
      getDirectly: async (connectionId, input) => {
        setError(connectionId, undefined)
        const answer = await bridge.call['sign-in:direct']({ connectionId, input })
        if (!answer.ok) {
          setError(connectionId, answer.error)
          return answer.error
        }
        await readAccounts()
        signedIn(answer.value.accountId)
        return null
      },
      signIn: async (connectionId) => {
        const grant = grantOf(get().connections.find(({ id }) => id === connectionId)?.settings)
        if (isProgramAlone(grant)) return get().getDirectly(connectionId, { grant })
        if (asksForm(grant)) return null
        setError(connectionId, undefined)
        const answer = await bridge.call['sign-in:start']({ connectionId })
        if (!answer.ok) {
          setError(connectionId, answer.error)
          return answer.error
        }
        owners.set(answer.value.id, connectionId)
        const others = get().signIns.filter((pending) => pending.id !== answer.value.id)
        set({ signIns: [...others, answer.value] })
        return null
      },
      signInFor: async (wish) => {
        const answer = await bridge.call['sign-in:start'](wish)
        if (!answer.ok) return answer.error
        const { id } = answer.value
        owners.set(id, wish.connectionId)
        const ended = new Promise<SignInEnded>((resolve) => waiters.set(id, resolve))
        return { signInId: id, ended }
      },
      cancelSignIn: async (signInId) => {
        const waiter = waiters.get(signInId)
        waiters.delete(signInId)
        await bridge.call['sign-in:cancel']({ id: signInId })
        waiter?.({ signInId, error: { code: 'sign_in_cancelled', message: 'The sign-in was canceled.' } })
      },
      dismissError: (connectionId) => setError(connectionId, undefined),
    }
  })
}
