import type { ClientMetadata } from 'oidc-provider'
import type { Configuration, ConfiguredClient } from '../config/schema.ts'
import { allScopes } from './scopes.ts'

const customScheme = 'app.gatehouse.desktop:/oauth/callback'
// Any port is accepted for these (RFC 8252 section 7.3), as the clients are native.
const loopback = ['http://127.0.0.1/oauth/callback', 'http://[::1]/oauth/callback']

const desktopClientId = 'gatehouse-desktop'
export const confidentialClientId = 'gatehouse-confidential'
/** No secret in earnest: it is written down here, and good on this computer only. */
export const wellKnownSecret = 'gatehouse-playground-secret'

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

/** The clients every Playground starts with, where the configuration names none. */
export function wellKnownClients(secret: string, withDevice: boolean): ClientMetadata[] {
  const common = {
    application_type: 'native' as const,
    response_types: ['code' as const],
    redirect_uris: [customScheme, ...loopback],
    post_logout_redirect_uris: ['app.gatehouse.desktop:/oauth/logout', ...loopback],
    scope: allScopes.join(' '),
  }
  return [
    {
      ...common,
      client_id: desktopClientId,
      client_name: 'Gatehouse',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token', ...(withDevice ? [deviceGrant] : [])],
    },
    {
      ...common,
      client_id: confidentialClientId,
      client_name: 'Gatehouse (confidential)',
      client_secret: secret,
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    },
  ]
}

/** A configured client as oidc-provider takes it: it has every scope and no redirect, if nothing else is said. */
export function registrationOf(
  client: ConfiguredClient,
  scopes: readonly string[],
  { fapi }: Configuration['features'],
): ClientMetadata {
  const { client_secret_file: _file, ...named } = client
  const redirects = client.redirect_uris ?? []
  const asksUsers = redirects.length > 0
  return {
    token_endpoint_auth_method:
      client.client_secret !== undefined
        ? 'client_secret_basic'
        : fapi === 'off'
          ? 'none'
          : 'private_key_jwt',
    grant_types: asksUsers ? ['authorization_code', 'refresh_token'] : ['client_credentials'],
    response_types: asksUsers ? ['code'] : [],
    scope: scopes.join(' '),
    ...(fapi === 'off' ? {} : bound(client)),
    ...named,
    redirect_uris: redirects,
  } as ClientMetadata
}

/** FAPI 2.0 section 5.3.2.1: every token is bound, to a key where it is not to the certificate. */
function bound(client: ConfiguredClient) {
  const { tls_client_certificate_bound_access_tokens: isToCertificate } = client as Record<string, unknown>
  return isToCertificate === true ? {} : { dpop_bound_access_tokens: true }
}
