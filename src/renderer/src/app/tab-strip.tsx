import { FlaskConical, GitCompareArrows, ScanText, Server, Settings, Workflow, X } from 'lucide-react'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import type { Tab } from '../lib/tabs.ts'
import { useDirectory, useTabs } from '../lib/workspace.ts'
import { Ring } from '../ui/ring.tsx'
import { Method } from '../ui/tag.tsx'
import css from './tab-strip.module.css'

const icons = {
  connection: Server,
  'token-bench': ScanText,
  flow: Workflow,
  'flow-comparison': GitCompareArrows,
  playground: FlaskConical,
  settings: Settings,
}

const Lead = ({ tab }: { tab: Tab }) => {
  const life = useDirectory((state) => state.accounts.find(({ id }) => id === tab.face.accountId)?.life)
  const { kind } = tab.subject
  if (kind === 'account') return life ? <Ring life={life} /> : null
  if (kind === 'request') return <Method method={tab.face.method ?? 'GET'} />
  const Icon = icons[kind]
  return <Icon className={css.icon} aria-hidden="true" />
}

const TabButton = ({ tab, active }: { tab: Tab; active: boolean }) => {
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
        aria-selected={active}
        aria-controls="tab-panel"
        tabIndex={active ? 0 : -1}
        className={css.name}
        title={tab.face.title}
        onClick={() => activate(tab.id)}
        onAuxClick={(event) => {
          if (event.button === 1) close(tab.id)
        }}
      >
        <Lead tab={tab} />
        <span className="clip">{tab.face.title}</span>
        {tab.face.unsaved && (
          <span
            className={css.unsaved}
            role="img"
            aria-label="changed since it was saved"
            title="Changed since it was saved"
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

/** The open tabs: arrow keys move, Delete closes, as does the middle button. */
export const TabStrip = () => {
  const tabs = useTabs((state) => state.tabs)
  const activeId = useTabs((state) => state.activeId)
  const step = useTabs((state) => state.step)
  const close = useTabs((state) => state.close)

  const onKey = (event: KeyboardEvent<HTMLDivElement>): void => {
    const strip = event.currentTarget
    if (event.key === 'ArrowRight') step(1)
    else if (event.key === 'ArrowLeft') step(-1)
    else if (event.key === 'Delete' && activeId) close(activeId)
    else return
    event.preventDefault()
    requestAnimationFrame(() => strip.querySelector<HTMLElement>('[aria-selected="true"]')?.focus())
  }
  return (
    <div className={`shell-tabs ${css.strip}`} role="tablist" aria-label="Open tabs" onKeyDown={onKey}>
      {tabs.map((tab) => (
        <TabButton key={tab.id} tab={tab} active={tab.id === activeId} />
      ))}
    </div>
  )
}
