import type { ReactNode } from 'react'
import { assertNever } from '@contract/result.ts'
import { isSingle, type Room } from '../lib/rooms.ts'
import type { Tab } from '../lib/tabs/tab.ts'
import { useTabs } from '../lib/workspace.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { roomParts } from './room-parts.tsx'
import {
  AccountPage,
  ComparisonPage,
  ConnectionPage,
  FirstSteps,
  FlowPage,
  PlaygroundPage,
  RequestPage,
  RunPage,
  SettingsPage,
  TokenBenchPage,
} from './rooms.ts'
import { TabStrip } from './tabs/tab-strip.tsx'
import css from './main-pane.module.css'

/** The tabs and what the open one shows; without one, the room's own page. Only the open tab is drawn. */
export function Main({ children }: { children?: ReactNode }) {
  const tab = useTabs((state) => state.tabs.find(({ id }) => id === state.activeId))
  const room = useTabs((state) => state.room)
  return (
    <main className="shell-main">
      <TabStrip />
      <div
        className={css.panel}
        id="tab-panel"
        data-pane="main"
        tabIndex={-1}
        role={tab ? 'tabpanel' : 'region'}
        aria-label={tab?.face.title ?? 'Start page'}
      >
        {children}
        <ErrorBoundary key={tab?.id ?? room}>{tab ? <Page tab={tab} /> : <Home room={room} />}</ErrorBoundary>
      </div>
    </main>
  )
}

function Page({ tab }: { tab: Tab }) {
  const { id, subject } = tab
  switch (subject.kind) {
    case 'account':
      return <AccountPage key={id} accountId={subject.accountId} />
    case 'connection':
      return <ConnectionPage key={id} connectionId={subject.connectionId} />
    case 'request':
      return <RequestPage key={id} tabId={id} seed={subject.seed} />
    case 'run':
      return <RunPage key={id} tabId={id} subject={subject} />
    case 'token-bench':
      return <TokenBenchPage />
    case 'flow':
      return <FlowPage key={id} flowId={subject.flowId} />
    case 'flow-comparison':
      return <ComparisonPage key={id} left={subject.left} right={subject.right} />
    case 'playground':
      return <PlaygroundPage />
    case 'settings':
      return <SettingsPage section={subject.section} />
    default:
      return assertNever(subject)
  }
}

function Home({ room }: { room: Room }) {
  // A room of one tab has no page of its own: behind it is the first one.
  const Own = isSingle(room) ? FirstSteps : roomParts[room].Home
  return <Own />
}
