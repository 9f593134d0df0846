import { useEffect, useState } from 'react'
import { RotateCcw, Trash2 } from 'lucide-react'
import type { BinEntry } from '@contract/bin.ts'
import type { Failure } from '@contract/result.ts'
import { binKindTable } from '@contract/tables/bin-kinds.ts'
import { moment } from '../../lib/format.ts'
import { restoreDeleted } from '../../lib/tabs/restore-deleted.ts'
import { useNow } from '../../lib/use-now.ts'
import { useWorkspace } from '../../lib/workspace.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Tag } from '../../ui/tag.tsx'
import { Part } from './part.tsx'
import css from './settings.module.css'

/** Deleted things, to be restored or deleted permanently. */
export function BinSection() {
  const workspace = useWorkspace()
  const { bridge, toasts } = workspace
  const [entries, setEntries] = useState<BinEntry[]>()
  const [failure, setFailure] = useState<Failure>()
  const [asking, setAsking] = useState<BinEntry | 'all'>()
  const now = useNow()
  useEffect(() => {
    function read(): void {
      void bridge.call['bin:list']({}).then((answer) => {
        setFailure(answer.ok ? undefined : answer.error)
        if (answer.ok) setEntries(answer.value)
      })
    }
    read()
    return bridge.on('changed', ({ area }) => {
      if (area === 'bin') read()
    })
  }, [bridge])
  async function erase(what: BinEntry | 'all'): Promise<void> {
    setAsking(undefined)
    const answer =
      what === 'all' ? await bridge.call['bin:empty']({}) : await bridge.call['bin:erase']({ id: what.id })
    if (!answer.ok) toasts.getState().fail(answer.error)
  }
  return (
    <Part
      title="Bin"
      says="What you delete stays here for 30 days. Accounts, cookies, pinned tokens, captured values, proxy passwords and history stay for an hour, encrypted: tokens are still valid at the provider, and responses may contain secrets. Deleted users cannot be restored."
    >
      {failure && <Notice tone="bad" title={failure.message} next={failure.next} />}
      {entries?.length === 0 && <p className="note">The bin is empty.</p>}
      {entries !== undefined && entries.length > 0 && (
        <>
          <ul className={css.users} aria-label="Bin">
            {entries.map((entry) => (
              <li key={entry.id}>
                <span className="grow">
                  <strong>{entry.name}</strong> <Tag>{binKindTable[entry.kind].name}</Tag>
                  <span className="faint">
                    {entry.detail && `${entry.detail} · `}
                    deleted {moment(entry.deletedAt, now)} · kept until {moment(entry.goesAt, now)}
                    {entry.accountsUntil !== undefined &&
                      entry.accountsUntil > now &&
                      ` · with its accounts until ${moment(entry.accountsUntil, now)}`}
                  </span>
                </span>
                <Button small icon={<RotateCcw />} onClick={() => void restoreDeleted(workspace, entry.id)}>
                  Restore
                </Button>
                <IconButton label={`Delete ${entry.name} permanently`} onClick={() => setAsking(entry)}>
                  <Trash2 />
                </IconButton>
              </li>
            ))}
          </ul>
          <div className={css.row}>
            <Button onClick={() => setAsking('all')}>Empty the bin</Button>
          </div>
        </>
      )}
      {asking !== undefined && (
        <Confirm
          title={asking === 'all' ? 'Empty the bin?' : `Delete “${asking.name}” permanently?`}
          action={asking === 'all' ? 'Empty the bin' : 'Delete permanently'}
          onConfirm={() => void erase(asking)}
          onClose={() => setAsking(undefined)}
        >
          <p>This can’t be undone.</p>
        </Confirm>
      )}
    </Part>
  )
}
