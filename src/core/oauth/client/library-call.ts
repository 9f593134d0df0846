import type { ClientAuth, Configuration } from 'openid-client'
import type { Connection } from '../../records/model.ts'
import { appendToQuery, dropFromQuery } from '../../text/query.ts'
import type { FetchOptions } from '../wire/fetch.ts'
import type { PreparedClient } from './client.ts'

/** openid-client, loaded when the first OAuth message is sent rather than when the program starts. */
export function loadOpenid() {
  return import('openid-client')
}
type Openid = Awaited<ReturnType<typeof loadOpenid>>

/** Sends one message for the library. */
export type LibraryFetch = (url: string, options: FetchOptions & { method: string }) => Promise<Response>

/** openid-client with its configuration for one call. */
export interface LibraryCall {
  openid: Openid
  configuration: Configuration
}

/** Makes openid-client ready for one call of a prepared client: what it sends goes through `send`, which has time
 *  limits of its own. */
export async function prepareCall(
  { server, client, authenticate, secretInQuery = false, allowInsecure = false }: PreparedClient,
  send: LibraryFetch,
): Promise<LibraryCall> {
  const openid = await loadOpenid()
  const configuration = new openid.Configuration(
    // `iss` of an authorization response was judged before: `checkCallbackIssuer` knows what may stand in for it.
    { ...server, authorization_response_iss_parameter_supported: false },
    client.client_id,
    { use_mtls_endpoint_aliases: client.use_mtls_endpoint_aliases ?? false },
    // Where it signs it is a promise: the library waits for it, its type says void.
    // oxlint-disable-next-line typescript/no-unnecessary-type-assertion -- no-misused-promises wants it
    authenticate as ClientAuth,
  )
  // The scheme of every endpoint was judged by `checkEndpointUrl`.
  openid.allowInsecureRequests(configuration)
  configuration.timeout = 0
  configuration[openid.customFetch] = async (url, { body, method, headers }) =>
    send(secretInQuery ? withCredentials(url, body) : url, {
      method,
      headers,
      redirect: 'manual',
      allowInsecure,
      body: body as NonNullable<FetchOptions['body']>,
    })
  return { openid, configuration }
}

/** The address of an RP-initiated logout, the endpoint's own query as it is written; nothing is sent. */
export async function endSessionUrl(
  { metadata: { issuer }, clientId }: Connection,
  endpoint: string,
  parameters: Record<string, string>,
): Promise<string> {
  const openid = await loadOpenid()
  const configuration = new openid.Configuration({ issuer, end_session_endpoint: nowhere }, clientId)
  openid.allowInsecureRequests(configuration)
  const asked = [...openid.buildEndSessionUrl(configuration, parameters).searchParams]
  return appendToQuery(dropFromQuery(new URL(endpoint).href, new Set(asked.map(([name]) => name))), asked)
}

/** Stands in for an address of which only the added query is read. */
const nowhere = 'https://logout.invalid/'

/** The library's own error inside something thrown, as deep as it lies: where the fault began. `undefined` for what
 *  is none of its judgements. */
export function libraryFault(thrown: unknown): (Error & { code: string }) | undefined {
  let found: (Error & { code: string }) | undefined
  let current = thrown
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if (isFault(current)) found = current
    current = current.cause
  }
  return found
}

/** Takes the client's credentials out of the body and puts them into the address. */
function withCredentials(url: string, body: unknown): string {
  if (!(body instanceof URLSearchParams)) return url
  const moved = ['client_id', 'client_secret'].flatMap((name): [string, string][] => {
    const value = body.get(name)
    body.delete(name)
    return value === null ? [] : [[name, value]]
  })
  return appendToQuery(url, moved)
}

function isFault(error: Error): error is Error & { code: string } {
  return 'code' in error && typeof error.code === 'string' && error.code.startsWith('OAUTH_')
}
