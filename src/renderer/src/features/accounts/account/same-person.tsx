import { useState } from 'react'
import { IdCard } from 'lucide-react'
import type { AccountView } from '@contract/accounts.ts'
import { useDirectory, useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Select } from '../../../ui/select/select.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { openAccount } from '../actions.ts'
import { accounts } from '../store.ts'
import css from './account-page.module.css'

/** Nothing says who signed in: the user can, or userinfo. */
export function SamePerson({ view }: { view: AccountView }) {
  const workspace = useWorkspace()
  const others = useDirectory((state) => state.accounts).filter(
    ({ id, connectionId, issuer }) =>
      id !== view.id && connectionId === view.connectionId && issuer === view.issuer,
  )
  const samePerson = accounts.use((state) => state.samePerson)
  const act = accounts.use((state) => state.act)
  const acting = accounts.use((state) => state.pages[view.id]?.acting)
  const [picked, setPicked] = useState('')
  if (!view.unidentified) return null
  const as = others.find(({ id }) => id === picked) ?? others[0]
  const { toasts, tabs, directory } = workspace

  async function join(): Promise<void> {
    if (as === undefined) return
    const failure = await samePerson(view.id, as.id)
    if (failure) return toasts.getState().fail(failure)
    await directory.getState().load()
    tabs.getState().drop(`account:${view.id}`)
    openAccount(workspace, as)
    toasts.getState().show(`The tokens of this sign-in now belong to ${as.displayName}.`, 'ok')
  }
  async function ask(): Promise<void> {
    const failure = await act(view.id, 'userinfo')
    if (failure) toasts.getState().fail(failure)
  }
  return (
    <div className={css.notice}>
      <Notice
        title="The provider does not say who signed in"
        actions={
          <>
            {view.abilities.userinfo.offered && (
              <Button small icon={<IdCard />} busy={acting === 'userinfo'} onClick={() => void ask()}>
                Call userinfo
              </Button>
            )}
            {as !== undefined && (
              <>
                <Select
                  aria-label="The same person as"
                  className={css.pick}
                  value={as.id}
                  onPick={setPicked}
                  options={others.map(({ id, displayName }) => [id, displayName])}
                />
                <Button small onClick={() => void join()}>
                  Same person
                </Button>
              </>
            )}
          </>
        }
      >
        {as === undefined
          ? 'No ID token was issued, and the access token is opaque. The next sign-in will create a separate account.'
          : 'This sign-in is therefore a separate account. If it is the same person as an existing account, these tokens can replace that account’s own.'}
      </Notice>
    </div>
  )
}
