import { Workflow } from 'lucide-react'
import { useDirectory, useSession, useTabs, useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { openFlow } from './actions.ts'
import { flows } from './store.ts'

/** The flows room before one is open. */
export function FlowsHome() {
  return (
    <EmptyState icon={<Workflow />} title="See what a sign-in does" actions={<NextStep />}>
      <p>
        Every message of every sign-in, refresh and discovery is recorded and drawn: who talked to whom, what
        each parameter protects against, what was checked, and where it failed.
      </p>
      <p>Tokens, codes and passwords are removed before anything is stored.</p>
    </EmptyState>
  )
}

function NextStep() {
  const workspace = useWorkspace()
  const newest = flows.use((state) => state.flows[0])
  const connection = useDirectory((state) => state.connections[0])
  const signIn = useDirectory((state) => state.signIn)
  const goTo = useTabs((state) => state.goTo)
  const playground = useSession((state) => state.boot?.playground.state)
  const start = useSession((state) => state.startPlayground)
  if (newest)
    return (
      <Button look="primary" onClick={() => openFlow(workspace, newest)}>
        Open latest
      </Button>
    )
  if (connection)
    return (
      <Button look="primary" onClick={() => void signIn(connection.id).then(() => goTo('accounts'))}>
        Sign in through {connection.name}
      </Button>
    )
  return (
    <Button look="primary" busy={playground === 'starting'} onClick={() => void start()}>
      Start the playground
    </Button>
  )
}
