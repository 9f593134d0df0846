import { httpDate } from '../text/http-date.ts'
import { headerOf, type RefusedCall } from './case.ts'

/** A longer pause is not waited for, in milliseconds. */
export const longestPause = 7 * 86_400_000
/** What is larger is a moment in seconds since 1970, not a number of seconds to wait. */
const surelyMoment = 1_000_000_000

/** What the response's `Date` says (RFC 9110 section 6.6.1), milliseconds. One out of a cache tells another time. */
export function serverDate(call: Pick<RefusedCall, 'headers'>): number | undefined {
  return headerOf(call, 'age') === undefined ? httpDate(headerOf(call, 'date') ?? '') : undefined
}

/** How long the server wants to be left alone, in milliseconds, none where that moment is over: `Retry-After` (RFC 9110 section 10.2.3), else the
 *  usual headers of rate limits. */
export function pauseOf(call: Pick<RefusedCall, 'headers' | 'now'>): number | undefined {
  const after = headerOf(call, 'retry-after')?.trim().slice(0, 100)
  if (after !== undefined) {
    const seconds = count(after)
    if (seconds !== undefined) return within(seconds * 1000)
    const moment = httpDate(after)
    if (moment !== undefined) return within(moment - (serverDate(call) ?? call.now))
  }
  const limited = /(?:^|;)\s*t=(\d{1,9})\b/.exec((headerOf(call, 'ratelimit') ?? '').slice(0, 500))?.[1]
  const reset =
    count(headerOf(call, 'x-ratelimit-reset')) ?? count(headerOf(call, 'ratelimit-reset')) ?? count(limited)
  if (reset === undefined) return undefined
  return within(reset > surelyMoment ? reset * 1000 - (serverDate(call) ?? call.now) : reset * 1000)
}

function count(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,99}$/.test(text.trim()) ? Number(text.trim()) : undefined
}

function within(milliseconds: number): number {
  return Math.min(Math.max(0, milliseconds), longestPause)
}
