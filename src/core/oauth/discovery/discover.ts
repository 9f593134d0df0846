import { fail, ok, type Failure, type Result } from '@contract/result'
import { checkMetadata, type CheckedMetadata } from './check-metadata.ts'
import { withScheme } from './connect-url.ts'
import { checkEndpointUrl } from '../wire/endpoint-url.ts'
import { networkFailureOf, type Fetch } from '../wire/fetch.ts'
import { providerText } from '../wire/provider-text.ts'
import { redactUrl } from '../../secrecy/redact.ts'
import { hasHole, withHoleFilled } from '../../text/issuer-hole.ts'
import { withoutEnd } from '../../text/trim.ts'
import { isWellKnownUrl, issuerLeadsTo, wellKnownUrls } from './well-known.ts'

/** Checked metadata and the address it came from. */
export interface Discovery extends CheckedMetadata {
  url: string
}

type Attempt =
  | { kind: 'found'; discovery: Discovery }
  /** Nothing usable at this address: another form of it may still have it. */
  | { kind: 'elsewhere'; weight: number; error: Failure }
  | { kind: 'failed'; error: Failure }

/** From this weight on, a response that led no further is worth a remark. */
const odd = 4

const byHand = 'Check the issuer, or enter the endpoints manually.'
const networkCodes: Record<string, string> = {
  network_tls: 'discovery_tls',
  network_timeout: 'discovery_timeout',
  network_aborted: 'discovery_cancelled',
  network_too_large: 'discovery_too_large',
  network_malformed: 'discovery_malformed',
}

/** Reads a provider's metadata from its issuer or from the address of the document itself: OpenID Connect
 *  Discovery section 4 and RFC 8414 section 3, in all forms. Codes: `discovery_bad_address`,
 *  `discovery_insecure`, `discovery_unreachable`, `discovery_tls`, `discovery_timeout`,
 *  `discovery_cancelled`, `discovery_too_large`, `discovery_malformed`, `discovery_redirect`,
 *  `discovery_not_found`, `discovery_status`, `discovery_html`, `discovery_not_json`,
 *  `discovery_not_metadata`, `discovery_issuer_mismatch`, `discovery_endpoint_unsafe`. */
export async function discoverProvider(
  issuerOrUrl: string,
  { fetch, allowInsecure }: { fetch: Fetch; allowInsecure: boolean },
): Promise<Result<Discovery>> {
  const text = issuerOrUrl.trim()
  const full = withHoleFilled(withScheme(text))
  const checked = checkEndpointUrl(full, { allowInsecure, name: 'issuer' })
  if (!checked.ok) {
    const { code, message, next } = checked.error
    return fail(
      code === 'endpoint_insecure' ? 'discovery_insecure' : 'discovery_bad_address',
      message,
      next ?? byHand,
    )
  }
  const url = new URL(checked.value)
  url.hash = ''
  url.search = ''
  const passedOver: string[] = []
  let best: Attempt & { kind: 'elsewhere' } = {
    kind: 'elsewhere',
    weight: 0,
    error: { code: 'discovery_not_found', message: 'No metadata was found.', next: byHand },
  }
  for (const candidate of isWellKnownUrl(url) ? [url.href] : wellKnownUrls(url)) {
    const attempt = await tryUrl(candidate, fetch, allowInsecure)
    if (attempt.kind === 'found') {
      const { discovery } = attempt
      return ok({ ...discovery, notes: [...discovery.notes, ...passedOver] })
    }
    if (attempt.kind === 'failed') return { ok: false, error: attempt.error }
    if (attempt.weight >= odd) passedOver.push(`${candidate} was skipped: ${attempt.error.message}`)
    if (attempt.weight > best.weight) best = attempt
  }
  return { ok: false, error: best.error }
}

function elsewhere(weight: number, code: string, message: string, next = byHand): Attempt {
  return {
    kind: 'elsewhere',
    weight,
    error: { code, message, next },
  }
}

function judgeStatus(url: string, response: Response): Attempt | undefined {
  const { status } = response
  if (status === 200) return undefined
  const { host } = new URL(url)
  if (status >= 300 && status < 400) {
    const target = redactUrl(response.headers.get('location') ?? '').slice(0, 300)
    return elsewhere(
      3,
      'discovery_redirect',
      `${host} redirects instead of responding${target ? `, to ${target}` : ''}. Metadata must come from the issuer itself.`,
      'If you trust that address, use it as the issuer.',
    )
  }
  if (status === 404 || status === 410) {
    return elsewhere(
      1,
      'discovery_not_found',
      `${host} publishes no metadata at the addresses of this issuer.`,
    )
  }
  return elsewhere(2, 'discovery_status', `${host} returned status ${status} instead of metadata.`)
}

/** Where a redirect leads, if it is the same address but for a slash at the end of its path. */
function sameButSlash(from: string, { status, headers }: Response): string | undefined {
  if (status < 300 || status >= 400) return undefined
  const location = headers.get('location')
  if (location === null || !URL.canParse(location, from)) return undefined
  const target = new URL(location, from)
  return target.href !== from && withoutEnd(target.href, '/') === withoutEnd(from, '/')
    ? target.href
    : undefined
}

async function tryUrl(url: string, fetch: Fetch, allowInsecure: boolean): Promise<Attempt> {
  let response: Response
  let body: string
  let slashed = false
  async function get(at: string): Promise<Response> {
    const headers = { accept: 'application/json' }
    return fetch(at, { method: 'GET', headers, redirect: 'manual', allowInsecure })
  }
  try {
    response = await get(url)
    body = await response.text()
    // Some frameworks send every address to itself with a slash, or without: that is the same place.
    const target = sameButSlash(url, response)
    if (target !== undefined) {
      slashed = true
      response = await get(target)
      body = await response.text()
    }
  } catch (thrown) {
    const failure = networkFailureOf(thrown)
    if (failure === undefined) throw thrown
    return {
      kind: 'failed',
      error: { ...failure, code: networkCodes[failure.code] ?? 'discovery_unreachable' },
    }
  }
  const wrongStatus = judgeStatus(url, response)
  if (wrongStatus !== undefined) return wrongStatus
  let document: unknown
  try {
    document = JSON.parse(body)
  } catch {
    const html = /^\s*</.test(body)
    return html
      ? elsewhere(4, 'discovery_html', `${new URL(url).host} returned a web page instead of JSON metadata.`)
      : elsewhere(4, 'discovery_not_json', `The metadata of ${new URL(url).host} is not valid JSON.`)
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    return elsewhere(4, 'discovery_not_metadata', 'The response is JSON, but not a metadata object.')
  }
  const { issuer } = document as { issuer?: unknown }
  if (typeof issuer === 'string' && !issuerLeadsTo(issuer, url)) {
    const named = providerText(issuer, 300) ?? 'nothing'
    return elsewhere(
      6,
      'discovery_issuer_mismatch',
      `The metadata at ${url} names a different issuer, ${named}. Such a document must not be used (RFC 8414 section 3.3).`,
      `If ${named} is the provider you mean, use that as the issuer.`,
    )
  }
  const checked = checkMetadata(document as Record<string, unknown>, { allowInsecure })
  if (!checked.ok) {
    const { code, message, next } = checked.error
    return elsewhere(code === 'discovery_not_metadata' ? 5 : 7, code, message, next)
  }
  const { metadata, notes } = checked.value
  const said = slashed
    ? [...notes, 'The metadata came after a redirect to the same address with or without a trailing slash.']
    : [...notes]
  if (hasHole(metadata.issuer))
    said.push('The issuer has a placeholder, which the tenant (tid) of each ID token fills.')
  return { kind: 'found', discovery: { metadata, notes: said, url } }
}
