import type { ExchangeSummary } from '@contract/requests.ts'
import type { Failure } from '@contract/result.ts'
import type { AppBridge } from '../../../lib/bridge.ts'

/** What was sent before, newest first, read page by page. */
export interface HistoryState {
  history: ExchangeSummary[]
  hasOlder: boolean
  /** What the list is narrowed to; the history then holds only what was found. */
  search: string
  loadOlder: () => Promise<void>
  /** So many exchanges are not looked up yet. */
  waiting: number
  searchFor: (text: string) => Promise<void>
  pinExchange: (id: string, pinned: boolean) => Promise<Failure | null>
  removeExchange: (id: string) => Promise<Failure | null>
  clearHistory: () => Promise<Failure | null>
}

const pageSize = 100
/** Milliseconds in which a response is drawn: the list comes after it. */
const afterAnswer = 100
/** Milliseconds after which a search is made again while exchanges are still looked through. */
const untilMore = 1_000

/** The history's part of a store, and how it is read again. */
export function createHistory(
  bridge: AppBridge,
  set: (part: Partial<HistoryState>) => void,
  get: () => HistoryState,
) {
  function narrowed(): { search?: string } {
    const search = get().search.trim()
    return search === '' ? {} : { search }
  }
  /** The newest page; older ones that were read stay where they follow on it. */
  async function read(): Promise<void> {
    const asked = get().search
    const answer = await bridge.call['exchanges:list']({ limit: pageSize, ...narrowed() })
    if (!answer.ok || asked !== get().search) return
    const { rows: value, waiting: missing = 0 } = answer.value
    const last = value.at(-1)
    const from = last ? get().history.findIndex(({ id }) => id === last.id) : -1
    const rest = value.length === pageSize && from >= 0 ? get().history.slice(from + 1) : []
    set({
      history: [...value, ...rest],
      hasOlder: rest.length > 0 ? get().hasOlder : value.length === pageSize,
      waiting: missing,
    })
    if (missing > 0) setTimeout(() => void (asked === get().search && read()), untilMore)
  }
  let waiting: ReturnType<typeof setTimeout> | undefined
  /** Reads it when the response that changed it has been drawn; once for all that comes meanwhile. `also`: what shows
   *  the newest responses beside it. */
  function readSoon(): void {
    waiting ??= setTimeout(() => {
      waiting = undefined
      void read()
    }, afterAnswer)
  }
  let reading: Promise<void> | undefined
  async function readOlder(): Promise<void> {
    const last = get().history.at(-1)
    if (!last || !get().hasOlder) return
    const asked = get().search
    const before = { at: last.at, id: last.id }
    const answer = await bridge.call['exchanges:list']({ limit: pageSize, before, ...narrowed() })
    const { history } = get()
    if (!answer.ok || asked !== get().search || history.at(-1)?.id !== last.id) return
    const { rows } = answer.value
    set({ history: [...history, ...rows], hasOlder: rows.length === pageSize })
  }

  const state: HistoryState = {
    history: [],
    hasOlder: false,
    search: '',
    waiting: 0,
    loadOlder: () => {
      reading ??= readOlder().finally(() => (reading = undefined))
      return reading
    },
    searchFor: async (search) => {
      set({ search })
      await read()
    },
    pinExchange: async (id, pinned) => {
      const answer = await bridge.call['exchanges:pin']({ id, pinned })
      if (!answer.ok) return answer.error
      await read()
      return null
    },
    removeExchange: async (id) => {
      const answer = await bridge.call['exchanges:remove']({ id })
      if (!answer.ok) return answer.error
      set({ history: get().history.filter((one) => one.id !== id) })
      return null
    },
    clearHistory: async () => {
      const answer = await bridge.call['exchanges:clear']({})
      if (!answer.ok) return answer.error
      set({ history: [], hasOlder: false })
      return null
    },
  }
  return { state, read, readSoon }
}
