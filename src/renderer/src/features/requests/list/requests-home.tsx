import { ArrowLeftRight, FolderOpen, Plus } from 'lucide-react'
import { useDirectory, useTabs, useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { newRequest } from '../actions.ts'
import { useOpenCollection } from '../collections/collections-menu.tsx'
import { collections } from '../collections/collections-store.ts'
import { PlaceSignIn } from '../sign-in/place-sign-in.tsx'

/** Collections whose sign-in is offered there. */
const mostSignIns = 8

/** The requests room before anything is open. */
export function RequestsHome() {
  const workspace = useWorkspace()
  const openCollection = useOpenCollection()
  const signedIn = useDirectory((state) => state.accounts.length > 0)
  const open = collections.use((state) => state.collections)
  const goTo = useTabs((state) => state.goTo)
  return (
    <EmptyState
      icon={<ArrowLeftRight />}
      title="Call an API as a signed-in user"
      actions={
        <>
          <Button look={signedIn ? 'primary' : 'plain'} icon={<Plus />} onClick={() => newRequest(workspace)}>
            New request
          </Button>
          <Button icon={<FolderOpen />} onClick={openCollection}>
            Open a collection folder
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
        Choose an account to call as: its token is added when you send, and refreshed first if it has expired.
        If a call is refused, Gatehouse explains why.
      </p>
      {!signedIn && <p>No one is signed in yet. Requests without a token work too.</p>}
      {open
        .filter(({ trouble }) => trouble === undefined)
        .slice(0, mostSignIns)
        .map(({ id }) => (
          <PlaceSignIn key={id} collectionId={id} path="" showsChosen={false} />
        ))}
    </EmptyState>
  )
}
