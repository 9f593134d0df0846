import { useSession, useWorkspace } from '../lib/workspace.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import css from './app.module.css'

/** What is wrong with the stored data, over whatever is shown: secrets that do not open, a damaged database. */
export function StorageNotices() {
  const { tabs } = useWorkspace()
  const trouble = useSession((state) => state.boot?.lock.trouble)
  const damage = useSession((state) => state.damage)
  if (!trouble && !damage) return null
  return (
    <div className={css.failed}>
      {trouble && (
        <Notice
          tone="bad"
          title={trouble.message}
          next={trouble.next}
          actions={<Button onClick={() => tabs.getState().showSettings('vault')}>What you can do</Button>}
        />
      )}
      {damage && (
        <Notice
          tone="bad"
          title={damage.message}
          next={damage.next}
          // Backups make no room, for a draft as little as on the disk.
          actions={
            !['disk_full', 'draft_too_large'].includes(damage.code) && (
              <Button onClick={() => tabs.getState().showSettings('backups')}>Backups</Button>
            )
          }
        />
      )}
    </div>
  )
}
