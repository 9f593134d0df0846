import { defined } from '@contract/defined'
import { fail, ok, type Result } from '@contract/result'
import { prepareClient } from '../client/client.ts'
import { distrustOf } from './distrust.ts'
import { unprepared, type TokenRequestKind } from './token-failure.ts'
import { checkGranted, grantedTokens, judged, type TokenRequestContext } from './granted.ts'
import { askTokenEndpoint, type GrantedTokens, type TokenResult } from './token-request.ts'

/** A token that is exchanged for another (RFC 8693 section 2.1). */
export interface ExchangedToken {
  token: string
  /** `urn:ietf:params:oauth:token-type:…` */
  type: string
}

/** What a grant without a browser is asked with. */
export type DirectGrant =
  | { grant: 'client_credentials' }
  | { grant: 'password'; username: string; password: string }
  | { grant: 'jwt_bearer'; assertion: string }
  | { grant: 'token_exchange'; subject: ExchangedToken; actor?: ExchangedToken; requestedType?: string }

const grantTypes: Record<DirectGrant['grant'], string> = {
  client_credentials: 'client_credentials',
  password: 'password',
  jwt_bearer: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  token_exchange: 'urn:ietf:params:oauth:grant-type:token-exchange',
}

/** What every token request of a connection carries beyond its grant: scope, resources (RFC 8707 section 2.2),
 *  audience (RFC 8693), authorization details (RFC 9396 section 6) and extra parameters. */
export function askedOfTokenEndpoint({ scope, resource, settings = {} }: TokenRequestContext['connection']) {
  const parameters = new URLSearchParams()
  for (const { name, value } of settings.extra ?? []) parameters.append(name, value)
  if (scope !== '') parameters.set('scope', scope)
  for (const each of [resource ?? [], settings.resources ?? []].flat()) parameters.append('resource', each)
  if (settings.audience !== undefined) parameters.set('audience', settings.audience)
  if (settings.authorizationDetails !== undefined)
    parameters.set('authorization_details', settings.authorizationDetails)
  return parameters
}

/** Asks the token endpoint for tokens without a browser: client credentials (RFC 6749 section 4.4), password
 *  (section 4.3, deprecated by RFC 9700 section 2.4), JWT bearer (RFC 7523), token exchange (RFC 8693).
 *  Codes: `token_*`, `id_token_*`, `connection_*`, `endpoint_*`. */
export async function requestTokens(
  grant: DirectGrant,
  context: TokenRequestContext,
): Promise<TokenResult<GrantedTokens>> {
  const prepared = await prepareClient(context.connection, context.clientSecret, context.keys)
  if (!prepared.ok) return { ok: false, error: unprepared(prepared.error) }
  const { library, server, client, authenticate } = prepared.value
  const parameters = askedOfTokenEndpoint(context.connection)
  for (const [name, value] of Object.entries(ownParameters(grant))) parameters.set(name, value)
  const kind: TokenRequestKind = grant.grant
  try {
    const asked = await askTokenEndpoint(
      (customFetch) =>
        library.genericTokenEndpointRequest(
          server,
          client,
          authenticate,
          grantTypes[grant.grant],
          new URLSearchParams(parameters),
          {
            [library.customFetch]: customFetch,
            [library.allowInsecureRequests]: true,
            signal: context.signal,
          },
        ),
      { ...context, kind },
    )
    if (!asked.ok) return asked
    const { response, notes, receivedAt } = asked.value
    const answer = await library.processGenericTokenEndpointResponse(server, client, response)
    const granted = checkGranted(grantedTokens(library, answer, receivedAt, notes), context)
    return granted.ok ? await judged(granted.value, context.judgeIdToken) : granted
  } catch (thrown) {
    const error = distrustOf(thrown)
    if (error === undefined) throw thrown
    return { ok: false, error }
  }
}

/** Makes and signs an assertion of the JWT bearer grant with the client key (RFC 7523 section 3): it lives five
 *  minutes. `now` in milliseconds. Codes: `connection_no_key`. */
export async function makeAssertion(
  { connection, keys = {} }: Pick<TokenRequestContext, 'connection' | 'keys'>,
  { subject, now, newId }: { subject: string; now: number; newId: () => string },
): Promise<Result<string>> {
  const { signing } = keys
  if (signing === undefined) {
    return fail(
      'connection_no_key',
      'The assertion is to be signed here, but the connection keeps no key.',
      'Generate or import a client key in the connection, or paste an assertion.',
    )
  }
  const { SignJWT, importJWK } = await import('jose')
  const { metadata, settings, clientId, scope } = connection
  const seconds = Math.floor(now / 1000)
  const atTokenEndpoint = settings?.assertionAudience === 'token_endpoint'
  const audience = atTokenEndpoint ? metadata.token_endpoint : metadata.issuer
  const assertion = await new SignJWT({ jti: newId(), ...(scope === '' ? {} : { scope }) })
    .setProtectedHeader({ alg: signing.alg ?? 'ES256', kid: signing.kid ?? '', typ: 'JWT' })
    .setIssuer(clientId)
    .setSubject(subject)
    .setAudience(audience ?? metadata.issuer)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + 300)
    .sign(await importJWK(signing, signing.alg))
  return ok(assertion)
}

function ownParameters(grant: DirectGrant): Record<string, string> {
  switch (grant.grant) {
    case 'client_credentials':
      return {}
    case 'password':
      return { username: grant.username, password: grant.password }
    case 'jwt_bearer':
      return { assertion: grant.assertion }
    case 'token_exchange': {
      const { subject, actor, requestedType } = grant
      return {
        subject_token: subject.token,
        subject_token_type: subject.type,
        ...(actor === undefined ? {} : { actor_token: actor.token, actor_token_type: actor.type }),
        ...defined({ requested_token_type: requestedType }),
      }
    }
  }
}
