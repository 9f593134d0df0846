import { useState } from 'react'
import { Plus, Trash2 } from 'lucide-react'
import type { NetworkView } from '@contract/network/network.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { ProxyLoginDialog } from '../../../ui/proxy-login/proxy-login-dialog.tsx'
import { Part } from '../part.tsx'
import css from '../settings.module.css'

interface Props {
  view: NetworkView
  onSaved: (view: NetworkView) => void
}

/** Names and passwords for the proxies that the system or a PAC file chooses. */
export function LoginsPart({ view, onSaved }: Props) {
  const { bridge, toasts } = useWorkspace()
  const [asking, setAsking] = useState(false)
  const logins = view.settings.logins ?? []
  async function remove(proxy: string): Promise<void> {
    const answer = await bridge.call['network:remove-login']({ proxy })
    if (answer.ok) onSaved(answer.value)
    else toasts.getState().fail(answer.error)
  }
  return (
    <Part
      title="Proxy passwords"
      says="For proxies that the system or a PAC file chooses. If one asks for a password, the refused request offers to enter it."
    >
      {logins.length > 0 && (
        <ul className={css.users} aria-label="Proxy passwords">
          {logins.map(({ proxy, username }) => (
            <li key={proxy}>
              <span className="grow wrap-any">
                <strong className="mono">{proxy}</strong> <span className="faint">as {username}</span>
              </span>
              <IconButton label={`Remove the password for ${proxy}`} onClick={() => void remove(proxy)}>
                <Trash2 />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <div className={css.row}>
        <Button icon={<Plus />} disabled={view.trouble !== undefined} onClick={() => setAsking(true)}>
          Add a password
        </Button>
      </div>
      {asking && (
        <ProxyLoginDialog
          action="Save"
          onClose={() => setAsking(false)}
          onSave={async (login) => {
            const answer = await bridge.call['network:save-login'](login)
            if (!answer.ok) return answer.error
            setAsking(false)
            onSaved(answer.value)
            return null
          }}
        />
      )}
    </Part>
  )
}
