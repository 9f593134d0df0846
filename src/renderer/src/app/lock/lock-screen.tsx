import { defined } from '@contract/defined'
import { Lock } from 'lucide-react'
import { useState, type SubmitEvent } from 'react'
import type { Failure } from '@contract/result.ts'
import type { LockReason, UserView } from '@contract/vault.ts'
import { span } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { useSession, useWorkspace } from '../../lib/workspace.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PasswordInput } from '../../ui/password-input.tsx'
import { BackupsRescue } from '../backups-rescue.tsx'
import { LockScreenNewUser } from './lock-screen-new-user.tsx'
import { useReadyMark, useTextKeys } from '../use-window.ts'
import css from './lock-screen.module.css'

const reasons: Record<LockReason, string> = {
  password: 'The vault is protected by a password.',
  'by-hand': 'You locked it.',
  idle: 'Locked after a period of inactivity.',
  'screen-lock': 'Locked together with the screen.',
  suspend: 'Locked when the computer went to sleep.',
}

/** Takes the window's place while the vault is locked. */
export function LockScreen() {
  const lock = useSession((state) => state.boot?.lock)
  const damage = useSession((state) => state.damage)
  const [userId, setUserId] = useState(lock?.user.id ?? '')
  const [creating, setCreating] = useState(false)
  useTextKeys()
  useReadyMark()
  if (!lock) return null
  const user = lock.users.find(({ id }) => id === userId) ?? lock.users[0]
  return (
    <main className={css.screen}>
      <div className={css.card}>
        <Lock className={css.icon} aria-hidden="true" />
        <h1>Gatehouse is locked</h1>
        <p className="note">{reasons[lock.reason ?? 'password']} Its keys have been removed from memory.</p>
        {damage && <Notice tone="bad" title={damage.message} next={damage.next} />}
        {lock.users.length > 1 && <Users users={lock.users} value={user?.id ?? ''} onPick={setUserId} />}
        {creating ? (
          <LockScreenNewUser
            onDone={(id) => {
              setCreating(false)
              if (id !== undefined) setUserId(id)
            }}
          />
        ) : (
          <>
            {user && <Unlock key={user.id} user={user} />}
            <Button look="quiet" small className={css.other} onClick={() => setCreating(true)}>
              New user
            </Button>
          </>
        )}
      </div>
    </main>
  )
}

function needsPassword({ guard }: UserView): boolean {
  return guard === 'password' || guard === 'both'
}

function Users({ users, value, onPick }: { users: UserView[]; value: string; onPick: (id: string) => void }) {
  return (
    <fieldset className={css.users}>
      <legend className="visually-hidden">User</legend>
      {users.map((user) => (
        <label key={user.id} className={css.user}>
          <input
            type="radio"
            name="user"
            value={user.id}
            checked={user.id === value}
            onChange={() => onPick(user.id)}
          />
          <span className="clip">{user.username}</span>
          <span className="faint">{needsPassword(user) ? 'password' : 'no password'}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** Asks for the password of this user; after too many wrong ones it counts the wait down. */
function Unlock({ user }: { user: UserView }) {
  const { bridge, session } = useWorkspace()
  const now = useNow()
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const guarded = needsPassword(user)
  const wait = Math.max(0, Math.ceil(((user.waitUntil ?? 0) - now) / 1000))

  async function unlock(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    const answer = await bridge.call['vault:unlock']({
      userId: user.id,
      ...defined({ password: guarded ? password : undefined }),
    })
    // Where it opened, the window is drawn again and this one is gone.
    if (answer.ok) return
    await session.getState().load()
    setBusy(false)
    setPassword('')
    setFailure(answer.error)
  }
  const waiting = failure?.code === 'password_wait'
  return (
    <form className={css.form} onSubmit={(event) => void unlock(event)}>
      {guarded && (
        <Field
          label={`Password of the user “${user.username}”`}
          error={failure?.code === 'password_wrong' ? `${failure.message} ${failure.next ?? ''}` : undefined}
        >
          <PasswordInput autoComplete="current-password" autoFocus value={password} onType={setPassword} />
        </Field>
      )}
      {/* Is there before its text comes, and says once how long: a timer is not read out at every tick. */}
      <p className={css.wait} role="status">
        {wait > 0 && (
          <>
            Too many wrong passwords: try again in <strong role="timer">{span(wait * 1000)}</strong>.
          </>
        )}
      </p>
      {wait <= 0 && failure && failure.code !== 'password_wrong' && !waiting && (
        <Notice tone="bad" title={failure.message} next={failure.next} />
      )}
      <Button
        type="submit"
        look="primary"
        busy={busy}
        disabled={wait > 0 || (guarded && password === '')}
        autoFocus={!guarded}
      >
        {guarded ? 'Unlock' : `Continue as ${user.username}`}
      </Button>
      {failure?.code === 'vault_key_damaged' && <BackupsRescue password={password} />}
    </form>
  )
}
