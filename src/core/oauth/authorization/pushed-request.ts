import { defined } from '@contract/defined'
import { fail, ok, type Result } from '@contract/result'
import type { PrivateKey } from 'oauth4webapi'
import {
  authorizationParameters,
  authorizationUrl,
  type AuthorizationOptions,
  type AuthorizationRequest,
} from './authorization-request.ts'
import { furtherInBrowser } from '../client/further.ts'
import { loadLibrary, prepareClientAt } from '../client/client.ts'
import type { TokenRequestContext } from '../token/granted.ts'
import { askLibrary } from '../token/token-request.ts'

type Context = Omit<TokenRequestContext, 'judgeIdToken'>
type Parameters = [string, string][]

/** Whether the request goes through PAR: wanted, or demanded by the provider (RFC 9126 section 5). */
export function isPushed({ connection: { metadata, settings } }: Pick<Context, 'connection'>): boolean {
  return settings?.pushed === true || metadata['require_pushed_authorization_requests'] === true
}

/** Makes an authorization request as the connection wants it: in the URL, signed (RFC 9101), pushed
 *  (RFC 9126), or both. Codes: those of `authorizationParameters`, `connection_no_key`,
 *  `sign_in_no_par_endpoint`, `token_*`. */
export async function requestAuthorization(
  context: Context,
  options: AuthorizationOptions,
): Promise<Result<AuthorizationRequest>> {
  const dpopThumbprint = context.keys?.dpop?.thumbprint
  const built = await authorizationParameters(context.connection, {
    ...options,
    ...defined({ dpopThumbprint }),
  })
  if (!built.ok) return built
  const { endpoint, parameters, secrets } = built.value
  const further = isPushed(context) ? [] : furtherInBrowser(context.keys ?? {})
  const names = new Set(further.map(([name]) => name))
  const asked = [...parameters.filter(([name]) => !names.has(name)), ...further]
  const signed = mustSign(context) ? await signRequest(context, asked) : ok(asked)
  if (!signed.ok) return signed
  const pushed = isPushed(context) ? await push(context, signed.value) : signed
  if (!pushed.ok) return pushed
  return ok({ url: authorizationUrl(endpoint, pushed.value), secrets })
}

function mustSign({ connection: { metadata, settings } }: Context): boolean {
  return settings?.signedRequest === true || metadata['require_signed_request_object'] === true
}

/** The same parameters as a JWT that the client key signs (RFC 9101 section 5). */
async function signRequest(
  { connection, keys = {} }: Context,
  parameters: Parameters,
): Promise<Result<Parameters>> {
  const { signing } = keys
  if (signing === undefined) {
    return fail(
      'connection_no_key',
      'The authorization request has to be signed, but the connection has no key.',
      'Generate or import a client key in the connection.',
    )
  }
  const library = await loadLibrary()
  const { importJWK } = await import('jose')
  const key = (await importJWK(signing, signing.alg)) as PrivateKey['key']
  const request = await library.issueRequestObject(
    { issuer: connection.metadata.issuer },
    { client_id: connection.clientId },
    parameters,
    { key, ...defined({ kid: signing.kid }) },
    {
      [library.modifyAssertion]: (header) => {
        if (header.alg === 'Ed25519') header.alg = 'EdDSA'
      },
    },
  )
  // OpenID Connect Core section 6.1: these are outside as well, for servers that look there first.
  const outside = parameters.filter(([name]) => ['client_id', 'response_type', 'scope'].includes(name))
  return ok([...outside, ['request', request]])
}

async function push(context: Context, parameters: Parameters): Promise<Result<Parameters>> {
  const { connection } = context
  const endpoint = connection.metadata.pushed_authorization_request_endpoint
  if (endpoint === undefined) {
    return fail(
      'sign_in_no_par_endpoint',
      'The provider has no endpoint for pushed authorization requests (PAR).',
      'Turn “Push the request (PAR)” off in the connection, or ask the provider’s operator.',
    )
  }
  const prepared = await prepareClientAt(endpoint, 'PAR endpoint', context)
  if (!prepared.ok) return prepared
  const { fetch, now, keys, signal } = context
  const asked = await askLibrary(
    // The authorization endpoint may have a query of its own, which is no part of what is pushed.
    { ...prepared.value, server: { ...prepared.value.server, authorization_endpoint: nowhere } },
    ({ openid, configuration }) =>
      openid.buildAuthorizationUrlWithPAR(configuration, new URLSearchParams(parameters)),
    {
      fetch,
      now,
      kind: 'pushed',
      success: 201,
      needed: ['request_uri', 'expires_in'],
      ...defined({ keys, signal }),
    },
  )
  if (!asked.ok) return asked
  return ok([
    ['client_id', connection.clientId],
    ['request_uri', asked.value.value.searchParams.get('request_uri') ?? ''],
  ])
}

/** Stands in for an address of which only the query is read. */
const nowhere = 'https://authorization.invalid/'
