import { explainClient, explainScope } from './claims-registered.ts'
import { dialect, issuerLike, type DialectRow } from './dialect-rows.ts'
import { member, type JsonObject } from '../text/json-object.ts'

const source = 'Microsoft identity platform: token claims'

const rows: readonly DialectRow[] = [
  ['sub', 'text', subject],
  ['scp', 'scope', explainScope],
  ['roles', 'list', roles],
  ['tid', 'text', 'The tenant (directory) of the account.'],
  ['oid', 'text', objectId],
  ['upn', 'text', 'Sign-in name of the account; it may change, so do not use it as a key.'],
  ['unique_name', 'text', 'A name to show; it is not unique over time.'],
  [
    'ver',
    'text',
    (value) => `Version ${String(value)} of the token format; the API’s registration chooses it.`,
  ],
  ['appid', 'text', explainClient],
  ['app_displayname', 'text', 'The name of the app that requested the token.'],
  ['appidacr', 'text', clientProof],
  ['azpacr', 'text', clientProof],
  ['idp', 'text', 'Where the user signed in, if that is not the tenant itself.'],
  ['idtyp', 'text', (value) => (value === 'app' ? 'An app without a user.' : 'A user signed in to an app.')],
  ['wids', 'list', 'Directory roles of the account, by template id.'],
  ['hasgroups', 'any', 'There are too many groups for the token; they must be requested separately.'],
  ['groups', 'list', 'Groups of the account, by object id.'],
  ['ipaddr', 'text', 'The address that the user signed in from.'],
  ['in_corp', 'any', 'The user signed in from the organization’s network.'],
  ['deviceid', 'text', 'The device that the user signed in on.'],
  ['onprem_sid', 'text', 'The account’s id in the on-premises directory.'],
  ['puid', 'text', 'For internal use by Microsoft.'],
  ['pwd_exp', 'any', 'Seconds until the password expires.'],
  ['pwd_url', 'text', 'Where the password can be changed.'],
  ['platf', 'text', 'The operating system of the device.'],
  ['tenant_ctry', 'text', 'The country of the tenant.'],
  ['tenant_region_scope', 'text', 'The region of the tenant.'],
  ['verified_primary_email', 'any', 'Verified email addresses of the account.'],
  ['verified_secondary_email', 'any', 'Further verified email addresses.'],
  ['vnet', 'text', 'The virtual network that the request came from.'],
  ['fwd', 'text', 'The address of the original client.'],
  ['ctry', 'text', 'The country of the account.'],
  ['acct', 'number', (value) => (value === 1 ? 'A guest of the tenant.' : 'A member of the tenant.')],
  ['acrs', 'list', 'Authentication contexts that were met.'],
  ['login_hint', 'text', 'A hint to sign in, or out, the same account.'],
  ['xms_cc', 'list', 'What the client can do, such as handle claims challenges.'],
  ['xms_edov', 'any', 'Whether the owner of the email’s domain was verified.'],
  ['xms_pdl', 'text', 'The preferred data location.'],
  ['xms_pl', 'text', 'The preferred language of the user.'],
  ['xms_tpl', 'text', 'The preferred language of the tenant.'],
  ['xms_mirid', 'text', 'The managed identity, by its address in Azure.'],
  ['tfp', 'text', 'The user flow (B2C) of the sign-in.'],
  ['aio', 'text', 'For internal use by Microsoft.'],
  ['uti', 'text', 'A unique id for this token, like jti.'],
  ['rh', 'text', 'For internal use by Microsoft.'],
  ...[
    'xms_tcdt',
    'xms_idrel',
    'xms_ftd',
    'xms_st',
    'xms_act_fct',
    'xms_sub_fct',
    'xms_spcu',
    'signin_state',
    'e_exp',
  ].map((name): DialectRow => [name, 'any', 'For internal use by Microsoft.']),
]

/** Microsoft Entra ID: versions 1 and 2, workforce, external and B2C tenants. */
export const entraDialect = dialect(
  'Microsoft Entra ID',
  source,
  issuerLike(
    /^https:\/\/(?:login\.(?:microsoftonline\.(?:com|us)|partner\.microsoftonline\.cn|windows\.net)|sts\.windows\.net|sts\.chinacloudapi\.cn|[\w-]+\.(?:b2clogin|ciamlogin)\.com)\//,
  ),
  rows,
)

function isApp(claims: JsonObject): boolean {
  return (
    member(claims, 'idtyp') === 'app' ||
    (member(claims, 'scp') === undefined &&
      member(claims, 'oid') !== undefined &&
      member(claims, 'oid') === member(claims, 'sub'))
  )
}

function subject(_value: unknown, _context: unknown, claims: JsonObject): string {
  return isApp(claims)
    ? 'The app itself (its service principal): no user is behind this token.'
    : 'The account, by an id that only this app sees; oid is the same for all apps of the tenant.'
}

function objectId(_value: unknown, _context: unknown, claims: JsonObject): string {
  return isApp(claims)
    ? 'Id of the app’s service principal in the tenant.'
    : 'Id of the account, the same for all apps of the tenant.'
}

function roles(_value: unknown, _context: unknown, claims: JsonObject): string {
  return isApp(claims)
    ? 'Application permissions of the app.'
    : 'App roles of the account; the API decides what they allow.'
}

function clientProof(value: unknown): string {
  if (value === '0') return 'The client is public: it did not authenticate.'
  if (value === '1') return 'The client authenticated with a secret.'
  return value === '2' ? 'The client authenticated with a certificate.' : 'How the client authenticated.'
}
