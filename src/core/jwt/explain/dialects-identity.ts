import { explainClient, explainScope } from './claims-registered.ts'
import { dialect, issuerLike, type Dialect } from './dialect-rows.ts'
import { entraDialect } from './dialect-entra.ts'
import type { JsonObject } from '../text/json-object.ts'

/** Issuers of tokens for people and their apps. */
export const identityDialects: readonly Dialect[] = [
  entraDialect,
  dialect(
    'Firebase',
    'Firebase Authentication: ID tokens',
    issuerLike(/^https:\/\/securetoken\.google\.com\//),
    [
      ['sub', 'text', 'The Firebase user id (uid).'],
      ['user_id', 'text', 'The Firebase user id, the same as sub.'],
      ['firebase', 'json', 'How the user signed in, and the identities of the account.'],
    ],
  ),
  dialect('Google', 'Google: OpenID Connect', issuerLike(/^(?:https:\/\/)?accounts\.google\.com$/), [
    ['sub', 'text', 'The Google account: an id that never changes and is never reused.'],
    ['hd', 'text', 'The Workspace domain of the account.'],
  ]),
  dialect('Apple', 'Sign in with Apple: identity token', issuerLike(/^https:\/\/appleid\.apple\.com$/), [
    ['sub', 'text', 'The Apple account, by an id that only this developer team sees.'],
    [
      'email_verified',
      'any',
      (value) => yes(value, 'Apple has verified the email address.', 'Not verified.'),
    ],
    [
      'is_private_email',
      'any',
      (value) => yes(value, 'The email address is a relay of Apple.', 'The email address is the user’s own.'),
    ],
    ['real_user_status', 'number', 'How likely the user is a person: 0 unsupported, 1 unknown, 2 likely.'],
    ['nonce_supported', 'any', 'Whether the platform supports a nonce.'],
    ['transfer_sub', 'text', 'The id of the account at the team that the app was transferred from.'],
  ]),
  dialect(
    'Auth0',
    'Auth0: token claims',
    (claims) => issuerLike(/^https:\/\/[\w.-]+\.auth0\.com\/$/)(claims) || 'gty' in claims,
    [
      ['sub', 'text', auth0Subject],
      ['gty', 'text', (value) => `The grant that made the token: ${String(value)}.`],
      ['permissions', 'list', 'Individual permissions of the account at this API.'],
      ['org_id', 'text', 'The organization of the sign-in.'],
      ['org_name', 'text', 'Name of the organization.'],
      ['sid', 'text', 'The session at Auth0.'],
    ],
  ),
  dialect('Keycloak', 'Keycloak', issuerLike(/\/realms\/[^/]+\/?$/), [
    ['sub', 'text', 'The user, by an id of the realm; of a client’s own token its service account.'],
    ['realm_access', 'json', 'Roles of the account in the whole realm.'],
    ['resource_access', 'json', 'Roles of the account for single clients.'],
    ['session_state', 'text', 'The session at the provider.'],
    ['allowed-origins', 'list', 'Web origins from which the client may call.'],
    ['typ', 'text', (value) => `Keycloak calls this ${article(String(value))} token.`],
    ['client_host', 'text', 'Where the client called from.'],
    ['clientHost', 'text', 'Where the client called from.'],
    ['clientAddress', 'text', 'Address that the client called from.'],
    ['trusted-certs', 'json', 'Certificates that the client may use.'],
    ['authorization', 'json', 'Permissions that UMA granted.'],
    ['organization', 'any', 'Organizations of the account.'],
  ]),
  dialect(
    'Okta',
    'Okta: token claims',
    (claims) =>
      issuerLike(/^https:\/\/[\w.-]+\.(?:okta|oktapreview|okta-emea)\.com(?:\/|$)/)(claims) ||
      (issuerLike(/\/oauth2(?:\/[\w-]+)?$/)(claims) && 'cid' in claims),
    [
      ['sub', 'text', oktaSubject],
      ['ver', 'any', (value) => `Version ${String(value)} of the token format.`],
      ['scp', 'scope', explainScope],
      ['cid', 'text', explainClient],
      ['uid', 'text', 'Okta’s id of the account; it never changes.'],
      ['idp', 'text', 'The identity provider where the user signed in.'],
    ],
  ),
  dialect(
    'Ping Identity',
    'PingOne: token claims',
    (claims) =>
      issuerLike(
        /^https:\/\/auth\.pingone\.(?:com|ca|eu|asia|com\.au|sg)\/|^https:\/\/[\w.-]+\.pingidentity\.com(?:\/|$)/,
      )(claims) ||
      'pi.sri' in claims ||
      'p1.rid' in claims,
    [
      ['sub', 'text', 'The user in the environment; of a worker’s own token its application.'],
      ['env', 'text', 'The PingOne environment.'],
      ['org', 'text', 'The PingOne organization.'],
      ['p1.rid', 'text', 'Names the request in PingOne’s logs.'],
      ['p1.region', 'text', 'The region of the environment.'],
      ['p1.userId', 'text', 'PingOne’s id of the user.'],
      ['pi.sri', 'text', 'The session at PingFederate; revoking it revokes the token.'],
      ['pi.flow', 'text', 'The sign-in flow.'],
      ['agid', 'text', 'The access grant that the token is from.'],
    ],
  ),
  dialect(
    'ForgeRock',
    'ForgeRock AM (PingAM): OAuth 2.0 tokens',
    (claims) =>
      issuerLike(/\/(?:am|openam|sso)\/oauth2(?:\/|$)/i)(claims) ||
      'auditTrackingId' in claims ||
      'tokenName' in claims,
    [
      ['sub', 'text', 'The login, or the id, of the user; of a client’s own token its client id.'],
      ['subname', 'text', 'The login of the user.'],
      ['auditTrackingId', 'text', 'Names the token in the audit log.'],
      ['cts', 'text', 'How the token is stored at its issuer.'],
      ['tokenName', 'text', (value) => `ForgeRock calls this ${article(String(value))}.`],
      ['tokenType', 'text', 'The type of the token.'],
      ['token_type', 'text', 'The type of the token.'],
      ['authGrantId', 'text', 'The grant that the token is from.'],
      ['grant_type', 'text', (value) => `The grant that made the token: ${String(value)}.`],
      ['authLevel', 'any', 'How strong the sign-in was; higher is stronger.'],
      ['realm', 'text', 'The realm of the account.'],
      ['expires_in', 'any', 'How long the token is valid after issue.'],
      ['org.forgerock.openidconnect.ops', 'text', 'The session that a logout ends.'],
    ],
  ),
  dialect(
    'Salesforce',
    'Salesforce: OpenID Connect tokens',
    issuerLike(/^https:\/\/(?:(?:login|test)\.salesforce|[\w.-]+\.my\.(?:salesforce|site))\.com(?:\/|$)/),
    [
      ['sub', 'text', 'The user, by the address of their identity: organization id and user id.'],
      ['user_id', 'text', 'The Salesforce user.'],
      ['organization_id', 'text', 'The Salesforce organization.'],
      ['preferred_username', 'text', 'The username in Salesforce.'],
      ['custom_attributes', 'json', 'Attributes that the connected app adds.'],
      ['custom_permissions', 'json', 'Permissions that the connected app adds.'],
      ['mty', 'text', 'Type of the token.'],
      ['sfi', 'text', 'For internal use by Salesforce.'],
      ['sfdc_community_url', 'text', 'The Experience Cloud site.'],
    ],
  ),
]

function yes(value: unknown, says: string, otherwise: string): string {
  return value === true || value === 'true' ? says : otherwise
}

function article(word: string): string {
  return `${/^[aeiou]/i.test(word) ? 'an' : 'a'} ${word}`
}

function auth0Subject(value: unknown): string {
  return String(value).endsWith('@clients')
    ? 'The application itself: no user is behind this token.'
    : 'The user: the connection they signed in through, and their id there.'
}

function oktaSubject(value: unknown, _context: unknown, claims: JsonObject): string {
  if (value === claims['cid']) return 'The application itself: no user is behind this token.'
  return 'uid' in claims || 'cid' in claims
    ? 'The login of the user at Okta; it may change. The stable id is uid.'
    : 'The user, by Okta’s stable id.'
}
