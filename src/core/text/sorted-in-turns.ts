import type { Pacer } from './pacer.ts'

/** How many are sorted, or put together, between two looks at the clock. */
const some = 128

/** Sorts a list, equal ones in the order that they have, in turns with whoever else has something to do. */
export async function sortedInTurns<T>(
  list: readonly T[],
  compare: (one: T, other: T) => number,
  pacer: Pacer,
): Promise<T[]> {
  let runs: T[][] = []
  for (let at = 0; at < list.length; at += some) {
    runs.push(list.slice(at, at + some).sort(compare))
    if (pacer.isDue()) await pacer.turn()
  }
  while (runs.length > 1) {
    const longer: T[][] = []
    for (let at = 0; at < runs.length; at += 2)
      longer.push(await together(runs[at] ?? [], runs[at + 1] ?? [], compare, pacer))
    runs = longer
  }
  return runs[0] ?? []
}

async function together<T>(
  left: readonly T[],
  right: readonly T[],
  compare: (one: T, other: T) => number,
  pacer: Pacer,
): Promise<T[]> {
  const all: T[] = []
  let [one, other] = [0, 0]
  while (one < left.length && other < right.length) {
    // What is in order already needs no more looks.
    const isDone = all.length === 0 && compare(left.at(-1) as T, right[0] as T) <= 0
    if (isDone) return [...left, ...right]
    if (compare(left[one] as T, right[other] as T) <= 0) all.push(left[one++] as T)
    else all.push(right[other++] as T)
    if (all.length % some === 0 && pacer.isDue()) await pacer.turn()
  }
  return [...all, ...left.slice(one), ...right.slice(other)]
}
