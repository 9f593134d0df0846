import { Pin as PinIcon } from 'lucide-react'
import type { ExchangeSummary } from '@contract/requests.ts'
import { keyIn } from '@contract/tables/keys-of.ts'
import { unreadableExchangeTable } from '@contract/tables/unreadable-exchanges.ts'
import { duration, hostOf, pathOf, timeOfDay } from '../../../lib/format.ts'
import { Method, statusTone, Tag } from '../../../ui/tag.tsx'
import css from './requests-list.module.css'

export function ExchangeFace({ exchange }: { exchange: ExchangeSummary }) {
  const unreadable = keyIn(unreadableExchangeTable, exchange.errorCode ?? '')
  if (unreadable !== undefined)
    return (
      <>
        <span className="grow clip" title={unreadableExchangeTable[unreadable].message}>
          Sent at {timeOfDay(exchange.at)}
        </span>
        <Tag tone="bad">cannot be read</Tag>
      </>
    )
  const { status, url } = exchange
  const took = exchange.duration === undefined ? '' : duration(exchange.duration)
  const detail = [
    timeOfDay(exchange.at),
    hostOf(url),
    exchange.accountName ? `as ${exchange.accountName}` : 'no account',
  ]
  return (
    <>
      <Lead method={exchange.method} />
      <span className="grow" title={[url, ...detail, took].filter((part) => part !== '').join('\n')}>
        <span className={css.line}>
          <span className={`grow clip ${css.title}`}>{pathOf(url)}</span>
          <span className={css.status} data-tone={statusTone(status)}>
            {status ?? 'failed'}
          </span>
        </span>
        <span className={css.line}>
          <span className={`grow clip ${css.detail}`}>{detail.join(' · ')}</span>
          {exchange.pinned && <PinIcon className={css.pin} aria-label="Pinned" />}
          {exchange.unchecked && <Tag tone="bad">TLS not checked</Tag>}
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
