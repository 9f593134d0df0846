import type { HistoryPlan } from '../../../../core/records/history-plan.ts'
import { buildSegment, type Document, type Written } from '../../../../core/search/build-segment.ts'
import { mergeSegments } from '../../../../core/search/merge-segments.ts'
import type { HistoryKeys } from '../../../../core/vault/box/history-keys.ts'
import type { VaultCrypto } from '../../../../core/vault/box/vault-crypto.ts'
import type { Database } from '../../database.ts'
import { readRow } from '../../stores/rows/row.ts'
import { unhurried } from '../../unhurried.ts'
import { inSteps, stepTime } from '../in-steps.ts'
import { findRows } from './find.ts'
import { mergeable } from './mergeable.ts'
import { createSegments, SearchDamaged, type OpenSegment } from './segments.ts'

interface Parts {
  keys: HistoryKeys
  crypto: VaultCrypto
  /** What a row is found by; throws where it does not open. */
  termsOf: (row: unknown) => { duration: number | undefined; terms: ReadonlySet<string> }
}

/** Exchanges, and words of them, of a new segment: writing one takes a turn. */
const newDocuments = 256
const newWords = 40_000
/** Milliseconds without a new exchange after which the newest are taken in. */
const patience = 500
/** Exchanges that wait at most until then. */
const mostWaiting = 2_000

/** Words of exchanges, taken in beside all else: what was sent a moment ago, or by an earlier version, waits in the table
 *  of exchanges, from the last number on that a segment has. */
export function createSearchIndex(history: Database, { keys, crypto, termsOf }: Parts) {
  const segments = createSegments(history, keys, crypto)
  const later = history.prepare('SELECT * FROM exchanges WHERE number > ? ORDER BY number LIMIT 64')
  const newestNumber = history.prepare('SELECT coalesce(max(number), 0) FROM exchanges').pluck()
  const isThere = history.prepare('SELECT 1 FROM exchanges WHERE number = ?')
  const hasRows = history.prepare(
    'SELECT 1 FROM exchanges WHERE number BETWEEN ? AND ? AND user_id = ? LIMIT 1',
  )
  const gone = history.prepare(
    'SELECT count(*) AS count, coalesce(max(soon), 0) AS soon FROM search_gone WHERE number BETWEEN ? AND ?',
  )
  const forgetGone = history.prepare('DELETE FROM search_gone WHERE number BETWEEN ? AND ?')

  interface Taking {
    userId: string
    /** All up to this one were looked at. */
    scanned: number
    keyId: string
    documents: Document[]
    words: number
    merging: { run: () => boolean } | undefined
    /** What left the history is looked for once. */
    tidied: boolean
    /** Blocks are left of segments that are gone. */
    toSweep: boolean
    turn: number
  }
  let taking: Taking | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Whose are to be taken in soon. */
  let due: string | undefined
  let lastAdded = 0
  let added = 0

  function begin(userId: string): Taking {
    if (taking?.userId === userId) return taking
    segments.list(userId)
    taking = {
      userId,
      scanned: segments.through(userId),
      keyId: '',
      documents: [],
      words: 0,
      merging: undefined,
      tidied: false,
      toSweep: true,
      turn: 0,
    }
    return taking
  }

  /** Writes what was taken in as a segment. */
  function write(state: Taking): void {
    const { userId, keyId, documents } = state
    state.documents = []
    state.words = 0
    if (documents.length === 0) return
    const segment = segments.begin(userId)
    const written = buildSegment(documents, segment.put)
    const numbers = documents.map(({ number }) => number)
    segment.finish({ keyId, first: Math.min(...numbers), last: Math.max(...numbers) }, written)
  }
  /** Takes in some rows that wait; returns whether there may be more. */
  function takeSome(state: Taking, until: number): boolean {
    const rows = later.all(state.scanned)
    if (rows.length === 0) {
      write(state)
      return false
    }
    for (const row of rows) {
      const read = readRow(history, row)
      const number = read.number('number')
      if (read.text('user_id') === state.userId) {
        const keyId = read.text('key_id')
        if (keyId !== state.keyId || state.documents.length >= newDocuments || state.words >= newWords) {
          write(state)
          state.keyId = keyId
        }
        if (keys.find(state.userId, keyId)) {
          const document = documentOf(row, number, read.number('at'))
          state.documents.push(document)
          state.words += document.terms.size
        }
      }
      state.scanned = number
      if (performance.now() >= until) return true
    }
    return true
  }
  function documentOf(row: unknown, number: number, at: number): Document {
    try {
      const { duration = -1, terms } = termsOf(row)
      return { number, at, duration, terms }
    } catch {
      // Damaged: it is listed, and not found.
      return { number, at, duration: -1, terms: new Set() }
    }
  }

  /** Those of which exchanges were erased, or many are gone. */
  function thinned(userId: string): OpenSegment | undefined {
    return segments.list(userId).find(({ first, last, documents }) => {
      const read = readRow(history, gone.get(first, last))
      const count = read.number('count')
      return count > 0 && (read.number('soon') === 1 || count * 4 > documents)
    })
  }
  /** Those whose exchanges are all gone go. */
  function removeEmpty(userId: string): void {
    const empty = segments
      .rows(userId)
      .filter(({ first, last }) => hasRows.get(first, last, userId) === undefined)
    if (empty.length === 0) return
    segments.remove(userId, empty)
    if (taking) taking.toSweep = true
    for (const { first, last } of empty) forgetGone.run(first, last)
  }
  function beginMerge(state: Taking, sources: readonly OpenSegment[]): void {
    const { userId } = state
    const segment = segments.begin(userId)
    const range = {
      keyId: sources[0]?.keyId ?? '',
      first: Math.min(...sources.map(({ first }) => first)),
      last: Math.max(...sources.map(({ last }) => last)),
    }
    const steps = mergeSegments(
      sources.map((each) => ({ segment: each.segment, columns: segments.columnsOf(each) })),
      (number) => isThere.get(number) !== undefined,
      segment.put,
    )
    function end(written: Written): boolean {
      segment.finish(range, written, sources)
      forgetGone.run(range.first, range.last)
      state.merging = undefined
      state.toSweep = true
      return true
    }
    state.merging = {
      run() {
        const until = performance.now() + stepTime
        for (;;) {
          const next = steps.next()
          if (next.done === true) return end(next.value)
          if (performance.now() >= until) return true
        }
      },
    }
  }

  function work(state: Taking): boolean {
    // In turn, so that a million exchanges that are taken in at once do not become thousands of segments.
    state.turn += 1
    if (state.turn % 2 === 0 && merge(state)) return true
    return takeSome(state, performance.now() + stepTime) || merge(state)
  }
  function merge(state: Taking): boolean {
    if (state.merging) return state.merging.run()
    if (!state.tidied) {
      state.tidied = true
      removeEmpty(state.userId)
      return true
    }
    if (state.toSweep) {
      state.toSweep = segments.sweep()
      return true
    }
    const thin = thinned(state.userId)
    const sources = thin ? [thin] : mergeable(segments.list(state.userId))
    if (sources.length === 0) return false
    beginMerge(state, sources)
    return true
  }
  const steps = inSteps(history, () => {
    const state = taking
    if (state === undefined) return false
    try {
      return unhurried(history, () => work(state))
    } catch (error) {
      // What was taken in and not written is taken in again.
      taking = undefined
      if (!(error instanceof SearchDamaged)) throw error
      rebuild(state.userId)
      return true
    }
  })
  /** A damaged segment is no reason not to find anything: all are made again. */
  function rebuild(userId: string): void {
    segments.remove(userId, segments.list(userId))
    taking = undefined
    begin(userId)
  }

  function runSoon(userId: string): void {
    due = userId
    timer ??= setTimeout(() => {
      timer = undefined
      if (added < mostWaiting && performance.now() - lastAdded < patience) return runSoon(userId)
      added = 0
      run(userId)
    }, patience)
    timer.unref()
  }
  function run(userId: string): void {
    if (!history.open) return
    try {
      begin(userId)
      void steps.run()
    } catch {
      // Someone locked meanwhile.
    }
  }
  function waitingOf(userId: string): number {
    const { scanned, documents } = begin(userId)
    return Math.max(0, (newestNumber.get() as number) - scanned) + documents.length
  }

  /** Waits that long at most for what is to be taken in; returns how many exchanges are not. */
  async function ready(userId: string, milliseconds: number): Promise<number> {
    const until = performance.now() + milliseconds
    if (waitingOf(userId) > 0) run(userId)
    while (history.open && taking?.userId === userId && waitingOf(userId) > 0 && performance.now() < until)
      await new Promise((done) => setImmediate(done))
    return history.open && taking?.userId === userId ? waitingOf(userId) : 0
  }

  return {
    added(userId: string): void {
      lastAdded = performance.now()
      added += 1
      runSoon(userId)
    },
    runSoon,
    /** Exchanges left the history. */
    left(userId: string): void {
      if (taking?.userId !== userId) return
      taking.tidied = false
      runSoon(userId)
    },
    ready,
    *find(userId: string, plan: HistoryPlan, before: { at: number; id: string } | undefined) {
      try {
        yield* findRows(segments.list(userId), plan, before)
      } catch (error) {
        if (!(error instanceof SearchDamaged)) throw error
        rebuild(userId)
        void steps.run()
      }
    },
    /** Takes in what waits before a lock, where that takes a moment. */
    async settle(): Promise<void> {
      if (due === undefined || timer === undefined) return
      try {
        await ready(due, 1_000)
      } catch {
        // It is taken in after the next unlock.
      }
    },
    /** What was read of segments is read again: some may be gone. */
    refresh: (): void => segments.refresh(),
    forget(): void {
      clearTimeout(timer)
      timer = undefined
      due = undefined
      taking = undefined
      segments.forget()
    },
  }
}

export type SearchIndex = ReturnType<typeof createSearchIndex>
