import type { ExchangeSummary, SavedRequest, UnreadableRequest } from '@contract/requests.ts'
import { duration, pathOf, timeOfDay } from '../../../lib/format.ts'
import { Method, statusTone, Tag } from '../../../ui/tag.tsx'
import css from './requests-list.module.css'

export function SavedFace({ request }: { request: SavedRequest }) {
  return (
    <>
      <Lead method={request.draft.method} />
      <span className="grow clip">{request.name}</span>
      {request.lastStatus !== undefined && request.lastStatus >= 300 && (
        <Tag tone={statusTone(request.lastStatus)}>{request.lastStatus}</Tag>
      )}
    </>
  )
}

/** A saved request of which nothing but the name can be read. */
export function UnreadableFace({ request }: { request: UnreadableRequest }) {
  return (
    <>
      <span className="grow clip" title={request.unreadable.message}>
        {request.name}
      </span>
      <Tag tone="bad">cannot be read</Tag>
    </>
  )
}

export function ExchangeFace({ exchange }: { exchange: ExchangeSummary }) {
  const detail = [
    timeOfDay(exchange.at),
    exchange.accountName ? `as ${exchange.accountName}` : 'as nobody',
    exchange.status ?? 'failed',
    exchange.duration === undefined ? '' : duration(exchange.duration),
  ]
  return (
    <>
      <Lead method={exchange.method} />
      <span className="grow" title={exchange.url}>
        <span className={`clip ${css.title}`}>{pathOf(exchange.url)}</span>
        <span className={`clip ${css.detail}`} data-bad={statusTone(exchange.status) === 'bad'}>
          {detail.filter((part) => part !== '').join(' · ')}
        </span>
      </span>
    </>
  )
}

function Lead({ method }: { method: string }) {
  return (
    <span className={css.method}>
      <Method method={method} />
    </span>
  )
}
