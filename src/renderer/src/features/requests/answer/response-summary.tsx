import type { ExchangeView } from '@contract/requests.ts'
import { duration, moment, size } from '../../../lib/format.ts'
import { useNow } from '../../../lib/use-now.ts'
import { statusTone, Tag } from '../../../ui/tag.tsx'
import { CapturedTag, ChecksTag } from './checks/outcome-tags.tsx'
import { TimingBar } from './timing.tsx'
import css from './response-pane.module.css'

/** What came at a glance: status, outcomes, time and size; `old` says why it answers another request. */
export function Summary({ exchange, old }: { exchange: ExchangeView; old: string | false }) {
  const now = useNow()
  const { response, timing } = exchange
  const tone = statusTone(response?.status)
  const hasOutcomes = exchange.checks !== undefined || exchange.captures !== undefined || old !== false
  return (
    <div className={css.summary} data-outcomes={hasOutcomes || undefined} role="group" aria-label="Response">
      <span className={css.status} data-tone={tone}>
        {response ? `${response.status} ${response.statusText}` : 'No response'}
      </span>
      {old && (
        <span title={`The response to ${exchange.method} ${exchange.url}`}>
          <Tag tone="warn">{old}</Tag>
        </span>
      )}
      {exchange.checks && <ChecksTag results={exchange.checks} />}
      {exchange.captures && <CapturedTag results={exchange.captures} />}
      {exchange.unchecked && <Tag tone="bad">TLS not checked</Tag>}
      {timing && <span>{duration(timing.total)}</span>}
      {response && !response.arriving && <span>{size(response.bodySize)}</span>}
      {response?.arriving && <Tag>receiving</Tag>}
      <span className={`clip faint ${css.when}`}>{moment(exchange.at, now)}</span>
      {timing && <TimingBar timing={timing} />}
    </div>
  )
}
