import { Copy } from 'lucide-react'
import type { PlaygroundUser } from '@contract/app.ts'
import { useWorkspace } from '../../lib/workspace.ts'
import { IconButton } from '../../ui/button.tsx'
import css from './connection-page.module.css'

interface Props {
  users: PlaygroundUser[]
}

/** Whom one can sign in as in the playground. */
export const PlaygroundUsers = ({ users }: Props) => {
  const { bridge, toasts } = useWorkspace()
  const copy = async (of: string): Promise<void> => {
    const answer = await bridge.call['playground:copy']({ what: 'password', of })
    if (answer.ok) toasts.getState().show(`The password of ${of} is on the clipboard.`, 'ok')
    else toasts.getState().fail(answer.error)
  }
  return (
    <section className={css.section} aria-label="Users of the playground">
      <h2>Sign in as one of these</h2>
      <table className={css.users}>
        <thead>
          <tr>
            <th scope="col">user</th>
            <th scope="col">password</th>
            <th scope="col">roles</th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <tr key={user.username}>
              <td className="mono">{user.username}</td>
              <td>
                <span className="mono">{user.password}</span>{' '}
                <IconButton
                  label={`Copy the password of ${user.username}`}
                  onClick={() => void copy(user.username)}
                >
                  <Copy />
                </IconButton>
              </td>
              <td className="note">{user.roles.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
