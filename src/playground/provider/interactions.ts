import type Koa from 'koa'
import { errors, type InteractionResults, type Provider } from 'oidc-provider'
import { consentPage } from '../pages/consent.ts'
import { messagePage } from '../pages/layout.ts'
import { signInPage, type UserHint } from '../pages/sign-in.ts'
import type { SignInThrottle } from '../sign-in-throttle.ts'
import type { PlaygroundUser, UserStore } from '../storage/users.ts'
import { allowFormTarget } from './content-policy.ts'
import { readForm } from './read-form.ts'
import type { Catalog } from './catalog.ts'
import { identityScopes, splitScope } from './scopes.ts'

export type InteractionOptions = {
  users: UserStore
  throttle: SignInThrottle
  catalog: Catalog
  apiBase: string
  mount: string
  /** Everything that may be granted is granted, without a page. */
  skipConsent: boolean
  /** What the sign-in page shows of the users, where it may. */
  hints: readonly UserHint[]
}

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

const identity = new Set<string>(identityScopes)

/** Serves the sign-in and consent pages under /interaction/{id}. */
export function createInteractions(provider: Provider, options: InteractionOptions) {
  const { users, throttle, catalog, apiBase, mount, hints } = options
  const api = new Set(catalog.apiScopes)
  /** What of the asked-for scope can be granted to this user; some scopes are for some roles. */
  function grantableScopes(interaction: Interaction, user: PlaygroundUser | undefined) {
    const asked = splitScope(interaction.params.scope).filter(
      (scope) => identity.has(scope) || api.has(scope),
    )
    const withheld = asked.filter((scope) => !catalog.mayGrant(scope, user?.roles ?? []))
    return { scopes: asked.filter((scope) => !withheld.includes(scope)), withheld }
  }

  async function clientNameOf(interaction: Interaction): Promise<string> {
    const id = String(interaction.params.client_id)
    const client = await provider.Client.find(id)
    return client?.clientName ?? id
  }
  const redirectUriOf = ({ params }: Interaction) =>
    typeof params.redirect_uri === 'string' ? params.redirect_uri : undefined
  const actionOf = (interaction: Interaction) => `${mount}/interaction/${interaction.uid}`

  async function finish(ctx: Koa.Context, result: InteractionResults, mergeWithLastSubmission: boolean) {
    const next = await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission })
    ctx.status = 303
    ctx.redirect(next)
  }

  async function showSignIn(ctx: Koa.Context, interaction: Interaction, username?: string, error?: string) {
    const hint = interaction.params.login_hint
    ctx.body = signInPage({
      action: actionOf(interaction),
      clientName: await clientNameOf(interaction),
      username: username ?? (typeof hint === 'string' ? hint : (hints[0]?.username ?? '')),
      hints,
      error,
    })
  }

  async function showConsent(ctx: Koa.Context, interaction: Interaction) {
    const user = users.findById(String(interaction.session?.accountId))
    if (!user) return showSignIn(ctx, interaction)
    ctx.body = consentPage({
      action: actionOf(interaction),
      clientName: await clientNameOf(interaction),
      userName: user.name,
      username: user.username,
      redirectUri: redirectUriOf(interaction),
      ...grantableScopes(interaction, user),
      optional: api,
      wordsOf: catalog.wordsOf,
    })
  }

  async function signIn(ctx: Koa.Context, interaction: Interaction, form: URLSearchParams) {
    const username = (form.get('username') ?? '').trim().slice(0, 100)
    const wait = throttle.waitSeconds(username)
    if (wait > 0) {
      ctx.status = 429
      ctx.set('Retry-After', String(wait))
      const again = wait === 1 ? 'in a second' : `in ${wait} seconds`
      return showSignIn(ctx, interaction, username, `Too many wrong passwords. Try again ${again}.`)
    }
    const user = await users.authenticate(username, (form.get('password') ?? '').slice(0, 200))
    if (!user) {
      throttle.failed(username)
      ctx.status = 401
      return showSignIn(ctx, interaction, username, 'The username or the password is wrong.')
    }
    throttle.succeeded(username)
    return finish(ctx, { login: { accountId: user.id, amr: ['pwd'] } }, false)
  }

  async function consent(ctx: Koa.Context, interaction: Interaction, form: URLSearchParams) {
    const accountId = interaction.session?.accountId
    if (interaction.prompt.name !== 'consent' || !accountId) return showSignIn(ctx, interaction)
    if (form.get('decision') !== 'allow') {
      return finish(ctx, { error: 'access_denied', error_description: 'the user denied access' }, false)
    }
    return grant(ctx, interaction, accountId, (scope) => form.getAll('scope').includes(scope))
  }

  async function grant(
    ctx: Koa.Context,
    interaction: Interaction,
    accountId: string,
    isTicked: (scope: string) => boolean,
  ) {
    const { scopes, withheld } = grantableScopes(interaction, users.findById(accountId))
    const granted = scopes.filter((scope) => identity.has(scope) || isTicked(scope))
    const refused = [...withheld, ...scopes.filter((scope) => !granted.includes(scope))]

    // A grant of its own for each sign-in: revoking one leaves the others alone.
    const given = new provider.Grant({ accountId, clientId: String(interaction.params.client_id) })
    // The API's scopes are among those the provider announces, so it wants them answered as its own too.
    given.addOIDCScope(granted)
    if (refused.length > 0) given.rejectOIDCScope(refused)
    const claims = interaction.prompt.details.missingOIDCClaims
    if (Array.isArray(claims)) given.addOIDCClaims(claims as string[])
    const details = interaction.prompt.details.rar
    if (Array.isArray(details)) {
      for (const detail of details as Parameters<typeof given.addRar>[0][]) given.addRar(detail)
    }
    for (const resource of resourcesOf(interaction, apiBase)) {
      given.addResourceScope(resource, granted)
      if (refused.length > 0) given.rejectResourceScope(resource, refused)
    }
    return finish(ctx, { consent: { grantId: await given.save() } }, true)
  }

  async function respond(ctx: Koa.Context, step: string | undefined): Promise<void> {
    const interaction = await provider.interactionDetails(ctx.req, ctx.res)
    ctx.type = 'html'
    allowFormTarget(ctx, redirectUriOf(interaction))
    if (ctx.method === 'GET' && !step) {
      const another = ctx.query.account === 'another'
      const accountId = interaction.session?.accountId
      if (options.skipConsent && interaction.prompt.name === 'consent' && accountId && !another)
        return grant(ctx, interaction, accountId, () => true)
      if (interaction.prompt.name === 'login' || another)
        await showSignIn(ctx, interaction, another ? '' : undefined)
      else await showConsent(ctx, interaction)
      return
    }
    if (ctx.method !== 'POST') {
      ctx.status = 405
      ctx.set('Allow', 'GET, POST')
      ctx.body = messagePage('Not allowed here', ['This page does not accept this kind of request.'])
      return
    }
    const form = await readForm(ctx.req)
    if (!form) {
      ctx.status = 413
      ctx.body = messagePage('Too large', ['The form was larger than any this page sends.'])
    } else if (step === 'login') await signIn(ctx, interaction, form)
    else if (step === 'consent') await consent(ctx, interaction, form)
    else await finish(ctx, { error: 'access_denied', error_description: 'the sign-in was canceled' }, false)
  }

  const path = /^\/interaction\/[\w-]{1,64}(?:\/(login|consent|cancel))?$/

  return async (ctx: Koa.Context, next: Koa.Next): Promise<void> => {
    const match = path.exec(ctx.path)
    if (!match) return next() as Promise<void>
    ctx.set('Cache-Control', 'no-store')
    try {
      await respond(ctx, match[1])
    } catch (error) {
      if (!(error instanceof errors.SessionNotFound)) throw error
      ctx.status = 400
      ctx.type = 'html'
      ctx.body = messagePage('This sign-in is over', [
        'It was already finished, or it took too long.',
        'Go back to the application and start again.',
      ])
    }
  }
}

function resourcesOf(interaction: Interaction, fallback: string): string[] {
  const { resource } = interaction.params
  const named = [resource].flat().filter((one): one is string => typeof one === 'string')
  return named.length > 0 ? named : [fallback]
}
