import { ChevronDown, UserX } from 'lucide-react'
import { useDirectory } from '../../../lib/workspace.ts'
import { Menu, MenuLabel, MenuPick, MenuPickItem } from '../../../ui/menu/menu.tsx'
import { Ring, TimeLeft } from '../../../ui/ring.tsx'
import css from './request-bar.module.css'

interface Props {
  accountId: string | null
  onPick: (accountId: string | null) => void
}

/** Who to call as, with the time left on the token. */
export function AccountPicker({ accountId, onPick }: Props) {
  const accounts = useDirectory((state) => state.accounts)
  const connections = useDirectory((state) => state.connections)
  const picked = accounts.find(({ id }) => id === accountId)
  return (
    <Menu
      trigger={
        <button type="button" className={css.picker}>
          <span className="visually-hidden">
            {picked ? 'Call ' : accountId === null ? 'Call as no one: ' : 'Call as an account from '}
          </span>
          {picked ? <Ring life={picked.life} /> : <UserX className={css.nobody} aria-hidden="true" />}
          {picked ? (
            <>
              <span className="clip">
                as <strong>{picked.displayName}</strong>
              </span>
              <span className={`mono ${css.time}`}>
                <TimeLeft life={picked.life} short />
              </span>
            </>
          ) : (
            <span>{accountId === null ? 'no token' : 'another environment'}</span>
          )}
          <ChevronDown className={css.chevron} aria-hidden="true" />
        </button>
      }
    >
      <MenuPick value={accountId ?? ''} onPick={(value) => onPick(value === '' ? null : value)}>
        <MenuPickItem value="">
          <UserX aria-hidden="true" />
          <span className="grow">No token</span>
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
      </MenuPick>
    </Menu>
  )
}
