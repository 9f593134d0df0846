import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import type { RunRow, RunView } from '@contract/sending/runs.ts'
import { duration } from '../../../lib/format.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Method, statusTone, Tag } from '../../../ui/tag.tsx'
import { blankRun, runs } from './runs-store.ts'
import css from './run-page.module.css'

const states: Record<RunView['state'], string> = {
  running: 'Running',
  paused: 'Paused',
  ended: 'Finished',
  cancelled: 'Canceled',
  stopped: 'Stopped at a failure',
  'environment-changed': 'Stopped, the environment was changed',
}

/** How far a run is, and each of its requests; a row opens its exchange. */
export function RunResults({ tabId, view }: { tabId: string; view: RunView }) {
  const showFailed = runs.use((state) => state.showFailed)
  const { rows, onlyFailed } = runs.use((state) => state.tabs[tabId] ?? blankRun)
  const { state, sent, total, passed, failed, checks, notCaptured, left } = view
  const judged = checks.passed + checks.failed + checks.notJudged
  return (
    <section className={css.results} aria-label="Results">
      <div className={css.progress}>
        <progress aria-label="Progress of the run" value={sent} max={total} />
        <p role="status" className={css.summary}>
          <strong>{states[state]}</strong>
          <span>
            {sent} of {total} done
          </span>
          <Tag tone={passed > 0 ? 'ok' : 'plain'}>{`${passed} passed`}</Tag>
          <Tag tone={failed > 0 ? 'bad' : 'plain'}>{`${failed} failed`}</Tag>
          {judged > 0 && (
            <span>
              {checks.passed} of {judged} checks passed
              {checks.notJudged > 0 && `, ${checks.notJudged} not checked`}
            </span>
          )}
          {notCaptured > 0 && (
            <Tag tone="warn">{`${notCaptured} ${notCaptured === 1 ? 'value' : 'values'} not captured`}</Tag>
          )}
          <span className="faint">{duration(view.took)}</span>
        </p>
        <label className={css.stop}>
          <input
            type="checkbox"
            checked={onlyFailed}
            onChange={(event) => showFailed(tabId, event.target.checked)}
          />
          Only failures
        </label>
      </div>
      {left.length > 0 && <p className="note">Not sent: {left.slice(0, 20).join(', ')}.</p>}
      <Rows rows={rows} hasTimes={rows.some(({ time }) => time > 1)} />
    </section>
  )
}

function Rows({ rows, hasTimes }: { rows: RunRow[]; hasTimes: boolean }) {
  const { tabs } = useWorkspace()
  const box = useRef<HTMLDivElement>(null)
  const view = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => 32,
    overscan: 10,
  })
  function open({ exchangeId, name, method }: RunRow): void {
    if (exchangeId !== undefined)
      tabs
        .getState()
        .preview({ kind: 'request', seed: { from: 'exchange', exchangeId } }, { title: name, method })
  }
  return (
    <div ref={box} className={css.rows}>
      <ul aria-label="Requests of the run" className={css.space} style={{ height: view.getTotalSize() }}>
        {view.getVirtualItems().map(({ index, start, size }) => {
          const row = rows[index]
          if (!row) return null
          return (
            <li key={row.index} style={{ transform: `translateY(${start}px)`, height: size }}>
              <button
                type="button"
                className={css.row}
                disabled={row.exchangeId === undefined}
                title={whyOf(row) ?? row.path}
                onClick={() => open(row)}
              >
                <Tag tone={row.passed ? 'ok' : 'bad'}>{row.passed ? 'Passed' : 'Failed'}</Tag>
                <Method method={row.method} />
                <span className={`clip ${css.name}`}>
                  {row.name}
                  {hasTimes && <span className="faint"> · {row.time}</span>}
                </span>
                <span className={`clip faint ${css.why}`}>{whyOf(row)}</span>
                <span className={css.checks}>
                  {row.checks &&
                    `${row.checks.passed} of ${row.checks.all} ${row.checks.all === 1 ? 'check' : 'checks'}`}
                </span>
                <Tag tone={statusTone(row.status)}>{row.status ?? 'no response'}</Tag>
                <span className={`mono ${css.took}`}>
                  {row.duration === undefined ? '' : duration(row.duration)}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** Why a request failed, and that it was sent without its auth, or with a value of before. */
function whyOf({ failure, stale, unsentAuth }: RunRow): string | undefined {
  const said = [
    unsentAuth === undefined ? undefined : `${unsentAuth} auth not sent.`,
    failure?.message,
    stale && `Sent with an earlier value of ${stale.join(', ')}: the last response had none.`,
  ].filter((each) => each !== undefined)
  return said.length === 0 ? undefined : said.join(' ')
}
