import { useEffect, useState } from 'react'
import type { ExchangeSummary, ExchangeView } from '@contract/requests.ts'
import { duration, moment, pathOf } from '../../../lib/format.ts'
import { useNow } from '../../../lib/use-now.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { statusTone, Tag } from '../../../ui/tag.tsx'
import { openExchange } from '../actions.ts'
import css from './timing.module.css'

const shownRows = 12
/** What the history is asked for: others with the same address may be between. */
const asked = 60
/** The contract's limit for a search. */
const longestSearch = 200

/** How long the same request took the last times. */
export function EarlierSendings({ exchange }: { exchange: ExchangeView }) {
  const workspace = useWorkspace()
  const now = useNow()
  const sendings = useSendings(exchange)
  if (sendings === undefined) return null
  if (!sendings.some(({ id }) => id !== exchange.id))
    return <p className={`faint ${css.earlier}`}>Send it again to compare times here.</p>
  const slowest = Math.max(0.001, ...sendings.map((one) => one.duration))
  return (
    <section className={css.earlier} aria-label="Recent timings">
      <h2>
        The last {sendings.length} times
        <span className="faint">
          {exchange.method} {pathOf(exchange.url)} · median{' '}
          {duration(median(sendings.map((one) => one.duration)))}
        </span>
      </h2>
      <table className={css.times}>
        <tbody>
          {sendings.map((one) => (
            <tr key={one.id} aria-current={one.id === exchange.id || undefined}>
              <th scope="row">
                {one.id === exchange.id ? (
                  <span>{moment(one.at, now)}</span>
                ) : (
                  <button type="button" title="Open" onClick={() => openExchange(workspace, one)}>
                    {moment(one.at, now)}
                  </button>
                )}
              </th>
              <td>
                <Tag tone={statusTone(one.status)}>{one.status ?? 'failed'}</Tag>
              </td>
              <td className={css.who}>{one.accountName ? `as ${one.accountName}` : 'no account'}</td>
              <td className={css.track}>
                <svg width="100%" height="8" className={css.bar} aria-hidden="true">
                  <rect
                    data-part={one.id === exchange.id ? 'waiting' : 'preparing'}
                    width={`${Math.max(0.6, (one.duration / slowest) * 100)}%`}
                    height="8"
                    rx="1"
                  />
                </svg>
              </td>
              <td className={`mono ${css.took}`}>{duration(one.duration)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type Timed = ExchangeSummary & { duration: number }

function median(times: number[]): number {
  const sorted = times.toSorted((left, right) => left - right)
  const middle = sorted.length >> 1
  const high = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? 0) + high) / 2
}

/** The last sendings to the same address with the same method, newest first. */
export function useSendings({ id, method, url }: ExchangeView): Timed[] | undefined {
  const { bridge } = useWorkspace()
  const [found, setFound] = useState<Timed[]>()
  useEffect(() => {
    let gone = false
    void bridge.call['exchanges:list']({
      limit: asked,
      search: `url:"${url.slice(0, longestSearch - 10).replaceAll('"', '')}"`,
    }).then((answer) => {
      if (gone || !answer.ok) return
      const same = answer.value.rows.filter((one): one is Timed => one.duration !== undefined)
      setFound(same.filter((one) => one.method === method && one.url === url).slice(0, shownRows))
    })
    return () => {
      gone = true
    }
  }, [bridge, id, method, url])
  return found
}
