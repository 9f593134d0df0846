import type { AuthorizationServer, Client, ClientAuth, PrivateKey } from 'oauth4webapi'
import { fail, ok, type Result } from '@contract/result'
import type { Connection } from '../../records/model.ts'
import type { ClientKeys } from './client-keys.ts'
import { checkEndpointUrl } from '../wire/endpoint-url.ts'

/** oauth4webapi, loaded when the first OAuth message is sent rather than when the program starts. */
export function loadLibrary() {
  return import('oauth4webapi')
}
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

/** Whether a certificate proves who the client is (RFC 8705 section 2). */
export function usesCertificate({ clientAuthentication }: Pick<Connection, 'clientAuthentication'>): boolean {
  return clientAuthentication === 'tls_client_auth' || clientAuthentication === 'self_signed_tls_client_auth'
}

/** Methods that need the client secret. */
export function usesSecret({ clientAuthentication }: Pick<Connection, 'clientAuthentication'>): boolean {
  return clientAuthentication.startsWith('client_secret_')
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
  const authenticate = await authenticator(library, connection, clientSecret, keys)
  if (!authenticate.ok) return authenticate
  return ok({
    library,
    server: {
      ...metadata,
      token_endpoint: endpoint.value,
      id_token_signing_alg_values_supported: signingAlgorithms(
        metadata.id_token_signing_alg_values_supported,
        usesSecret(connection),
      ),
      mtls_endpoint_aliases: checkedAliases(connection),
    } as AuthorizationServer,
    client: {
      client_id: connection.clientId,
      use_mtls_endpoint_aliases: usesCertificate(connection),
      [library.clockTolerance]: 30,
    },
    authenticate: authenticate.value,
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

const noKey = fail(
  'connection_no_key',
  'The connection authenticates with a key of its own, but none is kept.',
  'Generate or import a key in the connection.',
)
const noCertificate = fail(
  'connection_no_certificate',
  'The connection authenticates with a certificate, but none is kept.',
  'Enter certificate and key in the connection.',
)

/** What an ID token may be signed with: never `none`, whatever the metadata announces, and with a shared
 *  secret only where there is one (RFC 8725 section 3.1; OpenID Connect Core section 3.1.3.7). */
function signingAlgorithms(announced: unknown, hasSecret: boolean): string[] {
  const allowed = hasSecret ? [...accepted, 'HS256', 'HS384', 'HS512'] : accepted
  if (!Array.isArray(announced) || announced.length === 0) return accepted
  return allowed.filter((algorithm) => announced.includes(algorithm))
}

/** RFC 6749 section 2.3.1 wants both parts form-encoded. The usual form encoding leaves `-`, `_` and `.`
 *  alone, which keeps common client identifiers readable for servers that forget to decode. */
function formEncode(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1)
}

/** Fits a client assertion to what real servers take: the audience that the connection names, and Ed25519 by
 *  the name that the provider knows (RFC 9864 renamed it). */
function fitAssertion({ metadata, settings }: Connection) {
  const known = metadata['token_endpoint_auth_signing_alg_values_supported']
  const newName = Array.isArray(known) && known.includes('Ed25519') && !known.includes('EdDSA')
  return (header: Record<string, unknown>, payload: Record<string, unknown>): void => {
    if (header.alg === 'Ed25519' && !newName) header.alg = 'EdDSA'
    if (settings?.assertionAudience === 'token_endpoint') payload.aud = metadata.token_endpoint
  }
}

async function authenticator(
  library: Library,
  connection: Connection,
  secret: string | undefined,
  keys: ClientKeys,
): Promise<Result<ClientAuth>> {
  const method = connection.clientAuthentication
  if (method === 'none') return ok(library.None())
  if (usesCertificate(connection))
    return keys.certificate === undefined ? noCertificate : ok(library.TlsClientAuth())
  const fit = { [library.modifyAssertion]: fitAssertion(connection) }
  if (method === 'private_key_jwt') {
    const { signing } = keys
    if (signing === undefined) return noKey
    const { importJWK } = await import('jose')
    const key = (await importJWK(signing, signing.alg)) as PrivateKey['key']
    return ok(library.PrivateKeyJwt({ key, kid: signing.kid ?? '' }, fit))
  }
  if (!secret) {
    return fail(
      'connection_no_secret',
      'The connection authenticates with a client secret, but none is kept.',
      'Enter the client secret in the connection.',
    )
  }
  if (method === 'client_secret_jwt') return ok(library.ClientSecretJwt(secret, fit))
  if (method === 'client_secret_post') return ok(library.ClientSecretPost(secret))
  return ok((_server, client, _body, headers) => {
    headers.set('authorization', `Basic ${btoa(`${formEncode(client.client_id)}:${formEncode(secret)}`)}`)
  })
}

/** `mtls_endpoint_aliases` (RFC 8705 section 5), each checked like any other endpoint. */
function checkedAliases({ metadata, allowInsecure }: Connection): Record<string, string> {
  const aliases = metadata['mtls_endpoint_aliases']
  if (typeof aliases !== 'object' || aliases === null) return {}
  return Object.fromEntries(
    Object.entries(aliases).flatMap(([name, value]) => {
      const checked = checkEndpointUrl(value, { allowInsecure, name })
      return checked.ok ? [[name, checked.value]] : []
    }),
  )
}
