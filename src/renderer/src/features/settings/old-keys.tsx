import { useState } from 'react'
import { History } from 'lucide-react'
import type { Failure } from '@contract/result.ts'
import { count } from '../../lib/format.ts'
import { useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { Part } from './part.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import css from './settings.module.css'

/** Keys that were set aside, and the way to bring back what they sealed. */
export function OldKeys() {
  const { bridge, toasts } = useWorkspace()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  async function recover(password?: string): Promise<Failure | null> {
    setBusy(true)
    const answer = await bridge.call['vault:recover'](password === undefined ? {} : { password })
    setBusy(false)
    if (!answer.ok) return answer.error
    const { resealed, left } = answer.value
    const rest = left === 0 ? '' : ` ${count(left, 'secret')} still cannot be opened and are kept.`
    toasts.getState().show(`The current key now protects ${count(resealed, 'secret')}.${rest}`, 'ok')
    return null
  }
  async function start(): Promise<void> {
    const failure = await recover()
    if (failure?.code === 'password_required') setAsking(true)
    else if (failure) toasts.getState().fail(failure)
  }
  return (
    <Part
      title="Old keys"
      says="A key was set aside, and the secrets it protects are kept. If that keyring is back, or you know that password, they can be opened again."
    >
      <div className={css.row}>
        <Button icon={<History />} busy={busy} onClick={() => void start()}>
          Recover old secrets
        </Button>
      </div>
      {asking && (
        <PasswordDialog
          title="Recover old secrets"
          label="Old password"
          action="Recover"
          onPassword={recover}
          onClose={() => setAsking(false)}
        />
      )}
    </Part>
  )
}
