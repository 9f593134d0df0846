import { html, type Html } from './html.ts'
import { page } from './layout.ts'

export type UserHint = { username: string; password: string; roles: readonly string[] }

export type SignInPage = {
  action: string
  clientName: string
  username: string
  error?: string | undefined
  /** Accounts that everyone may know. */
  hints: readonly UserHint[]
}

/** Username and password; the well-known accounts are shown, as this is a playground. */
export function signInPage({ action, clientName, username, error, hints }: SignInPage): string {
  return page(
    'Sign in',
    html`<h1 id="title">Sign in</h1>
      <p class="lead">to continue to <b>${clientName}</b></p>
      ${error && html`<p class="alert" role="alert" id="error"><span aria-hidden="true">!</span>${error}</p>`}
      <form method="post" action="${action}/login">
        <label for="username">Username</label>
        <input
          id="username"
          name="username"
          value="${username}"
          maxlength="100"
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          required
          ${error && html`aria-describedby="error"`}
        />
        <label for="password">Password</label>
        <input
          id="password"
          name="password"
          type="password"
          maxlength="200"
          autocomplete="current-password"
          required
          autofocus
          ${error && html`aria-describedby="error" aria-invalid="true"`}
        />
        <div class="buttons"><button class="primary" type="submit">Sign in</button></div>
      </form>
      <form method="post" action="${action}/cancel" data-leaves="${clientName}">
        <div class="buttons"><button class="quiet" type="submit">Cancel</button></div>
      </form>
      ${hints.length > 0 && hintTable(hints)}`,
  )
}

function hintTable(hints: readonly UserHint[]): Html {
  return html`<aside class="hint">
    <h2>Accounts of the Playground</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Username</th>
          <th scope="col">Password</th>
          <th scope="col">Roles</th>
        </tr>
      </thead>
      <tbody>
        ${hints.map(
          (user) =>
            html`<tr>
              <td><code>${user.username}</code></td>
              <td><code>${user.password}</code></td>
              <td>${user.roles.join(', ')}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </aside>`
}
