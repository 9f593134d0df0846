import { FlaskConical } from 'lucide-react'
import type { ExchangeView } from '@contract/requests.ts'
import { useDirectory, useSession, useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { requests } from '../store.ts'

/** Where the playground's own port refused because it does not run: starts it, then sends again. */
export function StartPlayground({ tabId, exchange }: { tabId: string; exchange: ExchangeView }) {
  const { session, toasts } = useWorkspace()
  const state = useSession(({ boot }) => boot?.playground.state)
  const send = requests.use((store) => store.send)
  const isOurs = useDirectory(({ connections }) =>
    connections.some(
      ({ isPlayground, resource, provider }) =>
        isPlayground && [resource, provider.issuer].some((address) => sameOrigin(address, exchange.url)),
    ),
  )
  if (!isOurs || state === 'running' || exchange.error?.code !== 'network_refused') return null
  async function start(): Promise<void> {
    await session.getState().startPlayground()
    const now = session.getState().boot?.playground
    if (now?.state === 'running') await send(tabId)
    else if (now?.state === 'failed') toasts.getState().show(now.message, 'bad', now.next)
  }
  return (
    <Button
      small
      look="primary"
      icon={<FlaskConical />}
      busy={state === 'starting'}
      onClick={() => void start()}
    >
      Start the playground
    </Button>
  )
}

function sameOrigin(one: string | undefined, other: string): boolean {
  const origin = URL.parse(one ?? '')?.origin
  return origin !== undefined && origin === URL.parse(other)?.origin
}
