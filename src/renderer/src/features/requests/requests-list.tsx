import { useEffect } from 'react'
import { Plus } from 'lucide-react'
import type { ExchangeSummary } from '@contract/requests.ts'
import { dayKey, dayName, duration, pathOf, timeOfDay } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { useTabs, useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { ListGroup, ListPane, ListRow } from '../../ui/list.tsx'
import { Method, statusTone, Tag } from '../../ui/tag.tsx'
import { newRequest, openExchange, openSaved } from './actions.ts'
import { requests } from './store.ts'
import css from './requests-list.module.css'

const byDay = (history: ExchangeSummary[]): ExchangeSummary[][] => {
  const days: ExchangeSummary[][] = []
  for (const exchange of history) {
    const day = days.at(-1)
    if (day?.[0] && dayKey(day[0].at) === dayKey(exchange.at)) day.push(exchange)
    else days.push([exchange])
  }
  return days
}

const HistoryRow = ({ exchange, current }: { exchange: ExchangeSummary; current: boolean }) => {
  const workspace = useWorkspace()
  const detail = [
    timeOfDay(exchange.at),
    exchange.accountName ? `as ${exchange.accountName}` : 'as nobody',
    exchange.status ?? 'failed',
    exchange.duration === undefined ? '' : duration(exchange.duration),
  ]
  return (
    <ListRow
      lead={
        <span className={css.method}>
          <Method method={exchange.method} />
        </span>
      }
      title={pathOf(exchange.url)}
      detail={
        <span title={exchange.url} data-bad={statusTone(exchange.status) === 'bad'} className={css.detail}>
          {detail.filter((part) => part !== '').join(' · ')}
        </span>
      }
      current={current}
      onOpen={() => openExchange(workspace, exchange)}
    />
  )
}

const Days = () => {
  const now = useNow()
  const history = requests.use((state) => state.history)
  const activeId = useTabs((state) => state.activeId)
  return byDay(history).map((day) => (
    <ListGroup key={day[0]?.id} title={dayName(day[0]?.at ?? 0, now)}>
      {day.map((exchange) => (
        <HistoryRow key={exchange.id} exchange={exchange} current={activeId === `exchange:${exchange.id}`} />
      ))}
    </ListGroup>
  ))
}

/** Saved requests, and what was sent, by day. */
export const RequestsList = () => {
  const workspace = useWorkspace()
  const { saved, load, hasOlder, loadOlder, loaded, empty } = {
    saved: requests.use((state) => state.saved),
    load: requests.use((state) => state.load),
    hasOlder: requests.use((state) => state.hasOlder),
    loadOlder: requests.use((state) => state.loadOlder),
    loaded: requests.use((state) => state.loaded),
    empty: requests.use((state) => state.history.length === 0),
  }
  const activeId = useTabs((state) => state.activeId)
  useEffect(() => void load(), [load])
  return (
    <ListPane
      title="Requests"
      action={
        <Button look="quiet" small icon={<Plus />} onClick={() => newRequest(workspace)}>
          New
        </Button>
      }
    >
      {saved.length > 0 && (
        <ListGroup title="Saved">
          {saved.map((request) => (
            <ListRow
              key={request.id}
              lead={
                <span className={css.method}>
                  <Method method={request.draft.method} />
                </span>
              }
              title={request.name}
              tail={
                request.lastStatus === undefined || request.lastStatus < 300 ? null : (
                  <Tag tone={statusTone(request.lastStatus)}>{request.lastStatus}</Tag>
                )
              }
              current={activeId === `request:${request.id}`}
              onOpen={() => openSaved(workspace, request)}
            />
          ))}
        </ListGroup>
      )}
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
          What you send stands here by day, with its answer. Ctrl+S keeps a request for good.
        </p>
      )}
    </ListPane>
  )
}
