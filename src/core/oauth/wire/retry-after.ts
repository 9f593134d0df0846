/** `Retry-After` (RFC 9110 section 10.2.3) in seconds from `now` (milliseconds); at most a day. */
export function retryAfterSeconds(value: string | null | undefined, now: number): number | undefined {
  const text = value?.trim() ?? ''
  const date = /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : NaN
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : Math.ceil((date - now) / 1000)
  if (!Number.isFinite(seconds)) return undefined
  return Math.min(Math.max(seconds, 0), 86_400)
}
