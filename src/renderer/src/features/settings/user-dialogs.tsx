import { defined } from '@contract/defined'
import { useId, useState, type SubmitEvent } from 'react'
import type { Failure } from '@contract/result.ts'
import type { UserView } from '@contract/vault.ts'
import { useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { PasswordInput } from '../../ui/password-input.tsx'
import { inOneLine } from './guard-words.ts'
import css from './settings.module.css'

interface NameProps {
  title: string
  action: string
  first?: string
  withPassword?: boolean
  onSave: (username: string, password: string) => Promise<Failure | null>
  onClose: () => void
}

/** Makes a user; who made it stays who is in. */
export function CreateUserDialog({ onClose }: { onClose: () => void }) {
  const { bridge, toasts } = useWorkspace()
  async function create(username: string, password: string): Promise<Failure | null> {
    const answer = await bridge.call['users:create']({
      username,
      ...defined({ password: password === '' ? undefined : password }),
    })
    if (!answer.ok) return answer.error
    toasts.getState().show(`${answer.value.username} was created.`, 'ok')
    return null
  }
  return <NameDialog title="New user" action="Create" withPassword onSave={create} onClose={onClose} />
}

/** Gives who is in another name. */
export function RenameDialog({ user, onClose }: { user: UserView; onClose: () => void }) {
  const { bridge } = useWorkspace()
  async function rename(username: string): Promise<Failure | null> {
    const answer = await bridge.call['users:rename']({ id: user.id, username })
    return answer.ok ? null : answer.error
  }
  return (
    <NameDialog
      title={`Rename ${user.username}`}
      action="Rename"
      first={user.username}
      onSave={rename}
      onClose={onClose}
    />
  )
}

function NameDialog({ title, action, first = '', withPassword, onSave, onClose }: NameProps) {
  const form = useId()
  const [username, setUsername] = useState(first)
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    const failed = await onSave(username, password)
    setBusy(false)
    if (failed) setFailure(failed)
    else onClose()
  }
  const ofPassword = failure?.code.startsWith('password') ?? false
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="primary" busy={busy} disabled={username.trim() === ''}>
            {action}
          </Button>
        </>
      }
    >
      <form id={form} className={css.form} onSubmit={(event) => void submit(event)}>
        <Field label="Name" error={failure && !ofPassword ? inOneLine(failure) : undefined}>
          <TextInput
            data-first
            required
            maxLength={200}
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
        </Field>
        {withPassword && (
          <Field
            label="Password"
            error={failure && ofPassword ? inOneLine(failure) : undefined}
            hint="Optional: without one, the system’s keyring protects the vault; if there is none, tokens stay in memory."
          >
            <PasswordInput autoComplete="new-password" value={password} onType={setPassword} />
          </Field>
        )}
      </form>
    </Dialog>
  )
}
