import { html } from './html.ts'
import { page } from './layout.ts'

/** What the provider's root shows to someone who opens it in a browser. */
export function startPage(issuer: string, apiBase: string, clientIds: readonly string[]): string {
  return page(
    'Running',
    html`<h1 id="title">The Playground is running</h1>
      <p class="lead">A provider and a protected API to try Gatehouse with.</p>
      <dl>
        <dt>Issuer</dt>
        <dd>
          <a href="${issuer}/.well-known/openid-configuration"><code>${issuer}</code></a>
        </dd>
        <dt>API</dt>
        <dd>
          <a href="${apiBase}/openapi.json"><code>${apiBase}</code></a>
        </dd>
        ${clientIds.slice(0, 20).map(
          (id) =>
            html`<dt>Client</dt>
              <dd><code>${id}</code></dd>`,
        )}
      </dl>`,
  )
}
