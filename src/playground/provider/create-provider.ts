import { Provider } from 'oidc-provider'
import type Koa from 'koa'
import { loadAssets } from '../pages/assets.ts'
import type { UserHint } from '../pages/sign-in.ts'
import { startPage } from '../pages/start.ts'
import type { SignInThrottle } from '../sign-in-throttle.ts'
import { publicKeys } from '../storage/signing-keys.ts'
import { keepStructuredTokens } from './access-tokens.ts'
import { createConfiguration, tokenSecret, type ProviderOptions } from './configuration.ts'
import { allowFormTarget, setContentPolicy } from './content-policy.ts'
import { createOpenToken } from './encrypted-tokens.ts'
import { createInteractions } from './interactions.ts'
import { splitScope } from './scopes.ts'
import { createWatch, formOf, type WatchOptions } from './watch.ts'

type Middleware = (ctx: Koa.Context, next: Koa.Next) => Promise<void>

export type CreateProviderOptions = ProviderOptions &
  Omit<WatchOptions, 'tenant' | 'keys' | 'own'> & { throttle: SignInThrottle; hints: readonly UserHint[] }

const assets = loadAssets()

/** Builds a provider: oidc-provider with the Playground's pages, users and API. */
export function createProvider(options: CreateProviderOptions): Provider {
  const { issuer, mount, apiBase, users, catalog, configuration, throttle, hints } = options
  const provider = new Provider(issuer, createConfiguration(options))
  // What the front says of the address by which it was reached, not what a client says.
  provider.proxy = true
  // What goes wrong within is logged by who listens to `server_error`.
  provider.silent = true
  askForOfflineAccess(provider)
  saveNewSessions(provider, configuration.tokens.sessionSeconds)
  const keys = { keys: publicKeys(options.keys) } as Parameters<typeof keepStructuredTokens>[1]
  const own = options.settings.mark(tokenSecret)
  const tokens = keepStructuredTokens(provider, keys, `${issuer}/userinfo`, createOpenToken(own))

  const guard: Middleware = async (ctx, next) => {
    setContentPolicy(ctx)
    await next()
    const context = ctx.oidc as
      | { params?: Record<string, unknown>; session?: { state?: Record<string, unknown> } }
      | undefined
    if (ctx.type !== 'text/html') return
    const target = context?.params?.redirect_uri ?? context?.session?.state?.postLogoutRedirectUri
    if (typeof target === 'string') allowFormTarget(ctx, target)
    // The pages name their files from the root; where the issuer has a path, that comes before.
    if (mount && typeof ctx.body === 'string')
      ctx.body = ctx.body.replaceAll('="/assets/', `="${mount}/assets/`)
  }

  const files: Middleware = async (ctx, next) => {
    const asset = ctx.method === 'GET' ? assets.get(ctx.path) : undefined
    if (asset) {
      ctx.set('Cache-Control', 'max-age=3600')
      ctx.type = asset.type
      ctx.body = asset.body
    } else if (ctx.method === 'GET' && ctx.path === '/') {
      ctx.type = 'html'
      ctx.body = startPage(
        issuer,
        apiBase,
        options.clients.list().map(({ client_id }) => client_id),
      )
    } else await next()
  }

  const structuredTokens: Middleware = async (ctx, next) => {
    if (ctx.path === '/userinfo') return tokens.atUserinfo(next) as Promise<void>
    const asksAboutToken = ctx.path === '/token/introspection' || ctx.path === '/token/revocation'
    const form = asksAboutToken ? formOf(ctx) : undefined
    if (!form) return next() as Promise<void>
    await tokens.withStandIn(form.get('token') ?? '', async (standIn) => {
      if (standIn) form.set('token', standIn)
      Object.assign(ctx.req, { body: form.toString() })
      await next()
    })
  }

  /** Whoever comes by another name than the issuer's keeps to it; the pages are at the issuer only. */
  const frontChannel: Middleware = async (ctx, next) => {
    await next()
    const { origin } = new URL(`${ctx.protocol}://${ctx.host}`)
    if (!ctx.path.startsWith('/.well-known/') || origin === new URL(issuer).origin) return
    const document = ctx.body as Record<string, unknown> | null | undefined
    if (typeof document !== 'object' || document === null) return
    for (const name of ['authorization_endpoint', 'end_session_endpoint', 'check_session_iframe']) {
      const value = document[name]
      if (typeof value === 'string') document[name] = value.replace(origin, new URL(issuer).origin)
    }
  }

  provider.use(guard)
  provider.use(files)
  provider.use(
    createInteractions(provider, {
      users,
      catalog,
      apiBase,
      mount,
      throttle,
      hints,
      skipConsent: configuration.consent === 'skip',
    }),
  )
  provider.use(createWatch(provider, { ...options, keys: () => options.keys, own }))
  provider.use(structuredTokens)
  provider.use(frontChannel)
  return provider
}

/**
 * Where a request is refused before the session that it began was saved, oidc-provider wants to save it again and calls
 * that a fault of its own: at /device with another body than a form, or at /device/NAME.
 */
function saveNewSessions(provider: Provider, seconds: number): void {
  const prototype = provider.Session.prototype as {
    exp?: number
    persist: () => Promise<unknown>
    save: (seconds: number) => Promise<unknown>
  }
  const { persist } = prototype
  prototype.persist = function (this: typeof prototype) {
    return typeof this.exp === 'number' ? persist.call(this) : this.save(seconds)
  }
}

/**
 * OpenID Connect Core section 11 lets a provider ignore `offline_access` unless the request says prompt=consent or
 * other conditions permit it. Here they do: whoever asks for it gets the consent page, said or not.
 */
function askForOfflineAccess(provider: Provider): void {
  const prototype = provider.OIDCContext.prototype as object
  Object.defineProperty(prototype, 'prompts', {
    configurable: true,
    get(this: { params: { prompt?: string; scope?: string } }) {
      const prompts = new Set(splitScope(this.params.prompt))
      if (splitScope(this.params.scope).includes('offline_access') && !prompts.has('none'))
        prompts.add('consent')
      return prompts
    },
  })
}
