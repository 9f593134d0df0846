import type { ExchangeView, Timing } from '@contract/requests.ts'
import { duration } from '../../../lib/format.ts'
import { axisOf, exact, phasesOf } from './phases.ts'
import { KeyValueTable } from '../../../ui/list/key-value-table.tsx'
import { EarlierSendings } from './earlier-sendings.tsx'
import css from './timing.module.css'

export function TimingBar({ timing }: { timing: Timing }) {
  return (
    <svg width="120" height="8" className={css.bar} role="img" aria-label={`Total ${duration(timing.total)}`}>
      {phasesOf(timing).map(({ key, from, width }) => (
        <rect
          key={key}
          data-part={key}
          x={`${from}%`}
          width={`${Math.max(1.5, width - 0.8)}%`}
          height="8"
          rx="1"
        />
      ))}
    </svg>
  )
}

/** How long each part took, and how long the same took before. */
export function TimingFacts({ exchange, timing }: { exchange: ExchangeView; timing: Timing }) {
  return (
    <div className={css.facts}>
      <TimingTable timing={timing} />
      <Connection exchange={exchange} />
      <EarlierSendings exchange={exchange} />
    </div>
  )
}

/** What the last message of it went through. */
function Connection({ exchange: { connection, unchecked } }: { exchange: ExchangeView }) {
  if (connection === undefined) return null
  const { proxy, tls } = connection
  return (
    <KeyValueTable
      label="Connection"
      rows={[
        ['Proxy', proxy ?? 'none'],
        ...(tls === undefined
          ? []
          : ([
              ['HTTP', tls.http2 ? 'HTTP/2' : 'HTTP/1.1'],
              ['TLS', [tls.protocol, tls.cipher].filter(Boolean).join(', ')],
              ['Certificate', `${tls.subject ?? 'without a name'}${unchecked ? ', not checked' : ''}`],
              ['Issued by', tls.issuer ?? 'not stated'],
              ['Valid to', tls.validTo ?? 'not stated'],
            ] as const)),
      ]}
    />
  )
}

function Grid({ ticks }: { ticks: { at: number }[] }) {
  return ticks.map(({ at }) => (
    <line key={at} x1={`${at}%`} x2={`${at}%`} y1="0" y2="100%" className={css.grid} />
  ))
}

function TimingTable({ timing }: { timing: Timing }) {
  const ticks = axisOf(timing.total)
  return (
    <table className={css.table} aria-label="Timing">
      <tbody>
        {phasesOf(timing).map(({ key, label, says, shown, from, width }) => (
          <tr key={key}>
            <th scope="row" title={says}>
              {label}
              <span className={css.says}>{says}</span>
            </th>
            <td className={css.track}>
              <svg width="100%" height="36" className={css.bar} aria-hidden="true">
                <Grid ticks={ticks} />
                <rect
                  data-part={key}
                  x={`${from}%`}
                  y="13"
                  width={`${Math.max(0.6, width)}%`}
                  height="10"
                  rx="1"
                />
              </svg>
            </td>
            <td className={`mono ${css.took}`}>{exact(shown, timing.total)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Total</th>
          <td className={css.track}>
            <svg width="100%" height="24" className={css.bar} aria-hidden="true">
              <line x1="0" x2="100%" y1="0.5" y2="0.5" className={css.axis} />
              {ticks.map(({ at, text }) => (
                <text key={at} x={`${at}%`} y="15" textAnchor={at === 0 ? 'start' : 'middle'}>
                  {text}
                </text>
              ))}
            </svg>
          </td>
          <td className={`mono ${css.took}`}>{exact(timing.total, timing.total)}</td>
        </tr>
      </tfoot>
    </table>
  )
}
