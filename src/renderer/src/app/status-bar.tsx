import { LockOpen, Shield, ShieldOff } from 'lucide-react'
import { lockNow } from '../lib/lock.ts'
import { part } from '../lib/part.ts'
import { useDirectory, useSession, useTabs, useWorkspace } from '../lib/workspace.ts'
import { Ring, TimeLeft } from '../ui/ring.tsx'
import css from './status-bar.module.css'

const environmentMenu = part(
  () => import('./environment-menu.tsx'),
  (file) => file.EnvironmentMenu,
)

export function StatusBar() {
  const workspace = useWorkspace()
  const boot = useSession((state) => state.boot)
  // This bar is only there while the vault is open; what guards it on the disk is another question.
  const Guard = boot?.protection.kind === 'memory' ? ShieldOff : Shield
  return (
    <footer className={`shell-status ${css.bar}`} aria-label="Status" data-pane="status" tabIndex={-1}>
      {boot && (
        <>
          <button
            type="button"
            className={css.vault}
            title={`Unlocked. ${boot.protection.says} Click or press Ctrl+L to lock.`}
            onClick={() => void lockNow(workspace)}
          >
            <span className="visually-hidden">Lock: </span>
            <LockOpen className={css.lock} aria-hidden="true" /> <strong>{boot.user.username}</strong>
            <span className={css.word}> · unlocked</span>
            <Guard className={`${css.lock} ${css.guard}`} aria-hidden="true" />
            <span className={css.word}> {boot.protection.label}</span>
          </button>
          <environmentMenu.Part />
        </>
      )}
      <span className="grow" />
      <CallsAs />
    </footer>
  )
}

/** Whom the open tab calls as, with the time left. */
function CallsAs() {
  const tab = useTabs((state) => state.tabs.find(({ id }) => id === state.activeId))
  const account = useDirectory((state) => state.accounts.find(({ id }) => id === tab?.face.accountId))
  const connection = useDirectory((state) => state.connections.find(({ id }) => id === account?.connectionId))
  if (!tab || (tab.subject.kind !== 'request' && tab.subject.kind !== 'account')) return null
  const { accountId, auth, authFrom } = tab.face
  const from = authFrom !== undefined && ` from ${authFrom}`
  if (!account)
    return accountId ? (
      <span>uses an account from another environment</span>
    ) : auth === undefined ? (
      <span>no token</span>
    ) : (
      <span className="clip">
        <span className={css.lead}>auth: </span>
        <strong>{auth}</strong>
        {from}
      </span>
    )
  return (
    <span className={css.calls}>
      <span className="clip">
        <span className={css.lead}>calls as </span>
        <strong>{account.displayName}</strong>
        {connection && ` · ${connection.name}`}
        {from}
      </span>
      <Ring life={account.life} size={13} />
      <strong className="mono">
        <TimeLeft life={account.life} short />
      </strong>
    </span>
  )
}
