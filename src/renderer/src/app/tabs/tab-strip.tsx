import { X } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { part } from '../../lib/part.ts'
import { nameTabs, type TabName } from '../../lib/tabs/tab-names.ts'
import type { Tab } from '../../lib/tabs/tabs.ts'
import { useDirectory, useTabs } from '../../lib/workspace.ts'
import { TabLead } from './tab-lead.tsx'
import css from './tab-strip.module.css'

const allTabs = part(
  () => import('./all-tabs.tsx'),
  (file) => file.AllTabs,
)

/** The open tabs: arrow keys move, Delete closes, as does the middle button. */
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
  const names = nameTabs(tabs, { accounts, connections })

  function onKey(event: KeyboardEvent<HTMLDivElement>): void {
    const within = event.currentTarget
    if (event.key === 'ArrowRight') step(1)
    else if (event.key === 'ArrowLeft') step(-1)
    else if (event.key === 'Home' && tabs[0]) activate(tabs[0].id)
    else if (event.key === 'End' && tabs.length > 0) activate(tabs[tabs.length - 1]?.id ?? '')
    else if (event.key === 'Delete' && activeId) close(activeId)
    else return
    event.preventDefault()
    requestAnimationFrame(() => within.querySelector<HTMLElement>('[aria-selected="true"]')?.focus())
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
            <TabButton key={tab.id} tab={tab} name={names[index]} active={tab.id === activeId} />
          ))}
        </div>
      </div>
      {overflows && <allTabs.Part />}
    </div>
  )
}

function elementIdOf(tabId: string): string {
  return `open-tab-${tabId}`
}

function TabButton({ tab, name, active }: { tab: Tab; name?: TabName; active: boolean }) {
  const activate = useTabs((state) => state.activate)
  const close = useTabs((state) => state.close)
  const element = useRef<HTMLDivElement>(null)
  // Only when it becomes the open one: it makes the browser lay everything out at once.
  useEffect(() => {
    if (active) element.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [active])
  return (
    <div className={css.tab} data-active={active} ref={element}>
      <button
        type="button"
        role="tab"
        id={elementIdOf(tab.id)}
        aria-selected={active}
        aria-controls="tab-panel"
        tabIndex={active ? 0 : -1}
        className={css.name}
        title={name?.tip ?? tab.face.title}
        onClick={() => activate(tab.id)}
        onAuxClick={(event) => {
          if (event.button === 1) close(tab.id)
        }}
      >
        <TabLead tab={tab} />
        <span className="clip">{tab.face.title}</span>
        {name?.detail && <span className={`clip ${css.detail}`}>{name.detail}</span>}
        {tab.face.unsaved && (
          <span
            className={css.unsaved}
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

/** Whether the tabs are wider than their strip. Told by the browser after a layout, which is never asked for. */
function useOverflow(strip: RefObject<HTMLElement | null>, tabs: RefObject<HTMLElement | null>): boolean {
  const [overflows, setOverflows] = useState(false)
  useEffect(() => {
    if (!strip.current || !tabs.current) return
    const widths = new Map<Element, number>()
    const seen = new ResizeObserver((entries) => {
      for (const { target, borderBoxSize } of entries) widths.set(target, borderBoxSize[0]?.inlineSize ?? 0)
      const [room, needed] = [strip, tabs].map(({ current }) => (current && widths.get(current)) ?? 0)
      setOverflows((needed ?? 0) > (room ?? 0) + 1)
      // A narrower window must not hide the open one.
      if (entries.some(({ target }) => target === strip.current))
        strip.current
          ?.querySelector('[data-active="true"]')
          ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    })
    seen.observe(strip.current)
    seen.observe(tabs.current)
    return () => seen.disconnect()
  }, [strip, tabs])
  return overflows
}
