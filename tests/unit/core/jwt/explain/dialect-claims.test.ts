import { describe, expect, it } from 'vitest'
import { explainClaims } from '../../../../../src/core/jwt/explain/claim-views.ts'
import { dialectOf, elsewhere } from '../../../../../src/core/jwt/explain/dialects.ts'
import type { Shape } from '../../../../../src/core/jwt/explain/explain-types.ts'
import { now } from '../sample.ts'

type Members = Record<string, unknown>
type Judged = 'text' | 'list' | 'scope' | 'number' | 'json' | 'any'
interface Provider {
  called: string
  source: string
  /** What a token says that is from there. */
  told: Members
  /** Names by shape. */
  names: Partial<Record<Judged, string>>
}
const values = { text: 'x', list: ['x'], scope: 'x', number: 1, json: {}, any: 7 } satisfies Partial<
  Record<Shape, unknown>
>
const wrong: Record<Judged, [value: unknown, attention: string | undefined]> = {
  text: [7, 'Should be text, but is a number.'],
  list: ['x', 'Should be a list, but is a string.'],
  scope: [7, 'Should be text with spaces between the scopes, but is a number.'],
  number: ['x', 'Should be a number, but is a string.'],
  json: ['x', 'Should be an object or a list, but is a string.'],
  any: [{}, undefined],
}
const pipeline = 'ref ref_type environment sha runner_environment'

const providers: Provider[] = [
  {
    called: 'Microsoft Entra ID',
    source: 'Microsoft identity platform: token claims',
    told: { iss: 'https://sts.windows.net/t/' },
    names: {
      text: `sub tid oid upn unique_name ver appid app_displayname appidacr azpacr idp idtyp ipaddr deviceid onprem_sid
        puid pwd_url platf tenant_ctry tenant_region_scope vnet fwd ctry login_hint xms_pdl xms_pl xms_tpl xms_mirid
        tfp aio uti rh`,
      scope: 'scp',
      list: 'roles wids groups acrs xms_cc',
      number: 'acct',
      any: `hasgroups in_corp pwd_exp verified_primary_email verified_secondary_email xms_edov xms_tcdt xms_idrel xms_ftd
        xms_st xms_act_fct xms_sub_fct xms_spcu signin_state e_exp`,
    },
  },
  {
    called: 'GitHub Actions',
    source: 'GitHub Actions: OpenID Connect',
    told: { iss: 'https://token.actions.githubusercontent.com' },
    names: {
      text: `sub actor actor_id repository repository_id repository_owner repository_owner_id repository_visibility
        workflow workflow_ref workflow_sha job_workflow_ref job_workflow_sha event_name run_id run_number run_attempt
        head_ref base_ref enterprise enterprise_id check_run_id ${pipeline}`,
      any: 'ref_protected',
    },
  },
  {
    called: 'GitLab CI/CD',
    source: 'GitLab CI/CD: ID tokens',
    told: { pipeline_id: 1, project_path: 'a/b' },
    names: {
      text: `sub namespace_path project_path project_visibility user_login user_email user_access_level pipeline_source
        job_project_path job_namespace_path ref_path ci_config_ref_uri ci_config_sha deployment_tier deployment_action
        ${pipeline}`,
      list: 'groups_direct',
      json: 'user_identities',
      any: `pipeline_id namespace_id project_id user_id job_id job_project_id job_namespace_id runner_id environment_protected
        ref_protected`,
    },
  },
  {
    called: 'Kubernetes',
    source: 'Kubernetes: service account tokens',
    told: { iss: 'kubernetes/serviceaccount' },
    names: {
      text: `sub kubernetes.io/serviceaccount/namespace kubernetes.io/serviceaccount/secret.name
        kubernetes.io/serviceaccount/service-account.name kubernetes.io/serviceaccount/service-account.uid`,
      json: 'kubernetes.io',
    },
  },
  {
    called: 'AWS STS',
    source: 'AWS IAM: outbound identity federation',
    told: { iss: 'https://sts.amazonaws.com' },
    names: { text: 'sub', json: 'https://sts.amazonaws.com/ https://aws.amazon.com/tags' },
  },
  {
    called: 'Amazon Cognito',
    source: 'Amazon Cognito: tokens',
    told: { iss: 'https://cognito-idp.eu-west-1.amazonaws.com/p' },
    names: {
      text: `sub token_use username cognito:username cognito:preferred_role origin_jti event_id device_key`,
      list: 'cognito:groups cognito:roles',
      json: 'identities',
      any: 'version',
    },
  },
  {
    called: 'Firebase',
    source: 'Firebase Authentication: ID tokens',
    told: { iss: 'https://securetoken.google.com/p' },
    names: { text: 'sub user_id', json: 'firebase' },
  },
  {
    called: 'Google',
    source: 'Google: OpenID Connect',
    told: { iss: 'https://accounts.google.com' },
    names: { text: 'sub hd' },
  },
  {
    called: 'Apple',
    source: 'Sign in with Apple: identity token',
    told: { iss: 'https://appleid.apple.com' },
    names: {
      text: 'sub transfer_sub',
      number: 'real_user_status',
      any: 'email_verified is_private_email nonce_supported',
    },
  },
  {
    called: 'Auth0',
    source: 'Auth0: token claims',
    told: { iss: 'https://a.eu.auth0.com/' },
    names: { text: 'sub gty org_id org_name sid', list: 'permissions' },
  },
  {
    called: 'Keycloak',
    source: 'Keycloak',
    told: { iss: 'https://id.example/realms/a' },
    names: {
      text: 'sub session_state typ client_host clientHost clientAddress',
      list: 'allowed-origins',
      json: 'realm_access resource_access trusted-certs authorization',
      any: 'organization',
    },
  },
  {
    called: 'Okta',
    source: 'Okta: token claims',
    told: { iss: 'https://a.okta.com' },
    names: { text: 'sub cid uid idp', scope: 'scp', any: 'ver' },
  },
  {
    called: 'Ping Identity',
    source: 'PingOne: token claims',
    told: { iss: 'https://auth.pingone.eu/e/as' },
    names: { text: 'sub env org p1.rid p1.region p1.userId pi.sri pi.flow agid' },
  },
  {
    called: 'ForgeRock',
    source: 'ForgeRock AM (PingAM): OAuth 2.0 tokens',
    told: { iss: 'https://id.example/am/oauth2' },
    names: {
      text: `sub subname auditTrackingId cts tokenName tokenType token_type authGrantId grant_type realm
        org.forgerock.openidconnect.ops`,
      any: 'authLevel expires_in',
    },
  },
  {
    called: 'Salesforce',
    source: 'Salesforce: OpenID Connect tokens',
    told: { iss: 'https://login.salesforce.com' },
    names: {
      text: 'sub user_id organization_id preferred_username mty sfi sfdc_community_url',
      json: 'custom_attributes custom_permissions',
    },
  },
]

function view(claims: Members, name: string) {
  return explainClaims(claims, { now }).find((each) => each.name === name)
}

describe.each(providers)('$called', ({ called, source, told, names }) => {
  const rows = Object.entries(names).flatMap(([shape, listed]) =>
    listed
      .trim()
      .split(/\s+/)
      .map((name) => [name, shape as Judged] as const),
  )
  it('is known by its tokens', () => {
    expect(dialectOf(told)?.called).toBe(called)
  })
  it.each(rows)('%s is %s', (name, shape) => {
    const right = view({ ...told, [name]: values[shape] }, name)
    expect(right?.source).toBe(source)
    expect(right?.says).not.toMatch(/^Private|cannot be interpreted/)
    expect(right?.attention).toBeUndefined()
    const [value, attention] = wrong[shape]
    expect(view({ ...told, [name]: value }, name)?.attention).toBe(attention)
  })
  it('has no further claims of its own', () => {
    const known = new Set([...rows.map(([name]) => name), ...Object.keys(told)])
    expect(Object.keys(dialectOf(told)?.claims ?? {}).filter((name) => !known.has(name))).toEqual([])
  })
})

describe('a provider is known', () => {
  it.each<[string, Members]>([
    ...[
      'https://login.microsoftonline.com/t/v2.0',
      'https://login.microsoftonline.us/t/',
      'https://login.partner.microsoftonline.cn/t/',
      'https://login.windows.net/t/',
      'https://sts.windows.net/t/',
      'https://sts.chinacloudapi.cn/t/',
      'https://my-tenant.b2clogin.com/t/',
      'https://t.ciamlogin.com/t/',
    ].map((iss): [string, Members] => ['Microsoft Entra ID', { iss }]),
    ['GitHub Actions', { iss: 'https://token.actions.githubusercontent.com/a' }],
    ['GitHub Actions', { iss: 'https://ghe.example.com/_services/token' }],
    ['GitLab CI/CD', { pipeline_id: 1, namespace_path: 'a' }],
    ['Kubernetes', { 'kubernetes.io': {} }],
    ['AWS STS', { 'https://sts.amazonaws.com/': {} }],
    ['AWS STS', { iss: 'https://abc.tokens.sts.global.api.aws' }],
    ['AWS STS', { iss: 'https://sts.eu-west-1.amazonaws.com' }],
    ['Google', { iss: 'accounts.google.com' }],
    ['Auth0', { gty: 'password' }],
    ['Keycloak', { iss: 'https://id.example/auth/realms/a/' }],
    ['Okta', { iss: 'https://a.oktapreview.com/oauth2/default' }],
    ['Okta', { iss: 'https://a.okta-emea.com' }],
    ['Okta', { iss: 'https://login.example/oauth2/default', cid: 'c' }],
    ['Okta', { iss: 'https://login.example/oauth2', cid: 'c' }],
    ...['com', 'ca', 'eu', 'asia', 'com.au', 'sg'].map((end): [string, Members] => [
      'Ping Identity',
      { iss: `https://auth.pingone.${end}/e/as` },
    ]),
    ['Ping Identity', { iss: 'https://sso.pingidentity.com' }],
    ['Ping Identity', { iss: 'https://sso.pingidentity.com/a' }],
    ['Ping Identity', { 'pi.sri': 's' }],
    ['Ping Identity', { 'p1.rid': 'r' }],
    ['ForgeRock', { iss: 'https://id.example/OpenAM/oauth2/realms' }],
    ['ForgeRock', { iss: 'https://id.example/sso/oauth2' }],
    ['ForgeRock', { auditTrackingId: 'a' }],
    ['ForgeRock', { tokenName: 'id_token' }],
    ['Salesforce', { iss: 'https://test.salesforce.com' }],
    ['Salesforce', { iss: 'https://a.b.my.salesforce.com' }],
    ['Salesforce', { iss: 'https://a.my.site.com/shop' }],
    ['Salesforce', { iss: 'https://a.my.site.com' }],
  ])('as %s by %j', (called, claims) => {
    expect(dialectOf(claims)?.called).toBe(called)
  })
  it.each<Members>([
    {},
    { iss: 7 },
    { iss: 'http://sts.windows.net/t/' },
    { iss: 'https://x.example/https://sts.windows.net/t/' },
    { iss: 'https://sts.windows.net' },
    { iss: 'https://x.example/https://token.actions.githubusercontent.com' },
    { iss: 'https://token.actions.githubusercontent.com.example' },
    { iss: 'https://x.example/a b/_services/token' },
    { iss: 'https://x.example/_services/token/a' },
    { pipeline_id: 1 },
    { project_path: 'a', namespace_path: 'a' },
    { 'kubernetes.io': 'text' },
    { 'https://sts.amazonaws.com/': 'text' },
    { iss: 'x https://sts.amazonaws.com' },
    { iss: 'x https://cognito-idp.eu.amazonaws.com' },
    { iss: 'x https://securetoken.google.com/' },
    { iss: 'x.accounts.google.com' },
    { iss: 'accounts.google.com.example' },
    { iss: 'https://appleid.apple.com/a' },
    { iss: 'x https://a.auth0.com/' },
    { iss: 'https://a.auth0.com/x' },
    { iss: 'https://id.example/realms/' },
    { iss: 'https://id.example/realms/a/b' },
    { iss: 'x https://a.okta.com' },
    { iss: 'https://a.okta.community' },
    { iss: 'https://login.example/oauth2/default' },
    { iss: 'https://login.example/oauth2/a/b', cid: 'c' },
    { cid: 'c' },
    { iss: 'x https://auth.pingone.eu/' },
    { iss: 'https://auth.pingone.eu.example/' },
    { iss: 'https://auth.pingone.example/' },
    { iss: 'x https://sso.pingidentity.com' },
    { iss: 'https://sso.pingidentity.community' },
    { iss: 'https://id.example/am/oauth2x' },
    { iss: 'x https://login.salesforce.com' },
    { iss: 'https://login.salesforce.com.example' },
    { iss: 'https://a.my.salesforce.com.example' },
    { iss: 'https://a.my.site.com.example' },
    { iss: 'https://sts.amazonaws.com.example' },
    { iss: 'https://a.tokens.sts.global.api.aws.example' },
    { iss: 'https://cognito-idp.eu.amazonaws.com.example/p' },
    { iss: 'x https://a.my.salesforce.com' },
    { iss: 'x https://a.my.site.com' },
  ])('by no more than its own words: %j is nobody’s', (claims) => {
    expect(dialectOf(claims)).toBeUndefined()
  })
  it('by an issuer of ordinary length', () => {
    const iss = (length: number) => `https://sts.windows.net/${'x'.repeat(length - 24)}`
    expect(dialectOf({ iss: iss(2_000) })).toBeDefined()
    expect(dialectOf({ iss: iss(2_001) })).toBeUndefined()
  })
})

describe('elsewhere', () => {
  it('a claim means what it does at three providers at most', () => {
    expect(elsewhere('tid')).toMatchObject({ shape: 'any', source: providers[0]?.source })
    expect(
      elsewhere('sub')
        ?.says.toString()
        .match(/at [\w/ ]+ “/g),
    ).toHaveLength(3)
    expect(elsewhere('appidacr')?.says).toBe(
      'Private to this issuer. Elsewhere: at Microsoft Entra ID a claim of its own.',
    )
    expect(elsewhere('ref')?.source).toBe('GitHub Actions: OpenID Connect; GitLab CI/CD: ID tokens')
  })
  it('an unknown one means nothing', () => {
    expect(elsewhere('nobody-knows')).toBeUndefined()
    expect(elsewhere('constructor')).toBeUndefined()
  })
})

describe('what is said depends on the token', () => {
  const entra = { iss: 'https://sts.windows.net/t/' }
  const cognito = { iss: 'https://cognito-idp.eu-west-1.amazonaws.com/p' }
  const apple = { iss: 'https://appleid.apple.com' }
  const okta = { iss: 'https://a.okta.com' }
  const keycloak = { iss: 'https://id.example/realms/a' }
  it.each<[string, Members, RegExp]>([
    ['sub', { ...entra, sub: 's', oid: 's' }, /^The app itself/],
    ['sub', { ...entra, sub: 's', oid: 's', scp: 'a' }, /^The account/],
    ['sub', { ...entra, sub: 's', oid: 'o' }, /^The account/],
    ['sub', { ...entra, sub: 's' }, /^The account/],
    ['oid', { ...entra, sub: 's', oid: 's' }, /service principal/],
    ['oid', { ...entra, sub: 's', oid: 'o' }, /Id of the account/],
    ['roles', { ...entra, idtyp: 'app', roles: ['a'] }, /^Application permissions/],
    ['roles', { ...entra, idtyp: 'user', roles: ['a'] }, /^App roles/],
    ['idtyp', { ...entra, idtyp: 'app' }, /without a user/],
    ['idtyp', { ...entra, idtyp: 'user' }, /A user signed in/],
    ['appidacr', { ...entra, appidacr: '0' }, /public/],
    ['azpacr', { ...entra, azpacr: '1' }, /secret/],
    ['azpacr', { ...entra, azpacr: '2' }, /certificate/],
    ['azpacr', { ...entra, azpacr: '3' }, /^How the client/],
    ['acct', { ...entra, acct: 1 }, /guest/],
    ['acct', { ...entra, acct: 0 }, /member/],
    ['sub', { ...cognito, sub: 'c', client_id: 'c' }, /^The client itself/],
    ['sub', { ...cognito, sub: 's', client_id: 'c' }, /^The account/],
    ['email_verified', { ...apple, email_verified: true }, /has verified/],
    ['email_verified', { ...apple, email_verified: 'false' }, /^Not verified/],
    ['is_private_email', { ...apple, is_private_email: 'true' }, /relay/],
    ['is_private_email', { ...apple, is_private_email: false }, /user’s own/],
    ['sub', { iss: 'https://a.auth0.com/', sub: 'auth0|1' }, /^The user/],
    ['sub', { iss: 'https://a.auth0.com/', sub: 'a@clients.example' }, /^The user/],
    ['sub', { ...okta, sub: 'c', cid: 'c' }, /^The application itself/],
    ['sub', { ...okta, sub: 's', cid: 'c' }, /^The login/],
    ['sub', { ...okta, sub: 's', uid: 'u' }, /^The login/],
    ['sub', { ...okta, sub: 's' }, /stable id\.$/],
    ['typ', { ...keycloak, typ: 'ID' }, /an ID token/],
    ['typ', { ...keycloak, typ: 'Bearer' }, /a Bearer token/],
  ])('%s of %j', (name, claims, says) => {
    expect(view(claims, name)?.says).toMatch(says)
  })
})
