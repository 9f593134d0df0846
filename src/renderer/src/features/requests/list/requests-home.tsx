import { ArrowLeftRight, Plus } from 'lucide-react'
import { useDirectory, useTabs, useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { newRequest } from '../actions.ts'

/** The requests room before anything is open. */
export function RequestsHome() {
  const workspace = useWorkspace()
  const signedIn = useDirectory((state) => state.accounts.length > 0)
  const goTo = useTabs((state) => state.goTo)
  return (
    <EmptyState
      icon={<ArrowLeftRight />}
      title="Call an API as somebody"
      actions={
        <>
          <Button look={signedIn ? 'primary' : 'plain'} icon={<Plus />} onClick={() => newRequest(workspace)}>
            New request
          </Button>
          {!signedIn && (
            <Button look="primary" onClick={() => goTo('accounts')}>
              Sign in first
            </Button>
          )}
        </>
      }
    >
      <p>
        Choose whom to call as: the token is put in when you send, and refreshed before if it has run out. A
        refused call is explained beside its answer.
      </p>
      {!signedIn && <p>Nobody is signed in yet. Requests without a token work too.</p>}
    </EmptyState>
  )
}
