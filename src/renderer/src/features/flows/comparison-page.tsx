import { useEffect } from 'react'
import type { FlowComparison, FlowDifference, FlowSummary } from '@contract/flows.ts'
import { duration, moment } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { Notice } from '../../ui/notice.tsx'
import { Tag } from '../../ui/tag.tsx'
import { outcomeTones } from './flows-list.tsx'
import { comparisonTitle } from './actions.ts'
import { comparisonKey, flows } from './store.ts'
import css from './comparison-page.module.css'

type Row = FlowComparison['rows'][number]

/** Two flows side by side, message by message, with what differs. */
export function ComparisonPage({ left, right }: { left: string; right: string }) {
  const key = comparisonKey(left, right)
  const comparison = flows.use((state) => state.comparisons[key])
  const failure = flows.use((state) => state.failures[key])
  const compare = flows.use((state) => state.compare)
  useEffect(() => void compare(left, right), [compare, left, right])
  if (!comparison)
    return failure ? (
      <div className={css.page}>
        <Notice tone="bad" title={failure.message} next={failure.next} />
      </div>
    ) : null
  return (
    <>
      <Bar {...comparison} />
      <div className={css.page} role="region" aria-label="Comparison" tabIndex={0}>
        <div className={css.says}>
          {comparison.says.map((says) => (
            <p key={says}>{says}</p>
          ))}
        </div>
        <table className={css.table}>
          <caption className="visually-hidden">Messages of both flows and their differences</caption>
          <thead>
            <tr>
              <th scope="col">Message</th>
              <Head flow={comparison.left} />
              <Head flow={comparison.right} />
            </tr>
          </thead>
          {comparison.rows.map((row, index) => (
            <MessageRows key={index} row={row} />
          ))}
        </table>
      </div>
    </>
  )
}

function Head({ flow }: { flow: FlowSummary }) {
  const now = useNow()
  return (
    <th scope="col">
      <span className={css.head}>
        <span className="clip">{flow.title}</span> <Tag tone={outcomeTones[flow.outcome]}>{flow.tag}</Tag>
      </span>
      <span className="faint">{moment(flow.startedAt, now)}</span>
    </th>
  )
}

function Side({ side, slower }: { side: Row['left']; slower: boolean }) {
  return side ? (
    <td>
      {side.label}
      {side.took !== undefined && (
        <span className={slower ? css.slower : 'faint'}> · {duration(side.took)}</span>
      )}
    </td>
  ) : (
    <td className="faint">absent</td>
  )
}

/** A failure is told by its sentence; the code is there for whoever looks for it. */
function Differences({ differences }: { differences: FlowDifference[] }) {
  return differences.map(({ what, left, right, expected, codes }) => (
    <tr key={what} className={css.difference} data-expected={expected}>
      <th scope="row">
        {!expected && <span className={css.mark}>≠ </span>}
        <span className="mono">{what}</span>
        {expected && ' always different'}
      </th>
      <td className={codes ? undefined : 'mono'} title={codes?.left}>
        {left}
      </td>
      <td className={codes ? undefined : 'mono'} title={codes?.right}>
        {right}
      </td>
    </tr>
  ))
}

function MessageRows({ row }: { row: Row }) {
  const { title, left, right, differences } = row
  // The times are in the line above already.
  const others = differences.filter(({ what }) => what !== 'time')
  const slower = others.length < differences.length
  const differs = !left || !right || differences.some(({ expected }) => !expected)
  return (
    <tbody data-differs={differs}>
      <tr>
        <th scope="row">{title}</th>
        <Side side={left} slower={slower} />
        <Side side={right} slower={slower} />
      </tr>
      <Differences differences={others} />
    </tbody>
  )
}

function Bar({ left, right }: FlowComparison) {
  const now = useNow()
  return (
    <header className={css.bar}>
      <h1 className="clip">Comparison · {comparisonTitle(left, right)}</h1>
      <span className={`faint clip ${css.times}`}>
        {moment(left.startedAt, now)} and {moment(right.startedAt, now)}
      </span>
    </header>
  )
}
