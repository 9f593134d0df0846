import type * as oauth4webapi from 'oauth4webapi'
import type { ClientAuth, PrivateKey } from 'oauth4webapi'
import type { ClientAuthentication } from '@contract/tables/client-authentications'
import { defined } from '@contract/defined'
import { fail, ok, type Result } from '@contract/result'
import type { Connection } from '../../records/model.ts'
import type { ClientKeys } from './client-keys.ts'

type Library = typeof oauth4webapi

/** What a client proves itself with. */
interface Means {
  library: Library
  connection: Connection
  secret: string | undefined
  keys: ClientKeys
}
type Authenticator = (means: Means) => Result<ClientAuth> | Promise<Result<ClientAuth>>

/** How each way of client authentication is done. What it needs is said in the contract's table, what it is called too. */
const authenticators = {
  none: ({ library }) => ok(library.None()),
  client_secret_basic: (means) => withSecret(means, placed(means) ?? basic),
  client_secret_post: (means) => withSecret(means, placed(means) ?? means.library.ClientSecretPost),
  client_secret_jwt: (means) =>
    withSecret(means, (secret) => means.library.ClientSecretJwt(secret, fitAssertion(means))),
  private_key_jwt: signWithKey,
  tls_client_auth: showCertificate,
  self_signed_tls_client_auth: showCertificate,
} satisfies Record<ClientAuthentication, Authenticator>

/** What writes the client's proof into a request to the provider.
 *  Codes: `connection_no_secret`, `connection_no_key`, `connection_no_certificate`. */
export async function authenticatorOf(means: Means): Promise<Result<ClientAuth>> {
  const authenticator: Authenticator = authenticators[means.connection.clientAuthentication]
  return authenticator(means)
}

function withSecret({ secret }: Means, make: (secret: string) => ClientAuth): Result<ClientAuth> {
  return secret
    ? ok(make(secret))
    : fail(
        'connection_no_secret',
        'The connection authenticates with a client secret, but none is stored.',
        'Enter the client secret in the connection.',
      )
}

/** How the secret goes where a non-standard provider looks for it. Into the query it is moved from the body (`prepareCall`), as the
 *  library gives no hold of the address. */
function placed({ library, connection: { settings } }: Means): ((secret: string) => ClientAuth) | undefined {
  switch (settings?.secretPlacement) {
    case undefined:
      return undefined
    case 'query':
      return library.ClientSecretPost
    case 'basic_raw':
      return (secret) => (_server, client, _body, headers) =>
        headers.set('authorization', `Basic ${base64(`${client.client_id}:${secret}`)}`)
    case 'basic_and_body':
      return (secret) => async (server, client, body, headers) => {
        await library.ClientSecretPost(secret)(server, client, body, headers)
        await basic(secret)(server, client, body, headers)
      }
  }
}

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))
}

function basic(secret: string): ClientAuth {
  return (_server, client, _body, headers) => {
    headers.set('authorization', `Basic ${btoa(`${formEncode(client.client_id)}:${formEncode(secret)}`)}`)
  }
}

/** RFC 6749 section 2.3.1 wants both parts form-encoded. The usual form encoding leaves `-`, `_` and `.`
 *  alone, which keeps common client identifiers readable for servers that forget to decode. */
function formEncode(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1)
}

async function signWithKey(means: Means): Promise<Result<ClientAuth>> {
  const { signing } = means.keys
  if (signing === undefined) {
    return fail(
      'connection_no_key',
      'The connection authenticates with its own key, but none is stored.',
      'Generate or import a key in the connection.',
    )
  }
  const { importJWK } = await import('jose')
  const key = (await importJWK(signing, signing.alg)) as PrivateKey['key']
  return ok(means.library.PrivateKeyJwt({ key, ...defined({ kid: signing.kid }) }, fitAssertion(means)))
}

function showCertificate({ library, keys }: Means): Result<ClientAuth> {
  return keys.certificate === undefined
    ? fail(
        'connection_no_certificate',
        'The connection authenticates with a certificate, but none is stored.',
        'Enter certificate and key in the connection.',
      )
    : ok(library.TlsClientAuth())
}

/** Fits a client assertion to what real servers take: the audience that the connection names, and Ed25519 by
 *  the name that the provider knows (RFC 9864 renamed it). */
function fitAssertion({ library, connection: { metadata, settings } }: Means) {
  const known = metadata['token_endpoint_auth_signing_alg_values_supported']
  const newName = Array.isArray(known) && known.includes('Ed25519') && !known.includes('EdDSA')
  return {
    [library.modifyAssertion]: (header: Record<string, unknown>, payload: Record<string, unknown>): void => {
      if (header.alg === 'Ed25519' && !newName) header.alg = 'EdDSA'
      if (settings?.assertionAudience === 'token_endpoint') payload.aud = metadata.token_endpoint
    },
  }
}
