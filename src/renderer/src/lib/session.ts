import { createStore } from 'zustand/vanilla'
import type { Bootstrap, Theme } from '@contract/app.ts'
import type { Failure } from '@contract/result.ts'
import type { AppBridge } from './bridge.ts'

export interface SessionState {
  boot: Bootstrap | null
  failure: Failure | null
  /** What is wrong with the stored data. */
  damage: Failure | null
  load: () => Promise<void>
  setTheme: (theme: Theme) => Promise<Failure | null>
  /** Kept once the user is done with it. */
  setListWidth: (pixels: number, done: boolean) => void
  startPlayground: () => Promise<void>
  stopPlayground: () => Promise<void>
}

/** The user, what protects the vault, the theme, and the playground's state; `damage` was told before. */
export function createSession(bridge: AppBridge, damage: Failure | null) {
  return createStore<SessionState>()((set, get) => {
    function change(part: Partial<Bootstrap>): void {
      const { boot } = get()
      if (boot) set({ boot: { ...boot, ...part } })
    }
    bridge.on('playground:state', (playground) => change({ playground }))
    bridge.on('changed', ({ area }) => {
      if (area === 'environments') void get().load()
    })
    bridge.on('storage:damaged', (found) => set({ damage: found }))
    return {
      boot: null,
      failure: null,
      damage,
      load: async () => {
        const answer = await bridge.call['app:bootstrap']({})
        if (answer.ok) set({ boot: answer.value, failure: null })
        else set({ failure: answer.error })
      },
      setTheme: async (theme) => {
        const before = get().boot?.theme
        change({ theme })
        const answer = await bridge.call['app:set-theme']({ theme })
        if (answer.ok) return null
        if (before) change({ theme: before })
        return answer.error
      },
      setListWidth: (pixels, done) => {
        change({ listWidth: pixels })
        if (done) void bridge.call['app:set-list-width']({ pixels })
      },
      startPlayground: async () => {
        change({ playground: { state: 'starting' } })
        const answer = await bridge.call['playground:start']({})
        change({
          playground: answer.ok
            ? answer.value
            : { state: 'failed', message: answer.error.message, next: answer.error.next ?? 'Try again.' },
        })
      },
      stopPlayground: async () => {
        const answer = await bridge.call['playground:stop']({})
        if (answer.ok) change({ playground: answer.value })
        else
          change({
            playground: { state: 'failed', message: answer.error.message, next: answer.error.next ?? '' },
          })
      },
    }
  })
}
