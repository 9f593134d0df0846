import type { Failure } from '@contract/result'
import { firstTextLimit } from '../../http/body-text.ts'
import type { ExchangeRecord } from '../../records/model.ts'
import type { ExchangeStore, StoredBytes } from '../../records/ports.ts'
import { failureIn } from '../../text/expected-failure.ts'

interface Dependencies {
  exchanges: ExchangeStore
  /** Calls back after that many milliseconds; returns how to call it off. */
  after: (milliseconds: number, then: () => void) => () => void
  changed: () => void
}

/** The history, which takes long bodies a little later: ten megabytes are on the screen before they are on the disk.
 *  Whoever reads finds them there all the same. */
export interface LateExchanges extends ExchangeStore {
  /** Writes what waits, at once. */
  flush: () => void
  /** Why an exchange that was taken is not there. */
  lost: (id: string) => Failure | undefined
}

/** In milliseconds: the page has read and drawn a long body by then. */
const patience = 250

/** As many failures are remembered. */
const mostLost = 100

/** Puts off writing long bodies. What the disk does not take is told where it is asked for (`disk_full` and others). */
export function createLateExchanges({ exchanges, after, changed }: Dependencies): LateExchanges {
  const waiting = new Map<string, { record: ExchangeRecord; body: StoredBytes }>()
  const lost = new Map<string, Failure>()
  let callOff: (() => void) | undefined

  function flush(): void {
    callOff?.()
    callOff = undefined
    const all = [...waiting.values()]
    waiting.clear()
    const defects: unknown[] = []
    for (const { record, body } of all) {
      try {
        write(record, body)
      } catch (thrown) {
        defects.push(thrown)
      }
    }
    // The others are written all the same.
    if (defects.length > 0) throw defects[0]
  }

  function write(record: ExchangeRecord, body: StoredBytes): void {
    try {
      exchanges.add(record, body)
      changed()
    } catch (thrown) {
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
      if (body === undefined || body.byteLength <= firstTextLimit || body.whole !== undefined) {
        flush()
        exchanges.add(record, body)
        changed()
        return
      }
      waiting.set(record.id, { record, body })
      callOff ??= after(patience, flush)
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
      return held?.record.userId === userId
        ? { bytes: held.body.subarray(offset, offset + length).slice(), total: held.body.byteLength }
        : exchanges.body(userId, id, offset, length)
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
