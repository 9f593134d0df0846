import { useCallback, useEffect, useLayoutEffect } from 'react'
import { shortcutOf } from '../lib/shortcuts.ts'
import { useSession, useWorkspace } from '../lib/workspace.ts'
import { fetchNextRoom } from './rooms.ts'

/** The theme of the settings, on the whole document. What the system says is written out too: were it left to
 *  `color-scheme: light dark`, a change would leave some inherited colours as they were (Chromium 130). */
export const useTheme = (): void => {
  const theme = useSession((state) => state.boot?.theme)
  useEffect(() => {
    const { dataset } = document.documentElement
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const follow = (): void => {
      const system = dark.matches ? 'dark' : 'light'
      dataset.theme = theme === undefined || theme === 'system' ? system : theme
    }
    follow()
    dark.addEventListener('change', follow)
    return () => dark.removeEventListener('change', follow)
  }, [theme])
}

/** Ctrl with +, - and 0, wherever the focus is: at the lock screen and in dialogs too. */
export const useTextKeys = (): void => {
  const { bridge } = useWorkspace()
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const by = shortcutOf(event)
      if (by !== 'larger' && by !== 'smaller' && by !== 'usual') return
      event.preventDefault()
      void bridge.call['app:step-text-size']({ by })
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [bridge])
}

/** Two frames after the first drawing the window is painted and answers: the moment that is measured. `then` runs
 *  when the page has nothing else to do after it. */
export const useReadyMark = (then?: () => void): void => {
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
export const useRest = (): (() => void) => {
  const { directory } = useWorkspace()
  return useCallback(() => {
    void directory.getState().loadSignIns()
    void fetchNextRoom().then(() => import('./palette.tsx'))
  }, [directory])
}
