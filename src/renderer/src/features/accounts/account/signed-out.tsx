import { useEffect, useState } from 'react'
import { RotateCcw } from 'lucide-react'
import type { BinEntry } from '@contract/bin.ts'
import { moment } from '../../../lib/format.ts'
import { restoreDeleted } from '../../../lib/tabs/restore-deleted.ts'
import { useNow } from '../../../lib/use-now.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import css from '../connection/connection-page.module.css'

/** Who was signed out here and can still be taken back. */
export function SignedOut({ connectionName }: { connectionName: string }) {
  const workspace = useWorkspace()
  const { bridge } = workspace
  const now = useNow()
  const [entries, setEntries] = useState<BinEntry[]>([])
  useEffect(() => {
    function read(): void {
      void bridge.call['bin:list']({}).then((answer) => {
        if (answer.ok) setEntries(answer.value)
      })
    }
    read()
    return bridge.on('changed', ({ area }) => {
      if (area === 'bin') read()
    })
  }, [bridge])
  const own = entries.filter(
    ({ kind, detail, goesAt }) => kind === 'account' && detail === connectionName && goesAt > now,
  )
  if (own.length === 0) return null
  return (
    <section className={css.section} aria-label="Signed out">
      <h2>Signed out</h2>
      <ul className={css.out}>
        {own.map(({ id, name, deletedAt, goesAt }) => (
          <li key={id}>
            <span className="grow">
              {name}{' '}
              <span className="faint">
                {moment(deletedAt, now)} · kept until {moment(goesAt, now)}
              </span>
            </span>
            <Button small icon={<RotateCcw />} onClick={() => void restoreDeleted(workspace, id)}>
              Restore
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
