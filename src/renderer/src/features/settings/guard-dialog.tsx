import { defined } from '@contract/defined'
import { useId, useState, type SubmitEvent } from 'react'
import type { Failure } from '@contract/result.ts'
import { useSession, useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PasswordInput } from '../../ui/password-input.tsx'
import { asksForPassword, guardWords, type Guard } from './guard-words.ts'
import css from './settings.module.css'

interface Props {
  title: string
  first: Guard
  onClose: () => void
}

/** Sets, changes or removes the password, and says what each way of guarding means. */
export function GuardDialog({ title, first, onClose }: Props) {
  const { bridge, toasts } = useWorkspace()
  const form = useId()
  const lock = useSession((state) => state.boot?.lock)
  const user = lock?.users.find(({ id }) => id === lock.user.id)
  const [guard, setGuard] = useState<Guard>(first)
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  // Where secrets are in memory only, it is because there was no keyring to keep them.
  const noKeyring = useSession((state) => state.boot?.protection.kind === 'memory')
  const hasPassword = asksForPassword(user)
  const wantsPassword = guard !== 'keyring'
  const differs = wantsPassword && again !== '' && again !== password

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (wantsPassword && again !== password) return setAgain(again === '' ? ' ' : again)
    setBusy(true)
    const answer = await bridge.call['vault:guard']({
      guard,
      ...defined({
        password: hasPassword ? current : undefined,
        newPassword: wantsPassword ? password : undefined,
      }),
    })
    setBusy(false)
    if (!answer.ok) return setFailure(answer.error)
    toasts.getState().show(`The vault is protected by: ${answer.value.protection.label}.`, 'ok')
    onClose()
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      wide
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="primary" busy={busy}>
            Save
          </Button>
        </>
      }
    >
      <form id={form} className={css.form} onSubmit={(event) => void save(event)}>
        <fieldset className={css.guards}>
          <legend>How to unlock the vault</legend>
          {guardWords.map(({ guard: each, name, means }) => (
            <label key={each} className={css.guard}>
              <input
                type="radio"
                name="guard"
                checked={each === guard}
                disabled={noKeyring && each !== 'password'}
                onChange={() => setGuard(each)}
              />
              <span>
                <strong>{name}</strong>
                <span className={css.means}>
                  {noKeyring && each !== 'password'
                    ? 'No unlocked keyring is available on this system.'
                    : means}
                </span>
              </span>
            </label>
          ))}
        </fieldset>
        {hasPassword && (
          <Field label="Current password">
            <PasswordInput
              autoComplete="current-password"
              required
              data-first
              value={current}
              onType={setCurrent}
            />
          </Field>
        )}
        {wantsPassword && (
          <>
            <Field
              label="New password"
              hint="At least 8 characters; several words work well. It cannot be recovered: keep an export."
            >
              <PasswordInput
                autoComplete="new-password"
                required
                data-first={hasPassword ? undefined : true}
                value={password}
                onType={setPassword}
              />
            </Field>
            <Field
              label="Repeat the new password"
              error={differs ? 'The passwords do not match.' : undefined}
            >
              <PasswordInput autoComplete="new-password" required value={again} onType={setAgain} />
            </Field>
          </>
        )}
        {failure && <Notice tone="bad" title={failure.message} next={failure.next} />}
      </form>
    </Dialog>
  )
}
