import { useId, useState, type SubmitEvent, type ReactNode } from 'react'
import type { Failure } from '@contract/result.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PasswordInput } from '../../ui/password-input.tsx'
import css from './settings.module.css'

interface Props {
  title: string
  label: string
  action: string
  children?: ReactNode
  /** Does it with the password; a failure is shown and another try can follow. */
  onPassword: (password: string) => Promise<Failure | null>
  onClose: () => void
}

/** Asks for one password before something is done with it. */
export function PasswordDialog({ title, label, action, children, onPassword, onClose }: Props) {
  const form = useId()
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    const failed = await onPassword(password)
    setBusy(false)
    if (!failed) return onClose()
    setPassword('')
    setFailure(failed)
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="primary" busy={busy} disabled={password === ''}>
            {action}
          </Button>
        </>
      }
    >
      <form id={form} className={css.form} onSubmit={(event) => void submit(event)}>
        {children}
        <Field label={label}>
          <PasswordInput autoComplete="current-password" data-first value={password} onType={setPassword} />
        </Field>
        {failure && <Notice tone="bad" title={failure.message} next={failure.next} />}
      </form>
    </Dialog>
  )
}
