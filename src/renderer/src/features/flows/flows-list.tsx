import {
  CornerDownLeft,
  Cpu,
  FileSearch,
  LogIn,
  MonitorSmartphone,
  RefreshCw,
  Repeat,
  Wrench,
  type LucideIcon,
} from 'lucide-react'
import { useEffect } from 'react'
import type { FlowKind, FlowSummary } from '@contract/flows.ts'
import { dayKey, dayName, timeOfDay } from '../../lib/format.ts'
import { part } from '../../lib/part.ts'
import { useNow } from '../../lib/use-now.ts'
import { useTabs, useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { ListGroup, ListPane, ListRow } from '../../ui/list/list.tsx'
import { SearchField } from '../../ui/list/search-field.tsx'
import { Tag, type Tone } from '../../ui/tag.tsx'
import { openFlow } from './actions.ts'
import { flows, shownFlows } from './store.ts'
import css from './flows-list.module.css'

const flowMenu = part(
  () => import('./flow-menu.tsx'),
  (loaded) => loaded.FlowMenu,
)

export const outcomeTones: Record<FlowSummary['outcome'], Tone> = {
  ok: 'ok',
  running: 'accent',
  refused: 'bad',
  failed: 'bad',
  cancelled: 'plain',
}

const icons: Record<FlowKind, LucideIcon> = {
  'sign-in': LogIn,
  refresh: RefreshCw,
  discovery: FileSearch,
  'client-credentials': Cpu,
  'device-code': MonitorSmartphone,
  'token-exchange': Repeat,
  'token-action': Wrench,
  callback: CornerDownLeft,
}

/** Every flow that was recorded, by day, with how it ended. */
export function FlowsList() {
  const load = flows.use((state) => state.load)
  const loaded = flows.use((state) => state.loaded)
  const empty = flows.use((state) => state.flows.length === 0)
  const search = flows.use((state) => state.search)
  const searchFor = flows.use((state) => state.searchFor)
  const found = flows.use((state) => state.found)
  const hasOlder = flows.use((state) => (state.found ?? state).hasOlder)
  const loadOlder = flows.use((state) => state.loadOlder)
  useEffect(() => void load(), [load])
  return (
    <>
      <SearchField
        label="Find a flow"
        placeholder="Title, connection, outcome"
        value={search}
        onSearch={(text) => void searchFor(text)}
      />
      <ListPane title="Flows">
        <Days />
        {hasOlder && (
          <div className={css.older}>
            <Button look="quiet" small onClick={() => void loadOlder()}>
              Show older
            </Button>
          </div>
        )}
        {found?.flows.length === 0 && <p className={css.none}>No results</p>}
        {loaded && empty && !found && (
          <p className={css.none}>
            Sign-ins, refreshes and discoveries appear here by day, with their outcome.
          </p>
        )}
      </ListPane>
    </>
  )
}

function KindIcon({ kind }: { kind: FlowKind }) {
  const Icon = icons[kind]
  return <Icon className={css.icon} aria-hidden="true" />
}

function byDay(list: FlowSummary[]): FlowSummary[][] {
  const days: FlowSummary[][] = []
  for (const flow of list) {
    const day = days.at(-1)
    if (day?.[0] && dayKey(day[0].startedAt) === dayKey(flow.startedAt)) day.push(flow)
    else days.push([flow])
  }
  return days
}

function Days() {
  const workspace = useWorkspace()
  const now = useNow()
  const list = flows.use(shownFlows)
  const activeId = useTabs((state) => state.activeId)
  return byDay(list).map((day) => (
    <ListGroup key={day[0]?.id} title={dayName(day[0]?.startedAt ?? 0, now)}>
      {day.map((flow) => (
        <ListRow
          key={flow.id}
          lead={<KindIcon kind={flow.kind} />}
          tail={
            <span className={css.tag} title={flow.code}>
              <Tag tone={outcomeTones[flow.outcome]}>{flow.tag}</Tag>
            </span>
          }
          title={flow.title}
          detail={`${timeOfDay(flow.startedAt)} · ${flow.brief}`}
          current={activeId === `flow:${flow.id}`}
          onOpen={() => openFlow(workspace, flow)}
          menu={<flowMenu.Part flow={flow} />}
        />
      ))}
    </ListGroup>
  ))
}
