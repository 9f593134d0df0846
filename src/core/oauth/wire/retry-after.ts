import { httpDate } from '../../text/http-date.ts'

/** `Retry-After` (RFC 9110 section 10.2.3) in seconds from `now` (milliseconds); at most a day. */
export function retryAfterSeconds(value: string | null | undefined, now: number): number | undefined {
  const text = value?.trim() ?? ''
  const date = httpDate(text) ?? NaN
  const seconds = /^\d{1,99}$/.test(text) ? Number(text) : Math.ceil((date - now) / 1000)
  if (!Number.isFinite(seconds)) return undefined
  return Math.min(Math.max(seconds, 0), 86_400)
}
