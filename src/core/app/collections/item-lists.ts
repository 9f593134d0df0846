import type { CollectionItem, ItemPiece } from '@contract/collections'
import { fail, ok, type Result } from '@contract/result'

/** How many lists are remembered: the page has one of the last. */
const remembered = 4
/** Rows, and stretches of rows that stayed, in one piece. */
const inPiece = 500

/** One of a list by another: so many rows of it from there on, or a row that it does not have. */
type Step = [from: number, count: number] | CollectionItem

export interface AskedPiece {
  revision: number
  /** The list that is known already; null where none is. */
  since: number | null
  from: number
}

/** The last lists of what is in a collection, each with a number of its own. One that is the next to another has the same
 *  objects for what has stayed, so that it can be told by what is another. */
export function createItemLists() {
  let lists: { revision: number; items: readonly CollectionItem[] }[] = [{ revision: 0, items: [] }]
  let told: { revision: number; since: number | null; steps: readonly Step[] } | undefined

  function stepsFor(revision: number, since: number | null): readonly Step[] | undefined {
    if (told?.revision === revision && told.since === since) return told.steps
    const now = lists.find((each) => each.revision === revision)
    if (!now) return undefined
    // A list that is no longer known is told as a whole.
    const before = lists.find((each) => each.revision === since)?.items
    if (since !== null && before === undefined) return undefined
    told = { revision, since, steps: stepsBetween(before ?? [], now.items) }
    return told.steps
  }

  return {
    latest: (): readonly CollectionItem[] => lists.at(-1)?.items ?? [],
    revision: (): number => lists.at(-1)?.revision ?? 0,
    take(items: readonly CollectionItem[]): void {
      const last = lists.at(-1)
      if (last?.items.length === items.length && items.every((item, at) => item === last.items[at])) return
      lists = [...lists, { revision: (last?.revision ?? 0) + 1, items }].slice(-remembered)
      told = undefined
    },
    /** Some of a list as JSON, as one text crosses to the page in a small part of the time. Code: `collection_changed`. */
    piece({ revision, since, from }: AskedPiece): Result<ItemPiece> {
      const steps = stepsFor(revision, since)
      if (!steps) return fail('collection_changed', 'The folder was changed meanwhile.', 'List it again.')
      const next = from + inPiece
      return ok({
        text: JSON.stringify(steps.slice(from, next)),
        next: next < steps.length ? next : null,
      })
    },
  }
}

/** How one list comes of another, in whose place it is: what stayed by where it was. */
function stepsBetween(before: readonly CollectionItem[], now: readonly CollectionItem[]): Step[] {
  const places = new Map(before.map((item, at) => [item, at]))
  const steps: Step[] = []
  let last: [from: number, count: number] | undefined
  for (const item of now) {
    const at = places.get(item)
    if (at === undefined) {
      steps.push(item)
      last = undefined
    } else if (last && last[0] + last[1] === at) last[1] += 1
    else {
      last = [at, 1]
      steps.push(last)
    }
  }
  return steps
}
