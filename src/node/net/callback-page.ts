import { createHash } from 'node:crypto'

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #fafaf9; color: #1c1c1a }
main { max-width: 26rem; padding: 2rem }
h1 { font-size: 1.25rem; margin: 0 0 .5rem }
p { margin: 0; color: #5c5c57 }
@media (prefers-color-scheme: dark) {
  body { background: #161618; color: #ededea }
  p { color: #a3a39d }
}`

/** No script, no picture, no frame, nothing loaded; the one style is named by its hash. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** Headers of everything that the loopback listener answers. */
export const callbackPageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': policy,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  connection: 'close',
}

function page(title: string, text: string) {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style></head><body><main><h1>${title}</h1><p>${text}</p></main></body></html>`
}

/** What the browser shows once Gatehouse has the response. It carries nothing of the response itself. */
export const callbackPage = page(
  'You can return to Gatehouse',
  'The response has arrived. You can close this tab.',
)

/** What the browser shows where a response came without a query: it may be in the fragment, which is never
 *  sent, and no script is here to read it. */
export const fragmentPage = page(
  'No response arrived',
  'If the address above has a # in it, the provider put its response into a part that browsers do not send. Copy the whole address and paste it into Gatehouse.',
)

/** What the browser shows for any other address. */
export const notFoundPage = page('Nothing here', 'This address only receives sign-in responses.')
