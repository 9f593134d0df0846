import type { PlaygroundUser } from '@contract/app.ts'
import { Copyable } from './copyable.tsx'
import css from './list/data-table.module.css'
import { Tags } from './tag.tsx'

interface Props {
  users: PlaygroundUser[]
  /** The id of the heading that names the table. */
  labelledBy: string
  onCopy: (username: string) => void
}

/** Whom one can sign in as in the playground. */
export function PlaygroundUsers({ users, labelledBy, onCopy }: Props) {
  return (
    <table className={css.table} aria-labelledby={labelledBy}>
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
              <Copyable
                text={password}
                label={`Copy the password of ${username}`}
                onCopy={() => onCopy(username)}
              />
            </td>
            <td>
              <Tags items={roles} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
