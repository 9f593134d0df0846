import type { Template } from './template.ts'

/** Providers that people also run themselves. */
export const selfRunTemplates: Template[] = [
  {
    id: 'keycloak',
    name: 'Keycloak',
    issuer: 'https://{host}/realms/{realm}',
    blanks: [
      { id: 'host', label: 'Host', example: 'sso.example.com' },
      { id: 'realm', label: 'Realm', example: 'my-realm' },
    ],
    recognise: [/^https?:\/\/(?<host>[^/?#]+(\/auth)?)\/realms\/(?<realm>[^/?#]+)/],
    customScheme: 'yes',
    loopback: 'yes',
    facts: [
      {
        label: 'Registration',
        says: 'A client with “Client authentication” off is public; set its PKCE method to S256.',
      },
      {
        label: 'Redirect',
        says: 'Compared exactly; a * at the end of a pattern matches the rest. If the loopback redirect is refused for its port, register http://127.0.0.1:* (the port is ignored for http://localhost alone).',
      },
      { label: 'Issuer', says: 'Before Keycloak 17 there was /auth before /realms.' },
      {
        label: 'Refresh tokens',
        says: 'They are issued without a scope and end with the browser’s session; offline_access yields one that outlasts it.',
      },
      {
        label: 'Audience',
        says: 'Older releases do not support the parameter resource: audience mappers in client scopes decide which APIs are in aud.',
      },
      {
        label: 'Logout',
        says: 'end_session_endpoint is announced; it logs out of every client of the session.',
      },
    ],
    scope: 'openid profile',
    redirectKind: 'custom-scheme',
    clientAuthentication: 'none',
    documentation: 'https://www.keycloak.org/docs/latest/server_admin/',
    sources: [
      'github.com/keycloak/keycloak docs/documentation/server_admin/topics/clients/oidc/con-basic-settings.adoc (redirects, public clients, PKCE)',
      'github.com/keycloak/keycloak docs/documentation/server_admin/topics/clients/oidc/con-audience.adoc (audience mappers)',
      'github.com/keycloak/keycloak services/…/oidc/utils/RedirectUtils.java (pattern matching, port of http://localhost)',
    ],
  },
  {
    id: 'zitadel',
    name: 'Zitadel',
    issuer: 'https://{domain}',
    blanks: [{ id: 'domain', label: 'Instance domain', example: 'your-instance.zitadel.cloud' }],
    recognise: [/^https:\/\/(?<domain>[\w.-]+\.zitadel\.cloud)(\/|$)/],
    customScheme: 'yes',
    loopback: 'yes',
    facts: [
      { label: 'Registration', says: 'An application of type “Native”, with PKCE and no secret.' },
      {
        label: 'Refresh tokens',
        says: 'Select the Refresh Token grant, and request offline_access; only with the code flow.',
      },
      { label: 'Access tokens', says: 'Opaque (type Bearer) unless the application is set to JWT.' },
      {
        label: 'Audience',
        says: 'By scope: urn:zitadel:iam:org:project:id:{project}:aud puts the project into aud.',
      },
    ],
    scope: 'openid profile email offline_access',
    redirectKind: 'custom-scheme',
    clientAuthentication: 'none',
    documentation: 'https://zitadel.com/docs/apis/openidoauth/scopes',
    sources: [
      'github.com/zitadel/zitadel docs/docs/apis/openidoauth/scopes.md (offline_access, audience scope)',
      'zitadel.com/docs/concepts/structure/applications (native type)',
      'pulumi.com/registry/packages/zitadel ApplicationOidc (accessTokenType BEARER or JWT)',
    ],
  },
  {
    id: 'authentik',
    name: 'Authentik',
    issuer: 'https://{host}/application/o/{application}/',
    blanks: [
      { id: 'host', label: 'Host', example: 'auth.example.com' },
      { id: 'application', label: 'Application slug', example: 'gatehouse' },
    ],
    recognise: [
      /^https?:\/\/(?<host>[^/?#]+)\/application\/o\/(?<application>(?!authorize|token|userinfo)[^/?#]+)/,
    ],
    customScheme: 'unknown',
    loopback: 'unknown',
    facts: [
      {
        label: 'Issuer',
        says: 'One for each application, ending with a slash; the authorization and token endpoints are the same for all.',
      },
      {
        label: 'Redirect',
        says: 'If empty, the first redirect used becomes the registered one. Patterns can be regular expressions: for loopback with any port use http://127\\.0\\.0\\.1:\\d+/oauth/callback.',
      },
      {
        label: 'Refresh tokens',
        says: 'Since 2024.2 only for the scope offline_access, which also has to be selected in the provider’s scope mappings.',
      },
      {
        label: 'Signatures',
        says: 'Without a signing key the tokens are signed with the client secret (HS256), and a public client cannot check them: select a signing key.',
      },
      { label: 'Logout', says: 'End session at /application/o/{application}/end-session/.' },
    ],
    scope: 'openid profile email offline_access',
    redirectKind: 'custom-scheme',
    clientAuthentication: 'none',
    documentation: 'https://docs.goauthentik.io/add-secure-apps/providers/oauth2/',
    sources: [
      'github.com/goauthentik/authentik website/docs/add-secure-apps/providers/oauth2/index.mdx (endpoints, redirect patterns, offline_access since 2024.2, signing key)',
    ],
  },
]
