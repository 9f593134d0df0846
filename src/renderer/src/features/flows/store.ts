import { defined } from '@contract/defined'
import { createStore } from 'zustand/vanilla'
import type { FlowComparison, FlowSummary, FlowView } from '@contract/flows.ts'
import type { Failure } from '@contract/result.ts'
import type { AppBridge } from '../../lib/bridge.ts'
import { featureStore } from '../../lib/workspace.ts'

export interface FlowsState {
  loaded: boolean
  flows: FlowSummary[]
  hasOlder: boolean
  /** Words that the list is narrowed by. */
  search: string
  /** Null while nothing is searched for; until the first response the whole list stays. */
  found: { flows: FlowSummary[]; hasOlder: boolean } | null
  failure: Failure | null
  /** Flows that were shown, by their id. */
  views: Record<string, FlowView>
  /** The chosen message of each flow. */
  chosen: Record<string, number>
  failures: Record<string, Failure>
  comparisons: Record<string, FlowComparison>
  load: () => Promise<void>
  loadOlder: () => Promise<void>
  searchFor: (text: string) => Promise<void>
  show: (id: string) => Promise<void>
  choose: (id: string, index: number) => void
  compare: (left: string, right: string) => Promise<void>
  remove: (id?: string) => Promise<Failure | null>
}

const pageSize = 100

export function comparisonKey(left: string, right: string): string {
  return `${left}:${right}`
}

/** What the list shows: all, or what was found. */
export function shownFlows({ flows, found }: FlowsState): FlowSummary[] {
  return found?.flows ?? flows
}

/** The message that is worth looking at first: where it went wrong, else the response from the browser. */
export function firstChoice({ messages }: FlowView): number {
  return (
    (
      messages.findLast(({ failure }) => failure) ??
      messages.find(({ kind }) => kind === 'authorization-response') ??
      messages[0]
    )?.index ?? 0
  )
}

export function createFlowsStore(bridge: AppBridge) {
  return createStore<FlowsState>()((set, get) => {
    async function readList(): Promise<void> {
      const answer = await bridge.call['flows:list']({ limit: pageSize })
      if (!answer.ok) return set({ failure: answer.error })
      set({ flows: answer.value, hasOlder: answer.value.length === pageSize, failure: null })
    }
    async function readFound(): Promise<void> {
      const { search } = get()
      if (search.trim() === '') return set({ found: null })
      const answer = await bridge.call['flows:list']({ limit: pageSize, search })
      // Typed on meanwhile: a later answer is on its way.
      if (get().search !== search) return
      if (!answer.ok) return set({ failure: answer.error })
      set({ found: { flows: answer.value, hasOlder: answer.value.length === pageSize } })
    }
    async function read(id: string): Promise<void> {
      const answer = await bridge.call['flows:get']({ id })
      const { [id]: _failed, ...failures } = get().failures
      if (!answer.ok) return set({ failures: { ...failures, [id]: answer.error } })
      const { chosen, views } = get()
      const kept = chosen[id] === undefined ? firstChoice(answer.value) : chosen[id]
      const index = Math.max(0, Math.min(kept, answer.value.messages.length - 1))
      set({ failures, views: { ...views, [id]: answer.value }, chosen: { ...chosen, [id]: index } })
    }

    bridge.on('changed', ({ area }) => {
      if (area !== 'flows') return
      void readList()
      void readFound()
      for (const id of Object.keys(get().views)) void read(id)
    })

    return {
      loaded: false,
      flows: [],
      hasOlder: false,
      search: '',
      found: null,
      failure: null,
      views: {},
      chosen: {},
      failures: {},
      comparisons: {},
      load: async () => {
        await readList()
        set({ loaded: true })
      },
      loadOlder: async () => {
        const { found, search } = get()
        const shown = shownFlows(get())
        const last = shown.at(-1)
        if (!last) return
        const before = { startedAt: last.startedAt, id: last.id }
        const answer = await bridge.call['flows:list']({
          limit: pageSize,
          before,
          ...defined({ search: found ? search : undefined }),
        })
        // Meanwhile another list is shown.
        if (!answer.ok || shownFlows(get()) !== shown || get().search !== search) return
        const longer = { flows: [...shown, ...answer.value], hasOlder: answer.value.length === pageSize }
        set(found ? { found: longer } : longer)
      },
      searchFor: async (search) => {
        set({ search })
        await readFound()
      },
      show: async (id) => {
        if (!get().views[id]) await read(id)
      },
      choose: (id, index) => set({ chosen: { ...get().chosen, [id]: index } }),
      compare: async (left, right) => {
        const key = comparisonKey(left, right)
        const answer = await bridge.call['flows:compare']({ left, right })
        if (answer.ok) set({ comparisons: { ...get().comparisons, [key]: answer.value } })
        else set({ failures: { ...get().failures, [key]: answer.error } })
      },
      remove: async (id) => {
        const answer = await bridge.call['flows:remove'](id === undefined ? {} : { id })
        return answer.ok ? null : answer.error
      },
    }
  })
}

export const flows = featureStore((workspace) => createFlowsStore(workspace.bridge))
