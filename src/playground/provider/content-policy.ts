import type Koa from 'koa'

const name = 'Content-Security-Policy'

const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join(';')

/** Puts the strict policy on a response; `allowFormTarget` may widen it for one redirect. */
export function setContentPolicy(ctx: Koa.Context): void {
  ctx.set(name, policy)
  ctx.set('X-Content-Type-Options', 'nosniff')
  ctx.set('Referrer-Policy', 'no-referrer')
}

/**
 * Names the (already checked) redirect URI as a target of this page's forms. Chromium applies form-action to the
 * redirects after a form post too, and would silently drop the one that leaves for the application.
 */
export function allowFormTarget(ctx: Koa.Context, uri: string | undefined): void {
  const source = uri && sourceOf(uri)
  const current = ctx.response.get(name)
  if (source && current) ctx.set(name, current.replace("form-action 'self'", `form-action 'self' ${source}`))
}

/** The CSP source of a redirect URI: its scheme when that is a program's own, else its origin. */
function sourceOf(uri: string): string | undefined {
  if (!URL.canParse(uri)) return undefined
  const url = new URL(uri)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return url.protocol
  // A CSP host source cannot name an IPv6 address; then the scheme alone has to do.
  return url.hostname.startsWith('[') ? url.protocol : url.origin
}
