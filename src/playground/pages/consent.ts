import { apiScopes, scopeInWords } from '../provider/scopes.ts'
import { html, type Html } from './html.ts'
import { page } from './layout.ts'

export type ConsentPage = {
  action: string
  clientName: string
  userName: string
  username: string
  /** The scopes asked for, without those that cannot be granted. */
  scopes: readonly string[]
  /** Scopes asked for that this user's roles do not allow. */
  withheld: readonly string[]
  redirectUri: string | undefined
}

const optional = new Set<string>(apiScopes)

/** What the client asks for, in plain words; what concerns the API can be left out. */
export function consentPage(consent: ConsentPage): string {
  const { action, clientName, userName, username, scopes, withheld, redirectUri } = consent
  return page(
    'Allow access',
    html`<h1 id="title">Allow ${clientName}?</h1>
      <p class="lead">
        Signed in as <b>${userName}</b> (${username})<br />
        <a href="${action}?account=another">Use another account</a>
      </p>
      <form method="post" action="${action}/consent" data-leaves="${clientName}">
        <p id="asks">${clientName} asks to:</p>
        <ul class="scopes" aria-labelledby="asks">
          ${scopes.map(item)}${withheld.map(withheldItem)}
        </ul>
        <div class="buttons">
          <button class="primary" type="submit" name="decision" value="allow" autofocus>Allow</button
          ><button type="submit" name="decision" value="deny">Deny</button>
        </div>
        <p class="leaving" role="status" hidden>Done. You can return to ${clientName} and close this page.</p>
      </form>
      ${redirectUri && html`<p class="fine">The answer goes to <code>${redirectUri}</code></p>`}`,
  )
}

function words(scope: string, remark?: string): Html {
  const { title, detail } = scopeInWords[scope] ?? { title: scope, detail: '' }
  return html`<span><b>${title}</b><small>${remark ?? detail}</small></span
    ><code>${scope}</code>`
}

function item(scope: string): Html {
  return optional.has(scope)
    ? html`<li>
        <label><input type="checkbox" name="scope" value="${scope}" checked />${words(scope)}</label>
      </li>`
    : html`<li><i class="tick" aria-hidden="true">✓</i>${words(scope)}</li>`
}

function withheldItem(scope: string): Html {
  return html`<li class="withheld">
    <i class="tick" aria-hidden="true">–</i>${words(scope, 'Not for your roles')}
  </li>`
}
