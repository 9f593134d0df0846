import type { SignInEnded } from '@contract/accounts'
import { fail, type Result } from '@contract/result'
import type { CallbackWay } from '../../flow/flow.ts'
import { stateDigest } from '../../oauth/authorization/authorization-request.ts'
import { readCallback } from '../../oauth/redirect/callback.ts'
import type { PendingSignInRecord } from '../../records/model.ts'
import type { Clock, PendingSignInStore, TokenStore } from '../../records/ports.ts'
import { createCallbackFlood } from './callback-flood.ts'
import { createCallbackJudge, notStored, type JudgeDependencies } from './judge-callback.ts'
import { createNoteOtherPerson } from './note-other-person.ts'
import { timedOut } from './sign-in-time.ts'
import type { SignInsUnderWay } from './sign-ins-under-way.ts'

/** Redirects that are held while locked; each sign-in has one, but no one is trusted to send only that. */
const heldLimit = 20

/** What is needed to take redirects. */
export interface ReceiveDependencies extends Omit<JudgeDependencies, 'finish'> {
  /** Whether nothing may be begun: the vault is locked, or about to be. */
  isLocked: () => boolean
  clock: Clock
  pending: PendingSignInStore
  tokens: TokenStore
  notify: (ended: SignInEnded) => void
  /** Brings the window before the user when the browser has answered. */
  focus: () => void
}

/** Takes redirects, one after another or many at once. Codes: those of `readCallback` and of the judge,
 *  `sign_in_timed_out`, `vault_locked`, `sign_in_other_user`, `callback_too_many`. A flood of redirects that belong to no
 *  sign-in is neither recorded nor told beyond its first ones. */
export function createCallbackReceiver(
  deps: ReceiveDependencies,
  { live, finish, withoutSignIn }: SignInsUnderWay,
) {
  const noteOtherPerson = createNoteOtherPerson(deps)
  const judge = createCallbackJudge({ ...deps, finish })
  /** Redirects that came while locked, or for another user than the one who is in: in memory only. */
  const held: { record: PendingSignInRecord; url: string; way: CallbackWay; at: number }[] = []
  const running = new Set<Promise<unknown>>()
  const flood = createCallbackFlood(() => deps.clock.now())

  /** Whether this redirect has to wait for its user. */
  const waitsForUser = (record: PendingSignInRecord): boolean =>
    deps.isLocked() || record.userId !== deps.session().user.id

  function hold(record: PendingSignInRecord, url: string, way: CallbackWay): Result<never> {
    held.push({ record, url, way, at: deps.clock.now() })
    if (held.length > heldLimit) held.shift()
    return deps.isLocked()
      ? fail(
          'vault_locked',
          'The provider’s response has arrived.',
          'Unlock Gatehouse to finish the sign-in.',
        )
      : fail(
          'sign_in_other_user',
          'This response belongs to another user.',
          'Switch to that user to finish it.',
        )
  }

  async function take(
    url: string,
    way: CallbackWay,
    arrivedAt = deps.clock.now(),
  ): Promise<Result<{ accountId: string }>> {
    // What a person pastes is no flood.
    const mayTell = (): boolean => way === 'pasted' || flood.mayTell()
    if (way !== 'pasted' && !flood.mayLook()) return tooMany
    const read = readCallback(url, {
      loopbackRedirectUris: [...live.values()].map(({ redirectUri }) => redirectUri),
    })
    let signInId: string | null = null
    let outcome: Result<{ accountId: string }>
    if (!read.ok) {
      outcome = read
      if (!mayTell()) return outcome
      deps.recorder.stray(url, way, read.error)
    } else {
      const digest = await stateDigest(read.value.state)
      const record = deps.pending.findByStateDigest(digest)
      if (!record) {
        const unwanted = withoutSignIn(digest)
        if (!mayTell()) return unwanted
        if (!unwanted.ok) deps.recorder.stray(url, way, unwanted.error)
        outcome = unwanted
      } else if (record.expiresAt <= arrivedAt) {
        finish(record, 'timed out')
        outcome = timedOut()
        deps.recorder.signIn.ended(record.userId, record.id, outcome)
        signInId = record.id
      } else if (waitsForUser(record)) {
        outcome = hold(record, url, way)
        // Nothing has ended: only someone at another user's page is told why nothing happens there.
        if (deps.isLocked()) {
          deps.focus()
          return outcome
        }
      } else {
        signInId = record.id
        const expects = live.get(record.id)?.wish.accountId
        outcome = await judge(record, read.value, { url, way })
        if (outcome.ok) noteOtherPerson(expects, outcome.value.accountId)
      }
    }
    deps.notify(
      outcome.ok ? { signInId, accountId: outcome.value.accountId } : { signInId, error: outcome.error },
    )
    deps.focus()
    return outcome
  }

  /** Takes a redirect, however it came. Every outcome is told to the page; one that comes while locked is held
   *  and finished after the unlock. */
  function receive(
    url: string,
    way: CallbackWay = 'custom-scheme',
    arrivedAt?: number,
  ): Promise<Result<{ accountId: string }>> {
    const taken = take(url, way, arrivedAt).catch((thrown: unknown) => {
      const failed = notStored(thrown)
      if (!failed.ok) deps.notify({ signInId: null, error: failed.error })
      deps.focus()
      return failed
    })
    const settled = taken.catch(() => undefined).finally(() => running.delete(settled))
    running.add(settled)
    return taken
  }

  return {
    receive,
    isHeld: (id: string): boolean => held.some(({ record }) => record.id === id),
    /** Finishes what came while no one was in. */
    async resume(): Promise<void> {
      for (const { url, way, at } of held.splice(0)) await receive(url, way, at)
    },
    /** Waits until no response of a provider is being turned into an account. */
    settle: async (): Promise<void> => {
      await Promise.all(running)
    },
  }
}

const tooMany = fail(
  'callback_too_many',
  'More redirects arrived at once than any sign-in would send.',
  'Nothing was changed. If you just signed in, start the sign-in again.',
)
