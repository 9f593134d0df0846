import { useCallback, useEffect, useLayoutEffect } from 'react'
import { shortcutOf } from '../lib/shortcuts.ts'
import { useWorkspace } from '../lib/workspace.ts'
import { fetchNextRoom } from './rooms.ts'

/** Ctrl with +, - and 0, wherever the focus is: at the lock screen and in dialogs too. */
export function useTextKeys(): void {
  const { bridge } = useWorkspace()
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      const by = shortcutOf(event)
      if (by !== 'larger' && by !== 'smaller' && by !== 'usual') return
      event.preventDefault()
      void bridge.call['app:step-text-size']({ by })
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [bridge])
}

/** Two frames after the first drawing the window is painted and reacts: the moment that is measured. `then` runs
 *  when the page has nothing else to do after it. */
export function useReadyMark(then?: () => void): void {
  useLayoutEffect(() => {
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        performance.mark('gatehouse:usable')
        if (then) requestIdleCallback(then)
      }),
    )
  }, [then])
}

/** Loads what the first picture does without. */
export function useRest(): () => void {
  const { directory } = useWorkspace()
  return useCallback(() => {
    void directory.getState().loadSignIns()
    void fetchNextRoom().then(() => import('./palette/palette.tsx'))
  }, [directory])
}
