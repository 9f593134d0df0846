import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { protocol } from 'electron'
import { mediaTypeOf, pictureTypes } from '../../domain/http/body-name.ts'

/** The page's origin. Nothing else is ever loaded into the window. */
const pageOrigin = 'app://gatehouse'
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
  // For the one address that a worker is started from (lib/worker.ts).
  'trusted-types gatehouse-worker',
].join('; ')

/** Must run before `ready`: makes `app:` a standard, secure scheme with an origin of its own. */
export const declarePageScheme = (): void =>
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])

/** A body that came from outside, under an address of the page. */
export type ReadBody = (
  id: string,
) => Promise<{ contentType: string; total: number; pieces: Iterable<Uint8Array> } | undefined>

const bodyPath = /^\/body\/([0-9a-f-]{36})$/

/** Serves a stored body as bytes, or as a picture: never as script, style or page, whatever it says it is. */
const serveBody = async (id: string, readBody: ReadBody): Promise<Response> => {
  const found = await readBody(id).catch(() => undefined)
  if (!found) return new Response(null, { status: 404 })
  const type = mediaTypeOf(found.contentType)
  const pieces = found.pieces[Symbol.iterator]()
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = pieces.next()
      if (next.done) controller.close()
      else controller.enqueue(next.value)
    },
  })
  return new Response(stream, {
    headers: {
      'Content-Type': pictureTypes.has(type) ? type : 'application/octet-stream',
      'Content-Length': String(found.total),
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'no-store',
    },
  })
}

/** The file that a URL names; nothing where its escapes are no text. */
const pathIn = (root: string, { pathname }: URL): string => {
  try {
    return normalize(join(root, decodeURIComponent(pathname)))
  } catch {
    return ''
  }
}

interface PageSource {
  /** The built page's folder. */
  root: string
  readBody: ReadBody
  /** Called once, when the page has its first script: from then on it is busy with itself for a while, and this
   *  thread is free. */
  onFirstScript: () => void
}

/** Serves the built page with a strict Content-Security-Policy, and stored bodies; all else is 404. */
export const servePage = ({ root, readBody, onFirstScript }: PageSource): void => {
  let scriptServed = false
  const served = (path: string): void => {
    if (scriptServed || extname(path) !== '.js') return
    scriptServed = true
    // After what was asked for together with it.
    setTimeout(onFirstScript, 5)
  }
  protocol.handle('app', async (request) => {
    const url = new URL(request.url)
    const bodyId = url.host === 'gatehouse' && request.method === 'GET' && bodyPath.exec(url.pathname)?.[1]
    if (bodyId) return serveBody(bodyId, readBody)
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
      served(path)
      return new Response(new Uint8Array(bytes), { headers })
    } catch {
      return new Response(null, { status: 404 })
    }
  })
}
