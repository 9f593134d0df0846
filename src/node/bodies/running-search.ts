import type { BodyFind, BodySearch } from '@contract/bodies'
import { ok, type Result } from '@contract/result'
import { searchText, type ByteSearch } from '../../core/bodies/search.ts'
import { searchPattern } from './pattern-search.ts'
import type { Shelved } from './shelved.ts'

/** Finds that are kept; more are not looked for. */
const mostFinds = 100_000
const step = 262_144

/** A search in a body that goes on as the body comes. */
export interface RunningSearch {
  isFor: (asked: BodySearch) => boolean
  /** Looks a step further; false where there is nothing to look at now. */
  work: () => boolean
  answer: (asked: BodySearch) => BodyFind
}

/** Code: `pattern_unfit`. */
export function startSearch(shelved: Shelved, begun: BodySearch): Result<RunningSearch> {
  const search: Result<ByteSearch> = begun.pattern
    ? searchPattern(begun.text, begun.matchCase)
    : ok(searchText({ text: asWritten(begun), matchCase: begun.matchCase }))
  if (!search.ok) return search
  const finds: number[] = []
  let at = 0
  let done = false

  function hit(offset: number): void {
    if (finds.length < mostFinds) finds.push(offset)
  }
  return ok({
    isFor: (asked) =>
      asked.text === begun.text &&
      asked.pattern === begun.pattern &&
      asked.matchCase === begun.matchCase &&
      asked.as === begun.as,
    work() {
      if (done || finds.length >= mostFinds) return false
      const piece = shelved.read(at, at + step)
      if (piece.length > 0) {
        search.value.push(piece, at, hit)
        at += piece.length
        return true
      }
      const { whole, failure } = shelved.state()
      if (!whole && failure === undefined) return false
      search.value.end(hit)
      done = true
      return false
    },
    answer(asked) {
      const offset = finds[asked.hit]
      const capped = finds.length >= mostFinds
      return {
        total: finds.length,
        capped,
        searched: at,
        done: done || capped,
        ...(offset !== undefined && { line: shelved.lines(asked.as)?.lineAt(offset) ?? 0 }),
      }
    },
  })

  /** Laid-out JSON has a blank behind a colon; the body itself may have none. */
  function asWritten({ as, text }: BodySearch): string {
    if (as !== 'json') return text
    const start = new TextDecoder().decode(shelved.read(0, 4_096))
    return start.includes('": ') ? text : text.replaceAll('": ', '":')
  }
}
