import { useState } from 'react'
import type { BackupView } from '@contract/backups.ts'
import { defined } from '@contract/defined.ts'
import type { Failure } from '@contract/result.ts'
import { moment, size } from '../lib/format.ts'
import { useNow } from '../lib/use-now.ts'
import { useWorkspace } from '../lib/workspace.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import css from './lock/lock-screen.module.css'

/** Backups, where the stored data or key is damaged and nothing else helps. What a restore replaces is kept. Locked, it
 *  takes the password that was typed. */
export function BackupsRescue({ onRestored, password }: { onRestored?: () => void; password?: string }) {
  const { bridge } = useWorkspace()
  const now = useNow()
  const [backups, setBackups] = useState<BackupView[] | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)

  async function list(): Promise<void> {
    const answer = await bridge.call['backups:list']({})
    if (answer.ok) setBackups(answer.value.backups)
    else setFailure(answer.error)
  }
  async function restore(name: string): Promise<void> {
    const answer = await bridge.call['backups:restore']({
      name,
      ...defined({ password: password === '' ? undefined : password }),
    })
    if (answer.ok) onRestored?.()
    else setFailure(answer.error)
  }
  return (
    <div className={css.form}>
      {backups === null ? (
        <Button onClick={() => void list()}>Show backups</Button>
      ) : (
        <ul className={css.backups}>
          {backups.map(({ name, at, size: bytes }) => (
            <li key={name}>
              <span className="grow">
                {moment(at, now)} <span className="faint">{size(bytes)}</span>
              </span>
              <Button small onClick={() => void restore(name)}>
                Restore
              </Button>
            </li>
          ))}
          {backups.length === 0 && <li>There are no backups.</li>}
        </ul>
      )}
      {failure && <Notice tone="bad" title={failure.message} next={failure.next} />}
    </div>
  )
}
