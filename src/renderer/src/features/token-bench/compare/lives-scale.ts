import type { TokenLife } from '@contract/tokens/tokens.ts'

/** Where a life is drawn, in percent of the width; `open` where it has no end. */
export interface Bar {
  from: number
  to: number
  open: boolean
}

export interface LivesScale {
  /** One for each life; null where it states no time at all. */
  bars: (Bar | null)[]
  /** Where now is; at an edge, `outside` says on which side of all lives it is. */
  now: number
  outside: 'before' | 'after' | null
}

/** Room at either side, in percent: for now, and for what has no end. */
const margin = 6
/** How much of the line now may take when it is outside of the lives, as a part of them. */
const reach = 0.5

/** Lays lives on one line of time. Without any end, the line ends an hour after the last beginning. */
export function livesScale(lives: readonly TokenLife[], now: number): LivesScale {
  const begins = lives.map(beginOf)
  const ends = lives.map(({ expiresAt }) => expiresAt)
  const known = [...begins, ...ends].filter((at) => at !== undefined)
  if (known.length === 0) return { bars: lives.map(() => null), now: 50, outside: null }
  const [first, last] = [Math.min(...known), Math.max(...known)]
  const length = last > first ? last - first : 3_600_000
  const start = Math.max(Math.min(first, now), first - length * reach)
  const end = Math.min(Math.max(first + length, now), first + length * (1 + reach))
  const place = (at: number): number => margin + ((at - start) / (end - start)) * (100 - 2 * margin)
  return {
    bars: lives.map((_life, index) => {
      const [from, to] = [begins[index], ends[index]]
      if (from === undefined && to === undefined) return null
      return { from: place(from ?? start), to: to === undefined ? 100 : place(to), open: to === undefined }
    }),
    now: now < start ? 0 : now > end ? 100 : place(now),
    outside: now < start ? 'before' : now > end ? 'after' : null,
  }
}

function beginOf({ issuedAt, notBefore }: TokenLife): number | undefined {
  return issuedAt ?? notBefore
}
