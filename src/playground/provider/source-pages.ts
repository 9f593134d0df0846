import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'
import { html } from '../pages/html.ts'
import { messagePage, page } from '../pages/layout.ts'

/** The secret against forged form posts that oidc-provider put into the session for this page. */
function formSecret(ctx: KoaContextWithOIDC): string {
  const secret = ctx.oidc.session?.state?.secret
  return typeof secret === 'string' ? secret : ''
}

function clientNameOf(ctx: KoaContextWithOIDC): string {
  return ctx.oidc.client?.clientName ?? ctx.oidc.client?.clientId ?? 'the application'
}

const deviceErrors: Record<string, string> = {
  NotFoundError: 'There is no such code. Compare it with the one on your device.',
  ExpiredError: 'This code has expired. Ask your device for a new one.',
  AlreadyUsedError: 'This code was already used. Ask your device for a new one.',
  AbortedError: 'The sign-in was stopped; the device gets no access.',
  NoCodeError: 'Enter the code shown on your device.',
}

type Features = NonNullable<Configuration['features']>
type DevicePages = Pick<
  NonNullable<Features['deviceFlow']>,
  'userCodeInputSource' | 'userCodeConfirmSource' | 'successSource'
>
type LogoutPages = Pick<
  NonNullable<Features['rpInitiatedLogout']>,
  'logoutSource' | 'postLogoutSuccessSource'
>

const deviceFlow: DevicePages = {
  userCodeInputSource: (ctx, _form, _out, err) => {
    const error = err
      ? (deviceErrors[err.name] ??
        deviceErrors[err.constructor.name] ??
        'The request could not be processed.')
      : undefined
    ctx.body = page(
      'Sign in a device',
      html`<h1 id="title">Sign in a device</h1>
        <p class="lead">Enter the code it shows.</p>
        ${error && html`<p class="alert" role="alert" id="error"><span aria-hidden="true">!</span>${error}</p>`}
        <form method="post" action="${ctx.oidc.urlFor('code_verification')}">
          <input type="hidden" name="xsrf" value="${formSecret(ctx)}" />
          <label for="user_code">Code</label>
          <input
            id="user_code"
            name="user_code"
            maxlength="20"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
            placeholder="ABCD-EFGH"
            required
            autofocus
            ${error && html`aria-describedby="error" aria-invalid="true"`}
          />
          <div class="buttons"><button class="primary" type="submit">Continue</button></div>
        </form>`,
    )
  },
  userCodeConfirmSource: (ctx, _form, client, _device, userCode) => {
    ctx.body = page(
      'Confirm the device',
      html`<h1 id="title">Is this your device?</h1>
        <p class="lead">
          <b>${client.clientName ?? client.clientId}</b> wants to sign in. It must show this code:
        </p>
        <p class="code">${userCode}</p>
        <form method="post" action="${ctx.oidc.urlFor('code_verification')}">
          <input type="hidden" name="xsrf" value="${formSecret(ctx)}" />
          <input type="hidden" name="user_code" value="${userCode}" />
          <input type="hidden" name="confirm" value="yes" />
          <div class="buttons">
            <button class="primary" type="submit" autofocus>Continue</button
            ><button type="submit" name="abort" value="yes">Not my device</button>
          </div>
        </form>`,
    )
  },
  successSource: (ctx) => {
    ctx.body = messagePage('The device is signed in', ['You can return to it and close this page.'])
  },
}

const logout: LogoutPages = {
  logoutSource: (ctx) => {
    const name = clientNameOf(ctx)
    ctx.body = page(
      'Log out',
      html`<h1 id="title">Log out?</h1>
        <p class="lead">This browser is signed in to the Playground.</p>
        <form method="post" action="${ctx.oidc.urlFor('end_session_confirm')}" data-leaves="${name}">
          <input type="hidden" name="xsrf" value="${formSecret(ctx)}" />
          <div class="buttons">
            <button class="primary" type="submit" name="logout" value="yes" autofocus>Log out</button
            ><button type="submit">Stay signed in</button>
          </div>
          <p class="leaving" role="status" hidden>Done. You can return to ${name} and close this page.</p>
        </form>`,
    )
  },
  postLogoutSuccessSource: (ctx) => {
    ctx.body = messagePage('Logged out', ['You can close this page.'])
  },
}

const renderError: NonNullable<Configuration['renderError']> = (ctx, out) => {
  ctx.type = 'html'
  ctx.body = page(
    'This request was refused',
    html`<h1 id="title">This request was refused</h1>
      <p class="lead">The provider cannot send a response back, so it is shown here.</p>
      <dl>
        ${Object.entries(out).map(
          ([name, value]) =>
            html`<dt>${name}</dt>
              <dd><code>${String(value)}</code></dd>`,
        )}
      </dl>
      <p>Go back to the application and start again.</p>`,
  )
}

/** The pages that oidc-provider lets its user draw. */
export const sourcePages = { deviceFlow, logout, renderError }
