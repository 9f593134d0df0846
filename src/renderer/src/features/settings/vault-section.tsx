import { useState } from 'react'
import { KeyRound, Lock, LockOpen, RotateCw } from 'lucide-react'
import type { Failure } from '@contract/result.ts'
import { count } from '../../lib/format.ts'
import { useSession, useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { GuardDialog } from './guard-dialog.tsx'
import { asksForPassword, type Guard } from './guard-words.ts'
import { OldKeys } from './old-keys.tsx'
import { Part } from './part.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import { TroublePanel } from './trouble-panel.tsx'
import { UsersPart } from './users-part.tsx'
import css from './settings.module.css'

/** Who one is, and what protects the vault. */
export function VaultSection() {
  const lock = useSession((state) => state.boot?.lock)
  const kind = useSession((state) => state.boot?.protection.kind)
  const [dialog, setDialog] = useState<{ title: string; first: Guard } | null>(null)
  if (!lock) return null
  const user = lock.users.find(({ id }) => id === lock.user.id)
  const asks = asksForPassword(user)
  return (
    <>
      {lock.trouble && <TroublePanel trouble={lock.trouble} user={user} />}
      <Part title="Protection" says="How tokens and client secrets are protected on this computer.">
        <ProtectionCard />
        {!lock.trouble && (
          <div className={css.row}>
            {asks ? (
              <>
                <Button
                  icon={<KeyRound />}
                  onClick={() =>
                    setDialog({
                      title: 'Change the password',
                      first: user?.guard === 'both' ? 'both' : 'password',
                    })
                  }
                >
                  Change the password
                </Button>
                <Button onClick={() => setDialog({ title: 'Remove the password', first: 'keyring' })}>
                  Remove the password
                </Button>
              </>
            ) : (
              <Button
                look={kind === 'memory' ? 'primary' : 'plain'}
                icon={<KeyRound />}
                onClick={() => setDialog({ title: 'Set a password', first: 'password' })}
              >
                Set a password
              </Button>
            )}
          </div>
        )}
        {kind === 'memory' && !lock.trouble && (
          <p className="note">
            Once a password is set, tokens, client secrets and secret headers of saved requests are encrypted
            with it and kept on the disk, including those in memory now.
          </p>
        )}
      </Part>
      {kind !== 'memory' && (
        <Part
          title="Key"
          says="Each secret is encrypted with a random key. A new key encrypts them all again, for example after someone may have copied the profile."
        >
          <div className={css.row}>
            <Rotate asks={asks} />
          </div>
        </Part>
      )}
      {lock.setAside && !lock.trouble && <OldKeys />}
      <UsersPart />
      {dialog && <GuardDialog {...dialog} onClose={() => setDialog(null)} />}
    </>
  )
}

function ProtectionCard() {
  const protection = useSession((state) => state.boot?.protection)
  if (!protection) return null
  const stored = protection.kind !== 'memory'
  const Icon = stored ? Lock : LockOpen
  return (
    <div className={css.storage} data-sealed={stored}>
      <Icon aria-hidden="true" />
      <div className="selectable">
        <strong>{protection.label}</strong>
        <p>{protection.says}</p>
        <p className="faint">
          Backend: <code>{protection.backend || 'none'}</code>
        </p>
      </div>
    </div>
  )
}

/** Makes a new key; asks for the password where one guards the vault. */
function Rotate({ asks }: { asks: boolean }) {
  const { bridge, toasts } = useWorkspace()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  async function rotate(password?: string): Promise<Failure | null> {
    setBusy(true)
    const answer = await bridge.call['vault:rotate'](password === undefined ? {} : { password })
    setBusy(false)
    if (!answer.ok) return answer.error
    const { resealed, left } = answer.value
    const rest = left === 0 ? '' : ` ${count(left, 'secret')} could not be opened and stay under the old key.`
    toasts.getState().show(`A new key protects ${count(resealed, 'secret')}.${rest}`, 'ok')
    return null
  }
  async function start(): Promise<void> {
    if (asks) return setAsking(true)
    const failure = await rotate()
    if (failure) toasts.getState().fail(failure)
  }
  return (
    <>
      <Button icon={<RotateCw />} busy={busy} onClick={() => void start()}>
        Change the key
      </Button>
      {asking && (
        <PasswordDialog
          title="Change the key"
          label="Password"
          action="Change the key"
          onPassword={rotate}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
