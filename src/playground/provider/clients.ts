import type { ClientMetadata } from 'oidc-provider'
import { allScopes } from './scopes.ts'

const customScheme = 'app.gatehouse.desktop:/oauth/callback'
// Any port is accepted for these (RFC 8252 section 7.3), as the clients are native.
const loopback = ['http://127.0.0.1/oauth/callback', 'http://[::1]/oauth/callback']

const desktopClientId = 'gatehouse-desktop'
const confidentialClientId = 'gatehouse-confidential'
/** No secret in earnest: it is written down here, and good on this computer only. */
const confidentialClientSecret = 'gatehouse-playground-secret'

export const wellKnownClients: ClientMetadata[] = [
  {
    client_id: desktopClientId,
    client_name: 'Gatehouse',
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
    response_types: ['code'],
    redirect_uris: [customScheme, ...loopback],
    post_logout_redirect_uris: ['app.gatehouse.desktop:/oauth/logout', ...loopback],
    scope: allScopes.join(' '),
  },
  {
    client_id: confidentialClientId,
    client_name: 'Gatehouse (confidential)',
    client_secret: confidentialClientSecret,
    application_type: 'native',
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    response_types: ['code'],
    redirect_uris: [customScheme, ...loopback],
    post_logout_redirect_uris: ['app.gatehouse.desktop:/oauth/logout', ...loopback],
    scope: allScopes.join(' '),
  },
]
