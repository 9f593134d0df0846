import type { AuthorizationServer, Client, ClientAuth } from 'oauth4webapi'
import { fail, ok, type Result } from '@contract/result'
import type { Connection } from '../shared/model.ts'
import { checkEndpointUrl } from './endpoint-url.ts'

/** oauth4webapi, loaded when the first OAuth message is sent rather than when the program starts. */
export const loadLibrary = () => import('oauth4webapi')
export type Library = Awaited<ReturnType<typeof loadLibrary>>

/** What the library needs to speak for a connection. */
export interface PreparedClient {
  library: Library
  server: AuthorizationServer
  client: Client
  authenticate: ClientAuth
}

const asymmetric = ['RS', 'PS', 'ES'].flatMap((family) =>
  ['256', '384', '512'].map((bits) => `${family}${bits}`),
)
const accepted = [...asymmetric, 'EdDSA', 'Ed25519']

/** What an ID token may be signed with: never `none`, whatever the metadata announces, and with a shared
 *  secret only where there is one (RFC 8725 section 3.1; OpenID Connect Core section 3.1.3.7). */
const signingAlgorithms = (announced: unknown, hasSecret: boolean): string[] => {
  const allowed = hasSecret ? [...accepted, 'HS256', 'HS384', 'HS512'] : accepted
  if (!Array.isArray(announced) || announced.length === 0) return accepted
  return allowed.filter((algorithm) => announced.includes(algorithm))
}

/** RFC 6749 section 2.3.1 wants both parts form-encoded. The usual form encoding leaves `-`, `_` and `.`
 *  alone, which keeps common client identifiers readable for servers that forget to decode. */
const formEncode = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1)

const authenticator = (
  library: Library,
  method: Connection['clientAuthentication'],
  secret: string | undefined,
): Result<ClientAuth> => {
  if (method === 'none') return ok(library.None())
  if (!secret) {
    return fail(
      'connection_no_secret',
      'The connection authenticates with a client secret, but none is kept.',
      'Enter the client secret in the connection.',
    )
  }
  if (method === 'client_secret_post') return ok(library.ClientSecretPost(secret))
  return ok((_server, client, _body, headers) => {
    headers.set('authorization', `Basic ${btoa(`${formEncode(client.client_id)}:${formEncode(secret)}`)}`)
  })
}

/** Makes ready what the library needs for a connection's token endpoint.
 *  Codes: `connection_no_token_endpoint`, `connection_no_secret`, and those of `checkEndpointUrl`. */
export const prepareClient = async (
  connection: Connection,
  clientSecret: string | undefined,
): Promise<Result<PreparedClient>> => {
  const { metadata } = connection
  if (metadata.token_endpoint === undefined) {
    return fail(
      'connection_no_token_endpoint',
      'The provider names no token endpoint.',
      'Discover the provider again, or give the endpoints by hand.',
    )
  }
  const endpoint = checkEndpointUrl(metadata.token_endpoint, {
    allowInsecure: connection.allowInsecure,
    name: 'token endpoint',
  })
  if (!endpoint.ok) return endpoint
  const library = await loadLibrary()
  const authenticate = authenticator(library, connection.clientAuthentication, clientSecret)
  if (!authenticate.ok) return authenticate
  return ok({
    library,
    server: {
      ...metadata,
      token_endpoint: endpoint.value,
      id_token_signing_alg_values_supported: signingAlgorithms(
        metadata.id_token_signing_alg_values_supported,
        connection.clientAuthentication !== 'none',
      ),
    } as AuthorizationServer,
    client: { client_id: connection.clientId, [library.clockTolerance]: 30 },
    authenticate: authenticate.value,
  })
}
