import { defined } from '@contract/defined'
import { fail, ok, type Result } from '@contract/result'
import { isLoopbackHost } from '../../text/loopback-host.ts'
import { parseObject } from '../../text/parse-object.ts'
import { checkEndpointUrl } from '../wire/endpoint-url.ts'
import { byConnection, networkFailureOf, type Fetch } from '../wire/fetch.ts'
import { providerText } from '../wire/provider-text.ts'
import { resourceMetadataUrls } from './well-known.ts'
import { withoutEnd } from '../../text/trim.ts'

/** Reads `WWW-Authenticate`; given as an argument, as challenges are another module's trade. */
type ReadChallenge = (field: string) => { scheme: string; parameters: Map<string, string> }[]

/** What a protected API says of itself (RFC 9728 section 2). */
export interface ProtectedResource {
  /** Its identifier, for `resource` of RFC 8707. */
  resource: string
  authorizationServers: string[]
  scopesSupported: string[]
  /** What the challenge said is needed (RFC 6750 section 3). */
  scopeAsked?: string
  dpopRequired: boolean
  name?: string
  documentation?: string
  notes: string[]
}

interface Context {
  fetch: Fetch
  allowInsecure: boolean
  /** Where it takes no GET, the API is asked by a POST with an empty JSON object. */
  byPost?: boolean
  readChallenge: ReadChallenge
}

const most = { servers: 20, scopes: 200 }
const notThis =
  'The API’s operator can tell you which provider issues its tokens. Paste its issuer, or, where it publishes no metadata, choose “Enter endpoints manually”.'

/** Reads the metadata of a protected resource from its own address. Codes: as `discoverResource`. */
export async function readResourceMetadata(
  url: string,
  context: Context,
  asked?: string,
): Promise<Result<ProtectedResource>> {
  const answer = await get(url, byConnection(context.fetch, context))
  if (!answer.ok) return answer
  const document = answer.value.status === 200 ? parseObject(answer.value.body) : undefined
  if (document === undefined) {
    return fail(
      'resource_not_metadata',
      `There is no API metadata at ${url.slice(0, 200)} (status ${answer.value.status}).`,
      notThis,
    )
  }
  return readMetadata(document, asked, context)
}

/** Finds out from a protected API itself who issues its tokens: its refusal points to its metadata (RFC 9728
 *  section 5.1), else the well-known addresses are asked (section 3.1). Sends GETs, and with `byPost` one POST, without
 *  credentials. Codes: `resource_network_*`, `resource_open`, `resource_silent`, `resource_no_get`,
 *  `resource_not_metadata`, `resource_mismatch`. */
export async function discoverResource(api: string, context: Context): Promise<Result<ProtectedResource>> {
  const url = new URL(api)
  const fetch = byConnection(context.fetch, context)
  const first = await get(url.href, fetch)
  if (!first.ok) return first
  const takesNoGet = first.value.status === 405
  const answer = takesNoGet && context.byPost ? await post(url.href, fetch) : first
  if (!answer.ok) return answer
  const { status, header } = answer.value
  const challenges = context.readChallenge(header('www-authenticate') ?? '')
  const parameter = (name: string) =>
    challenges.find(({ parameters }) => parameters.has(name))?.parameters.get(name)
  const scopeAsked = providerText(parameter('scope'), 1000)
  const more = scopeAsked === undefined ? {} : { scopeAsked }

  const pointed = parameter('resource_metadata')
  const trusted = pointed === undefined ? undefined : pointedAt(pointed, url, context)
  if (trusted !== undefined) {
    const read = await readResourceMetadata(trusted, context, url.href)
    return read.ok ? ok({ ...read.value, ...more }) : read
  }
  for (const candidate of resourceMetadataUrls(url)) {
    const read = await readResourceMetadata(candidate, context, url.href)
    if (read.ok) {
      const note =
        'The API’s refusal does not point to its metadata (RFC 9728 section 5.1); it was found at the well-known address.'
      return ok({ ...read.value, ...more, notes: [...read.value.notes, note] })
    }
    if (read.error.code === 'resource_mismatch') return read
  }
  if (pointed !== undefined) {
    return fail(
      'resource_not_metadata',
      'The API points to metadata at an address that is not safe to fetch.',
      notThis,
    )
  }
  if (status >= 200 && status < 300) {
    return fail(
      'resource_open',
      `${url.host} responds without requiring a token (status ${status}), and does not point to a provider.`,
      'Paste the address of a call that needs a token, or the issuer.',
    )
  }
  if (takesNoGet && !context.byPost) {
    return fail(
      'resource_no_get',
      `${url.host} does not accept GET at this address (status 405), so its refusal, which may name its provider, cannot be seen.`,
      'Try a POST request with an empty JSON object as the body, without a token. An API that requires no token may act on it.',
    )
  }
  const schemes = challenges.map(({ scheme }) => scheme).slice(0, 5)
  return fail(
    'resource_silent',
    status === 401
      ? `The API refuses with 401${schemes.length > 0 ? ` (${schemes.join(', ')})` : ''}, but does not say who issues its tokens (RFC 9728).`
      : `${url.host} returned status ${status}: it is not a provider and does not point to one.`,
    notThis,
  )
}

function texts(value: unknown, limit: number): string[] {
  return Array.isArray(value)
    ? value.filter((each): each is string => typeof each === 'string' && each !== '').slice(0, limit)
    : []
}

interface Answer {
  status: number
  header: (name: string) => string | null
  body: string
}

function get(url: string, fetch: Fetch): Promise<Result<Answer>> {
  return ask(url, fetch, { method: 'GET', headers: { accept: 'application/json' } })
}

function post(url: string, fetch: Fetch): Promise<Result<Answer>> {
  const headers = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' }
  return ask(url, fetch, { method: 'POST', headers, body: '{}' })
}

async function ask(url: string, fetch: Fetch, message: Parameters<Fetch>[1]): Promise<Result<Answer>> {
  try {
    const response = await fetch(url, { ...message, redirect: 'manual' })
    const { status, headers } = response
    return ok({ status, header: (name) => headers.get(name), body: await response.text() })
  } catch (thrown) {
    const failure = networkFailureOf(thrown)
    if (failure === undefined) throw thrown
    return fail(
      failure.code.replace(/^network_/, 'resource_network_'),
      failure.message,
      failure.next ?? 'Check the address and try again.',
    )
  }
}

/** RFC 9728 section 3.3 wants the identifier to be the very address that was asked. Real ones name the API as
 *  a whole: on the same origin and above the address that is harmless, and said. */
function belongs(resource: string, asked: string): 'same' | 'above' | 'other' {
  const bare = (url: URL) => `${url.origin}${withoutEnd(url.pathname, '/')}`
  try {
    const [named, wanted] = [new URL(resource), new URL(asked)]
    if (bare(named) === bare(wanted)) return 'same'
    const inside = `${bare(wanted)}/`.startsWith(`${bare(named)}/`)
    return named.origin === wanted.origin && inside ? 'above' : 'other'
  } catch {
    return 'other'
  }
}

function readMetadata(
  document: Record<string, unknown>,
  asked: string | undefined,
  { allowInsecure }: Context,
): Result<ProtectedResource> {
  const { resource } = document
  const checked = checkEndpointUrl(resource, { allowInsecure, name: 'resource' })
  if (!checked.ok || typeof resource !== 'string') {
    return fail('resource_not_metadata', 'The API’s metadata names no usable resource identifier.', notThis)
  }
  const notes: string[] = []
  const fit = asked === undefined ? 'same' : belongs(resource, asked)
  if (fit === 'other') {
    return fail(
      'resource_mismatch',
      `The metadata is for ${providerText(resource, 200)}, not for the address that was asked. It must not be used (RFC 9728 section 3.3).`,
      'Check the address. If it is right, tell the API’s operator.',
    )
  }
  if (fit === 'above') notes.push(`The API calls itself ${resource}; the address is part of it.`)
  const atHome = isLoopbackHost(new URL(asked ?? resource).hostname)
  const authorizationServers = texts(document['authorization_servers'], most.servers).filter((issuer) => {
    const sound = checkEndpointUrl(issuer, { allowInsecure, name: 'issuer' })
    const safe = sound.ok && (atHome || !isLoopbackHost(new URL(sound.value).hostname))
    if (!safe)
      notes.push(`An authorization server was left out: ${providerText(issuer, 100)} is not safe to contact.`)
    return safe
  })
  const name = providerText(document['resource_name'], 200)
  const documentation = checkEndpointUrl(document['resource_documentation'], { allowInsecure: false })
  return ok({
    resource,
    authorizationServers,
    scopesSupported: texts(document['scopes_supported'], most.scopes),
    dpopRequired: document['dpop_bound_access_tokens_required'] === true,
    ...defined({ name }),
    ...defined({ documentation: documentation.ok ? documentation.value : undefined }),
    notes,
  })
}

/** Where the challenge says that the metadata is: on a safe address, and not in this computer unless the
 *  API is there too. */
function pointedAt(text: string | undefined, api: URL, { allowInsecure }: Context): string | undefined {
  const checked = checkEndpointUrl(text, { allowInsecure, name: 'resource_metadata' })
  if (!checked.ok) return undefined
  const inside = isLoopbackHost(new URL(checked.value).hostname)
  return inside && !isLoopbackHost(api.hostname) ? undefined : checked.value
}
