import { useEffect } from 'react'
import { useSession } from '../lib/workspace.ts'
import { fetchNextRoom } from './rooms.ts'

/** The theme of the settings, on the whole document. */
export const useTheme = (): void => {
  const theme = useSession((state) => state.boot?.theme)
  useEffect(() => {
    const { dataset } = document.documentElement
    if (theme === undefined || theme === 'system') delete dataset.theme
    else dataset.theme = theme
  }, [theme])
}

/** Two frames after the first drawing the window is painted and answers: the moment that is measured. */
export const useReadyMark = (): void => {
  useEffect(() => {
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        performance.mark('gatehouse:usable')
        requestIdleCallback(() => void fetchNextRoom().then(() => import('./palette.tsx')))
      }),
    )
  }, [])
}
