import { defined } from '@contract/defined'
import type { ConnectionView, ProviderView } from '@contract/connections'
import { registeredRedirectUri } from '../../oauth/redirect/redirect-uri.ts'
import type { Connection, ProviderMetadata } from '../../records/model.ts'

/** What the page sees of a provider. */
export function providerView(
  metadata: ProviderMetadata,
  source: ProviderView['source'],
  fetchedAt?: number,
): ProviderView {
  return {
    issuer: metadata.issuer,
    authorizationEndpoint: text(metadata.authorization_endpoint),
    tokenEndpoint: text(metadata.token_endpoint),
    jwksUri: text(metadata.jwks_uri),
    userinfoEndpoint: text(metadata.userinfo_endpoint),
    endSessionEndpoint: text(metadata.end_session_endpoint),
    revocationEndpoint: text(metadata.revocation_endpoint),
    introspectionEndpoint: text(metadata.introspection_endpoint),
    deviceAuthorizationEndpoint: text(metadata.device_authorization_endpoint),
    pushedAuthorizationRequestEndpoint: text(metadata.pushed_authorization_request_endpoint),
    ...announced('grantTypes', metadata['grant_types_supported']),
    ...announced('responseTypes', metadata['response_types_supported']),
    ...announced('authenticationMethods', metadata.token_endpoint_auth_methods_supported),
    scopesSupported: texts(metadata.scopes_supported),
    codeChallengeMethods: texts(metadata.code_challenge_methods_supported),
    announcesIss: metadata.authorization_response_iss_parameter_supported === true,
    source,
    fetchedAt,
  }
}

/** What the page sees of a connection: never the client secret. */
export function connectionView(connection: Connection): ConnectionView {
  return {
    id: connection.id,
    name: connection.name,
    provider: providerView(connection.metadata, connection.metadataSource, connection.metadataFetchedAt),
    clientId: connection.clientId,
    clientAuthentication: connection.clientAuthentication,
    hasClientSecret: connection.sealedClientSecret !== undefined,
    scope: connection.scope,
    resource: connection.resource,
    redirectKind: connection.redirectKind,
    redirectUri: registeredRedirectUri(connection),
    allowInsecure: connection.allowInsecure,
    isPlayground: connection.isPlayground,
    settings: connection.settings ?? {},
    clientKey: connection.publicKeys?.client,
    certificate: connection.publicKeys?.certificate,
    dpopKey: connection.publicKeys?.dpop,
    ...defined({ unreadable: connection.unreadable }),
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

function announced(name: 'grantTypes' | 'responseTypes' | 'authenticationMethods', value: unknown) {
  return Array.isArray(value) ? { [name]: texts(value) } : {}
}
