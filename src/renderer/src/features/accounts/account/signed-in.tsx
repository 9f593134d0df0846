import { useDirectory, useWorkspace } from '../../../lib/workspace.ts'
import { Ring, TimeLeft } from '../../../ui/ring.tsx'
import { openAccount } from '../actions.ts'
import css from '../connection/connection-page.module.css'

/** Who is signed in through a connection. */
export function SignedIn({ connectionId }: { connectionId: string }) {
  const workspace = useWorkspace()
  const accounts = useDirectory((state) => state.accounts)
  const own = accounts.filter((account) => account.connectionId === connectionId)
  if (own.length === 0) return null
  return (
    <section className={css.section} aria-label="Signed in">
      <h2>Signed in</h2>
      <div className={css.people}>
        {own.map((account) => (
          <button
            key={account.id}
            type="button"
            className={css.person}
            onClick={() => openAccount(workspace, account)}
          >
            <Ring life={account.life} size={20} />
            <span>
              {account.displayName}
              <small>
                <TimeLeft life={account.life} />
              </small>
            </span>
          </button>
        ))}
      </div>
    </section>
  )
}
