import { X } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react'
import { part } from '../../lib/part.ts'
import { nameTabs, type TabName } from '../../lib/tabs/tab-names.ts'
import type { Tab } from '../../lib/tabs/tab.ts'
import { useDirectory, useTabs } from '../../lib/workspace.ts'
import { focusOpenTab } from './move-tab.ts'
import { showOpenTab } from './show-tab.ts'
import { TabLead } from './tab-lead.tsx'
import { TabWait } from './tab-wait.tsx'
import { useOverflow } from './use-overflow.ts'
import { useTabDrag } from './use-tab-drag.ts'
import css from './tab-strip.module.css'

const allTabs = part(
  () => import('./all-tabs.tsx'),
  (file) => file.AllTabs,
)

const tabMenu = part(
  () => import('./tab-menu.tsx'),
  (file) => file.TabMenu,
)

interface Asked {
  id: string
  at: { x: number; y: number }
}

/** The open tabs: arrow keys go from one to the next, Delete closes, as does the middle button; the pointer drags them. */
export function TabStrip() {
  const tabs = useTabs((state) => state.tabs)
  const activeId = useTabs((state) => state.activeId)
  const step = useTabs((state) => state.step)
  const activate = useTabs((state) => state.activate)
  const close = useTabs((state) => state.close)
  const accounts = useDirectory((state) => state.accounts)
  const connections = useDirectory((state) => state.connections)
  const strip = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const overflows = useOverflow(strip, list)
  const { dragged, onPointerDown } = useTabDrag(list)
  const [asked, ask] = useState<Asked>()
  const askedTab = tabs.find(({ id }) => id === asked?.id)
  const names = nameTabs(tabs, { accounts, connections })

  function onKey(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'ArrowRight') step(1)
    else if (event.key === 'ArrowLeft') step(-1)
    else if (event.key === 'Home' && tabs[0]) activate(tabs[0].id)
    else if (event.key === 'End' && tabs.length > 0) activate(tabs[tabs.length - 1]?.id ?? '')
    else if (event.key === 'Delete' && activeId) close(activeId)
    else return
    event.preventDefault()
    focusOpenTab()
  }
  function onMenu(event: MouseEvent, id: string): void {
    event.preventDefault()
    ask({ id, at: { x: event.clientX, y: event.clientY } })
  }
  function closeMenu(): void {
    ask(undefined)
    focusOpenTab()
  }
  return (
    <div className={`shell-tabs ${css.bar}`}>
      <div
        className={css.strip}
        data-overflows={overflows}
        ref={strip}
        onWheel={(event) => {
          event.currentTarget.scrollLeft += event.deltaY
        }}
      >
        {/* A list of tabs may hold nothing but tabs, so it owns them and the buttons that close them are outside. */}
        {tabs.length > 0 && (
          <div
            role="tablist"
            aria-label="Open tabs"
            aria-owns={tabs.map(({ id }) => elementIdOf(id)).join(' ')}
          />
        )}
        <div className={css.tabs} ref={list} onKeyDown={onKey}>
          {tabs.map((tab, index) => (
            <TabButton
              key={tab.id}
              tab={tab}
              name={names[index]}
              active={tab.id === activeId}
              dragged={tab.id === dragged}
              onPointerDown={(event) => onPointerDown(event, tab.id)}
              onMenu={(event) => onMenu(event, tab.id)}
            />
          ))}
        </div>
      </div>
      {overflows && <allTabs.Part />}
      {asked && askedTab && <tabMenu.Part tab={askedTab} at={asked.at} onClose={closeMenu} />}
    </div>
  )
}

function elementIdOf(tabId: string): string {
  return `open-tab-${tabId}`
}

interface TabProps {
  tab: Tab
  name?: TabName
  active: boolean
  dragged: boolean
  onPointerDown: (event: PointerEvent) => void
  onMenu: (event: MouseEvent) => void
}

function TabButton({ tab, name, active, dragged, onPointerDown, onMenu }: TabProps) {
  const pin = useTabs((state) => state.pin)
  const activate = useTabs((state) => state.activate)
  const close = useTabs((state) => state.close)
  const element = useRef<HTMLDivElement>(null)
  // Only when it becomes the open one: it makes the browser lay everything out at once.
  useEffect(() => {
    if (active && element.current) showOpenTab(element.current)
  }, [active])
  const tip = name?.tip ?? tab.face.title
  return (
    <div
      className={css.tab}
      data-active={active}
      data-preview={tab.preview}
      data-dragged={dragged}
      ref={element}
      onContextMenu={onMenu}
    >
      <button
        type="button"
        role="tab"
        id={elementIdOf(tab.id)}
        aria-selected={active}
        aria-controls="tab-panel"
        tabIndex={active ? 0 : -1}
        className={css.name}
        title={tab.preview ? `${tip} · preview, double-click to keep open` : tip}
        onPointerDown={onPointerDown}
        onClick={() => activate(tab.id)}
        onDoubleClick={() => pin(tab.id)}
        onAuxClick={(event) => {
          if (event.button === 1) close(tab.id)
        }}
      >
        <TabLead tab={tab} />
        <span className={`clip ${css.title}`}>{tab.face.title}</span>
        {tab.preview && <span className="visually-hidden">, preview</span>}
        {name?.detail && <span className={`clip ${css.detail}`}>{name.detail}</span>}
        {tab.face.waitsUntil !== undefined && <TabWait until={tab.face.waitsUntil} />}
        {tab.face.unsaved && (
          <span
            className={css.unsaved}
            data-mark=""
            role="img"
            aria-label="changed since it was saved"
            title="Unsaved changes"
          />
        )}
      </button>
      <button
        type="button"
        className={css.close}
        tabIndex={-1}
        aria-label={`Close ${tab.face.title}`}
        title="Close (Ctrl+W)"
        onClick={() => close(tab.id)}
      >
        <X aria-hidden="true" />
      </button>
    </div>
  )
}
