import type { Failure } from '@contract/result'
import { firstTextLimit } from '../../http/body-text.ts'
import type { ExchangeRecord } from '../../records/model.ts'
import type { ExchangeStore, StoredBytes } from '../../records/ports.ts'
import { failureIn } from '../../text/expected-failure.ts'

interface Dependencies {
  exchanges: ExchangeStore
  /** Calls back after that many milliseconds; returns how to call it off. */
  after: (milliseconds: number, then: () => void) => () => void
  elapsed: () => number
  changed: () => void
}

/** The history, which takes long bodies a little later: ten megabytes are on the screen before they are on the disk. So
 *  it takes what is sent in a quick row, several at once. Whoever reads finds all there all the same. */
export interface LateExchanges extends ExchangeStore {
  /** Writes what waits, at once. */
  flush: () => void
  /** Why an exchange that was taken is not there. */
  lost: (id: string) => Failure | undefined
}

/** In milliseconds: the page has read and drawn a long body by then. */
const patience = 250
/** Milliseconds after a short one that was written during which the next ones wait for each other, and how long. */
const quickRow = 1_000
const rowPatience = 250
/** As many wait at most, and as many bytes of them. */
const mostInRow = 256
const mostBytes = 4 * 1024 * 1024

/** As many failures are remembered. */
const mostLost = 100

interface Waiting {
  record: ExchangeRecord
  body: StoredBytes | undefined
}

/** Puts off writing long bodies, and what follows on another within a second. A single one is written before it is shown,
 *  and says so where that failed; what the disk does not take later is told where it is asked for (`disk_full` and
 *  others), and the next is not put off. */
export function createLateExchanges({ exchanges, after, elapsed, changed }: Dependencies): LateExchanges {
  const waiting = new Map<string, Waiting>()
  const lost = new Map<string, Failure>()
  let callOff: (() => void) | undefined
  let due = Infinity
  /** When the last short one was written. */
  let written = -Infinity
  let [row, rowBytes] = [0, 0]

  function flush(): void {
    callOff?.()
    callOff = undefined
    due = Infinity
    const all = [...waiting.values()]
    waiting.clear()
    ;[row, rowBytes] = [0, 0]
    const short = all.filter(({ body }) => isShort(body))
    const isWritten = short.length > 1 && writeTogether(short)
    const defects: unknown[] = []
    for (const each of isWritten ? all.filter(({ body }) => !isShort(body)) : all) {
      try {
        write(each)
      } catch (thrown) {
        defects.push(thrown)
      }
    }
    // The others are written all the same.
    if (defects.length > 0) throw defects[0]
  }

  function later(milliseconds: number): void {
    const at = elapsed() + milliseconds
    if (at >= due) return
    callOff?.()
    due = at
    callOff = after(milliseconds, flush)
  }
  function writeTogether(all: readonly Waiting[]): boolean {
    try {
      exchanges.together(() => {
        for (const { record, body } of all) exchanges.add(record, body)
      })
      written = elapsed()
      changed()
      return true
    } catch {
      // One by one it shows which.
      return false
    }
  }
  function write({ record, body }: Waiting): void {
    try {
      exchanges.add(record, body)
      changed()
      written = elapsed()
    } catch (thrown) {
      written = -Infinity
      const failure = failureIn(thrown)
      if (failure === undefined) throw thrown
      if (lost.size >= mostLost) lost.clear()
      lost.set(record.id, failure)
    }
  }

  /** The same question, when nothing waits anymore. */
  function afterFlush<Arguments extends unknown[], Answer>(ask: (...args: Arguments) => Answer) {
    return (...args: Arguments): Answer => {
      flush()
      return ask(...args)
    }
  }

  return {
    add(record, body) {
      // What lies on the disk need not be written in a hurry: the store takes it from there.
      if (body?.whole === undefined && !isShort(body)) {
        waiting.set(record.id, { record, body })
        later(patience)
        return
      }
      const size = record.view.length + (body?.byteLength ?? 0)
      const isNext = body?.whole === undefined && elapsed() - written < quickRow
      if (isNext && row < mostInRow && rowBytes + size <= mostBytes) {
        waiting.set(record.id, { record, body })
        ;[row, rowBytes] = [row + 1, rowBytes + size]
        later(rowPatience)
        return
      }
      flush()
      written = -Infinity
      exchanges.add(record, body)
      if (body?.whole === undefined) written = elapsed()
      changed()
    },
    together: (add) => exchanges.together(add),
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

function isShort(body: StoredBytes | undefined): boolean {
  return body === undefined || body.byteLength <= firstTextLimit
}
