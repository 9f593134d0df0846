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
    // Where it succeeds the window is drawn anew: this page is gone by then.
    const answer = await bridge.call['backups:restore']({ name })
    setBusy(null)
    if (!answer.ok) toasts.getState().fail(answer.error)
  }
  if (!view) return null
  return (
    <>
      <Part
        title="Backups"
        says="Made by itself once a day, and kept: the newest three, one of each of seven days and of four weeks. Secrets in them are sealed as they are in the original; each needs the keyring or password of its time."
      >
        <div className={css.row}>
          <Button icon={<DatabaseBackup />} busy={busy === 'make'} onClick={() => void make()}>
            Make one now
          </Button>
        </div>
        {view.backups.length === 0 ? (
          <p className="faint">There is none yet: the first is made a few seconds after a start.</p>
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
        says="Bit rot, a failing disk, a bad copy: damage is better found while backups are good."
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
          action="Restore it"
          onConfirm={() => void restore(chosen.name)}
          onClose={() => setChosen(null)}
        >
          <p>
            Everything, of all users, goes back to {moment(chosen.at, now)}. The present database is kept
            beside it and stands in this list afterwards, so that this can be undone.
          </p>
          <p className={css.gap}>
            A refresh token that was renewed since then will not be taken any more: those accounts sign in
            again.
          </p>
        </Confirm>
      )}
    </>
  )
}

function CheckResult({ check, now }: { check: CheckView; now: number }) {
  const what = check.full ? 'Everything was looked at' : 'The fast check at the start'
  if (check.problems.length === 0)
    return (
      <Notice tone="ok" title="The database is sound">
        {what} {relative(check.at, now)}
        {check.full ? '.' : '; it leaves out the history.'}
      </Notice>
    )
  return (
    <Notice
      tone="bad"
      title="The database is damaged"
      next="Restore a backup; what is there now is kept aside."
    >
      <ul>
        {check.problems.slice(0, 20).map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </Notice>
  )
}
