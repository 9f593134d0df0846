import type { Fetch } from '../wire/fetch.ts'

interface Bounds {
  least: number
  most: number
}

/** What is known of the clocks of providers. */
export interface ServerClocks {
  /** How far an issuer's clock is ahead of this one, in milliseconds; 0 where no difference can be told from
   *  the second that a `Date` header is exact to; `undefined` where nothing is known. */
  skew: (issuer: string) => number | undefined
  /** The same fetch, which learns from every response's `Date` header (RFC 9110 section 6.6.1). */
  watching: (issuer: string, fetch: Fetch) => Fetch
}

/** Learns how far providers' clocks are off. Each response gives bounds: its date was written between sending and
 *  receiving, and is cut to a second. Bounds that agree narrow each other; one that does not agree starts again. */
export function createServerClocks(now: () => number): ServerClocks {
  const known = new Map<string, Bounds>()

  function note(issuer: string, header: string, sentAt: number, receivedAt: number): void {
    const date = Date.parse(header)
    if (!Number.isFinite(date) || receivedAt < sentAt) return
    const seen = { least: date - receivedAt, most: date + 1000 - sentAt }
    const before = known.get(issuer)
    const least = Math.max(seen.least, before?.least ?? -Infinity)
    const most = Math.min(seen.most, before?.most ?? Infinity)
    known.delete(issuer)
    known.set(issuer, least <= most ? { least, most } : seen)
    const oldest = known.keys().next().value
    if (known.size > 200 && oldest !== undefined) known.delete(oldest)
  }

  return {
    skew: (issuer) => {
      const bounds = known.get(issuer)
      if (bounds === undefined) return undefined
      if (bounds.least <= 0 && bounds.most >= 0) return 0
      return Math.round((bounds.least + bounds.most) / 2)
    },
    watching: (issuer, fetch) => async (url, options) => {
      const sentAt = now()
      const response = await fetch(url, options)
      const date = response.headers.get('date')
      // A response out of a cache tells the time of its making, not of now.
      if (date !== null && !response.headers.has('age')) note(issuer, date, sentAt, now())
      return response
    },
  }
}
