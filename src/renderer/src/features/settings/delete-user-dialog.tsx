import { defined } from '@contract/defined'
import { useId, useState, type SubmitEvent } from 'react'
import type { Failure } from '@contract/result.ts'
import type { UserView } from '@contract/vault.ts'
import { useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PasswordInput } from '../../ui/password-input.tsx'
import { asksForPassword } from './guard-words.ts'
import css from './settings.module.css'

/** Deletes a user permanently: the name has to be typed, and the password where there is one. */
export function DeleteUserDialog({ user, onClose }: { user: UserView; onClose: () => void }) {
  const { bridge, toasts } = useWorkspace()
  const form = useId()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const asks = asksForPassword(user)
  async function remove(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    const answer = await bridge.call['users:remove']({
      id: user.id,
      username,
      ...defined({ password: asks ? password : undefined }),
    })
    setBusy(false)
    if (!answer.ok) return setFailure(answer.error)
    toasts.getState().show(`${user.username} was deleted.`, 'ok')
    onClose()
  }
  return (
    <Dialog
      title={`Delete ${user.username}`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            look="danger"
            busy={busy}
            disabled={username === '' || (asks && password === '')}
          >
            Delete permanently
          </Button>
        </>
      }
    >
      <form id={form} className={css.form} onSubmit={(event) => void remove(event)}>
        <Notice tone="warn" title={`All data of ${user.username} is deleted permanently`}>
          All connections, accounts, tokens, saved requests and history. Providers are not notified: sign out
          there first if the tokens must stop working. Backups of the last weeks still contain this data until
          they are deleted.
        </Notice>
        <Field label={`Type “${user.username}” to continue`}>
          <TextInput
            data-first
            required
            maxLength={200}
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
        </Field>
        {asks && (
          <Field label={`Password of the user “${user.username}”`}>
            <PasswordInput autoComplete="current-password" required value={password} onType={setPassword} />
          </Field>
        )}
        {failure && <Notice tone="bad" title={failure.message} next={failure.next} />}
      </form>
    </Dialog>
  )
}
