import { useId, useState } from 'react'
import type { SharedSignIn } from '@contract/collection-scope.ts'
import type { Failure } from '@contract/result.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'
import { KeyValueTable } from '../../../ui/list/key-value-table.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { PasswordInput } from '../../../ui/password-input.tsx'
import css from './sign-in-dialog.module.css'

interface Props {
  signIn: SharedSignIn
  /** Answers what kept it from beginning. */
  onSignIn: (clientSecret: string | undefined) => Promise<Failure | null>
  onClose: () => void
}

/** Shows where one would sign in, by the word of a folder, before anything is asked of it. */
export function SignInDialog({ signIn, onSignIn, onClose }: Props) {
  const form = useId()
  const [secret, setSecret] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const { connectionId, from, name, asksSecret, warnings } = signIn
  const isKnown = connectionId !== undefined
  async function begin(): Promise<void> {
    setBusy(true)
    const failed = await onSignIn(secret === '' ? undefined : secret)
    setBusy(false)
    if (failed) setFailure(failed)
    else onClose()
  }
  return (
    <Dialog
      title={`Sign in to ${name}`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            look="primary"
            busy={busy}
            data-first={asksSecret ? undefined : true}
          >
            Sign in
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          void begin()
        }}
      >
        <p>
          {isKnown
            ? 'Your connection to this provider is used.'
            : 'A connection is made from what the files say. Go on only if you know this provider: whoever maintains the collection decided where it leads.'}
        </p>
        <KeyValueTable label="Sign-in" rows={rowsOf(signIn)} />
        {warnings.map((text) => (
          <Notice key={text} tone="warn">
            {text}
          </Notice>
        ))}
        {asksSecret && !isKnown && (
          <Field label="Client secret" hint="Kept in your vault, never in the folder.">
            <PasswordInput data-first autoComplete="off" value={secret} onType={setSecret} />
          </Field>
        )}
        {failure && (
          <Notice tone="bad" title={failure.message} next={failure.next}>
            <code>{failure.code}</code>
          </Notice>
        )}
        <p className="note">Described by {from}. The browser opens next.</p>
      </form>
    </Dialog>
  )
}

function rowsOf(signIn: SharedSignIn): [string, string][] {
  const { issuer, authorizationEndpoint, tokenEndpoint, clientId, scope, resource, redirectUri } = signIn
  const all: [string, string | undefined][] = [
    ['Issuer', issuer],
    ['Authorization', authorizationEndpoint],
    ['Token', tokenEndpoint],
    ['Client ID', clientId],
    ['Scope', scope === '' ? 'no scope' : scope],
    ['Resource', resource],
    ['Redirect', redirectUri],
  ]
  return all.flatMap(([label, value]): [string, string][] => (value === undefined ? [] : [[label, value]]))
}
