import { useEffect } from 'react'
import type { FlowComparison, FlowSummary } from '@contract/flows.ts'
import { duration, moment } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { Notice } from '../../ui/notice.tsx'
import { Tag } from '../../ui/tag.tsx'
import { outcomeTones } from './flows-list.tsx'
import { comparisonKey, flows } from './store.ts'
import css from './comparison-page.module.css'

type Row = FlowComparison['rows'][number]

const Head = ({ flow }: { flow: FlowSummary }) => {
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

const Side = ({ side }: { side: Row['left'] }) =>
  side ? (
    <td>
      {side.label}
      {side.took !== undefined && <span className="faint"> · {duration(side.took)}</span>}
    </td>
  ) : (
    <td className="faint">not there</td>
  )

const Differences = ({ row }: { row: Row }) =>
  row.differences.map(({ what, left, right, expected }) => (
    <tr key={what} className={css.difference} data-expected={expected}>
      <th scope="row" className="mono">
        {what}
        {expected && <span className={css.fresh}> always new</span>}
      </th>
      <td className="mono">{left}</td>
      <td className="mono">{right}</td>
    </tr>
  ))

/** Two flows side by side, message by message, with what differs. */
export const ComparisonPage = ({ left, right }: { left: string; right: string }) => {
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
    <div className={css.page}>
      <div className={css.says}>
        {comparison.says.map((says) => (
          <p key={says}>{says}</p>
        ))}
      </div>
      <table className={css.table}>
        <caption className="visually-hidden">Messages of both flows and what differs</caption>
        <thead>
          <tr>
            <th scope="col">Message</th>
            <Head flow={comparison.left} />
            <Head flow={comparison.right} />
          </tr>
        </thead>
        {comparison.rows.map((row, index) => {
          const told = row.differences.some(({ expected }) => !expected)
          return (
            <tbody key={index} data-differs={told || !row.left || !row.right}>
              <tr>
                <th scope="row">{row.title}</th>
                <Side side={row.left} />
                <Side side={row.right} />
              </tr>
              <Differences row={row} />
            </tbody>
          )
        })}
      </table>
    </div>
  )
}
