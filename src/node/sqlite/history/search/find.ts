import type { HistoryPlan, PlannedPair } from '../../../../core/records/history-plan.ts'
import { hasBit, keepCommon, newBits, type Bits } from '../../../../core/search/postings.ts'
import { addBeginning, addFitting, type Segment } from '../../../../core/search/segment-reader.ts'
import { fieldTerm, pairedTerm, stepFits, stepTerm, timedTerm } from './document.ts'
import type { OpenSegment } from './segments.ts'

interface Key {
  at: number
  id: string
}
interface Found {
  at: number
  number: number
}

/** Documents that are passed over in one turn. */
const passedAtOnce = 4_096

/** The rows that fit a plan, newest first, those of the same time together; nothing between them where others may have a
 *  turn. Segments are looked into when their time has come. */
export function* findRows(
  segments: readonly OpenSegment[],
  plan: HistoryPlan,
  before: Key | undefined,
): Generator<Found[] | undefined> {
  // By the newest that each has.
  const waiting = [...segments]
  const open: { head: Found; rest: Generator<Found | undefined> }[] = []
  function* begin(segment: OpenSegment): Generator<undefined> {
    if (segment.newest < plan.after || segment.oldest >= plan.before) return
    if (before !== undefined && segment.oldest > before.at) return
    const bits = matching(segment, plan)
    if (bits === undefined) return
    const rest = documentsOf(segment, bits, plan, before)
    const head = yield* nextOf(rest)
    if (head) open.push({ head, rest })
  }
  for (;;) {
    const newest = Math.max(-Infinity, ...open.map(({ head }) => head.at))
    const [segment] = waiting
    if (segment !== undefined && segment.newest >= newest) {
      waiting.shift()
      yield* begin(segment)
      yield
      continue
    }
    if (open.length === 0) return
    const found: Found[] = []
    for (const each of [...open])
      while (each.head.at === newest) {
        found.push(each.head)
        const next = yield* nextOf(each.rest)
        if (next === undefined) {
          open.splice(open.indexOf(each), 1)
          break
        }
        each.head = next
      }
    yield found
  }
}

function* nextOf(rest: Generator<Found | undefined>): Generator<undefined, Found | undefined> {
  for (;;) {
    const next = rest.next()
    if (next.done === true) return undefined
    if (next.value !== undefined) return next.value
    yield
  }
}

/** The documents of a segment that have all that is looked up; `undefined` where none has. Words first, the longest of
 *  them at the front: where one is missing nothing else is read, and a field has every document of the segment. */
function matching(
  { segment }: OpenSegment,
  { beginnings, pairs, fields, took }: HistoryPlan,
): Bits | undefined {
  let all: Bits | undefined
  const byLength = [...beginnings].sort((one, other) => other.length - one.length)
  const conditions = [
    ...byLength.map((beginning) => (into: Bits) => addBeginning(segment, beginning, into)),
    ...pairs.map((pair) => (into: Bits) => addPair(segment, pair, into)),
    ...took.map((fits) => (into: Bits) => addTook(segment, fits, into)),
    ...fields.map(
      ({ field, fits }) =>
        (into: Bits) =>
          addFitting(segment, fieldTerm(field), fits, into),
    ),
  ]
  for (const add of conditions) {
    const bits = newBits(segment.documents)
    add(bits)
    if (all === undefined) {
      all = bits
      if (!bits.some((word) => word !== 0)) return undefined
    } else if (!keepCommon(all, bits)) return undefined
  }
  return all ?? newBits(segment.documents).fill(0xffffffff)
}

/** Adds the documents that have a pair of words, or do not tell. */
function addPair(segment: Segment, { beginning, rest }: PlannedPair, into: Bits): void {
  addOthers(segment, pairedTerm, into)
  if (rest === undefined) addBeginning(segment, beginning, into)
  else addFitting(segment, beginning, (behind) => behind.startsWith(rest, 1), into)
}

/** Adds the documents that may have taken a time that fits: to the next step, which the columns then tell exactly. */
function addTook(segment: Segment, fits: (duration: number) => boolean, into: Bits): void {
  addOthers(segment, timedTerm, into)
  addFitting(segment, stepTerm, (step) => stepFits(step, fits), into)
}

/** Adds the documents that do not have a term. */
function addOthers(segment: Segment, term: string, into: Bits): void {
  addBeginning(segment, term, into)
  for (let at = 0; at < into.length; at += 1) into[at] = ~(into[at] ?? 0)
}

function* documentsOf(
  { segment, columnsOf }: OpenSegment,
  bits: Bits,
  { took, after, before }: HistoryPlan,
  from: Key | undefined,
): Generator<Found | undefined> {
  for (let document = 0; document < segment.documents; document += 1) {
    if (document % passedAtOnce === passedAtOnce - 1) yield undefined
    if (bits[document >> 5] === 0) {
      document |= 31
      continue
    }
    if (!hasBit(bits, document)) continue
    const { columns, at: place } = columnsOf(document)
    const at = columns.times[place] ?? 0
    if (at < after) return
    if (at >= before || (from !== undefined && at > from.at)) continue
    const duration = columns.durations[place] ?? -1
    if (took.length > 0 && (duration < 0 || !took.every((fits) => fits(duration)))) continue
    yield { at, number: columns.numbers[place] ?? 0 }
  }
}
