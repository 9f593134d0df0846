import { useState } from 'react'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import type { HostRule, NetworkView } from '@contract/network/network.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { Part } from '../part.tsx'
import css from '../settings.module.css'
import { HostDialog } from './host-dialog.tsx'

interface Props {
  view: NetworkView
  onSaved: (view: NetworkView) => void
}

/** What holds for single servers. */
export function HostsPart({ view, onSaved }: Props) {
  const { bridge, toasts } = useWorkspace()
  const [asking, setAsking] = useState<{ rule?: HostRule } | null>(null)
  const rules = view.settings.hosts ?? []
  async function remove(host: string): Promise<void> {
    const answer = await bridge.call['network:remove-host']({ host })
    if (answer.ok) onSaved(answer.value)
    else toasts.getState().fail(answer.error)
  }
  return (
    <Part
      title="Individual servers"
      says="A client certificate, an address other than DNS returns, or TLS without a check for a server that has no proper certificate yet."
    >
      {rules.length > 0 && (
        <ul className={css.users} aria-label="Individual servers">
          {rules.map((rule) => (
            <li key={rule.host}>
              <span className="grow wrap-any">
                <strong className="mono">{rule.host}</strong>{' '}
                {rule.unchecked && <Tag tone="bad">TLS not checked</Tag>}
                {rule.address && <span className="faint">at {rule.address}</span>}
                {rule.certificate && (
                  <span className="faint">client certificate {rule.certificate.subject}</span>
                )}
              </span>
              <IconButton label={`Edit ${rule.host}`} onClick={() => setAsking({ rule })}>
                <Pencil />
              </IconButton>
              <IconButton label={`Remove ${rule.host}`} onClick={() => void remove(rule.host)}>
                <Trash2 />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <div className={css.row}>
        <Button icon={<Plus />} disabled={view.trouble !== undefined} onClick={() => setAsking({})}>
          Add a server
        </Button>
      </div>
      {asking && (
        <HostDialog
          {...asking}
          onClose={() => setAsking(null)}
          onSaved={(saved) => {
            setAsking(null)
            onSaved(saved)
          }}
        />
      )}
    </Part>
  )
}
