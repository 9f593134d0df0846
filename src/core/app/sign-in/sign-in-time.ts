import { fail } from '@contract/result'

/** How long a sign-in waits for its redirect, in milliseconds. */
export const signInTimeLimit = 10 * 60_000

/** Why a sign-in ended that no one finished. Code: `sign_in_timed_out`. */
export function timedOut() {
  return fail(
    'sign_in_timed_out',
    `No one finished this sign-in within ${signInTimeLimit / 60_000} minutes.`,
    'Start the sign-in again.',
  )
}
