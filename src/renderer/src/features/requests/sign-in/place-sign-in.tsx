import { useState } from 'react'
import { useDirectory } from '../../../lib/workspace.ts'
import { Button } from '../../../ui/button.tsx'
import css from '../editor/account-proposal.module.css'
import { useScope } from '../scope/scope-context.ts'
import { SignInBar } from './sign-in-bar.tsx'
import { SignInDialog } from './sign-in-dialog.tsx'
import { useSharedSignIn } from './use-shared-sign-in.ts'

interface Props {
  collectionId: string
  /** Of a folder; empty for the collection itself. */
  path: string
  /** Whether an account that is chosen already is shown as well. */
  showsChosen: boolean
}

/** Signs in as a folder or a collection says it; who does is who its requests call as that inherit it. Nothing where it
 *  says nothing. */
export function PlaceSignIn({ collectionId, path, showsChosen }: Props) {
  const place = { collectionId, path: path === '' ? '' : `${path}/` }
  const signIn = useScope(place)?.signIn
  const { begin, callAs } = useSharedSignIn(place, signIn, undefined)
  const [asking, setAsking] = useState(false)
  const chosen = useDirectory((state) => state.accounts.find(({ id }) => id === signIn?.accountId))
  if (signIn === undefined || signIn.own || (chosen && !showsChosen)) return null
  if (chosen)
    return (
      <div className={css.proposal} role="group" aria-label="Sign-in">
        <span className="note">
          Requests that inherit it call as <strong>{chosen.displayName}</strong>, signed in to {signIn.name}.
        </span>
        <Button small onClick={() => void callAs(null)}>
          Call as someone else
        </Button>
      </div>
    )
  return (
    <>
      <SignInBar signIn={signIn} onSignIn={() => setAsking(true)} onCallAs={(id) => void callAs(id)} />
      {asking && <SignInDialog signIn={signIn} onSignIn={begin} onClose={() => setAsking(false)} />}
    </>
  )
}
