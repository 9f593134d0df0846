import { defined } from '@contract/defined'
import { readFileSync } from 'node:fs'
import { extname, join, normalize, sep } from 'node:path'
import { Readable } from 'node:stream'
import { protocol, type ProtocolRequest, type ProtocolResponse } from 'electron'
import { longestDrawn } from '@contract/tables/body-sizes'
import { mediaTypeOf, pictureTypes } from '../../core/http/body-name.ts'

/** The page's origin. Nothing else is ever loaded into the window. */
const pageOrigin = 'app://gatehouse'
export const pageUrl = `${pageOrigin}/index.html`

/** Whether this address is one of the page's own files. */
export function isPageUrl(url: string): boolean {
  return url === pageOrigin || url.startsWith(`${pageOrigin}/`)
}

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
  // A response's page, drawn on request under rules of its own.
  `frame-src ${pageOrigin}/drawn/`,
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  // For the one address that a worker is started from (lib/workers/start-worker.ts).
  'trusted-types gatehouse-worker',
].join('; ')

/** Must run before `ready`: makes `app:` a standard, secure scheme with an origin of its own. */
export function declarePageScheme(): void {
  return protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** A body that came from outside, under an address of the page. */
type ReadBody = (
  id: string,
) => Promise<{ contentType: string; total: number; pieces: Iterable<Uint8Array> } | undefined>

const bodyPath = /^\/(body|drawn)\/([0-9a-f-]{36})$/

/** Whether a frame may show this: a response's page. */
export function isDrawnUrl(url: string): boolean {
  return url.startsWith(`${pageOrigin}/drawn/`)
}

/** A response's page runs nothing, loads nothing, submits nothing, and has an origin of its own. */
const drawnPolicy = [
  'sandbox',
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  `frame-ancestors ${pageOrigin}`,
].join('; ')

/** Serves the built page with a strict Content-Security-Policy, and stored bodies; all else is 404.
 *
 *  As streams of Node, not with `protocol.handle`: that makes a `Request` for each file, and the first one loads
 *  Node's whole fetch, 30 ms during which the window waits. */
export function servePage(source: PageSource): void {
  async function answer({ method, url: address }: ProtocolRequest): Promise<ProtocolResponse> {
    const url = new URL(address)
    if (url.host !== 'gatehouse' || method !== 'GET') return notFound()
    const [, as, bodyId] = bodyPath.exec(url.pathname) ?? []
    if (bodyId === undefined) return servePageFile(source, url)
    return as === 'drawn' ? serveDrawn(bodyId, source.readBody) : serveBody(bodyId, source.readBody)
  }
  protocol.registerStreamProtocol('app', (request, done) => void answer(request).then(done))
}

function notFound(): ProtocolResponse {
  return { statusCode: 404, data: Readable.from([]) }
}

/** Serves a stored body as bytes, or as a picture: never as script, style or page, whatever it says it is. */
async function serveBody(id: string, readBody: ReadBody): Promise<ProtocolResponse> {
  const found = await readBody(id).catch(() => undefined)
  if (!found) return notFound()
  const type = mediaTypeOf(found.contentType)
  return {
    data: Readable.from(found.pieces, { objectMode: false }),
    headers: {
      'Content-Type': pictureTypes.has(type) ? type : 'application/octet-stream',
      'Content-Length': String(found.total),
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'no-store',
    },
  }
}

/** Serves a web page that an API answered, for a frame in which nothing of it acts. */
async function serveDrawn(id: string, readBody: ReadBody): Promise<ProtocolResponse> {
  const found = await readBody(id).catch(() => undefined)
  if (
    found?.total === undefined ||
    found.total > longestDrawn ||
    mediaTypeOf(found.contentType) !== 'text/html'
  )
    return notFound()
  return {
    data: Readable.from(found.pieces, { objectMode: false }),
    headers: {
      // With its charset.
      'Content-Type': found.contentType.replace(/[^\x20-\x7e]/g, ''),
      'Content-Length': String(found.total),
      'X-Content-Type-Options': 'nosniff',
      'X-DNS-Prefetch-Control': 'off',
      'Content-Security-Policy': drawnPolicy,
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    },
  }
}

interface PageSource {
  /** The built page's folder. */
  root: string
  readBody: ReadBody
  /** Called when the page itself has been handed out: its process is busy with it from then on. */
  onPage: () => void
  /** Called when a script has been read for the page: the outline of the window is there by then. */
  onScript: () => void
}

/** The file that a URL names; nothing where its escapes are no text. */
function pathIn(root: string, { pathname }: URL): string {
  try {
    return normalize(join(root, decodeURIComponent(pathname)))
  } catch {
    return ''
  }
}

/** Read at once: four turns of the loop for each file are slow while the window opens, and the files are small. */
function servePageFile({ root, onPage, onScript }: PageSource, url: URL): ProtocolResponse {
  const path = pathIn(root, url)
  const type = types[extname(path)]
  if (!path.startsWith(root + sep) || !type) return notFound()
  try {
    const bytes = readFileSync(path)
    if (type === types['.html']) setTimeout(onPage, 2)
    // After what was asked for together with it.
    if (type === types['.js']) setTimeout(onScript, 5)
    return {
      data: Readable.from([bytes], { objectMode: false }),
      headers: {
        'Content-Type': type,
        'X-Content-Type-Options': 'nosniff',
        // No Cross-Origin-Opener-Policy: nothing can open this page or be opened by it, and the header makes
        // Chromium throw away the process that it has just started for the page, for a second one.
        'Cross-Origin-Resource-Policy': 'same-origin',
        'Referrer-Policy': 'no-referrer',
        ...defined({ 'Content-Security-Policy': type === types['.html'] ? policy : undefined }),
      },
    }
  } catch {
    return notFound()
  }
}
