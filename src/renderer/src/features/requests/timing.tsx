import type { Timing } from '@contract/requests.ts'
import { duration } from '../../lib/format.ts'
import css from './timing.module.css'

const parts: readonly (readonly ['token' | 'waiting' | 'receiving', string, string])[] = [
  ['token', 'Token', 'refreshed before sending'],
  ['waiting', 'Waiting', 'until the first byte of the answer'],
  ['receiving', 'Receiving', 'from the first to the last byte'],
]

/** How long each part took, one after another; `from` and `width` in percent of the whole. */
const segments = (timing: Timing) => {
  const whole = Math.max(0.001, (timing.token ?? 0) + timing.waiting + timing.receiving)
  let from = 0
  return parts.flatMap(([key, label, says]) => {
    const took = timing[key]
    if (took === undefined) return []
    const segment = { key, label, says, took, from, width: (took / whole) * 100 }
    from += segment.width
    return [segment]
  })
}

export const TimingBar = ({ timing }: { timing: Timing }) => (
  <svg width="120" height="8" className={css.bar} role="img" aria-label={`In all ${duration(timing.total)}`}>
    {segments(timing).map(({ key, from, width }) => (
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

export const TimingTable = ({ timing }: { timing: Timing }) => (
  <table className={css.table} aria-label="Timing">
    <tbody>
      {segments(timing).map(({ key, label, says, took, from, width }) => (
        <tr key={key}>
          <th scope="row">
            {label}
            <span className="faint"> {says}</span>
          </th>
          <td className={css.track}>
            <svg width="100%" height="8" className={css.bar} aria-hidden="true">
              <rect data-part={key} x={`${from}%`} width={`${Math.max(0.6, width)}%`} height="8" rx="1" />
            </svg>
          </td>
          <td className={`mono ${css.took}`}>{duration(took)}</td>
        </tr>
      ))}
      <tr>
        <th scope="row">In all</th>
        <td />
        <td className={`mono ${css.took}`}>{duration(timing.total)}</td>
      </tr>
    </tbody>
  </table>
)
