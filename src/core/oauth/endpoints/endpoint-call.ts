import { defined } from '@contract/defined'
import type { Connection } from '../../records/model.ts'
import { parseObject } from '../../text/parse-object.ts'
import { fail, type Failure, type Result } from '@contract/result'
import type { ClientKeys } from '../client/client-keys.ts'
import { withFurther } from '../client/further.ts'
import { faultInWords, type AnswerMember } from '../client/answer-faults.ts'
import { prepareClient } from '../client/client.ts'
import { libraryFault, prepareCall, type LibraryCall, type LibraryFetch } from '../client/library-call.ts'
import { checkEndpointUrl } from '../wire/endpoint-url.ts'
import { networkFailureOf, type Fetch } from '../wire/fetch.ts'
import { providerText, providerWords, type ProviderFailure } from '../wire/provider-text.ts'
import { ownWords } from '../wire/own-words.ts'
import { redactUrl } from '../../secrecy/redact.ts'
import { retryAfterSeconds } from '../wire/retry-after.ts'

/** The endpoints that answer about tokens. Their failures' codes begin with these words. */
export type TokenEndpoint = 'userinfo' | 'introspection' | 'revocation'

/** What a call needs from outside. `now` in milliseconds. */
export interface EndpointContext {
  connection: Connection
  clientSecret?: string
  keys?: ClientKeys
  fetch: Fetch
  now: () => number
  signal?: AbortSignal
}

/** A call that failed; `status` where a response came. */
interface EndpointFailure extends ProviderFailure {
  status?: number
  retryAfterSeconds?: number
}

/** Success with what was odd about the response, or a failure. */
export type EndpointResult<T> =
  | { ok: true; value: T; notes: string[] }
  | { ok: false; error: EndpointFailure }

const member = {
  userinfo: 'userinfo_endpoint',
  introspection: 'introspection_endpoint',
  revocation: 'revocation_endpoint',
} as const

/** Whether and where a provider offers an endpoint. Codes: `*_not_offered`, those of `checkEndpointUrl`. */
export function endpointOf(
  { metadata, allowInsecure }: Pick<Connection, 'metadata' | 'allowInsecure'>,
  kind: TokenEndpoint,
): Result<string> {
  const url = metadata[member[kind]]
  return url === undefined
    ? fail(
        `${kind}_not_offered`,
        `The provider has no ${kind} endpoint (${member[kind]} in its metadata).`,
        'If it does have one, choose “Enter endpoints manually” in the connection and enter it.',
      )
    : checkEndpointUrl(url, { allowInsecure, name: `${kind} endpoint` })
}

/** What is particular about a call. */
export interface CallOptions {
  /** The access token that the message carries, for a DPoP proof (RFC 9449 section 7). */
  bound?: string
  /** Is shown the response as it came. */
  seen?: (contentType: string, body: string) => void
}

/** Calls an endpoint through the library and looks at the raw response first, so that every odd one gets a sentence of
 *  its own.
 *  Codes: `<endpoint>_not_offered`, `_redirect`, `_try_later`, `_refused`, `_html`, `_status`, `_malformed`,
 *  `_other_subject`, `_network_*`, those of `prepareClient`. */
export async function callEndpoint<T>(
  kind: TokenEndpoint,
  context: EndpointContext,
  ask: (call: LibraryCall) => Promise<T>,
  { bound, seen }: CallOptions = {},
): Promise<EndpointResult<T>> {
  const { connection, clientSecret, keys = {}, now } = context
  const endpoint = endpointOf(connection, kind)
  if (!endpoint.ok) return endpoint
  const prepared = await prepareClient(connection, clientSecret, keys)
  if (!prepared.ok) return prepared
  const server = { ...prepared.value.server, [member[kind]]: endpoint.value }
  const notes: string[] = []
  let refused: EndpointFailure | undefined
  const { dpop, certificate } = keys
  async function proofFor(url: string, method: string): Promise<Record<string, string>> {
    if (dpop === undefined) return {}
    if (bound === undefined) return { dpop: await dpop.proof({ method, url }) }
    return { authorization: `DPoP ${bound}`, dpop: await dpop.proof({ method, url, accessToken: bound }) }
  }
  const send: LibraryFetch = async (url, options) => {
    async function once(): Promise<Response> {
      const carried = withFurther(kind, url, options, keys)
      const raw = await context.fetch(carried.url, {
        ...carried.message,
        headers: { ...carried.message.headers, ...(await proofFor(url, options.method)) },
        ...defined({ certificate, signal: context.signal }),
      })
      dpop?.remember(url, raw.headers.get('dpop-nonce'))
      return raw
    }
    let raw = await once()
    if (dpop !== undefined && raw.status === 401 && raw.headers.has('dpop-nonce')) raw = await once()
    const body = await raw.text()
    if (kind === 'revocation' && raw.status === 204) {
      notes.push('The provider returned 204 where the specification requires 200 (RFC 7009 section 2.2).')
      return new Response('', { status: 200 })
    }
    refused = refusalOf(kind, raw, body, now())
    if (refused !== undefined) throw new Error('The response was refused before the library processed it.')
    const type = raw.headers.get('content-type') ?? ''
    if (kind === 'userinfo' && compactJwt.test(body.trim()) && !/\bjwt\b/i.test(type)) {
      notes.push(`The signed response ${calledItself(type)}.`)
      seen?.('application/jwt', body)
      return new Response(body.trim(), { status: raw.status, headers: { 'content-type': 'application/jwt' } })
    }
    seen?.(type, body)
    const json = parseObject(body)
    if (kind === 'userinfo' && json !== undefined && subjectFault(json) !== undefined) {
      refused = subjectFault(json)
      throw new Error('The response was checked before the library processed it.')
    }
    if (json !== undefined && !/\bjson\b/i.test(type)) {
      notes.push(`The response is JSON and ${calledItself(type)}.`)
      return new Response(body, { status: raw.status, headers: { 'content-type': 'application/json' } })
    }
    return new Response(body, { status: raw.status, headers: { 'content-type': type } })
  }
  const call = await prepareCall({ ...prepared.value, server }, send)
  try {
    return { ok: true, value: await ask(call), notes }
  } catch (thrown) {
    if (refused !== undefined) return { ok: false, error: refused }
    const network: Failure | undefined = networkFailureOf(thrown)
    if (network !== undefined) return { ok: false, error: { ...network, code: `${kind}_${network.code}` } }
    const error = malformed(kind, thrown)
    if (error === undefined) throw thrown
    return { ok: false, error }
  }
}

/** Signed: three parts, the first an object. */
const compactJwt = /^ey[\w-]+\.[\w-]+\.[\w-]*$/

function calledItself(type: string): string {
  const named = providerText(type, 60)
  return named === undefined ? 'came without a content type' : `calls itself ${named}`
}

/** `sub` is required, as text (OpenID Connect Core section 5.3.2). */
function subjectFault({ sub }: Record<string, unknown>): EndpointFailure | undefined {
  if (typeof sub === 'string' && sub !== '') return undefined
  return {
    code: 'userinfo_malformed',
    message:
      sub === undefined || sub === null || sub === ''
        ? 'The response does not say who it is about: sub is missing (OpenID Connect Core section 5.3.2).'
        : 'The subject (sub) of the response is not text, as required (OpenID Connect Core section 5.3.2).',
    next: 'None of it was used. Tell the provider’s operator.',
  }
}

function parameter(header: string | null, name: string): string | undefined {
  return new RegExp(`\\b${name}="((?:[^"\\\\]|\\\\.){0,2000})"`)
    .exec(header ?? '')?.[1]
    ?.replace(/\\(.)/g, '$1')
}

/** Why a response is none; `undefined` for one that may be. */
function refusalOf(
  kind: TokenEndpoint,
  raw: Response,
  body: string,
  now: number,
): EndpointFailure | undefined {
  const { status } = raw
  const json = parseObject(body)
  const challenge = raw.headers.get('www-authenticate')
  const words = providerWords((name) => json?.[name] ?? parameter(challenge, name))
  if (status === 200 && words.providerError === undefined) return undefined
  const own = status >= 400 ? ownWords(body) : undefined
  const said = own === undefined ? '' : ` It says: “${own}”`
  const wait = retryAfterSeconds(raw.headers.get('retry-after'), now)
  const rest = { status, ...words, ...defined({ retryAfterSeconds: wait }) }
  const failure = (code: string, message: string, next: string): EndpointFailure => ({
    code: `${kind}_${code}`,
    message,
    next,
    ...rest,
  })
  if (status >= 300 && status < 400) {
    const target = providerText(redactUrl(raw.headers.get('location') ?? ''), 200)
    return failure(
      'redirect',
      `The ${kind} endpoint redirects${target ? ` to ${target}` : ''}. Tokens are not forwarded there.`,
      'Correct the endpoint in the connection.',
    )
  }
  if (status === 429 || status >= 500)
    return failure(
      'try_later',
      `The provider could not respond now (status ${status}).${said}`,
      'Try again in a moment. Nothing was changed.',
    )
  if (words.providerError === 'unsupported_token_type')
    return failure(
      'unsupported_token_type',
      'The provider does not revoke tokens of this kind (RFC 7009 section 2.2.1).',
      'Such a token stays valid until it expires.',
    )
  if (words.providerError !== undefined)
    return failure(
      'refused',
      `The provider refused with ${words.providerError}${words.providerDescription ? `: ${words.providerDescription}` : '.'}`,
      kind === 'userinfo'
        ? 'The access token must be valid and have the scope openid. Refresh the account, or sign in again.'
        : 'Check whether this client may use the endpoint, and how it authenticates.',
    )
  if (/^\s*</.test(body))
    return failure(
      'html',
      `The ${kind} endpoint returned a web page (status ${status}).${said}`,
      'Check the endpoint in the connection.',
    )
  return failure(
    'status',
    said === ''
      ? `The ${kind} endpoint returned status ${status} and no reason.`
      : `The ${kind} endpoint refused with status ${status}.${said}`,
    status === 401 || status === 403
      ? 'This client or token is not allowed to use it.'
      : 'Check the endpoint in the connection.',
  )
}

const needed: Record<TokenEndpoint, readonly AnswerMember[]> = {
  userinfo: ['sub'],
  introspection: ['active'],
  revocation: [],
}

function malformed(kind: TokenEndpoint, thrown: unknown): EndpointFailure | undefined {
  const fault = libraryFault(thrown)
  if (fault === undefined) return undefined
  const cause = fault.cause as { attribute?: unknown } | undefined
  if (cause?.attribute === 'sub')
    return {
      code: `${kind}_other_subject`,
      message:
        'The response is about someone other than the ID token (OpenID Connect Core section 5.3.2). It was not used.',
      next: 'Tell the provider’s operator; sign in again.',
    }
  return {
    code: `${kind}_malformed`,
    message: `The response is malformed: ${faultInWords(fault, needed[kind])}.`,
    next: 'None of it was used. Tell the provider’s operator.',
  }
}
