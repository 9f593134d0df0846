import type { ContainerAuth, ScopeView } from '@contract/collection-scope.ts'
import type { RequestAuth } from '@contract/requests.ts'
import { authKindTable } from '@contract/tables/auth-kinds.ts'
import { keyIn, keysOf } from '@contract/tables/keys-of.ts'
import { Field } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select/select.tsx'
import { AuthFields } from '../editor/auth-editor.tsx'
import type { OtherAuths } from '../../../lib/tabs/tab.ts'
import { authOfKind, withAuthPutBy } from '../auths.ts'
import { PlaceSignIn } from '../sign-in/place-sign-in.tsx'
import css from './defaults-dialog.module.css'

interface Props {
  /** The folder or the collection. */
  place: { collectionId: string; path: string }
  auth: ContainerAuth
  /** What it was under other kinds. */
  auths: OtherAuths
  /** As the file says. */
  saved: ContainerAuth
  /** Secret fields that were entered, which are in the vault. */
  entered: readonly string[]
  /** What is inherited from above; nothing for the collection itself. */
  above: ScopeView | undefined
  onChange: (auth: ContainerAuth, auths?: OtherAuths) => void
}

/** Who calls by the word of a folder or a collection. */
export function DefaultsAuth({ place, auth, auths, saved, entered, above, onChange }: Props) {
  const kinds = keysOf(authKindTable).filter((kind) => kind !== 'inherit')
  const options: [string, string][] = [
    ['inherit', above ? 'Inherited' : 'Not set'],
    ['none', 'No auth'],
    ...kinds.map((kind): [string, string] => [kind, authKindTable[kind].called]),
    ...(saved.kind === 'kept' ? [['kept', `${saved.called} (kept, not sent)`] as [string, string]] : []),
    ...(saved.kind === 'sign-in' ? [['sign-in', `Sign in to ${saved.name}`] as [string, string]] : []),
  ]
  function pick(value: string): void {
    const before = isSent(auth) ? auth : undefined
    const kind = keyIn(authKindTable, value)
    const now = kind && authOfKind(kind, before, auths)
    const other: ContainerAuth = value === saved.kind ? saved : { kind: 'none' }
    onChange(now ?? other, withAuthPutBy(auths, before, now))
  }
  return (
    <div className={css.part} data-of="defaults">
      <Field label="Auth for requests that inherit it" hint={hintFor(auth, above)}>
        <Select options={options} value={auth.kind} onPick={pick} />
      </Field>
      {auth.kind === 'sign-in' && <PlaceSignIn {...place} showsChosen />}
      {isSent(auth) && <AuthFields auth={auth} entered={entered} onChange={onChange} />}
    </div>
  )
}

function isSent(auth: ContainerAuth): auth is Exclude<RequestAuth, { kind: 'inherit' }> {
  return keyIn(authKindTable, auth.kind) !== undefined && auth.kind !== 'inherit'
}

function hintFor(auth: ContainerAuth, above: ScopeView | undefined): string {
  if (auth.kind === 'sign-in')
    return 'Described in the file. To change it, edit the connection in Accounts and write it to the collection again.'
  if (auth.kind !== 'inherit') return ''
  if (above?.signIn && !above.signIn.own) return `Sign in to ${above.signIn.name}, from ${above.signIn.from}.`
  if (above?.auth) return `${above.auth.called}, from ${above.auth.from}.`
  return 'Requests that inherit their auth are sent without authentication.'
}
