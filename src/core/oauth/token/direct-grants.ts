import type { DirectGrant as DirectKind } from '@contract/tables/grants'
import { scopeParameter, wantedAcr } from '../authorization/request-settings.ts'
import type { TokenRequestContext } from './granted.ts'
import { clientCredentials, type ClientCredentialsInput } from './grants/client-credentials.ts'
import type { DirectGrantWay } from './grants/direct-grant.ts'
import { jwtBearer, type JwtBearerInput } from './grants/jwt-bearer.ts'
import { password, type PasswordInput } from './grants/password.ts'
import { straightIdToken } from './grants/straight.ts'
import { tokenExchange, type TokenExchangeInput } from './grants/token-exchange.ts'
import { runGrant } from './run-grant.ts'
import type { GrantedTokens, TokenResult } from './token-request.ts'

/** What a grant without a browser is asked with. */
export type DirectGrant = ClientCredentialsInput | PasswordInput | JwtBearerInput | TokenExchangeInput

const ways: { [Kind in DirectKind]: DirectGrantWay<Extract<DirectGrant, { grant: Kind }>> } = {
  client_credentials: clientCredentials,
  password,
  jwt_bearer: jwtBearer,
  token_exchange: tokenExchange,
}

/** What every token request of a connection carries beyond its grant: scope, resources (RFC 8707 section 2.2),
 *  audience (RFC 8693), authorization details (RFC 9396 section 6) and extra parameters. */
export function askedOfTokenEndpoint({ scope, resource, settings = {} }: TokenRequestContext['connection']) {
  const parameters = new URLSearchParams()
  for (const { name, value } of settings.extra ?? []) parameters.append(name, value)
  for (const [name, value] of scopeParameter(scope, settings)) parameters.set(name, value)
  for (const each of [resource ?? [], settings.resources ?? []].flat()) parameters.append('resource', each)
  if (settings.audience !== undefined) parameters.set('audience', settings.audience)
  if (settings.authorizationDetails !== undefined)
    parameters.set('authorization_details', settings.authorizationDetails)
  return parameters
}

/** Asks the token endpoint for tokens without a browser. Codes: those of `runGrant`. */
export function requestTokens(
  input: DirectGrant,
  context: TokenRequestContext,
): Promise<TokenResult<GrantedTokens>> {
  const way: DirectGrantWay<never> = ways[input.grant]
  return runGrant(
    {
      kind: input.grant,
      ask: (call) => way.ask(call, askedOfTokenEndpoint(context.connection), input as never),
      needsIdToken: false,
      idToken: straightIdToken(wantedAcr(context.connection.settings)),
    },
    context,
  )
}
