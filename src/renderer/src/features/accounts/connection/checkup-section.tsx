import { useEffect, useState } from 'react'
import { Check, ClipboardCopy, CircleHelp, Minus, RefreshCw, TriangleAlert } from 'lucide-react'
import type { CheckupGrade, CheckupItem, CheckupView } from '@contract/checkup.ts'
import { checkupAreas } from '@contract/words.ts'
import type { Failure } from '@contract/result.ts'
import { moment } from '../../../lib/format.ts'
import { useNow } from '../../../lib/use-now.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Tags } from '../../../ui/tag.tsx'
import css from './checkup-section.module.css'

const grades: Record<CheckupGrade, { word: string; icon: typeof Check }> = {
  weak: { word: 'weak', icon: TriangleAlert },
  missing: { word: 'missing', icon: Minus },
  unknown: { word: 'unknown', icon: CircleHelp },
  pass: { word: 'pass', icon: Check },
}
const order = Object.keys(grades) as CheckupGrade[]

/** What the connection's provider is worth, measured by its metadata and keys. */
export function CheckupSection({ connectionId }: { connectionId: string }) {
  const { bridge, toasts } = useWorkspace()
  const now = useNow()
  const [view, setView] = useState<CheckupView | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(true)
  const [round, setRound] = useState(0)
  const [shown, setShown] = useState<ReadonlySet<CheckupGrade>>(new Set(order))

  useEffect(() => {
    let gone = false
    void bridge.call['checkup:run']({ connectionId }).then((answer) => {
      if (gone) return
      setBusy(false)
      setFailure(answer.ok ? null : answer.error)
      if (answer.ok) setView(answer.value)
    })
    return () => {
      gone = true
    }
  }, [bridge, connectionId, round])
  function again(): void {
    setBusy(true)
    setRound(round + 1)
  }

  async function copy(): Promise<void> {
    const answer = await bridge.call['checkup:copy']({ connectionId })
    if (answer.ok) toasts.getState().show('Report copied as Markdown.', 'ok')
    else toasts.getState().fail(answer.error)
  }
  function toggle(grade: CheckupGrade): void {
    const next = new Set(shown)
    if (!next.delete(grade)) next.add(grade)
    setShown(next)
  }
  if (failure) return <Notice tone="bad" title={failure.message} next={failure.next} />
  if (!view) return <p className="note">Reading metadata and keys…</p>
  const items = view.items.filter(({ grade }) => shown.has(grade))
  return (
    <section className={css.checkup} aria-label="Check-up" aria-busy={busy}>
      <div className={css.bar}>
        <Filter items={view.items} shown={shown} onToggle={toggle} />
        <div className={css.made}>
          <span className="note grow">checked {moment(view.at, now)}</span>
          <Button small icon={<RefreshCw />} busy={busy} onClick={again}>
            Check again
          </Button>
          <Button small icon={<ClipboardCopy />} onClick={() => void copy()}>
            Copy as Markdown
          </Button>
        </div>
      </div>
      <p className="note">
        What the provider publishes, measured against RFC 9700, the OAuth 2.1 draft and FAPI 2.0. Anything it
        does not publish is “unknown”.
      </p>
      {view.metadataNote && <Notice tone="warn" title={view.metadataNote} />}
      {view.keysMissing && <Notice tone="warn" title={view.keysMissing} />}
      {items.length === 0 && <p className="note">No matching entries.</p>}
      {items.length > 0 && (
        <table role="table" className={css.table} aria-label="What was checked">
          <colgroup>
            <col className={css.gradeColumn} />
            <col className={css.whatColumn} />
            <col />
            <col />
          </colgroup>
          <thead>
            <tr role="row">
              <th scope="col">grade</th>
              <th scope="col">what</th>
              <th scope="col">found</th>
              <th scope="col">what it means for a client</th>
            </tr>
          </thead>
          {checkupAreas.map((area) => {
            const rows = items.filter((item) => item.area === area).toSorted(byGrade)
            return rows.length === 0 ? null : (
              <tbody key={area} role="rowgroup">
                <tr role="row" className={css.area}>
                  <th scope="rowgroup" role="rowheader" colSpan={4}>
                    {area}
                  </th>
                </tr>
                {rows.map((item) => (
                  <Row key={item.id} item={item} />
                ))}
              </tbody>
            )
          })}
        </table>
      )}
    </section>
  )
}

const mostValues = 8

/** What is to be looked at comes first. */
function byGrade(a: CheckupItem, b: CheckupItem): number {
  return order.indexOf(a.grade) - order.indexOf(b.grade)
}

/** What was found, the names in it as tags; of many, the first ones until the rest is asked for. */
function Found({ found, values = [] }: Pick<CheckupItem, 'found' | 'values'>) {
  const [all, setAll] = useState(false)
  const shown = all ? values : values.slice(0, mostValues)
  const rest = values.length - shown.length
  return (
    <>
      {found} <Tags items={shown} />{' '}
      {rest > 0 && (
        <button type="button" className={css.more} onClick={() => setAll(true)}>
          {rest} more
        </button>
      )}
    </>
  )
}

function rules({ rules: all }: CheckupItem): string {
  return all.map(({ specification, section }) => `${specification} §${section}`).join(' · ')
}

interface FilterProps {
  items: CheckupItem[]
  shown: ReadonlySet<CheckupGrade>
  onToggle: (grade: CheckupGrade) => void
}

function Row({ item }: { item: CheckupItem }) {
  const { word, icon: Icon } = grades[item.grade]
  return (
    <tr role="row" data-grade={item.grade}>
      <td role="cell">
        <span className={css.grade}>
          <Icon aria-hidden="true" /> {word}
        </span>
      </td>
      <th scope="row" role="rowheader">
        {item.title}
        <span className={css.rules}>{rules(item)}</span>
      </th>
      <td role="cell" className="selectable wrap-any">
        <Found found={item.found} values={item.values} />
      </td>
      <td role="cell" className="selectable">
        {item.means}
      </td>
    </tr>
  )
}

function Filter({ items, shown, onToggle }: FilterProps) {
  return (
    <div className={css.filter} role="group" aria-label="Show">
      {order.map((grade) => {
        const { word, icon: Icon } = grades[grade]
        const many = items.filter((item) => item.grade === grade).length
        return (
          <button
            key={grade}
            type="button"
            data-grade={grade}
            aria-pressed={shown.has(grade)}
            disabled={many === 0}
            onClick={() => onToggle(grade)}
          >
            <Icon aria-hidden="true" /> {many} {word}
          </button>
        )
      })}
    </div>
  )
}
