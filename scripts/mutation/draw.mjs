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

/**
 * @typedef {{ plan: string, mutant: { id: string, status?: string, statusReason?: string },
 *   runOptions?: { testFilter?: string[], reloadEnvironment?: boolean } }} Plan
 */

/**
 * Leaves so many faults of a plan to be made and sets the rest aside, and shuffles what is left: a run that is cut off
 * has asked a fair sample. With no `sample` all are left.
 * @param {Plan[]} plans in place @param {{ sample: number, seed: number }} wanted
 * @returns {string[]} the faults that are left
 */
export function choose(plans, { sample, seed }) {
  const open = plans.filter(({ mutant }) => mutant.status !== 'Ignored')
  const drawn = draw(open, sample > 0 ? sample : open.length, seed)
  const kept = new Set(drawn)
  const aside = plans.filter((plan) => !kept.has(plan))
  for (const plan of aside) {
    plan.plan = 'EarlyResult'
    plan.mutant.status = 'Ignored'
    plan.mutant.statusReason ??= 'not drawn'
  }
  // Else the tester puts faults that act while code is loaded behind all others; `units` sees to them itself.
  for (const { runOptions } of drawn) if (runOptions) runOptions.reloadEnvironment = false
  plans.splice(0, plans.length, ...drawn, ...aside)
  return drawn.map(({ mutant }) => mutant.id)
}

/**
 * What can be said in the middle of a run: of those that some test sees a fair share was asked, the rest is known.
 * @param {{ found: number, asked: number, seen: number, unseen: number }} counts
 */
export function soFar({ found, asked, seen, unseen }) {
  const [low, high] = interval(found, asked).map((share) => (share * seen) / Math.max(1, seen + unseen))
  const score = asked === 0 ? 0 : ((found / asked) * 100 * seen) / Math.max(1, seen + unseen)
  const range = `${score.toFixed(1)} % (95 %: ${low?.toFixed(1)} to ${high?.toFixed(1)})`
  return `${asked} of ${seen} asked, ${found} found; ${unseen} seen by no test: ${range} so far`
}

/** So often a running figure is told, in milliseconds. */
const often = 20_000

/** Draws when the mutation tester has planned what it could do, and tells how a long run stands. */
const factory = (
  /** @type {{ units?: { drawn?: string, sample?: number, seed?: number } }} */ { units = {} },
) => {
  const counts = { found: 0, asked: 0, seen: 0, unseen: 0 }
  let told = Date.now()
  return {
    /** @param {{ mutantPlans: Plan[] }} event */
    onMutationTestingPlanReady({ mutantPlans }) {
      const ids = choose(mutantPlans, { sample: units.sample ?? 0, seed: units.seed ?? 1 })
      const open = mutantPlans.slice(0, ids.length)
      counts.unseen = open.filter(({ runOptions }) => runOptions?.testFilter?.length === 0).length
      counts.seen = open.length - counts.unseen
      if (units.drawn) writeFileSync(units.drawn, JSON.stringify(ids))
    },
    /** @param {{ status: string }} fault */
    onMutantTested({ status }) {
      if (status === 'Killed' || status === 'Timeout') counts.found += 1
      else if (status !== 'Survived') return
      counts.asked += 1
      if (Date.now() - told < often) return
      told = Date.now()
      process.stderr.write(`${soFar(counts)}\n`)
    },
  }
}
factory.inject = ['options']

export const strykerPlugins = [{ kind: 'Reporter', name: 'draw', factory }]
