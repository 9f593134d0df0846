import { Provider } from 'oidc-provider'
import type Koa from 'koa'
import { loadAssets } from '../pages/assets.ts'
import { startPage } from '../pages/start.ts'
import { createSignInThrottle } from '../sign-in-throttle.ts'
import { publicKeys } from '../storage/signing-keys.ts'
import { keepStructuredTokens } from './access-tokens.ts'
import { createConfiguration, type ProviderOptions } from './configuration.ts'
import { allowFormTarget, setContentPolicy } from './content-policy.ts'
import { createInteractions } from './interactions.ts'
import { readForm } from './read-form.ts'
import { splitScope } from './scopes.ts'

type Middleware = (ctx: Koa.Context, next: Koa.Next) => Promise<void>

/** The most that oidc-provider itself would read of a form. */
const formLimit = 56 * 1024

/** Builds the provider: oidc-provider with the Playground's pages, users and API. */
export function createProvider(options: ProviderOptions & { now: () => number }): Provider {
  const { issuer, apiBase, users } = options
  const provider = new Provider(issuer, createConfiguration(options))
  askForOfflineAccess(provider)
  const keys = { keys: publicKeys(options.keys) } as Parameters<typeof keepStructuredTokens>[1]
  const tokens = keepStructuredTokens(provider, keys, `${issuer}/userinfo`)
  const assets = loadAssets()

  const guard: Middleware = async (ctx, next) => {
    // A page elsewhere that has its own name resolved to this computer (DNS rebinding) is not served.
    if (ctx.host !== new URL(issuer).host) {
      ctx.status = 421
      ctx.body = { error: 'invalid_request', error_description: `this provider is ${issuer}` }
      return
    }
    setContentPolicy(ctx)
    await next()
    const context = ctx.oidc as
      { params?: Record<string, unknown>; session?: { state?: Record<string, unknown> } } | undefined
    const target = context?.params?.redirect_uri ?? context?.session?.state?.postLogoutRedirectUri
    if (typeof target === 'string' && ctx.type === 'text/html') allowFormTarget(ctx, target)
  }

  const files: Middleware = async (ctx, next) => {
    const asset = ctx.method === 'GET' ? assets.get(ctx.path) : undefined
    if (asset) {
      ctx.set('Cache-Control', 'max-age=3600')
      ctx.type = asset.type
      ctx.body = asset.body
    } else if (ctx.method === 'GET' && ctx.path === '/') {
      ctx.type = 'html'
      ctx.body = startPage(issuer, apiBase)
    } else await next()
  }

  const structuredTokens: Middleware = async (ctx, next) => {
    if (ctx.path === '/userinfo') return tokens.atUserinfo(next)
    const asksAboutToken = ctx.path === '/token/introspection' || ctx.path === '/token/revocation'
    if (ctx.method !== 'POST' || !asksAboutToken || !ctx.is('application/x-www-form-urlencoded'))
      return next()
    const form = await readForm(ctx.req, formLimit)
    if (!form) return ctx.throw(413)
    await tokens.withStandIn(form.get('token') ?? '', async (standIn) => {
      if (standIn) form.set('token', standIn)
      Object.assign(ctx.req, { body: form.toString() })
      await next()
    })
  }

  provider.use(guard)
  provider.use(files)
  provider.use(createInteractions(provider, { users, apiBase, throttle: createSignInThrottle(options.now) }))
  provider.use(structuredTokens)
  return provider
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
