import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { protocol } from 'electron'

/** The page's origin. Nothing else is ever loaded into the window. */
export const pageOrigin = 'app://gatehouse'
export const pageUrl = `${pageOrigin}/index.html`

/** Whether this address is one of the page's own files. */
export const isPageUrl = (url: string): boolean => url === pageOrigin || url.startsWith(`${pageOrigin}/`)

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

/** Must run before `ready`: makes `app:` a standard, secure scheme with an origin of its own. */
export const declarePageScheme = (): void =>
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])

/** The file that a URL names; nothing where its escapes are no text. */
const pathIn = (root: string, { pathname }: URL): string => {
  try {
    return normalize(join(root, decodeURIComponent(pathname)))
  } catch {
    return ''
  }
}

/** Serves the built page from `root`, with a strict Content-Security-Policy; all else is 404. */
export const servePage = (root: string): void => {
  protocol.handle('app', async (request) => {
    const url = new URL(request.url)
    const path = pathIn(root, url)
    const type = types[extname(path)]
    if (url.host !== 'gatehouse' || request.method !== 'GET' || !path.startsWith(root + sep) || !type) {
      return new Response(null, { status: 404 })
    }
    const headers: Record<string, string> = {
      'Content-Type': type,
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
    }
    try {
      const bytes = await readFile(path)
      if (type === types['.html']) headers['Content-Security-Policy'] = policy
      return new Response(new Uint8Array(bytes), { headers })
    } catch {
      return new Response(null, { status: 404 })
    }
  })
}
