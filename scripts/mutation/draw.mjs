// @ts-check
import { writeFileSync } from 'node:fs'

/**
 * So many of a list, each as likely as any other; the same seed draws the same.
 * @template T @param {readonly T[]} all @param {number} count @param {number} seed @returns {T[]}
 */
export function draw(all, count, seed) {
  const rest = [...all]
  const next = numbers(seed)
  const drawn = []
  while (drawn.length < count && rest.length > 0) {
    const at = Math.floor(next() * rest.length)
    drawn.push(.../** @type {[T]} */ (rest.splice(at, 1)))
  }
  return drawn
}

/**
 * Between which shares (in percent) the true one lies with 95 % confidence: Wilson's interval.
 * @param {number} found @param {number} judged @returns {[number, number]}
 */
export function interval(found, judged) {
  if (judged === 0) return [0, 100]
  const z = 1.96
  const share = found / judged
  const middle = share + z ** 2 / (2 * judged)
  const half = z * Math.sqrt((share * (1 - share)) / judged + z ** 2 / (4 * judged ** 2))
  const whole = 1 + z ** 2 / judged
  return [(100 * (middle - half)) / whole, (100 * (middle + half)) / whole]
}

/** Evenly spread numbers from 0 to 1 (mulberry32). @param {number} seed */
function numbers(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** @typedef {{ mutant: { id: string, status?: string } }} Plan */

/** Draws when the mutation tester has planned what it could do, and leaves the list where `units` reads it. */
const factory = (
  /** @type {{ units?: { drawn?: string, sample?: number, seed?: number } }} */ { units },
) => ({
  /** @param {{ mutantPlans: Plan[] }} event */
  onMutationTestingPlanReady({ mutantPlans }) {
    if (!units?.drawn || !units.sample) return
    const ids = mutantPlans.filter(({ mutant }) => mutant.status !== 'Ignored').map(({ mutant }) => mutant.id)
    writeFileSync(units.drawn, JSON.stringify(draw(ids, units.sample, units.seed ?? 1)))
  },
})
factory.inject = ['options']

export const strykerPlugins = [{ kind: 'Reporter', name: 'draw', factory }]
