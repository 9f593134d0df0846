import type { BodyFind, BodySearch } from '@contract/bodies'
import { ok, type Result } from '@contract/result'
import { searchText, type ByteSearch } from '../../core/bodies/search.ts'
import { filterFor, readPath } from './path-filter.ts'
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
  const search: Result<ByteSearch> =
    begun.path === true
      ? searchPath(begun.text, shelved)
      : begun.pattern
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
      asked.path === begun.path &&
      asked.matchCase === begun.matchCase &&
      asked.as === begun.as,
    work() {
      if (done || finds.length >= mostFinds) return false
      const piece = shelved.read(at, at + step)
      if (piece.length > 0) {
        // Reading for a name may put the piece at hand aside.
        search.value.push(begun.path === true ? piece.slice() : piece, at, hit)
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
        ...(offset !== undefined && { line: lineAt(shelved, asked.as, offset) }),
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

/** The line or the row that a byte is in. */
function lineAt(shelved: Shelved, as: BodySearch['as'], offset: number): number {
  return (as === 'table' ? shelved.table()?.rowAt(offset) : shelved.lines(as)?.lineAt(offset)) ?? 0
}

/** What a path leads to is gone to as a find is. Code: `path_unfit`. */
function searchPath(text: string, shelved: Shelved): Result<ByteSearch> {
  const path = readPath(text)
  if (!path.ok) return path
  let tell: (offset: number) => void = () => undefined
  const filter = filterFor(path.value, shelved.read, (from) => tell(from))
  return ok({
    push: (bytes, offset, hit) => {
      tell = hit
      filter.push(bytes, offset)
    },
    end: (hit) => {
      tell = hit
      filter.end()
    },
  })
}
