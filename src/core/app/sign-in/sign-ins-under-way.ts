import type { RedirectHold } from '@contract/accounts'
import { fail, type Result } from '@contract/result'
import { unknownState } from '../../oauth/redirect/callback.ts'
import type { PendingSignInRecord } from '../../records/model.ts'
import type { PendingSignInStore } from '../../records/ports.ts'
import type { SignInWish } from './sign-in-facts.ts'

/** What only this run of the app knows of a sign-in. */
export interface Live {
  url: string
  redirectUri: string
  browserOpened: boolean
  closeListener?: () => void
  /** The sign-in window, where that is what is signed in with. */
  window?: { focus: () => void; close: () => void }
  callOff: () => void
  /** What was asked for. */
  wish: SignInWish
  /** What may hold its redirect: asked once. */
  hold?: Promise<RedirectHold>
}

/** How many ended sign-ins are remembered. */
const pastLimit = 200

/** What this run of the app knows of the sign-ins under way, and of those that have ended. */
export function createSignInsUnderWay(pending: PendingSignInStore, changed: () => void) {
  const live = new Map<string, Live>()
  /** Digests of states that were used or expired, to tell a repeated callback from a forged one. */
  const past = new Map<string, string>()

  function remember(record: PendingSignInRecord, how: string): void {
    past.set(record.stateDigest, how)
    const oldest = past.keys().next().value
    if (past.size > pastLimit && oldest !== undefined) past.delete(oldest)
  }

  return {
    live,
    /** Ends a sign-in permanently; only the first caller gets `true`. */
    finish(record: PendingSignInRecord, how: string): boolean {
      const mine = pending.take(record.id)
      const run = live.get(record.id)
      live.delete(record.id)
      run?.callOff()
      run?.closeListener?.()
      run?.window?.close()
      if (mine) remember(record, how)
      changed()
      return mine
    },
    /** What is said of a callback whose sign-in does not wait (anymore). Codes: `callback_repeated`,
     *  `callback_state_unknown`. */
    withoutSignIn(digest: string): Result<never> {
      const how = past.get(digest)
      return how === undefined
        ? { ok: false, error: unknownState }
        : fail('callback_repeated', `This sign-in has already ended: it ${how}.`, 'Nothing needs to be done.')
    },
    /** Closes listeners and timers; what waits stays stored. */
    close(): void {
      for (const run of live.values()) {
        run.callOff()
        run.closeListener?.()
      }
      live.clear()
    },
  }
}

/** Made by `createSignInsUnderWay`. */
export type SignInsUnderWay = ReturnType<typeof createSignInsUnderWay>
