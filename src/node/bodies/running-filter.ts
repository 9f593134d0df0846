import type { JsonPath } from '../../core/bodies/json-path.ts'
import { filterFor } from './path-filter.ts'
import type { Shelved } from './shelved.ts'

const step = 262_144
const encoder = new TextEncoder()

/** A filter that goes on as the body comes. */
export interface RunningFilter {
  /** Does a step: false where there is nothing to look at now. */
  work: () => boolean
  /** Items that were not looked at, since they are too long. */
  passedOver: () => number
}

/** Puts what a path leads to in one body into another, as a list; goes on as the first one comes. */
export function startFilter(from: Shelved, into: Shelved, path: JsonPath): RunningFilter {
  let at = 0
  let isFirst = true
  let isDone = false

  function put(bytes: Uint8Array): void {
    into.take(bytes.slice(), () => undefined)
    // Nothing waits in memory.
    while (into.work());
  }
  function found(start: number, end: number): void {
    put(encoder.encode(isFirst ? '[' : ','))
    isFirst = false
    for (let place = start; place < end; place += step) put(from.read(place, Math.min(end, place + step)))
  }
  const filter = filterFor(path, from.read, found)

  return { passedOver: filter.passedOver, work }

  function work(): boolean {
    if (isDone) return false
    const piece = from.read(at, at + step)
    if (piece.length > 0 && filter.fault() === undefined) {
      // Reading for a name may put the piece at hand aside.
      filter.push(piece.slice(), at)
      at += piece.length
      return true
    }
    const { whole, failure } = from.state()
    if (!whole && failure === undefined && filter.fault() === undefined) return false
    isDone = true
    filter.end()
    put(encoder.encode(isFirst ? '[]' : ']'))
    into.end()
    while (into.work());
    return true
  }
}
