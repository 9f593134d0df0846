import type { AuthorizationServer, Client, ClientAuth } from 'oauth4webapi'
import { needsOf } from '@contract/tables/client-authentications'
import { fail, ok, type Result } from '@contract/result'
import { pointsInside } from '../../records/destination.ts'
import type { Connection } from '../../records/model.ts'
import { authenticatorOf } from './authenticators.ts'
import type { ClientKeys } from './client-keys.ts'
import { checkEndpointUrl } from '../wire/endpoint-url.ts'

/** oauth4webapi, loaded when the first OAuth message is sent rather than when the program starts. */
export function loadLibrary() {
  return import('oauth4webapi')
}
type Library = Awaited<ReturnType<typeof loadLibrary>>

/** What the library needs to speak for a connection. */
export interface PreparedClient {
  library: Library
  server: AuthorizationServer
  client: Client
  authenticate: ClientAuth
  /** The client's credentials go into the query, by the user's word. */
  secretInQuery?: boolean
  /** Plain http may go to another computer, by the user's word. */
  allowInsecure?: boolean
}

/** Makes ready what the library needs for a connection's token endpoint.
 *  Codes: `connection_no_token_endpoint`, `connection_no_secret`, `connection_no_key`,
 *  `connection_no_certificate`, and those of `checkEndpointUrl`. */
export async function prepareClient(
  connection: Connection,
  clientSecret: string | undefined,
  keys: ClientKeys = {},
): Promise<Result<PreparedClient>> {
  const { metadata } = connection
  if (metadata.token_endpoint === undefined) {
    return fail(
      'connection_no_token_endpoint',
      'The provider has no token endpoint.',
      'Discover the provider again, or enter the endpoints manually.',
    )
  }
  const endpoint = checkEndpointUrl(metadata.token_endpoint, {
    allowInsecure: connection.allowInsecure,
    name: 'token endpoint',
  })
  if (!endpoint.ok) return endpoint
  const library = await loadLibrary()
  const authenticate = await authenticatorOf({ library, connection, secret: clientSecret, keys })
  if (!authenticate.ok) return authenticate
  return ok({
    library,
    server: {
      ...metadata,
      token_endpoint: endpoint.value,
      mtls_endpoint_aliases: checkedAliases(connection),
    },
    client: {
      client_id: connection.clientId,
      use_mtls_endpoint_aliases: needsOf(connection) === 'certificate',
      [library.clockTolerance]: 30,
    },
    authenticate: authenticate.value,
    allowInsecure: connection.allowInsecure,
    secretInQuery: connection.settings?.secretPlacement === 'query' && needsOf(connection) === 'secret',
  })
}

/** As `prepareClient`, for another endpoint where the client proves itself as at the token endpoint; `name` is
 *  what a failure calls it. Codes: those of `prepareClient`. */
export async function prepareClientAt(
  endpoint: string,
  name: string,
  { connection, clientSecret, keys }: { connection: Connection; clientSecret?: string; keys?: ClientKeys },
): Promise<Result<PreparedClient>> {
  const checked = checkEndpointUrl(endpoint, { allowInsecure: connection.allowInsecure, name })
  return checked.ok ? prepareClient(connection, clientSecret, keys) : checked
}

/** `mtls_endpoint_aliases` (RFC 8705 section 5), each checked like any other endpoint; one that points
 *  into this computer is none of a remote provider's. */
function checkedAliases({ metadata, allowInsecure }: Connection): Record<string, string> {
  const aliases = metadata['mtls_endpoint_aliases']
  if (typeof aliases !== 'object' || aliases === null) return {}
  return Object.fromEntries(
    Object.entries(aliases as Record<string, unknown>).flatMap(([name, value]) => {
      const checked = checkEndpointUrl(value, { allowInsecure, name })
      const inside = pointsInside({ issuer: metadata.issuer, [name]: value })
      return checked.ok && inside === undefined ? [[name, checked.value]] : []
    }),
  )
}
