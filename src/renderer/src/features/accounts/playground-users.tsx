import css from './connection-page.module.css'

interface Props {
  users: { username: string; password: string; says: string }[]
}

/** Whom one can sign in as in the playground. */
export const PlaygroundUsers = ({ users }: Props) => (
  <section className={css.section} aria-label="Users of the playground">
    <h2>Sign in as one of these</h2>
    <table className={css.users}>
      <thead>
        <tr>
          <th scope="col">user</th>
          <th scope="col">password</th>
          <th scope="col">who that is</th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <tr key={user.username}>
            <td className="mono">{user.username}</td>
            <td className="mono">{user.password}</td>
            <td className="note">{user.says}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)
