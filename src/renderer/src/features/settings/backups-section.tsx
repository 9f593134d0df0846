import { useCallback, useEffect, useState } from 'react'
import { DatabaseBackup, ShieldCheck } from 'lucide-react'
import type { BackupsView, BackupView, CheckView } from '@contract/backups.ts'
import { moment, relative, size } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Part } from './part.tsx'
import css from './settings.module.css'

const kinds: Record<BackupView['kind'], string> = {
  routine: '',
  'before-restore': 'kept before a restore',
  'before-update': 'kept before an update',
}

/** Copies of the database, and whether it is sound. */
export function BackupsSection() {
  const { bridge, toasts } = useWorkspace()
  const now = useNow()
  const [view, setView] = useState<BackupsView | null>(null)
  const [busy, setBusy] = useState<'make' | 'check' | 'restore' | null>(null)
  const [chosen, setChosen] = useState<BackupView | null>(null)

  const read = useCallback(
    (): Promise<void> =>
      bridge.call['backups:list']({}).then((answer) => {
        if (answer.ok) setView(answer.value)
        else toasts.getState().fail(answer.error)
      }),
    [bridge, toasts],
  )
  useEffect(() => void read(), [read])

  async function make(): Promise<void> {
    setBusy('make')
    const answer = await bridge.call['backups:make']({})
    setBusy(null)
    if (answer.ok) toasts.getState().show(`A backup of ${size(answer.value.size)} was made.`, 'ok')
    else toasts.getState().fail(answer.error)
    await read()
  }
  async function check(): Promise<void> {
    setBusy('check')
    const answer = await bridge.call['storage:check']({ full: true })
    setBusy(null)
    if (!answer.ok) toasts.getState().fail(answer.error)
    await read()
  }
  async function restore(name: string): Promise<void> {
    setChosen(null)
    setBusy('restore')
    // Where it succeeds the window is drawn again: this page is gone by then.
    const answer = await bridge.call['backups:restore']({ name })
    setBusy(null)
    if (!answer.ok) toasts.getState().fail(answer.error)
  }
  if (!view) return null
  return (
    <>
      <Part
        title="Backups"
        says="Made automatically once a day. The latest three are kept, one for each of the last seven days and one for each of the last four weeks. Secrets in them stay encrypted; each backup needs the keyring or password of its time."
      >
        <div className={css.row}>
          <Button icon={<DatabaseBackup />} busy={busy === 'make'} onClick={() => void make()}>
            Back up now
          </Button>
        </div>
        {view.backups.length === 0 ? (
          <p className="faint">No backups yet: the first is made a few seconds after start.</p>
        ) : (
          <table className={css.backups} aria-label="Backups">
            <thead>
              <tr>
                <th scope="col">Made</th>
                <th scope="col">Size</th>
                <th scope="col">
                  <span className="visually-hidden">Action</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {view.backups.map((backup) => (
                <tr key={backup.name}>
                  <td>
                    {moment(backup.at, now)}{' '}
                    <span className="faint">{kinds[backup.kind] || relative(backup.at, now)}</span>
                  </td>
                  <td>{size(backup.size)}</td>
                  <td>
                    <Button small disabled={busy !== null} onClick={() => setChosen(backup)}>
                      Restore…
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Part>
      <Part
        title="Check"
        says="Bit rot, a failing disk, a bad copy: find damage while backups are still good."
      >
        <div className={css.row}>
          <Button icon={<ShieldCheck />} busy={busy === 'check'} onClick={() => void check()}>
            Check everything
          </Button>
        </div>
        {view.lastCheck && <CheckResult check={view.lastCheck} now={now} />}
      </Part>
      {chosen && (
        <Confirm
          title="Restore this backup?"
          action="Restore"
          onConfirm={() => void restore(chosen.name)}
          onClose={() => setChosen(null)}
        >
          <p>
            All data of all users returns to {moment(chosen.at, now)}. The current database is kept and
            appears in this list, so you can undo this.
          </p>
          <p className={css.gap}>
            Refresh tokens renewed since then will no longer be accepted: sign in to those accounts again.
          </p>
        </Confirm>
      )}
    </>
  )
}

function CheckResult({ check, now }: { check: CheckView; now: number }) {
  const what = check.full ? 'Everything was checked' : 'Quick check at startup'
  if (check.problems.length === 0)
    return (
      <Notice tone="ok" title="The database is intact">
        {what} {relative(check.at, now)}
        {check.full ? '.' : '; it skips the history.'}
      </Notice>
    )
  return (
    <Notice
      tone="bad"
      title="The database is damaged"
      next="Restore a backup; the current data is set aside."
    >
      <ul>
        {check.problems.slice(0, 20).map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </Notice>
  )
}
