import { defined } from '@contract/defined'
import { useState, type SubmitEvent } from 'react'
import type { Failure } from '@contract/result.ts'
import { useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { PasswordInput } from '../../ui/password-input.tsx'
import css from './lock-screen.module.css'

/** Makes a user at the lock screen, who is then to be unlocked like any other. */
export function LockScreenNewUser({ onDone }: { onDone: (id?: string) => void }) {
  const { bridge, session } = useWorkspace()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)

  async function create(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    const answer = await bridge.call['users:create']({
      username,
      ...defined({ password: password === '' ? undefined : password }),
    })
    await session.getState().load()
    setBusy(false)
    if (answer.ok) onDone(answer.value.id)
    else setFailure(answer.error)
  }
  return (
    <form className={css.form} onSubmit={(event) => void create(event)}>
      <Field
        label="Name of the new user"
        error={failure ? `${failure.message} ${failure.next ?? ''}` : undefined}
      >
        <TextInput
          autoFocus
          required
          value={username}
          onChange={(event) => setUsername(event.target.value)}
        />
      </Field>
      <Field
        label="Password"
        hint="At least 8 characters. Without one, the system’s keyring protects the vault; if there is none, tokens stay in memory."
      >
        <PasswordInput autoComplete="new-password" value={password} onType={setPassword} />
      </Field>
      <div className={css.row}>
        <Button type="submit" look="primary" busy={busy} disabled={username.trim() === ''}>
          Create
        </Button>
        <Button onClick={() => onDone()}>Cancel</Button>
      </div>
    </form>
  )
}
