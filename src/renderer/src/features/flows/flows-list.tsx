import { useEffect } from 'react'
import type { FlowSummary } from '@contract/flows.ts'
import { dayKey, dayName, timeOfDay } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { useTabs, useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { ListGroup, ListPane, ListRow } from '../../ui/list.tsx'
import { Tag, type Tone } from '../../ui/tag.tsx'
import { openFlow } from './actions.ts'
import { flows } from './store.ts'
import css from './flows-list.module.css'

export const outcomeTones: Record<FlowSummary['outcome'], Tone> = {
  ok: 'ok',
  running: 'accent',
  refused: 'bad',
  failed: 'bad',
  cancelled: 'plain',
}

const byDay = (list: FlowSummary[]): FlowSummary[][] => {
  const days: FlowSummary[][] = []
  for (const flow of list) {
    const day = days.at(-1)
    if (day?.[0] && dayKey(day[0].startedAt) === dayKey(flow.startedAt)) day.push(flow)
    else days.push([flow])
  }
  return days
}

const Days = () => {
  const workspace = useWorkspace()
  const now = useNow()
  const list = flows.use((state) => state.flows)
  const activeId = useTabs((state) => state.activeId)
  return byDay(list).map((day) => (
    <ListGroup key={day[0]?.id} title={dayName(day[0]?.startedAt ?? 0, now)}>
      {day.map((flow) => (
        <ListRow
          key={flow.id}
          lead={
            <span className={css.tag} title={flow.code}>
              <Tag tone={outcomeTones[flow.outcome]}>{flow.tag}</Tag>
            </span>
          }
          title={flow.title}
          detail={`${timeOfDay(flow.startedAt)} · ${flow.says}`}
          current={activeId === `flow:${flow.id}`}
          onOpen={() => openFlow(workspace, flow)}
        />
      ))}
    </ListGroup>
  ))
}

/** Every flow that was recorded, by day, with how it ended. */
export const FlowsList = () => {
  const load = flows.use((state) => state.load)
  const loaded = flows.use((state) => state.loaded)
  const empty = flows.use((state) => state.flows.length === 0)
  const hasOlder = flows.use((state) => state.hasOlder)
  const loadOlder = flows.use((state) => state.loadOlder)
  useEffect(() => void load(), [load])
  return (
    <ListPane title="Flows">
      <Days />
      {hasOlder && (
        <div className={css.older}>
          <Button look="quiet" small onClick={() => void loadOlder()}>
            Show older
          </Button>
        </div>
      )}
      {loaded && empty && (
        <p className={css.none}>
          Sign-ins, refreshes and discoveries stand here by day, with how they ended.
        </p>
      )}
    </ListPane>
  )
}
