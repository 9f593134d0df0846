import { defined } from '@contract/defined'
import { useState } from 'react'
import { Pencil, Plus, Trash2, UserRound } from 'lucide-react'
import type { Failure } from '@contract/result.ts'
import type { UserView } from '@contract/vault.ts'
import { relative } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { useSession, useWorkspace } from '../../lib/workspace.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Tag } from '../../ui/tag.tsx'
import { CreateUserDialog, RenameDialog } from './user-dialogs.tsx'
import { DeleteUserDialog } from './delete-user-dialog.tsx'
import { asksForPassword, guardNames } from './guard-words.ts'
import { Part } from './part.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import css from './settings.module.css'

type Asked = { what: 'create' } | { what: 'rename' | 'delete' | 'switch'; user: UserView }

/** The users of this computer, each with a vault of their own. */
export function UsersPart() {
  const { bridge, toasts } = useWorkspace()
  const lock = useSession((state) => state.boot?.lock)
  const now = useNow()
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = (): void => setAsked(null)
  if (!lock) return null

  async function enter(user: UserView, password?: string): Promise<Failure | null> {
    const answer = await bridge.call['vault:unlock']({
      userId: user.id,
      ...defined({ password }),
    })
    return answer.ok ? null : answer.error
  }
  async function switchTo(user: UserView): Promise<void> {
    if (asksForPassword(user)) return setAsked({ what: 'switch', user })
    const failure = await enter(user)
    if (failure) toasts.getState().fail(failure)
  }
  return (
    <Part title="Users" says="Each user has their own connections, accounts, requests and vault.">
      <ul className={css.users}>
        {lock.users.map((user) => {
          const own = user.id === lock.user.id
          return (
            <li key={user.id}>
              <UserRound aria-hidden="true" />
              <span className="grow">
                <span className="clip">
                  <strong>{user.username}</strong> {own && <Tag tone="accent">you</Tag>}
                </span>
                <span className="faint">
                  {user.guard === 'memory' && user.lastUnlockAt === undefined
                    ? 'not opened yet'
                    : guardNames[user.guard]}
                  {user.lastUnlockAt !== undefined && ` · opened ${relative(user.lastUnlockAt, now)}`}
                </span>
              </span>
              {own ? (
                <IconButton
                  label={`Rename ${user.username}`}
                  onClick={() => setAsked({ what: 'rename', user })}
                >
                  <Pencil />
                </IconButton>
              ) : (
                <Button small onClick={() => void switchTo(user)}>
                  Switch<span className="visually-hidden"> to {user.username}</span>
                </Button>
              )}
              <IconButton
                label={`Delete ${user.username}`}
                onClick={() => setAsked({ what: 'delete', user })}
              >
                <Trash2 />
              </IconButton>
            </li>
          )
        })}
      </ul>
      <div className={css.row}>
        <Button icon={<Plus />} onClick={() => setAsked({ what: 'create' })}>
          New user
        </Button>
      </div>
      {asked?.what === 'create' && <CreateUserDialog onClose={close} />}
      {asked?.what === 'rename' && <RenameDialog user={asked.user} onClose={close} />}
      {asked?.what === 'delete' && <DeleteUserDialog user={asked.user} onClose={close} />}
      {asked?.what === 'switch' && (
        <PasswordDialog
          title={`Switch to ${asked.user.username}`}
          label={`Password of the user “${asked.user.username}”`}
          action="Switch"
          onPassword={(password) => enter(asked.user, password)}
          onClose={close}
        />
      )}
    </Part>
  )
}
