import type { Template } from './template.ts'

/** Code hosts whose APIs take tokens of their own. */
export const codeHostTemplates: Template[] = [
  {
    id: 'github',
    name: 'GitHub',
    endpoints: {
      issuer: 'https://github.com/login/oauth',
      authorizationEndpoint: 'https://github.com/login/oauth/authorize',
      tokenEndpoint: 'https://github.com/login/oauth/access_token',
    },
    blanks: [],
    recognise: [/^https:\/\/github\.com\/login\/oauth(\/|$)/],
    customScheme: 'unknown',
    loopback: 'yes',
    facts: [
      {
        label: 'Redirect',
        says: 'Loopback: register http://127.0.0.1/oauth/callback; the port of the redirect may differ from the registered one.',
      },
      {
        label: 'Discovery',
        says: 'OAuth apps have no OpenID Connect: no ID token, no keys. The endpoints are filled in from GitHub’s documentation.',
      },
      {
        label: 'Client secret',
        says: 'The token endpoint requires one. Anyone who has the desktop app has it.',
      },
      {
        label: 'PKCE',
        says: 'Not announced anywhere. GitHub’s documentation names code_challenge (S256) since 2025; before, it was ignored.',
      },
      {
        label: 'Refresh tokens',
        says: 'OAuth apps get none: their tokens do not expire. GitHub Apps issue tokens that expire.',
      },
      { label: 'Access tokens', says: 'Opaque. The scopes in the response are separated by commas.' },
    ],
    scope: 'read:user',
    redirectKind: 'loopback',
    clientAuthentication: 'client_secret_post',
    documentation: 'https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps',
    sources: [
      'github.com/github/docs content/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps.md (endpoints, client_secret required, scope with commas, loopback redirect URLs)',
      'github.com/github/docs content/apps/creating-github-apps/…/generating-a-user-access-token-for-a-github-app.md (code_challenge)',
    ],
  },
  {
    id: 'gitlab',
    name: 'GitLab',
    issuer: 'https://{host}',
    blanks: [{ id: 'host', label: 'Host', example: 'gitlab.com' }],
    recognise: [/^https:\/\/(?<host>gitlab\.com|gitlab\.[\w.-]+)(\/|$)/],
    customScheme: 'unknown',
    loopback: 'unknown',
    facts: [
      {
        label: 'Registration',
        says: 'Under “Applications” of your own settings. For a desktop app, clear “Confidential”: PKCE then needs no secret.',
      },
      {
        label: 'Redirect',
        says: 'Plain http is accepted for development. Redirects are compared exactly, also when tokens are refreshed: use the same one.',
      },
      {
        label: 'Refresh tokens',
        says: 'They are issued with every code grant and can be used once: a refresh invalidates both old tokens.',
      },
      { label: 'Access tokens', says: 'Opaque, two hours.' },
    ],
    scope: 'openid profile read_user',
    redirectKind: 'custom-scheme',
    clientAuthentication: 'none',
    documentation: 'https://docs.gitlab.com/api/oauth2/',
    sources: [
      'github.com/gitlabhq/gitlabhq doc/api/oauth2.md (PKCE without secret, http redirects, rotation, expires_in 7200)',
    ],
  },
]
