import type { Failure } from '@contract/result'
import { firstTextLimit } from '../../http/body-text.ts'
import type { ExchangeRecord } from '../../records/model.ts'
import type { ExchangeEntry, ExchangeStore, StoredBytes } from '../../records/ports.ts'
import { failureIn } from '../../text/expected-failure.ts'

interface Dependencies {
  exchanges: ExchangeStore
  /** Calls back after that many milliseconds; returns how to call it off. */
  after: (milliseconds: number, then: () => void) => () => void
  changed: () => void
}

/** The history, which takes long bodies a little later: ten megabytes are on the screen before they are on the disk.
 *  Whoever reads finds them there all the same. */
export interface LateExchanges extends Omit<ExchangeStore, 'addAll'> {
  /** `inRun`: it may wait a moment for those that follow, and goes with them. Whoever tells of it calls `flush` before. */
  add: (record: ExchangeRecord, body: StoredBytes | undefined, inRun?: boolean) => void
  /** Writes what waits, at once. */
  flush: () => void
  /** Waits until an exchange that is on its way here has come, or for ten seconds. */
  coming: (userId: string, id: string) => Promise<void>
  /** Why an exchange that was taken is not there. */
  lost: (id: string) => Failure | undefined
}

/** In milliseconds: the page has read and drawn a long body by then. */
const patience = 250
/** In milliseconds, and as many: those of a run. */
const runPatience = 25
const mostOfRun = 32

/** In milliseconds: checks and captures of a long body come before it, with 2 s each. */
const longestComing = 10_000

/** As many failures are remembered. */
const mostLost = 100

/** Puts off writing long bodies, and the exchanges of a run. What the disk does not take is told where it is asked for
 *  (`disk_full` and others). */
export function createLateExchanges({ exchanges, after, changed }: Dependencies): LateExchanges {
  const waiting = new Map<string, ExchangeEntry>()
  const lost = new Map<string, Failure>()
  const awaited = new Map<string, (() => void)[]>()
  /** The last could not be written: the next is not put off, so that it says so. */
  let isRefused = false
  let callOff: (() => void) | undefined

  function flush(): void {
    callOff?.()
    callOff = undefined
    if (waiting.size === 0) return
    const all = [...waiting.values()]
    waiting.clear()
    if (!isWritten(all)) writeEach(all)
    changed()
  }
  /** Together, where the disk takes all of them. */
  function isWritten(all: readonly ExchangeEntry[]): boolean {
    if (all.length === 1) return false
    try {
      exchanges.addAll(all)
      return true
    } catch {
      return false
    }
  }
  function writeEach(all: readonly ExchangeEntry[]): void {
    const defects: unknown[] = []
    for (const { record, body } of all) {
      try {
        exchanges.add(record, body)
        isRefused = false
      } catch (thrown) {
        const failure = failureIn(thrown)
        if (failure === undefined) {
          defects.push(thrown)
          continue
        }
        isRefused = true
        if (lost.size >= mostLost) lost.clear()
        lost.set(record.id, failure)
      }
    }
    // The others are written all the same.
    if (defects.length > 0) throw defects[0]
  }
  function addNow(record: ExchangeRecord, body: StoredBytes | undefined): void {
    flush()
    isRefused = true
    exchanges.add(record, body)
    isRefused = false
    changed()
  }
  function putOff(entry: ExchangeEntry, milliseconds: number): void {
    waiting.set(entry.record.id, entry)
    callOff ??= after(milliseconds, flush)
  }

  function take(record: ExchangeRecord, body: StoredBytes | undefined, inRun: boolean): void {
    // What lies on the disk need not be written in a hurry: the store takes it from there.
    if (body !== undefined && body.byteLength > firstTextLimit && body.whole === undefined)
      return putOff({ record, body }, patience)
    const mayWait = inRun && !isRefused && body?.whole === undefined
    if (!mayWait || waiting.size >= mostOfRun) return addNow(record, body)
    return putOff({ record, body }, runPatience)
  }

  /** The same question, when nothing waits anymore. */
  function afterFlush<Arguments extends unknown[], Answer>(ask: (...args: Arguments) => Answer) {
    return (...args: Arguments): Answer => {
      flush()
      return ask(...args)
    }
  }

  return {
    add(record, body, inRun = false) {
      try {
        take(record, body, inRun)
      } finally {
        for (const done of awaited.get(record.id) ?? []) done()
      }
    },
    coming(userId, id) {
      if (waiting.has(id) || exchanges.summary(userId, id) !== undefined) return Promise.resolve()
      return new Promise((resolve) => {
        const called = after(longestComing, () => done())
        function done(): void {
          called()
          const others = awaited.get(id)?.filter((each) => each !== done) ?? []
          if (others.length === 0) awaited.delete(id)
          else awaited.set(id, others)
          resolve()
        }
        awaited.set(id, [...(awaited.get(id) ?? []), done])
      })
    },
    get(userId, id) {
      const held = waiting.get(id)
      return held?.record.userId === userId ? held.record : exchanges.get(userId, id)
    },
    summary(userId, id) {
      const held = waiting.get(id)
      return held?.record.userId === userId ? held.record : exchanges.summary(userId, id)
    },
    page: afterFlush((...args: Parameters<ExchangeStore['page']>) => exchanges.page(...args)),
    searchable: afterFlush((userId: string) => exchanges.searchable(userId)),
    find: (...args) => exchanges.find(...args),
    body(userId, id, offset, length) {
      const held = waiting.get(id)
      if (held?.record.userId !== userId) return exchanges.body(userId, id, offset, length)
      const { body } = held
      return body && { bytes: body.subarray(offset, offset + length).slice(), total: body.byteLength }
    },
    tie: afterFlush((...args: Parameters<ExchangeStore['tie']>) => exchanges.tie(...args)),
    pin: afterFlush((...args: Parameters<ExchangeStore['pin']>) => exchanges.pin(...args)),
    lastStatuses: afterFlush((userId: string) => exchanges.lastStatuses(userId)),
    limit: (limits) => exchanges.limit(limits),
    held: afterFlush((userId: string) => exchanges.held(userId)),
    enter: (userId) => exchanges.enter(userId),
    removeUser(userId) {
      for (const [id, { record }] of waiting) if (record.userId === userId) waiting.delete(id)
      exchanges.removeUser(userId)
    },
    async forget() {
      flush()
      await exchanges.forget()
    },
    flush,
    lost: (id) => lost.get(id),
  }
}
