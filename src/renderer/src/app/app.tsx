import { lazy, Suspense, useEffect, useState } from 'react'
import { useDirectory, useSession, useTabs } from '../lib/workspace.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Main } from './main-pane.tsx'
import { Rail } from './rail.tsx'
import { AccountsList, fetchNextRoom, RequestsList } from './rooms.ts'
import { StatusBar } from './status-bar.tsx'
import { Toasts } from './toasts.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import css from './app.module.css'

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))

const lists = { accounts: AccountsList, requests: RequestsList }

const useTheme = (): void => {
  const theme = useSession((state) => state.boot?.theme)
  useEffect(() => {
    const { dataset } = document.documentElement
    if (theme === undefined || theme === 'system') delete dataset.theme
    else dataset.theme = theme
  }, [theme])
}

/** Two frames after the first drawing the window is painted and answers: the moment that is measured. */
const useReadyMark = (): void => {
  useEffect(() => {
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        performance.mark('gatehouse:usable')
        requestIdleCallback(() => void fetchNextRoom())
      }),
    )
  }, [])
}

const Failed = () => {
  const failure = useSession((state) => state.failure)
  const load = useSession((state) => state.load)
  if (!failure) return null
  return (
    <div className={css.failed}>
      <Notice
        tone="bad"
        title={failure.message}
        next={failure.next}
        actions={<Button onClick={() => void load()}>Try again</Button>}
      />
    </div>
  )
}

/** The window: rail, list, tabs with what they show, status bar. */
export const App = () => {
  const room = useTabs((state) => state.room)
  const trouble = useDirectory((state) => state.failure)
  const reload = useDirectory((state) => state.load)
  const [palette, setPalette] = useState(false)
  useTheme()
  useReadyMark()
  useShortcuts(setPalette)
  const List = room === 'accounts' || room === 'requests' ? lists[room] : undefined
  return (
    <div className="shell" data-list={List ? 'shown' : 'none'}>
      <Rail />
      <aside className="shell-list" data-pane="list" tabIndex={-1} aria-label="List" hidden={!List}>
        {List && (
          <>
            <button type="button" className={css.search} onClick={() => setPalette(true)}>
              Search <kbd>Ctrl K</kbd>
            </button>
            <List />
          </>
        )}
      </aside>
      <Main>
        <Failed />
        {trouble && (
          <div className={css.failed}>
            <Notice
              tone="bad"
              title={trouble.message}
              next={trouble.next}
              actions={<Button onClick={() => void reload()}>Try again</Button>}
            />
          </div>
        )}
      </Main>
      <StatusBar />
      <Toasts />
      {palette && (
        <Suspense>
          <Palette onClose={() => setPalette(false)} />
        </Suspense>
      )}
    </div>
  )
}
