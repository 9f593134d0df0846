import { Copy } from 'lucide-react'
import type { PlaygroundUser } from '@contract/app.ts'
import { IconButton } from '../../ui/button.tsx'
import { Tags } from '../../ui/tag.tsx'
import css from './playground.module.css'
import { useCopy } from './use-copy.ts'

/** Whom one can sign in as. */
export const UsersTable = ({ users }: { users: PlaygroundUser[] }) => {
  const copy = useCopy()
  return (
    <section aria-labelledby="playground-users">
      <h2 id="playground-users">Users</h2>
      <table className={css.table} aria-labelledby="playground-users">
        <thead>
          <tr>
            <th scope="col">username</th>
            <th scope="col">password</th>
            <th scope="col">roles</th>
          </tr>
        </thead>
        <tbody>
          {users.map(({ username, password, roles }) => (
            <tr key={username}>
              <th scope="row" className="mono">
                {username}
              </th>
              <td>
                <span className={css.copied}>
                  <code>{password}</code>
                  <IconButton
                    label={`Copy the password of ${username}`}
                    onClick={() => void copy({ what: 'password', of: username }, `${username}’s password`)}
                  >
                    <Copy />
                  </IconButton>
                </span>
              </td>
              <td>
                <Tags items={roles} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
