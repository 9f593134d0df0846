import { useId, useState, type SubmitEvent } from 'react'
import type { CookiesView, CookieView } from '@contract/network/cookies.ts'
import type { Failure } from '@contract/result.ts'
import { useKept } from '../../../lib/tabs/use-kept.ts'
import { useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { FormFailure } from '../../../ui/form/form-failure.tsx'
import { Field, Switch, TextInput } from '../../../ui/field.tsx'
import { Resumed } from '../../../ui/resumed.tsx'
import css from '../settings.module.css'

interface Props {
  accountId: string | null
  cookie?: CookieView
  onClose: () => void
  onSaved: (view: CookiesView) => void
}

/** Makes or changes a cookie. */
export function CookieDialog({ accountId, cookie, onClose, onSaved }: Props) {
  const { bridge } = useWorkspace()
  const form = useId()
  const kept = useKept(keptAs(accountId, cookie), {
    name: cookie?.name ?? '',
    domain: cookie?.domain ?? '',
    path: cookie?.path ?? '/',
    below: cookie?.below ?? false,
    secure: cookie?.secure ?? true,
    httpOnly: cookie?.httpOnly ?? false,
    value: '',
  })
  const { value, ...draft } = kept.form
  const { change } = kept
  const [failure, setFailure] = useState<Failure | null>(null)

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const answer = await bridge.call['cookies:save']({
      ...draft,
      accountId,
      ...((value !== '' || !cookie) && { value }),
      ...(cookie?.expiresAt !== undefined && { expiresAt: cookie.expiresAt }),
      ...(cookie && { was: { accountId, name: cookie.name, domain: cookie.domain, path: cookie.path } }),
    })
    if (!answer.ok) return setFailure(answer.error)
    kept.forget()
    onSaved(answer.value)
  }
  return (
    <Dialog
      title={cookie ? `Edit ${cookie.name || '(no name)'}` : 'Add a cookie'}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="primary">
            Save
          </Button>
        </>
      }
    >
      <form id={form} className={css.form} onSubmit={(event) => void save(event)}>
        <Resumed of={kept} />
        <Field label="Name">
          <TextInput
            mono
            required
            data-first
            value={draft.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
        <Field label="Value" hint={cookie ? 'Leave empty to keep the value.' : undefined}>
          <TextInput
            mono
            placeholder={cookie ? '•••••••• kept' : ''}
            value={value}
            onChange={(event) => change({ value: event.target.value })}
          />
        </Field>
        <div className={css.pair}>
          <Field label="Domain">
            <TextInput
              mono
              required
              placeholder="api.example.com"
              value={draft.domain}
              onChange={(event) => change({ domain: event.target.value })}
            />
          </Field>
          <Field label="Path">
            <TextInput
              mono
              required
              value={draft.path}
              onChange={(event) => change({ path: event.target.value })}
            />
          </Field>
        </div>
        <Switch label="Include subdomains" checked={draft.below} onChange={(below) => change({ below })} />
        <Switch label="https only" checked={draft.secure} onChange={(secure) => change({ secure })} />
        <Switch label="HttpOnly" checked={draft.httpOnly} onChange={(httpOnly) => change({ httpOnly })} />
        <FormFailure failure={failure} />
      </form>
    </Dialog>
  )
}

function keptAs(accountId: string | null, cookie?: CookieView): string {
  const which = cookie ? `${cookie.domain}${cookie.path} ${cookie.name}` : 'new'
  return `cookie:${accountId ?? ''}:${which}`
}
