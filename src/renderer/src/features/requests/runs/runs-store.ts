import { createStore } from 'zustand/vanilla'
import type { Failure } from '@contract/result.ts'
import type { RunPlan, RunRow, RunView } from '@contract/sending/runs.ts'
import type { AppBridge } from '../../../lib/bridge.ts'
import { isLike } from '../../../lib/tabs/is-like.ts'
import { featureStore } from '../../../lib/workspace.ts'

/** What is set for a run before it starts. */
export type RunSettings = Omit<RunPlan, 'collectionId' | 'folder' | 'paths'>

interface RunTab {
  settings: RunSettings
  view: RunView | null
  rows: RunRow[]
  /** The rows of those that failed alone. */
  onlyFailed: boolean
  failure: Failure | null
}

interface RunsState {
  tabs: Record<string, RunTab>
  /** A tab of which there may be nothing yet. */
  of: (tabId: string) => RunTab
  set: (tabId: string, settings: Partial<RunSettings>) => void
  start: (tabId: string, of: Pick<RunPlan, 'collectionId' | 'folder' | 'paths'>) => Promise<void>
  pause: (tabId: string, paused: boolean) => Promise<void>
  cancel: (tabId: string) => Promise<void>
  showFailed: (tabId: string, onlyFailed: boolean) => void
}

/** What is set for a run, kept with its tab. */
export interface KeptRuns {
  read: (tabId: string) => unknown
  keep: (tabId: string, settings: RunSettings) => void
}

export const blankRun: RunTab = {
  settings: { callAs: 'own', times: 1, stopAtFailure: false, delay: 0 },
  view: null,
  rows: [],
  onlyFailed: false,
  failure: null,
}
const page = 200

/** Runs in their tabs: what is set for them, how far they are, and their rows. */
function createRunsStore(bridge: AppBridge, kept: KeptRuns) {
  return createStore<RunsState>()((set, get) => {
    function change(tabId: string, part: Partial<RunTab>): void {
      set({ tabs: { ...get().tabs, [tabId]: { ...get().of(tabId), ...part } } })
    }
    const reading = new Map<string, Promise<void>>()
    /** Rows that came since, page by page, and where the run is. */
    async function read(tabId: string): Promise<void> {
      for (;;) {
        const before = get().tabs[tabId]
        if (!before?.view) return
        const { id } = before.view
        const { onlyFailed, rows } = before
        const [view, more] = await Promise.all([
          bridge.call['runs:get']({ id }),
          bridge.call['runs:rows']({ id, from: rows.length, limit: page, failed: onlyFailed }),
        ])
        const now = get().tabs[tabId]
        if (now?.view?.id !== id) return
        if (!view.ok) return change(tabId, { failure: view.error })
        change(tabId, { view: view.value })
        if (now.onlyFailed !== onlyFailed) continue
        if (!more.ok || more.value.length === 0) return
        change(tabId, { rows: [...rows, ...more.value] })
        if (more.value.length < page) return
      }
    }
    function readSoon(tabId: string): void {
      const running = reading.get(tabId)
      if (running) return void running.then(() => get().tabs[tabId] && readSoon(tabId))
      reading.set(
        tabId,
        read(tabId).finally(() => reading.delete(tabId)),
      )
    }
    bridge.on('changed', ({ area }) => {
      if (area !== 'runs') return
      for (const [tabId, { view }] of Object.entries(get().tabs))
        if (view?.state === 'running' || view?.state === 'paused') readSoon(tabId)
    })
    return {
      tabs: {},
      of: (tabId) => {
        const settings = kept.read(tabId)
        return get().tabs[tabId] ?? (isSettings(settings) ? { ...blankRun, settings } : blankRun)
      },
      set: (tabId, part) => {
        const settings = { ...get().of(tabId).settings, ...part }
        change(tabId, { settings })
        kept.keep(tabId, settings)
      },
      start: async (tabId, of) => {
        const { settings } = get().of(tabId)
        const answer = await bridge.call['runs:start']({ ...of, ...settings })
        if (!answer.ok) return change(tabId, { failure: answer.error })
        change(tabId, { view: answer.value, rows: [], failure: null, onlyFailed: false })
        readSoon(tabId)
      },
      pause: async (tabId, paused) => {
        const id = get().tabs[tabId]?.view?.id
        if (id !== undefined) await bridge.call['runs:pause']({ id, paused })
      },
      cancel: async (tabId) => {
        const id = get().tabs[tabId]?.view?.id
        if (id !== undefined) await bridge.call['runs:cancel']({ id })
      },
      showFailed: (tabId, onlyFailed) => {
        change(tabId, { onlyFailed, rows: [] })
        readSoon(tabId)
      },
    }
  })
}

function isSettings(value: unknown): value is RunSettings {
  const { callAs: _who, ...others } = blankRun.settings
  return isLike(value, others) && 'callAs' in value && (value.callAs === null || isLike(value.callAs, ''))
}

/** Characters of data that are kept with the tab: a longer file is chosen again. */
const mostKept = 65_536

export const runs = featureStore(({ bridge, tabs, unsaved }) =>
  createRunsStore(bridge, {
    read: (tabId) => unsaved.getState().forms[tabId],
    keep: (tabId, { data, ...settings }) => {
      const forms = unsaved.getState()
      const there = [...tabs.getState().tabs, ...tabs.getState().closed].map(({ id }) => id)
      const gone = Object.keys(forms.forms).filter((name) => name.startsWith('run:') && !there.includes(name))
      for (const name of gone) forms.put(name, undefined)
      forms.put(tabId, { ...settings, ...(data && data.text.length <= mostKept && { data }) })
    },
  }),
)
