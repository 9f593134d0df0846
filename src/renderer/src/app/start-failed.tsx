import { useState } from 'react'
import { DatabaseZap } from 'lucide-react'
import { useDirectory, useSession } from '../lib/workspace.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { BackupsRescue } from './backups-rescue.tsx'
import css from './app.module.css'

const titles: Record<string, string> = {
  database_newer: 'Your data was written by a newer Gatehouse',
  database_not_ours: 'These files are not Gatehouse data',
  database_corrupt: 'Your data is damaged',
  database_missing: 'Your data is missing, but there are backups',
  database_restore_unfit: 'A restore could not be finished',
  database_read_only: 'Gatehouse cannot write to your data',
  database_locked: 'Another program is using your data',
  disk_full: 'The disk is full',
  profile_elsewhere: 'Another computer is using your data',
  profile_read_only: 'Gatehouse cannot write to your data',
  profile_unusable: 'The profile folder cannot be used',
}

/** What a backup repairs. */
const mendable = new Set([
  'database_corrupt',
  'database_missing',
  'database_restore_unfit',
  'database_newer',
  'database_not_ours',
])

/** The whole window when the start did not succeed: why, that nothing was changed, and what to do. */
export function StartFailed() {
  const failure = useSession((state) => state.failure)
  const load = useSession((state) => state.load)
  const reload = useDirectory((state) => state.load)
  const [busy, setBusy] = useState(false)
  if (!failure) return null
  async function again(): Promise<void> {
    setBusy(true)
    await load()
    await reload()
    setBusy(false)
  }
  return (
    <main className={`shell-main ${css.alone}`}>
      <div className={css.told} role="alert">
        <EmptyState
          icon={<DatabaseZap />}
          title={titles[failure.code] ?? 'Gatehouse could not start'}
          actions={
            <Button look="primary" busy={busy} onClick={() => void again()}>
              Try again
            </Button>
          }
        >
          <p className="selectable">{failure.message}</p>
          {failure.next && <p className="selectable">{failure.next}</p>}
          {mendable.has(failure.code) && (
            <div className={css.rescue}>
              <BackupsRescue onRestored={() => void again()} />
            </div>
          )}
        </EmptyState>
      </div>
    </main>
  )
}
