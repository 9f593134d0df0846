/** A NumericDate (RFC 7519 section 2: seconds since 1970, UTC) as found in a token. */
export type NumericDate =
  | {
      ok: true
      at: number
      /** Set when seconds give an absurd year and milliseconds a likely one. */ likely?: number
    }
  | { ok: false; code: 'not_a_number' | 'out_of_range' | 'negative'; message: string; likely?: number }

/** The year 5138 in seconds is the year 1973 in milliseconds: above it milliseconds were meant. */
const surelyMilliseconds = 100_000_000_000
/** The furthest moment a Date can hold, in seconds. */
const lastMoment = 8_640_000_000_000

/** Reads a NumericDate to milliseconds. Codes: `not_a_number`, `negative`, `out_of_range`; `likely` is the
 *  moment that was probably meant (milliseconds instead of seconds, or a number written as text). */
export function readNumericDate(value: unknown): NumericDate {
  if (typeof value !== 'number') {
    const likely =
      typeof value === 'string' && /^\d{1,16}(\.\d{1,6})?$/.test(value)
        ? likelyMoment(Number(value))
        : undefined
    const message =
      typeof value === 'string'
        ? 'Written as text; it must be a number of seconds since 1970 (RFC 7519 section 2).'
        : 'Not a number; it must be seconds since 1970 (RFC 7519 section 2).'
    return likely === undefined
      ? { ok: false, code: 'not_a_number', message }
      : { ok: false, code: 'not_a_number', message, likely }
  }
  if (value < 0) return { ok: false, code: 'negative', message: 'Before 1970: no token is that old.' }
  if (!(value <= lastMoment))
    return { ok: false, code: 'out_of_range', message: 'Too large for any calendar.' }
  const at = Math.floor(value * 1000)
  return value >= surelyMilliseconds ? { ok: true, at, likely: Math.floor(value) } : { ok: true, at }
}

/** The moment in milliseconds, or undefined where the value is no sound NumericDate. */
export function momentOf(value: unknown): number | undefined {
  const date = readNumericDate(value)
  return date.ok ? date.at : undefined
}

/** What is odd about a numeric date, in a sentence; undefined where nothing is. */
export function dateOddity(value: unknown): string | undefined {
  const date = readNumericDate(value)
  if (!date.ok) return date.message
  if (date.likely !== undefined)
    return 'Looks like milliseconds; it must be seconds. Taken literally, it is thousands of years away.'
  return undefined
}

/** A length of time in words, at most two units: `15 minutes`, `1 hour 30 minutes`, `30 days`. */
export function durationWords(milliseconds: number): string {
  let rest = Math.round(Math.abs(milliseconds) / 1000)
  if (rest === 0) return '0 seconds'
  const parts: string[] = []
  for (const [size, name] of units) {
    const count = Math.floor(rest / size)
    if (count === 0) {
      if (parts.length > 0) break
      continue
    }
    parts.push(`${count} ${name}${count === 1 ? '' : 's'}`)
    rest -= count * size
    if (parts.length === 2) break
  }
  return parts.join(' ')
}

const units: [number, string][] = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
]

function likelyMoment(value: number): number | undefined {
  if (value >= surelyMilliseconds && value < surelyMilliseconds * 100) return Math.floor(value)
  return value > 0 && value < surelyMilliseconds ? Math.floor(value * 1000) : undefined
}
