import { ChevronDown, KeyRound, LogIn, UserX } from 'lucide-react'
import type { SharedSignIn } from '@contract/collection-scope.ts'
import type { RequestDraft } from '@contract/requests.ts'
import { authKindTable } from '@contract/tables/auth-kinds.ts'
import { keyIn, keysOf } from '@contract/tables/keys-of.ts'
import { useDirectory } from '../../../lib/workspace.ts'
import { Menu, MenuAction, MenuLabel, MenuLine, MenuPick, MenuPickItem } from '../../../ui/menu/menu.tsx'
import { Ring, TimeLeft } from '../../../ui/ring.tsx'
import type { OtherAuths } from '../../../lib/tabs/tab.ts'
import { authOfKind, type AuthPart } from '../auths.ts'
import { callerWords, noAuth, type Caller } from '../scope/caller.ts'
import css from './request-bar.module.css'

interface Props {
  draft: Pick<RequestDraft, 'accountId' | 'auth'>
  /** What its auth was under other kinds. */
  auths?: OtherAuths | undefined
  caller: Caller
  onPick: (part: AuthPart) => void
  /** How its surroundings say that one signs in. */
  signIn?: SharedSignIn | undefined
  onSignIn: () => void
}

/** Who a request calls as: an account, with the time left on its token, or in another way. */
export function AuthPicker({ draft, auths, caller, onPick, signIn, onSignIn }: Props) {
  const { accountId, auth } = draft
  const accounts = useDirectory((state) => state.accounts)
  const connections = useDirectory((state) => state.connections)
  function pick(value: string): void {
    const kind = keyIn(authKindTable, value)
    if (kind !== undefined) onPick({ accountId: null, auth: authOfKind(kind, auth, auths) })
    else if (value === '') onPick({ accountId: null, auth: undefined })
    else onPick({ accountId: value })
  }
  function signInAsSaid(): void {
    // Who signs in as a folder says is who its requests call as.
    if (signIn?.own === false) onPick({ accountId: null, auth: authOfKind('inherit', auth) })
    onSignIn()
  }
  return (
    <Menu trigger={<Trigger caller={caller} />}>
      <MenuPick value={accountId ?? auth?.kind ?? ''} onPick={pick}>
        <MenuPickItem value="">
          <UserX aria-hidden="true" />
          <span className="grow">No auth</span>
        </MenuPickItem>
        {connections.map((connection) => {
          const own = accounts.filter(({ connectionId }) => connectionId === connection.id)
          if (own.length === 0) return null
          return (
            <div key={connection.id} role="group" aria-label={connection.name}>
              <MenuLabel>{connection.name}</MenuLabel>
              {own.map((account) => (
                <MenuPickItem key={account.id} value={account.id}>
                  <Ring life={account.life} />
                  <span className="grow clip">{account.displayName}</span>
                  <span className="faint">
                    <TimeLeft life={account.life} />
                  </span>
                </MenuPickItem>
              ))}
            </div>
          )
        })}
        <MenuLine />
        <div role="group" aria-label="Without an account">
          <MenuLabel>Without an account</MenuLabel>
          {keysOf(authKindTable).map((kind) => (
            <MenuPickItem key={kind} value={kind}>
              <KeyRound aria-hidden="true" />
              <span className="grow">{authKindTable[kind].called}</span>
            </MenuPickItem>
          ))}
        </div>
      </MenuPick>
      {signIn !== undefined && signIn.fault === undefined && (
        <>
          <MenuLine />
          <MenuAction icon={<LogIn />} onPick={signInAsSaid}>
            Sign in to {signIn.name}…
          </MenuAction>
        </>
      )}
    </Menu>
  )
}

function Trigger({ caller, ...rest }: Pick<Props, 'caller'>) {
  const { accountId, auth, from } = caller
  const picked = useDirectory((state) => state.accounts.find(({ id }) => id === accountId))
  const chevron = <ChevronDown className={css.chevron} aria-hidden="true" />
  const inherited = from !== undefined && <span className={css.from}> from {from}</span>
  if (picked)
    return (
      <button type="button" className={css.picker} title={callerWords(caller, picked.displayName)} {...rest}>
        <span className="visually-hidden">Auth: call </span>
        <Ring life={picked.life} />
        <span className="clip">
          as <strong>{picked.displayName}</strong>
          {inherited}
        </span>
        <span className={`mono ${css.time}`}>
          <TimeLeft life={picked.life} short />
        </span>
        {chevron}
      </button>
    )
  const Icon = accountId === null && auth !== undefined && auth !== noAuth ? KeyRound : UserX
  return (
    <button type="button" className={css.picker} title={callerWords(caller)} {...rest}>
      <span className="visually-hidden">
        {accountId === null ? 'Auth: ' : 'Auth: call as an account from '}
      </span>
      <Icon className={css.noOne} aria-hidden="true" />
      <span className="clip">
        {accountId === null ? (auth ?? noAuth) : 'another environment'}
        {inherited}
      </span>
      {chevron}
    </button>
  )
}
