import { mostDocuments } from '../../../../core/search/postings.ts'
import type { OpenSegment } from './segments.ts'

/** So many segments of about one size become one; that has eight times as many exchanges. */
const mergedAtOnce = 8

/** Those that are to become one; all of one key, next to each other. */
export function mergeable(segments: readonly OpenSegment[]): OpenSegment[] {
  let run: OpenSegment[] = []
  for (const each of [...segments].sort((one, other) => one.first - other.first)) {
    const [before] = run
    if (each.documents * 2 > mostDocuments) {
      run = []
      continue
    }
    const isNext = before && before.keyId === each.keyId && tierOf(before) === tierOf(each)
    run = isNext ? [...run, each] : [each]
    if (run.length === mergedAtOnce) break
  }
  if (run.length < mergedAtOnce) return []
  let total = 0
  const fitting = run.filter(({ documents }) => (total += documents) <= mostDocuments)
  return fitting.length > 1 ? fitting : []
}

function tierOf({ documents }: OpenSegment): number {
  return Math.floor(Math.log2(documents) / 3)
}
