import { defined } from '@contract/defined'
import { loopbackHost, type ConnectionSettings } from '@contract/connection-settings'
import { fail, ok, type Result } from '@contract/result'
import { callbackScheme, loopbackPath } from '../redirect/redirect-address.ts'
import { withDefaultScheme } from '../../text/default-scheme.ts'
import { isLoopbackHost } from '../../text/loopback-host.ts'
import { checkEndpointUrl } from '../wire/endpoint-url.ts'
import { isWellKnownUrl, isResourceMetadataUrl } from './well-known.ts'
import { withoutEnd, withoutStart } from '../../text/trim.ts'

/** What is taken over from an authorization URL that was copied from anywhere. */
export interface PastedRequest {
  /** The address without its query. */
  endpoint: string
  clientId?: string
  scope?: string
  redirectUri?: string
  redirectKind?: 'custom-scheme' | 'loopback'
  /** How the loopback redirect is written, where it is Gatehouse's own. */
  loopback?: Pick<ConnectionSettings, 'loopbackHost' | 'loopbackPort'>
  responseType?: string
  responseMode?: string
  /** RFC 8707: may be there several times. */
  resources: string[]
  /** prompt, acr_values, audience and whatever else shapes the request. */
  others: [string, string][]
  notes: string[]
}

/** What someone pasted into the one field of the connect dialog. */
export type Pasted =
  | { kind: 'metadata-document'; url: string }
  | { kind: 'resource-metadata'; url: string }
  | { kind: 'authorization-url'; url: string; request: PastedRequest }
  /** An issuer or the address of an API: only asking tells. */
  | { kind: 'address'; url: string }

/** Belongs to the one sign-in for which the address was made, or is a response: never taken over. */
const dropped = new Set([
  'state',
  'nonce',
  'code',
  'code_challenge',
  'code_challenge_method',
  'code_verifier',
  'client_secret',
  'access_token',
  'id_token',
  'id_token_hint',
  'login_hint_token',
  'session_state',
  'iss',
  'error',
  'dpop_jkt',
])
const taken = new Set([
  'client_id',
  'scope',
  'redirect_uri',
  'response_type',
  'response_mode',
  'resource',
  'request',
  'request_uri',
])
const most = { parameters: 64, value: 16_384 }

/** What people paste without a scheme is meant to be https, or http on this computer. */
export function withScheme(text: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[\w.-]+:\d+(\/|$)/.test(text)) return text
  return withDefaultScheme(text)
}

/** Tells what a pasted address is, from its text alone. Codes: `connect_not_an_address`,
 *  `connect_blank_left`, `connect_insecure`, `connect_bad_address`. */
export function readPastedUrl(pasted: string, { allowInsecure }: { allowInsecure: boolean }): Result<Pasted> {
  // Mail and chat programs wrap addresses and put brackets round them.
  const text = withoutEnd(withoutStart(pasted.trim(), '<"\'`'), '>"\'`')
  if (text === '' || /\s/.test(text)) {
    return fail(
      'connect_not_an_address',
      'This is not a single address.',
      'Paste an issuer, a discovery document, an authorization URL or the URL of an API.',
    )
  }
  const blank = /\{[\w-]+\}/.exec(text.split(/[?#]/, 1)[0] ?? '')?.[0]
  if (blank !== undefined) {
    return fail(
      'connect_blank_left',
      `The address still has a placeholder: ${blank.slice(0, 60)}.`,
      'Replace it with your own value.',
    )
  }
  const checked = checkEndpointUrl(withScheme(text), { allowInsecure, name: 'address' })
  if (!checked.ok) {
    const { code, message, next = 'Paste it in full, starting with https://' } = checked.error
    return fail(code === 'endpoint_insecure' ? 'connect_insecure' : 'connect_bad_address', message, next)
  }
  const url = new URL(checked.value)
  url.hash = ''
  if (isResourceMetadataUrl(url)) return ok({ kind: 'resource-metadata', url: url.href })
  if (isWellKnownUrl(url)) return ok({ kind: 'metadata-document', url: url.href })
  if (isAuthorizationUrl(url))
    return ok({ kind: 'authorization-url', url: url.href, request: takeRequest(url) })
  return ok({ kind: 'address', url: url.href })
}

/** Which of Gatehouse's redirects an address is, and how a loopback one is written where it is Gatehouse's own. */
export function redirectIn(uri: string): {
  kind: PastedRequest['redirectKind']
  loopback: PastedRequest['loopback']
} {
  const kind = redirectKindOf(uri)
  return { kind, loopback: kind === 'loopback' ? loopbackOf(uri) : undefined }
}

/** Segments of a path that may belong to an issuer. */
const mostAbove = 5

/** Issuers to which an authorization endpoint may belong, longest path first, at most six: most providers
 *  put it below the issuer. */
export function issuersAbove(endpoint: string): string[] {
  const { origin, pathname } = new URL(endpoint)
  const parts = pathname.split('/').filter(Boolean)
  const longest = Math.max(0, Math.min(parts.length - 1, mostAbove))
  return Array.from({ length: longest + 1 }, (_, index) => {
    const above = parts.slice(0, longest - index).join('/')
    return above === '' ? origin : `${origin}/${above}`
  })
}

/** Whether metadata describes the authorization endpoint that was pasted; the query does not count. */
export function sameEndpoint(announced: string | undefined, pasted: string): boolean {
  if (announced === undefined) return false
  try {
    const [one, other] = [new URL(announced), new URL(pasted)]
    return one.origin === other.origin && one.pathname === other.pathname
  } catch {
    return false
  }
}

/** Host and port of a loopback redirect with our path: a client that is registered for Gatehouse. */
function loopbackOf(uri: string): PastedRequest['loopback'] {
  const url = new URL(uri)
  const host = loopbackHost.safeParse(url.hostname)
  if (url.pathname !== loopbackPath || !host.success) return undefined
  const port = Number(url.port)
  return {
    ...defined({
      loopbackHost: host.data === '127.0.0.1' ? undefined : host.data,
      loopbackPort: port >= 1024 ? port : undefined,
    }),
  }
}

function redirectKindOf(uri: string): PastedRequest['redirectKind'] {
  if (uri.startsWith(`${callbackScheme}:`)) return 'custom-scheme'
  try {
    const url = new URL(uri)
    return url.protocol === 'http:' && isLoopbackHost(url.hostname) ? 'loopback' : undefined
  } catch {
    return undefined
  }
}

function takeRequest(url: URL): PastedRequest {
  const request: PastedRequest = {
    endpoint: `${url.origin}${url.pathname}`,
    resources: [],
    others: [],
    notes: [],
  }
  const left: string[] = []
  for (const [name, value] of [...url.searchParams].slice(0, most.parameters)) {
    if (value === '' || value.length > most.value) continue
    if (dropped.has(name)) left.push(name)
    else if (name === 'client_id') request.clientId ??= value
    else if (name === 'scope') request.scope ??= value.split(/\s+/).filter(Boolean).join(' ')
    else if (name === 'redirect_uri') request.redirectUri ??= value
    else if (name === 'response_type') request.responseType ??= value
    else if (name === 'response_mode') request.responseMode ??= value
    else if (name === 'resource') request.resources.push(value)
    else if (!taken.has(name)) request.others.push([name, value])
  }
  const { notes, redirectUri } = request
  if (left.length > 0) {
    notes.push(`Left out, because it belongs to a single sign-in: ${[...new Set(left)].join(', ')}.`)
  }
  if (url.searchParams.has('request') || url.searchParams.has('request_uri')) {
    notes.push(
      'The address hides its parameters in a request object (RFC 9101) or a pushed request (RFC 9126): only the visible ones were used.',
    )
  }
  if (request.responseType !== undefined && request.responseType !== 'code') {
    notes.push(
      `It requests response type ${request.responseType.slice(0, 60)}. Gatehouse requests a code with PKCE instead (RFC 9700 section 2.1.2).`,
    )
  }
  const kind = redirectUri === undefined ? undefined : redirectKindOf(redirectUri)
  if (kind !== undefined) {
    request.redirectKind = kind
    if (kind === 'loopback') request.loopback = loopbackOf(redirectUri ?? '')
  }
  if (kind === undefined && redirectUri !== undefined) {
    notes.push(
      `It sends users back to ${redirectUri.slice(0, 200)}, which is another program. Register one of Gatehouse’s own redirects for this client.`,
    )
  }
  return request
}

/** Whether an address asks for an authorization (RFC 6749 section 4.1.1), by what its query carries. */
function isAuthorizationUrl({ searchParams }: URL): boolean {
  return (
    searchParams.has('client_id') && (searchParams.has('response_type') || searchParams.has('redirect_uri'))
  )
}
