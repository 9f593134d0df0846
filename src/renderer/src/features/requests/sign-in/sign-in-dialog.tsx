import { useId, useState } from 'react'
import type { EnteredProof, SharedSignIn } from '@contract/collection-scope.ts'
import type { Failure } from '@contract/result.ts'
import { grantTable, type GrantKind } from '@contract/tables/grants.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { KeyValueTable } from '../../../ui/list/key-value-table.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { nothingTyped, proofOf, ProofFields } from './proof-fields.tsx'
import css from './sign-in-dialog.module.css'

interface Props {
  signIn: SharedSignIn
  /** Answers what kept it from beginning. */
  onSignIn: (entered: EnteredProof) => Promise<Failure | null>
  onClose: () => void
}

/** Shows where one would sign in, by the word of a folder, before anything is asked of it. */
export function SignInDialog({ signIn, onSignIn, onClose }: Props) {
  const form = useId()
  const [typed, setTyped] = useState(nothingTyped)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const { connectionId, from, name, grant, warnings } = signIn
  const isKnown = connectionId !== undefined
  const asks = isKnown ? 'nothing' : signIn.asks
  async function begin(): Promise<void> {
    setBusy(true)
    const failed = await onSignIn(proofOf(asks, typed))
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
            data-first={asks === 'nothing' ? true : undefined}
          >
            {grantTable[grant].action}
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
        <ProofFields asks={asks} typed={typed} onType={(part) => setTyped({ ...typed, ...part })} />
        {failure && (
          <Notice tone="bad" title={failure.message} next={failure.next}>
            <code>{failure.code}</code>
          </Notice>
        )}
        <p className="note">
          Described by {from}. {nextOf(grant)}
        </p>
      </form>
    </Dialog>
  )
}

/** What happens once it is begun. */
function nextOf(grant: GrantKind): string {
  const { by } = grantTable[grant]
  if (by === 'browser') return 'The browser opens next.'
  return by === 'device'
    ? 'A code is shown next, to be entered on any device.'
    : 'No browser is needed: the client itself gets a token.'
}

function rowsOf(signIn: SharedSignIn): [string, string][] {
  const { issuer, authorizationEndpoint, tokenEndpoint, clientId, scope, resource, redirectUri, grant } =
    signIn
  const all: [string, string | undefined][] = [
    ['Issuer', issuer],
    ['Authorization', authorizationEndpoint],
    ['Token', tokenEndpoint],
    ['Client ID', clientId],
    ['Scope', scope === '' ? 'no scope' : scope],
    ['Resource', resource],
    ['Redirect', redirectUri === '' ? undefined : redirectUri],
    ['Grant', grantTable[grant].name],
  ]
  return all.flatMap(([label, value]): [string, string][] => (value === undefined ? [] : [[label, value]]))
}
