import type { ScopeView, SharedSignIn } from '@contract/collection-scope.ts'
import type { RequestAuth, RequestDraft } from '@contract/requests.ts'
import { authKindTable, type AuthField } from '@contract/tables/auth-kinds.ts'
import { useDirectory } from '../../../lib/workspace.ts'
import { useRequestVariables } from '../scope/scope-context.ts'
import { Button } from '../../../ui/button.tsx'
import { Field } from '../../../ui/field.tsx'
import { NamesInput, SecretNamesInput } from '../../../ui/names/names-input.tsx'
import { Select } from '../../../ui/select/select.tsx'
import { authText, withAuthText, type AuthPart } from '../auths.ts'
import css from './auth-editor.module.css'

interface Props {
  draft: Pick<RequestDraft, 'accountId' | 'auth'>
  onChange: (part: AuthPart) => void
  /** What its folders say; null is nothing, left out where it is in none. */
  inherited?: ScopeView['auth'] | undefined
  /** How they say that one signs in. */
  signIn?: SharedSignIn | undefined
  /** Chooses another account for that, or none. */
  onCallAs?: (accountId: string | null) => void
}

/** What the auth that was picked needs. */
export function AuthEditor({ draft: { accountId, auth }, inherited, signIn, onCallAs, onChange }: Props) {
  const account = useDirectory((state) => state.accounts.find(({ id }) => id === accountId))
  if (accountId !== null)
    return (
      <p className={css.note}>
        {account
          ? `The token of ${account.displayName} is sent, and refreshed when it has expired.`
          : 'The account belongs to another environment.'}
      </p>
    )
  if (auth === undefined)
    return (
      <p className={css.note}>
        The request is sent without authentication. Choose an auth beside the address.
      </p>
    )
  if (auth.kind === 'inherit' && signIn && !signIn.own)
    return <InheritedSignIn signIn={signIn} onChange={() => onCallAs?.(null)} />
  if (auth.kind === 'inherit')
    return (
      <p className={css.note}>
        {inherited
          ? inherited.sent
            ? `${inherited.called} from ${inherited.from} is used.`
            : `${inherited.called}, from ${inherited.from}: it is sent without authentication.`
          : inherited === null
            ? 'No auth is set on its folders or the collection, so it is sent without authentication.'
            : 'The auth of the folder or of the collection is used.'}
      </p>
    )
  return <AuthFields auth={auth} onChange={(changed) => onChange({ auth: changed })} />
}

/** Who requests call as that inherit a sign-in. */
function InheritedSignIn({ signIn, onChange }: { signIn: SharedSignIn; onChange: () => void }) {
  const account = useDirectory((state) => state.accounts.find(({ id }) => id === signIn.accountId))
  return (
    <div className={`${css.note} ${css.said}`}>
      {account ? (
        <>
          <p>
            The token of {account.displayName} is sent: the {signIn.from} uses a sign-in to {signIn.name}.
          </p>
          <Button small onClick={onChange}>
            Call as someone else
          </Button>
        </>
      ) : (
        <p>
          The {signIn.from} uses a sign-in to {signIn.name}. No account has been chosen for it yet.
        </p>
      )}
    </div>
  )
}

interface FieldsProps {
  auth: RequestAuth
  /** Secret fields that are kept in the vault already and are empty here. */
  entered?: readonly string[]
  onChange: (auth: RequestAuth) => void
}

/** The fields of an auth that is no account. */
export function AuthFields({ auth, entered = [], onChange }: FieldsProps) {
  const variables = useRequestVariables()
  const row: { called: string; fields: Readonly<Record<string, AuthField>> } = authKindTable[auth.kind]
  return (
    <div className={css.fields} role="group" aria-label={row.called}>
      {Object.entries(row.fields).map(([name, { label, secret, hint, options }]) => {
        const value = authText(auth, name)
        const Input = secret ? SecretNamesInput : NamesInput
        return (
          <Field key={`${auth.kind} ${name}`} label={label} hint={hint}>
            {options ? (
              <Select
                value={value}
                options={Object.entries(options)}
                onPick={(picked) => onChange(withAuthText(auth, name, picked))}
              />
            ) : (
              <span className={css.line}>
                <Input
                  aria-label={label}
                  className={css.input}
                  value={value}
                  variables={variables}
                  placeholder={entered.includes(name) ? 'kept in the vault' : ''}
                  onText={(text) => onChange(withAuthText(auth, name, text))}
                />
              </span>
            )}
          </Field>
        )
      })}
      <p className={css.kept}>
        Secret values are kept in the vault, never in a collection’s folder. <code>{'{{name}}'}</code> inserts
        a variable.
      </p>
    </div>
  )
}
