import { useState } from 'react'
import type { MemberChange, MemberChanges } from '@contract/tokens/bench.ts'
import { moment } from '../../../lib/format.ts'
import { useNow } from '../../../lib/use-now.ts'
import { Button } from '../../../ui/button.tsx'
import { Tag, Tags, type Tone } from '../../../ui/tag.tsx'
import css from './compare.module.css'

/** Rows that are drawn at a time. */
const step = 100
const tones = { added: 'ok', removed: 'bad', changed: 'accent' } as const satisfies Record<
  MemberChange['change'],
  Tone
>

/** What differs between the members of two tokens, one row each. */
export function ChangeTable({
  label,
  column,
  changes,
  same,
}: MemberChanges & { label: string; column: string }) {
  const [most, setMost] = useState(step)
  const rest = changes.length - most
  return (
    <section className={css.part} aria-label={label}>
      <h2>{label}</h2>
      {changes.length > 0 && (
        <table className={css.table} aria-label={label}>
          <thead>
            <tr>
              <th scope="col">{column}</th>
              <th scope="col">first token</th>
              <th scope="col">second token</th>
            </tr>
          </thead>
          <tbody>
            {changes.slice(0, most).map((change) => (
              <ChangeRow key={change.path.join('\n')} change={change} />
            ))}
          </tbody>
        </table>
      )}
      {rest > 0 && (
        <Button small onClick={() => setMost(most + step)}>
          Show {Math.min(step, rest)} of {rest} more
        </Button>
      )}
      {changes.length === 0 && <p className="note">No differences.</p>}
      {same.length > 0 && (
        <p className={css.same}>
          <span className="note">The same in both:</span> <Tags items={same.slice(0, step)} />
          {same.length > step && <span className="note"> and {same.length - step} more</span>}
        </p>
      )}
    </section>
  )
}

function ChangeRow({ change }: { change: MemberChange }) {
  const { path, before, after, beforeAt, afterAt, lost, gained, expected } = change
  const inOrder = lost?.length === 0 && gained?.length === 0
  return (
    <tr data-expected={expected}>
      <th scope="row">
        <span className="mono wrap-any">{path.join(' › ')}</span>{' '}
        <Tag tone={expected ? 'plain' : tones[change.change]}>{change.change}</Tag>
        {expected && <span className="note"> always new</span>}
        {inOrder && <span className="note"> in a different order</span>}
      </th>
      <td>
        <Value json={before} at={beforeAt} items={inOrder ? undefined : lost} sign="−" tone="bad" />
      </td>
      <td>
        <Value json={after} at={afterAt} items={inOrder ? undefined : gained} sign="+" tone="ok" />
      </td>
    </tr>
  )
}

interface ValueProps {
  json: string | undefined
  at: number | undefined
  /** What only this token has of a list. */
  items: string[] | undefined
  sign: string
  tone: Tone
}

function Value({ json, at, items, sign, tone }: ValueProps) {
  const now = useNow()
  if (json === undefined) return <span className="faint">absent</span>
  if (items !== undefined)
    return (
      <span title={json}>
        {items.length === 0 ? (
          <span className="faint">nothing else</span>
        ) : (
          <Tags items={items.map((item) => `${sign} ${item}`)} tone={tone} />
        )}
      </span>
    )
  return (
    <>
      <pre className={css.json}>{json}</pre>
      {at !== undefined && <span className="note">{moment(at, now)}</span>}
    </>
  )
}
