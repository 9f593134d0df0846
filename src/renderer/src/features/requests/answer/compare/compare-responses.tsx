import { useEffect, useState } from 'react'
import type { ExchangeSummary, ExchangeView } from '@contract/requests.ts'
import { moment } from '../../../../lib/format.ts'
import { useNow } from '../../../../lib/use-now.ts'
import { useWorkspace } from '../../../../lib/workspace.ts'
import { Select } from '../../../../ui/select/select.tsx'
import { useSendings } from '../earlier-sendings.tsx'
import { BodyChanges } from './body-changes.tsx'
import { ChangeTable } from './change-table.tsx'
import { headerChanges } from './header-changes.ts'
import css from './compare.module.css'

interface Props {
  exchange: ExchangeView
  /** The one that was picked to be compared with. */
  picked?: string | undefined
  onPick: (id: string) => void
}

/** A response beside an earlier one of the same request: head, headers, and the body by structure or by lines. */
export function CompareResponses({ exchange, picked, onPick }: Props) {
  const now = useNow()
  const sendings = useSendings(exchange)
  const others = sendings?.filter(({ id }) => id !== exchange.id) ?? []
  const chosen = picked ?? (others.find(({ at }) => at < exchange.at) ?? others[0])?.id
  const other = useExchange(chosen)
  if (sendings === undefined) return null
  if (chosen === undefined)
    return <p className={css.none}>Send the request again to compare its responses here.</p>
  const shown =
    others.some(({ id }) => id === chosen) || other === null || other === undefined
      ? others
      : [other, ...others]
  return (
    <div className={css.compare}>
      <div className={css.with}>
        <span className="note">Compared with</span>
        <Select
          aria-label="Compared with"
          value={chosen}
          onPick={onPick}
          options={shown.map((one) => [one.id, nameOf(one, now)] as const)}
        />
      </div>
      {other === null && <p className={css.none}>That response is not in the history any more.</p>}
      {other && <Differences before={other} after={exchange} />}
    </div>
  )
}

function nameOf(one: ExchangeSummary, now: number): string {
  const who = one.accountName ? ` · as ${one.accountName}` : ''
  return `${moment(one.at, now)} · ${one.status ?? 'failed'}${who}`
}

function Differences({ before, after }: { before: ExchangeView; after: ExchangeView }) {
  const [one, other] = [before.response, after.response]
  if (!one || !other) return <p className={css.none}>One of the two has no response.</p>
  const { changes, same } = headerChanges(one.headers, other.headers)
  const head = [
    ['Address', before.url, after.url],
    ['Status', `${one.status} ${one.statusText}`, `${other.status} ${other.statusText}`],
    ['Called as', before.accountName ?? 'no one', after.accountName ?? 'no one'],
    ['Content type', one.contentType, other.contentType],
    ['Body, bytes', one.bodySize.toLocaleString('en'), other.bodySize.toLocaleString('en')],
  ].flatMap(([path = '', left = '', right = '']) =>
    left === right ? [] : [{ kind: 'changed' as const, path, before: left, after: right }],
  )
  return (
    <>
      {head.length > 0 && <ChangeTable label="Differences of the responses" what="Response" changes={head} />}
      <h2 className={css.title}>
        Headers
        <span className="faint">
          {changes.length === 0 ? 'all the same' : `${changes.length} differ, ${same} are the same`}
        </span>
      </h2>
      {changes.length > 0 && (
        <ChangeTable
          label="Headers that differ"
          what="Header"
          changes={changes.map(({ name, before: left, after: right }) => ({
            kind: left === undefined ? 'added' : right === undefined ? 'removed' : 'changed',
            path: name,
            ...(left !== undefined && { before: left }),
            ...(right !== undefined && { after: right }),
          }))}
        />
      )}
      <BodyChanges key={`${before.id} ${after.id}`} before={before} after={after} />
    </>
  )
}

/** An exchange of the history; null where it is gone. */
function useExchange(id: string | undefined): ExchangeView | null | undefined {
  const { bridge } = useWorkspace()
  const [found, setFound] = useState<{ id: string; exchange: ExchangeView | null }>()
  useEffect(() => {
    if (id === undefined) return
    let gone = false
    void bridge.call['exchanges:get']({ id }).then((answer) => {
      if (!gone) setFound({ id, exchange: answer.ok ? answer.value : null })
    })
    return () => {
      gone = true
    }
  }, [bridge, id])
  return found?.id === id ? found?.exchange : undefined
}
