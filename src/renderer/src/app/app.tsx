import { lazy, Suspense, useState, type CSSProperties } from 'react'
import { listWidths } from '@contract/words.ts'
import { isSingle, roomTable } from '../lib/rooms.ts'
import { useDirectory, useSession, useTabs } from '../lib/workspace.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { ListEdge } from './list-edge.tsx'
import { Main } from './main-pane.tsx'
import { Rail } from './rail.tsx'
import { roomParts } from './room-parts.tsx'
import { StorageNotices } from './storage-notices.tsx'
import { StatusBar } from './status-bar.tsx'
import { Toasts } from './toasts.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import { useReadyMark, useRest, useTextKeys } from './use-window.ts'
import css from './app.module.css'

const Palette = lazy(async () => ({ default: (await import('./palette/palette.tsx')).Palette }))

const StartFailed = lazy(async () => ({ default: (await import('./start-failed.tsx')).StartFailed }))

/** The window: rail, list, tabs with what they show, status bar. */
export function App() {
  const room = useTabs((state) => state.room)
  const failed = useSession((state) => state.boot === null && state.failure !== null)
  const trouble = useDirectory((state) => state.failure)
  const reload = useDirectory((state) => state.load)
  const width = useSession((state) => state.boot?.listWidth ?? listWidths.usual)
  const [palette, setPalette] = useState(false)
  useTextKeys()
  useReadyMark(useRest())
  useShortcuts(setPalette)
  const List = isSingle(room) ? undefined : roomParts[room].List
  if (failed)
    return (
      <Suspense>
        <StartFailed />
      </Suspense>
    )
  return (
    <div
      className="shell"
      data-list={List ? 'shown' : 'none'}
      style={{ '--list-width': `${width}px` } as CSSProperties}
    >
      <Rail />
      <aside
        className="shell-list"
        id="list-pane"
        data-pane="list"
        tabIndex={-1}
        aria-label="List"
        hidden={!List}
      >
        {List && (
          <>
            {!roomTable[room].searches && (
              <button type="button" className={css.search} onClick={() => setPalette(true)}>
                Search <kbd>Ctrl K</kbd>
              </button>
            )}
            <List />
            <ListEdge width={width} />
          </>
        )}
      </aside>
      <Main>
        <StorageNotices />
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
