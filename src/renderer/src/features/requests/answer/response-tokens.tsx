import { ScanText } from 'lucide-react'
import type { ExchangeView } from '@contract/requests.ts'
import { openOnBench } from '../../../lib/tabs/bench-token.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import css from './links/response-links.module.css'

/** The JWTs that a response carries: each opens on the token bench. What is shown of the response covers them. */
export function ResponseTokens({ exchange }: { exchange: ExchangeView }) {
  const workspace = useWorkspace()
  const names = exchange.response?.tokens
  if (!names) return null
  async function open(token: number): Promise<void> {
    const answer = await workspace.bridge.call['exchanges:token']({ id: exchange.id, token })
    if (answer.ok) openOnBench(workspace, answer.value.text)
    else workspace.toasts.getState().fail(answer.error)
  }
  return (
    <div className={css.links} role="group" aria-label="JWTs received">
      <span className="note">JWTs</span>
      {names.map((name, token) => (
        <Button
          // Two tokens can have one name, and their order does not change.
          key={`${name} ${token}`}
          small
          icon={<ScanText />}
          title={`${name}: read it on the token bench`}
          onClick={() => void open(token)}
        >
          {name}
        </Button>
      ))}
    </div>
  )
}
