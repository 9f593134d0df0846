import type { Timing } from '@contract/requests.ts'

type Key = 'preparing' | 'token' | 'firstTry' | 'waiting' | 'receiving'

const phases: readonly (readonly [Key, string, string])[] = [
  ['preparing', 'Preparing', 'choosing the account and its token'],
  ['token', 'Refreshing', 'the token, before sending'],
  ['firstTry', 'First try', 'refused, then the token refreshed'],
  ['waiting', 'Waiting', 'until the first byte of the response'],
  ['receiving', 'Receiving', 'from the first to the last byte'],
]

/** `11.3 ms`; of what took a second or more `0.011 s`. */
export function exact(milliseconds: number, total: number): string {
  const rounded = Math.round(milliseconds / step(total)) * step(total)
  return total < 1000 ? `${rounded.toFixed(1)} ms` : `${(rounded / 1000).toFixed(3)} s`
}

/** How long each part took, one after another; `from` and `width` in percent of the whole. `shown` is rounded where
 *  the parts meet, so that the rows add up to the total as it is told. */
export function phasesOf(timing: Timing) {
  const whole = Math.max(0.001, timing.total)
  const digit = step(timing.total)
  const rounded = (at: number): number => Math.round(at / digit)
  let from = 0
  return phases.flatMap(([key, label, says]) => {
    const took = timing[key]
    if (took === undefined) return []
    const phase = {
      key,
      label,
      says,
      shown: (rounded(from + took) - rounded(from)) * digit,
      from: (from / whole) * 100,
      width: (took / whole) * 100,
    }
    from += took
    return [phase]
  })
}

/** Round marks from 0 to the total, a handful: where they are in percent, and what they say. */
export function axisOf(total: number): { at: number; text: string }[] {
  const rough = Math.max(0.001, total) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const width = ([1, 2, 5].find((each) => each * power >= rough) ?? 10) * power
  const digits = Math.max(0, -Math.floor(Math.log10(width) + 1e-9))
  const marks: { at: number; text: string }[] = []
  for (let index = 0; index * width <= total * 0.97; index += 1) {
    const value = index * width
    const at = (value / total) * 100
    const words = total < 1000 ? `${value.toFixed(digits)} ms` : `${value / 1000} s`
    marks.push({ at, text: index === 0 ? '0' : at > labelled ? '' : words })
  }
  return marks
}

/** Beyond it a mark's words would touch the total, in percent. */
const labelled = 93

/** Times of one table are told to the same digit: a tenth of a millisecond, from a second on one of them. */
function step(total: number): number {
  return total < 1000 ? 0.1 : 1
}
