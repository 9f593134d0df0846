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
  /** The scopes that can be left out: those that concern an API. */
  optional: ReadonlySet<string>
  wordsOf: WordsOf
}

type WordsOf = (scope: string) => { title: string; detail: string }

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
          ${scopes.map((scope) => item(scope, consent))}${withheld.map((scope) => withheldItem(scope, consent))}
        </ul>
        <div class="buttons">
          <button class="primary" type="submit" name="decision" value="allow" autofocus>Allow</button
          ><button type="submit" name="decision" value="deny">Deny</button>
        </div>
        <p class="leaving" role="status" hidden>Done. You can return to ${clientName} and close this page.</p>
      </form>
      ${redirectUri && html`<p class="fine">The response goes to <code>${redirectUri}</code></p>`}`,
  )
}

function words(scope: string, wordsOf: WordsOf, remark?: string): Html {
  const { title, detail } = wordsOf(scope)
  return html`<span><b>${title}</b><small>${remark ?? detail}</small></span
    ><code>${scope}</code>`
}

function item(scope: string, { optional, wordsOf }: ConsentPage): Html {
  return optional.has(scope)
    ? html`<li>
        <label><input type="checkbox" name="scope" value="${scope}" checked />${words(scope, wordsOf)}</label>
      </li>`
    : html`<li><i class="tick" aria-hidden="true">✓</i>${words(scope, wordsOf)}</li>`
}

function withheldItem(scope: string, { wordsOf }: ConsentPage): Html {
  return html`<li class="withheld">
    <i class="tick" aria-hidden="true">–</i>${words(scope, wordsOf, 'Not for your roles')}
  </li>`
}
