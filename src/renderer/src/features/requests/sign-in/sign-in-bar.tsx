import { LogIn, UserRoundCheck } from 'lucide-react'
import type { SharedSignIn } from '@contract/collection-scope.ts'
import type { RequestDraft } from '@contract/requests.ts'
import { grantTable } from '@contract/tables/grants.ts'
import { useDirectory, useWorkspace } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import note from '../editor/secrets-note.module.css'
import css from '../editor/account-proposal.module.css'

interface Props {
  signIn: SharedSignIn
  onSignIn: () => void
  /** Calls as an account that is there. */
  onCallAs: (accountId: string) => void
}

/** Whether a request is to be signed in for, by what its file or its folders say. */
export function asksSignIn(
  { accountId, auth }: Pick<RequestDraft, 'accountId' | 'auth'>,
  signIn: SharedSignIn | undefined,
): signIn is SharedSignIn {
  if (signIn === undefined || accountId !== null) return false
  return signIn.own ? auth === undefined : auth?.kind === 'inherit' && signIn.accountId === undefined
}

/** Says how one signs in for a request, and begins it. */
export function SignInBar({ signIn, onSignIn, onCallAs }: Props) {
  const { directory, tabs } = useWorkspace()
  const { connectionId, from, name, fault } = signIn
  const accounts = useDirectory((state) => state.accounts)
  const signIns = useDirectory((state) => state.signIns)
  const pending = signIns.find((each) => each.connectionId === connectionId)
  const here = accounts.filter((each) => each.connectionId === connectionId)
  const where = from === 'this request' ? 'This request' : `The ${from}`
  if (fault !== undefined)
    return (
      <div className={note.note}>
        <Notice tone="warn" title={`${where} says how to sign in, but it cannot be used`}>
          {fault}
        </Notice>
      </div>
    )
  if (pending)
    return (
      <div className={css.proposal} role="group" aria-label="Sign-in">
        {pending.device ? (
          <span className="note">
            Enter the code <strong className="mono selectable">{pending.device.userCode}</strong> at{' '}
            <span className="mono selectable wrap-any">{pending.device.verificationUri}</span>
          </span>
        ) : (
          <span className="note">Waiting for the sign-in to {name} in the browser</span>
        )}
        <Button
          small
          onClick={() =>
            tabs
              .getState()
              .open(
                { kind: 'connection', connectionId: pending.connectionId },
                { title: pending.connectionName },
              )
          }
        >
          Show
        </Button>
        <Button small onClick={() => void directory.getState().cancelSignIn(pending.id)}>
          Cancel
        </Button>
      </div>
    )
  return (
    <div className={css.proposal} role="group" aria-label="Sign-in">
      <span className="note">
        {where} signs in to {name}.
      </span>
      {here.slice(0, 4).map(({ id, displayName }) => (
        <Button key={id} small icon={<UserRoundCheck />} onClick={() => onCallAs(id)}>
          Call as {displayName}
        </Button>
      ))}
      <Button small look={here.length === 0 ? 'primary' : 'plain'} icon={<LogIn />} onClick={onSignIn}>
        {grantTable[signIn.grant].action}…
      </Button>
    </div>
  )
}
