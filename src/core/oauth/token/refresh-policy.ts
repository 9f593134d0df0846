import type { TokenFailure } from './token-failure.ts'

/** A token with less life left than this is refreshed before it is used, in milliseconds. */
const refreshMargin = 10_000
/** How long one refresh goes on trying, in milliseconds; a `Retry-After` beyond it ends the trying. */
const refreshPatience = 30_000
/** How often the token endpoint is asked at most in one refresh. */
export const refreshAttempts = 5

/** What is known of an access token's life. Times in milliseconds. */
export interface KnownLife {
  obtainedAt: number
  /** From `expires_in`, by this computer's clock. */
  expiresAt?: number
  /** The token's own `exp`, by the provider's clock. */
  ownExpiry?: number
}

/** When a token expires by this computer's clock: the earlier of what the response and what the token say. The
 *  token's own time is the provider's, so its clock's lead (`skew`, milliseconds) is taken off. A token that
 *  came with its own time already past is left to the API's judgement: refreshing brings another of its kind. */
export function runsOutAt(life: KnownLife, skew = 0): number | undefined {
  const own = life.ownExpiry === undefined ? undefined : life.ownExpiry - skew
  const usable = own !== undefined && own > life.obtainedAt ? own : undefined
  if (life.expiresAt === undefined) return usable
  return usable === undefined ? life.expiresAt : Math.min(life.expiresAt, usable)
}

/** Whether to refresh before use: less life left than the margin, which is at most a fifth of the whole life so
 *  that short-lived tokens are used at all. */
export function isDue(life: KnownLife, now: number, skew = 0): boolean {
  const end = runsOutAt(life, skew)
  if (end === undefined) return false
  return end - now <= Math.min(refreshMargin, Math.max(0, end - life.obtainedAt) / 5)
}

/** No response came, or one that the network made: the same question may well be answered in a moment. */
const passing = /^token_network_(refused|name|timeout|cut|unreachable)$/

/** Milliseconds to wait before asking again, or `undefined` to give up: back-off that doubles, with jitter so
 *  that many clients do not come back at once; never earlier than `Retry-After` (RFC 9110 section 10.2.3).
 *  `attempt` counts from 1, `random` is between 0 and 1, `spent` the milliseconds since the first attempt. */
export function retryDelay(
  failure: TokenFailure,
  { attempt, random, spent }: { attempt: number; random: number; spent: number },
): number | undefined {
  if (failure.remedy !== 'try-later' || attempt >= refreshAttempts) return undefined
  if (failure.status === undefined && !passing.test(failure.code)) return undefined
  const backOff = 250 * 2 ** (attempt - 1)
  const jittered = Math.round(backOff / 2 + (random * backOff) / 2)
  const asked = failure.retryAfterSeconds === undefined ? 0 : failure.retryAfterSeconds * 1000
  const wait = asked > 0 ? asked + Math.round(random * 250) : jittered
  return spent + wait > refreshPatience ? undefined : wait
}

/** Whether a request that brought no response may have reached the provider all the same: then no one knows whether
 *  it has rotated the refresh token. */
export function mayHaveRotated({ remedy, status, code }: TokenFailure): boolean {
  return remedy === 'try-later' && status === undefined && !/_(refused|name)$/.test(code)
}
