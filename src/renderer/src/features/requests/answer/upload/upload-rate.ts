import type { Upload } from '../../state.ts'

/** Shorter is no ground for a rate, in milliseconds. */
const shortest = 300

/** Bytes a second since the first were told, and the seconds that the rest takes at that rate; nothing where it is too
 *  early to tell. */
export function uploadRate({ sent, total, at, from }: Upload): {
  perSecond?: number
  secondsLeft?: number
} {
  const took = at - from.at
  if (took < shortest || sent <= from.sent) return {}
  const perSecond = ((sent - from.sent) / took) * 1_000
  return { perSecond, secondsLeft: Math.ceil((total - sent) / perSecond) }
}
