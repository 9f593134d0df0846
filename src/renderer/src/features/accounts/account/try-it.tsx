import { Send } from 'lucide-react'
import type { AccountView } from '@contract/accounts.ts'
import { useDirectory, useSession, useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Method } from '../../../ui/tag.tsx'
import { callAs } from '../actions.ts'
import css from './account-page.module.css'

/** A request that is ready to go, for an account of the playground. */
export function TryIt({ view, autoFocus }: { view: AccountView; autoFocus: boolean }) {
  const workspace = useWorkspace()
  const playground = useSession((state) => state.boot?.playground)
  const own = useDirectory(
    (state) => state.connections.find(({ id }) => id === view.connectionId)?.isPlayground ?? false,
  )
  if (!own || playground?.state !== 'running' || view.unreadable) return null
  const url = `${playground.api.replace(/\/$/, '')}/orders`
  return (
    <section className={css.try} aria-label="Try it">
      <span className="note">Call the API as {view.displayName}</span>
      <span className="grow clip mono" title={url}>
        <Method method="GET" /> {url}
      </span>
      <Button
        small
        look="primary"
        icon={<Send />}
        autoFocus={autoFocus}
        onClick={() => callAs(workspace, view.id, { name: 'List orders', url })}
      >
        Send
      </Button>
    </section>
  )
}
