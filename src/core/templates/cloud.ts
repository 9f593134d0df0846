import type { Template } from './template.ts'

/** Providers that someone else runs. */
export const cloudTemplates: Template[] = [
  {
    id: 'entra',
    name: 'Microsoft Entra ID',
    issuer: 'https://login.microsoftonline.com/{tenant}/v2.0',
    blanks: [
      {
        id: 'tenant',
        label: 'Tenant ID',
        example: '8eaef023-2b34-4da1-9baa-8bc8c9d6a490',
      },
    ],
    recognise: [/^https:\/\/login\.microsoftonline\.com\/(?<tenant>[^/?#]+)(\/|$)/],
    customScheme: 'unknown',
    loopback: 'yes',
    facts: [
      {
        label: 'Redirect',
        says: 'Loopback with any port: the port is ignored when redirects are compared. http://127.0.0.1 cannot be entered in the portal’s form; add it to the manifest (replyUrlsWithType, type InstalledClient). [::1] is not supported.',
      },
      {
        label: 'Issuer',
        says: 'Use the tenant’s ID. common, organizations and consumers have no issuer of their own: their metadata says {tenantid}, and each ID token names the user’s tenant. A domain name leads to metadata that names the ID.',
      },
      { label: 'Refresh tokens', says: 'Request the scope offline_access.' },
      {
        label: 'Audience',
        says: 'The scopes say which API a token is for, e.g. api://…/read or https://graph.microsoft.com/User.Read; one token is for one API.',
      },
    ],
    scope: 'openid profile offline_access',
    redirectKind: 'loopback',
    clientAuthentication: 'none',
    documentation: 'https://learn.microsoft.com/entra/identity-platform/reply-url',
    sources: [
      'github.com/MicrosoftDocs/entra-docs docs/identity-platform/reply-url.md (localhost exceptions, 127.0.0.1, [::1])',
      'github.com/MicrosoftDocs/entra-docs docs/identity-platform/v2-protocols-oidc.md (authority, tenant values)',
      'github.com/MicrosoftDocs/entra-docs docs/identity-platform/scopes-oidc.md (offline_access, resource in scope)',
    ],
  },
  {
    id: 'google',
    name: 'Google',
    issuer: 'https://accounts.google.com',
    blanks: [],
    recognise: [/^https:\/\/accounts\.google\.com(\/|$)/],
    customScheme: 'unknown',
    loopback: 'yes',
    facts: [
      {
        label: 'Redirect',
        says: 'Create an OAuth client of type “Desktop app” and use loopback. Custom schemes are restricted, because other apps can claim them.',
      },
      {
        label: 'Client secret',
        says: 'A desktop client comes with a secret. Google assumes that installed apps cannot keep it secret; enter it anyway.',
      },
      {
        label: 'Refresh tokens',
        says: 'Google issues them for the parameter access_type=offline, which is filled in, not for the scope offline_access.',
      },
      {
        label: 'Logout',
        says: 'No end_session_endpoint is announced: tokens can be revoked, the browser’s session cannot be ended.',
      },
      { label: 'Access tokens', says: 'Opaque: they contain no readable data.' },
    ],
    scope: 'openid profile email',
    redirectKind: 'loopback',
    clientAuthentication: 'client_secret_post',
    settings: { extra: [{ name: 'access_type', value: 'offline' }] },
    documentation: 'https://developers.google.com/identity/protocols/oauth2/native-app',
    sources: [
      'developers.google.com/identity/protocols/oauth2/native-app (desktop: loopback; client_secret; PKCE)',
      'developers.google.com/identity/protocols/oauth2/resources/loopback-migration (loopback stays for desktop apps)',
      'Google’s announcement “Improving user safety in OAuth flows through new OAuth Custom URI scheme restrictions”',
      'accounts.google.com/.well-known/openid-configuration (scopes; revocation_endpoint, no end_session_endpoint)',
    ],
  },
  {
    id: 'okta',
    name: 'Okta',
    issuer: 'https://{domain}/oauth2/{server}',
    blanks: [
      { id: 'domain', label: 'Okta domain', example: 'dev-12345.okta.com' },
      { id: 'server', label: 'Authorization server', example: 'default' },
    ],
    recognise: [
      /^https:\/\/(?<domain>[\w.-]+\.(okta|oktapreview|okta-emea)\.com)\/oauth2\/(?<server>(?!v1(\/|$))[^/?#]+)/,
      /^https:\/\/(?<domain>[\w.-]+\.(okta|oktapreview|okta-emea)\.com)(\/|$)/,
    ],
    customScheme: 'yes',
    loopback: 'unknown',
    facts: [
      {
        label: 'Issuer',
        says: 'There are two kinds: the org server (https://{domain}) is for sign-in and Okta’s own API; tokens for your own API come from a custom server (https://{domain}/oauth2/default or another name).',
      },
      {
        label: 'Registration',
        says: 'Create an OIDC app integration of type “Native Application”, select the Refresh Token grant, and assign users to it: no one else can use it.',
      },
      {
        label: 'Refresh tokens',
        says: 'Select the grant, and request the scope offline_access.',
      },
    ],
    scope: 'openid profile offline_access',
    redirectKind: 'custom-scheme',
    clientAuthentication: 'none',
    documentation: 'https://developer.okta.com/docs/concepts/auth-servers/',
    sources: [
      'developer.okta.com/docs/concepts/auth-servers (org and custom servers, issuer forms)',
      'github.com/okta/okta-sdk-appauth-ios README (native app, custom scheme, assignment)',
    ],
  },
  {
    id: 'auth0',
    name: 'Auth0',
    issuer: 'https://{domain}/',
    blanks: [{ id: 'domain', label: 'Tenant domain', example: 'your-tenant.eu.auth0.com' }],
    recognise: [/^https:\/\/(?<domain>[\w.-]+\.auth0\.com)(\/|$)/],
    customScheme: 'yes',
    loopback: 'unknown',
    facts: [
      { label: 'Issuer', says: 'It ends with a slash, which is part of it.' },
      {
        label: 'Access tokens',
        says: 'Without an audience the access token is opaque and valid for userinfo only; with the API’s identifier as audience it is a JWT for that API.',
      },
      {
        label: 'Audience',
        says: 'Auth0 uses the parameter audience; set it in the connection to the API’s identifier.',
      },
      {
        label: 'Refresh tokens',
        says: 'Allow offline access on the API, the Refresh Token grant on the application, and request offline_access.',
      },
      {
        label: 'Logout',
        says: 'end_session_endpoint is announced once “RP-Initiated Logout End Session Endpoint Discovery” is turned on in the tenant.',
      },
    ],
    scope: 'openid profile email offline_access',
    redirectKind: 'custom-scheme',
    clientAuthentication: 'none',
    documentation:
      'https://auth0.com/docs/get-started/authentication-and-authorization-flow/authorization-code-flow-with-pkce',
    sources: [
      'auth0.com/docs/authenticate/login/oidc-conformant-authentication (audience, offline_access)',
      'auth0.com/docs/authenticate/login/logout/log-users-out-of-auth0 (end_session_endpoint discovery)',
      'auth0.com/docs/secure/tokens/access-tokens (opaque without audience)',
    ],
  },
  {
    id: 'cognito',
    name: 'Amazon Cognito',
    issuer: 'https://cognito-idp.{region}.amazonaws.com/{pool}',
    blanks: [
      { id: 'region', label: 'Region', example: 'eu-west-1' },
      { id: 'pool', label: 'User pool ID', example: 'eu-west-1_AbCdEfGhI' },
    ],
    recognise: [/^https:\/\/cognito-idp\.(?<region>[\w-]+)\.amazonaws\.com\/(?<pool>[^/?#]+)/],
    customScheme: 'yes',
    loopback: 'unknown',
    facts: [
      {
        label: 'Redirect',
        says: 'Custom schemes are accepted. Plain http only for http://localhost, “for testing”: 127.0.0.1 is not mentioned.',
      },
      {
        label: 'Endpoints',
        says: 'They are on the pool’s own domain, not on the issuer’s host; discovery finds them.',
      },
      {
        label: 'Logout',
        says: 'A proprietary /logout endpoint: client_id and logout_uri instead of id_token_hint and post_logout_redirect_uri.',
      },
      {
        label: 'Refresh tokens',
        says: 'They are issued with every code grant. Cognito has no scope offline_access, and refuses scopes that are not allowed for the client.',
      },
    ],
    scope: 'openid email',
    redirectKind: 'custom-scheme',
    clientAuthentication: 'none',
    documentation:
      'https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html',
    sources: [
      'docs.aws.amazon.com Cognito CreateUserPoolClient CallbackURLs (https, http://localhost, app schemes)',
      'docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html (logout_uri, client_id)',
    ],
  },
  {
    id: 'pingone',
    name: 'PingOne',
    issuer: 'https://auth.pingone.{region}/{environment}/as',
    blanks: [
      { id: 'region', label: 'Region', example: 'eu' },
      { id: 'environment', label: 'Environment ID', example: '00000000-0000-0000-0000-000000000000' },
    ],
    recognise: [
      /^https:\/\/auth\.pingone\.(?<region>com|ca|eu|asia|com\.au|sg)\/(?<environment>[^/?#]+)\/as(\/|$)/,
    ],
    customScheme: 'unknown',
    loopback: 'unknown',
    facts: [
      {
        label: 'Registration',
        says: 'Create a native application with token endpoint authentication NONE and PKCE enforcement S256_REQUIRED; a public client must use PKCE.',
      },
      {
        label: 'Refresh tokens',
        says: 'Allow the refresh_token grant on the application and request offline_access: without that scope, none is issued.',
      },
    ],
    scope: 'openid profile offline_access',
    redirectKind: 'custom-scheme',
    clientAuthentication: 'none',
    documentation: 'https://developer.pingidentity.com/pingone-api/auth/openid-connect-oauth-2.html',
    sources: [
      'developer.pingidentity.com/pingone-api (authorize intro: offline_access; none.html: public client, S256_REQUIRED)',
    ],
  },
  {
    id: 'onelogin',
    name: 'OneLogin',
    issuer: 'https://{subdomain}.onelogin.com/oidc/2',
    blanks: [{ id: 'subdomain', label: 'Subdomain', example: 'your-company' }],
    recognise: [/^https:\/\/(?<subdomain>[\w-]+)\.onelogin\.com\/oidc\/2(\/|$)/],
    customScheme: 'yes',
    loopback: 'unknown',
    facts: [
      {
        label: 'Registration',
        says: 'An OpenID Connect app of application type “Native”, token endpoint authentication “None (PKCE)”.',
      },
      {
        label: 'Logout',
        says: 'RP-initiated logout at /oidc/2/logout; it also revokes the tokens of other apps of the same session.',
      },
    ],
    scope: 'openid profile',
    redirectKind: 'custom-scheme',
    clientAuthentication: 'none',
    documentation: 'https://developers.onelogin.com/openid-connect',
    sources: [
      'github.com/onelogin onelogin-oidc-android README (issuer form, code + PKCE for native apps)',
      'developers.onelogin.com/openid-connect/api/logout',
      'github.com/onelogin/onelogin-python-sdk docs/ConfigurationOidc.md (None/PKCE, Native)',
    ],
  },
]
