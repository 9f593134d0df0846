import { explainClient, explainScope } from './claims-registered.ts'
import type { NameRules } from './explain-types.ts'

const entra = 'Microsoft identity platform: token claims'
const keycloak = 'Keycloak'
const auth0 = 'Auth0: token claims'
const cognito = 'Amazon Cognito: tokens'
const okta = 'Okta: token claims'
const google = 'Google: OpenID Connect'

/** Claims that common providers add; not registered, so another provider may mean something else. */
export const vendorClaims: NameRules = {
  scp: { shape: 'scope', source: `${entra}; ${okta}`, says: explainScope },
  tid: { shape: 'text', source: entra, says: 'The tenant (directory) of the account.' },
  oid: { shape: 'text', source: entra, says: 'Id of the account, the same for all apps of the tenant.' },
  upn: {
    shape: 'text',
    source: entra,
    says: 'Sign-in name of the account; it may change, so do not use it as a key.',
  },
  unique_name: { shape: 'text', source: entra, says: 'A name to show; it is not unique over time.' },
  ver: { shape: 'text', source: entra, says: (value) => `Token format version ${String(value)}.` },
  appid: { shape: 'text', source: entra, says: explainClient },
  appidacr: { shape: 'text', source: entra, says: (value) => clientProof(value) },
  azpacr: { shape: 'text', source: entra, says: (value) => clientProof(value) },
  idp: {
    shape: 'text',
    source: `${entra}; ${okta}`,
    says: 'The identity provider where the user signed in.',
  },
  idtyp: {
    shape: 'text',
    source: entra,
    says: (value) => (value === 'app' ? 'An app without a user.' : 'A user signed in to an app.'),
  },
  wids: { shape: 'list', source: entra, says: 'Directory roles of the account, by template id.' },
  hasgroups: {
    shape: 'boolean',
    source: entra,
    says: 'There are too many groups for the token; they must be requested separately.',
  },
  aio: { shape: 'text', source: entra, says: "Microsoft's own use; nothing to read." },
  uti: { shape: 'text', source: entra, says: 'A unique id for this token, like jti.' },
  rh: { shape: 'text', source: entra, says: "Microsoft's own use; nothing to read." },
  realm_access: { shape: 'json', source: keycloak, says: 'Roles of the account in the whole realm.' },
  resource_access: { shape: 'json', source: keycloak, says: 'Roles of the account for single clients.' },
  session_state: { shape: 'text', source: keycloak, says: 'The session at the provider.' },
  'allowed-origins': { shape: 'list', source: keycloak, says: 'Web origins from which the client may call.' },
  typ: { shape: 'text', source: keycloak, says: (value) => `Keycloak calls this a ${String(value)} token.` },
  gty: { shape: 'text', source: auth0, says: (value) => `The grant that made the token: ${String(value)}.` },
  permissions: { shape: 'list', source: auth0, says: 'Individual permissions of the account at this API.' },
  org_id: { shape: 'text', source: auth0, says: 'The organisation of the sign-in.' },
  org_name: { shape: 'text', source: auth0, says: 'Name of the organisation.' },
  token_use: {
    shape: 'text',
    source: cognito,
    says: (value) => `Cognito calls this an ${String(value)} token.`,
  },
  'cognito:username': { shape: 'text', source: cognito, says: 'Username in the pool.' },
  'cognito:groups': { shape: 'list', source: cognito, says: 'Groups of the account in the pool.' },
  origin_jti: {
    shape: 'text',
    source: cognito,
    says: 'Names the sign-in; all its tokens share it, for revocation.',
  },
  event_id: { shape: 'text', source: cognito, says: 'Names the sign-in in the logs of the pool.' },
  cid: { shape: 'text', source: okta, says: explainClient },
  uid: { shape: 'text', source: okta, says: "Okta's id of the account." },
  hd: { shape: 'text', source: google, says: 'The Workspace domain of the account.' },
}

function clientProof(value: unknown): string {
  if (value === '0') return 'The client is public: it did not authenticate.'
  if (value === '1') return 'The client authenticated with a secret.'
  return value === '2' ? 'The client authenticated with a certificate.' : 'How the client authenticated.'
}
