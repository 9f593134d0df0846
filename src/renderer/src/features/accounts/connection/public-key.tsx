import { Copy } from 'lucide-react'
import type { PublicKeyView } from '@contract/connection-settings.ts'
import type { ConnectionView } from '@contract/connections.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import css from './connection-page.module.css'

interface KeyProps {
  connectionId: string
  which: 'client' | 'dpop'
  title: string
  says: string
  publicKey: PublicKeyView
}

/** The public halves of a connection's keys: what is to be registered with the provider. */
export function PublicKeys({ connection }: { connection: ConnectionView }) {
  const { clientKey, dpopKey, settings } = connection
  if (!clientKey && !(dpopKey && settings?.dpop)) return null
  return (
    <section className={css.section} aria-label="Keys">
      <h2>Keys</h2>
      {clientKey && (
        <Key
          connectionId={connection.id}
          which="client"
          title="Client key"
          says="Register this public half with the provider (jwks of the client). The private half never leaves the vault."
          publicKey={clientKey}
        />
      )}
      {dpopKey && settings?.dpop && (
        <Key
          connectionId={connection.id}
          which="dpop"
          title="Key that tokens are bound to (DPoP)"
          says="Nothing to register: every proof carries it. Its kid is the thumbprint found in tokens as cnf.jkt."
          publicKey={dpopKey}
        />
      )}
    </section>
  )
}

function Key({ connectionId, which, title, says, publicKey }: KeyProps) {
  const { bridge, toasts } = useWorkspace()
  async function copy(): Promise<void> {
    const answer = await bridge.call['connections:copy-key']({ id: connectionId, which })
    if (answer.ok) toasts.getState().show('Public key copied.', 'ok')
    else toasts.getState().fail(answer.error)
  }
  return (
    <div className={css.key}>
      <div className={css.keyHead}>
        <strong>{title}</strong>
        <span className="note">
          {publicKey.algorithm} · kid <code>{publicKey.kid}</code>
        </span>
        <span className="grow" />
        <Button small look="quiet" icon={<Copy />} onClick={() => void copy()}>
          Copy the public JWK
        </Button>
      </div>
      <p className="note">{says}</p>
      <details open={which === 'client'}>
        <summary className="note">Public JWK</summary>
        <pre className="mono selectable">{publicKey.jwk}</pre>
      </details>
    </div>
  )
}
