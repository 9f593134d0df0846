import { now, seconds } from '../sample.ts'

type Json = Record<string, unknown>
/** A sound token: who makes it, its header, its claims, the kind that it should be taken for. */
export interface SoundToken {
  from: string
  kind: string
  header: Json
  claims: Json
}

const life = { iat: seconds - 60, nbf: seconds - 60, exp: seconds + 3_540 }
const rs = { alg: 'RS256', typ: 'JWT', kid: 'key-1' }
const guid = '11111111-2222-4333-8444-555555555555'
const tenant = '99999999-8888-4777-8666-555555555555'
const logoutEvent = { 'http://schemas.openid.net/event/backchannel-logout': {} }
const jwk = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
}

function token(from: string, kind: string, claims: Json, header: Json = rs): SoundToken {
  return { from, kind, header, claims: { ...life, ...claims } }
}

function without(names: string[], { claims, ...rest }: SoundToken): SoundToken {
  const kept = Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name)))
  return { ...rest, claims: kept }
}

const v2 = `https://login.microsoftonline.com/${tenant}/v2.0`
const v1 = `https://sts.windows.net/${tenant}/`
const entra = { tid: tenant, oid: guid, aio: 'ATQAy', rh: '0.AX', uti: 'abc', xms_ftd: 'x' }
const keycloak = 'https://sso.example/realms/shop'
const cognito = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc'
const okta = 'https://dev-1.okta.com/oauth2/default'

/** About 60 sound tokens, of 12 kinds and 14 vendors, as their makers document them; one a line. */
// prettier-ignore
export const soundTokens: SoundToken[] = [
  token('plain', 'plain', { user_id: 42 }, { alg: 'HS256', typ: 'JWT' }),
  without(['iat', 'nbf'], token('plain', 'plain', { user_id: 42 }, { alg: 'HS256' })),
  without(['iat', 'nbf', 'exp'], token('plain', 'plain', { user_id: 42 }, { alg: 'HS256', typ: 'JWT' })),
  token('plain', 'plain', { sub: '1234567890', name: 'John Doe', admin: true }, { alg: 'HS256', typ: 'JWT' }),
  token('plain', 'plain', { sub: 'x', data: { deep: [{ deeper: [1, [2]] }] }, aud: ['a', 'b'] }),
  token('plain', 'plain', { iss: 'joe', 'http://example.com/is_root': true }, { alg: 'HS256', typ: 'JWT' }),
  token('RFC 9068', 'access', { iss: 'https://id.example/', sub: '5ba552d67', aud: 'https://rs.example/', client_id: 's6BhdRkqt3_', jti: 'dbe39bf3a3ba4238a513f51d6e1691c4', scope: 'openid profile' }, { alg: 'RS256', typ: 'at+jwt', kid: 'RjEwOwOA' }),
  token('RFC 9068', 'access', { iss: 'https://id.example/', sub: 'svc', aud: ['https://rs.example/'], client_id: 'svc', jti: '1', roles: ['a'], groups: ['b'], entitlements: ['c'] }, { alg: 'ES256', typ: 'application/at+jwt', kid: '1' }),
  token('RFC 8705', 'access', { iss: 'https://id.example', sub: 'a', aud: 'api', client_id: 'c', jti: '1', scope: 'a', cnf: { 'x5t#S256': 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2' } }, { alg: 'PS256', typ: 'at+jwt', kid: '1' }),
  token('RFC 9449', 'access', { iss: 'https://id.example', sub: 'a', aud: 'api', client_id: 'c', jti: '1', scope: 'a', cnf: { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' } }, { alg: 'ES256', typ: 'at+jwt', kid: '1' }),
  token('RFC 8693', 'access', { iss: 'https://id.example', sub: 'a', aud: 'api', scope: 'x', act: { sub: 'b', act: { sub: 'c' } }, may_act: { sub: 'd' } }),
  token('RFC 9396', 'access', { iss: 'https://id.example', sub: 'a', aud: 'api', client_id: 'c', authorization_details: [{ type: 'payment', amount: '1.00' }] }),
  token('OpenID Connect', 'id', { iss: 'https://id.example', sub: 'alice', aud: 'client', nonce: 'n-0S6_WzA2Mj', auth_time: seconds - 70, acr: 'urn:mace:incommon:iap:silver', amr: ['pwd', 'otp'] }),
  token('OpenID Connect', 'id', { iss: 'https://id.example', sub: 'alice', aud: ['client', 'other'], azp: 'client', nonce: 'n', at_hash: 'MTIzNDU2Nzg5MDEyMzQ1Ng', email: 'a@example.com', email_verified: true }),
  token('RFC 9449', 'dpop', { jti: '-BwC3ESc6acc2lTc', htm: 'POST', htu: 'https://server.example.com/token' }, { typ: 'dpop+jwt', alg: 'ES256', jwk }),
  without(['nbf', 'exp'], token('RFC 9449', 'dpop', { jti: 'e1j3V', htm: 'GET', htu: 'https://r.example/p', ath: 'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo' }, { typ: 'dpop+jwt', alg: 'ES256', jwk })),
  token('RFC 7523', 'client_assertion', { iss: 'client', sub: 'client', aud: 'https://id.example/token', jti: '1' }),
  token('RFC 7523', 'client_assertion', { iss: 'client', sub: 'client', aud: 'https://id.example', jti: '1' }, { alg: 'ES256', typ: 'client-authentication+jwt' }),
  token('RFC 9101', 'request_object', { iss: 's6BhdRkqt3', aud: 'https://server.example.com', response_type: 'code', client_id: 's6BhdRkqt3', redirect_uri: 'https://client.example.org/cb', scope: 'openid', state: 'af0ifjsldkj' }, { alg: 'RS256', kid: 'k2bdc', typ: 'oauth-authz-req+jwt' }),
  without(['exp', 'nbf', 'iat'], token('RFC 9101', 'request_object', { response_type: 'code', client_id: 'c', redirect_uri: 'https://c.example/cb', nonce: 'n' })),
  token('JARM', 'authorization_response', { iss: 'https://accounts.example.com', aud: 's6BhdRkqt3', code: 'PyyFaux2o7Q0YfXBU32jhw', state: 'S8NJ7uqk5fY4EjNvP_G_FtyJu6pUsvH9jsYni9dMAJw' }),
  token('JARM', 'authorization_response', { iss: 'https://accounts.example.com', aud: 'c', error: 'access_denied', state: 's' }),
  token('Back-Channel Logout', 'logout', { iss: 'https://server.example.com', sub: '248289761001', aud: 's6BhdRkqt3', jti: 'bWJq', sid: '08a5019c', events: logoutEvent }, { alg: 'RS256', typ: 'logout+jwt', kid: '1' }),
  token('Back-Channel Logout', 'logout', { iss: 'https://server.example.com', aud: 'c', jti: 'b', sid: 's', events: logoutEvent }),
  without(['exp', 'nbf'], token('RFC 8417', 'security_event', { iss: 'https://idp.example.com/', jti: '3d0c3cf797584bd193bd0fb1bd4e7d30', aud: 'https://sp.example.com/', events: { 'https://schemas.openid.net/secevent/risc/event-type/account-disabled': { reason: 'hijacking' } } }, { alg: 'RS256', typ: 'secevent+jwt' })),
  without(['exp', 'nbf'], token('CAEP', 'security_event', { iss: 'https://idp.example.com/', jti: '1', aud: 'x', txn: '8', sub_id: { format: 'email', email: 'a@example.com' }, events: { 'https://schemas.openid.net/secevent/caep/event-type/session-revoked': { event_timestamp: seconds } } }, { alg: 'ES256', typ: 'secevent+jwt', kid: 'x' })),
  without(['exp', 'nbf'], token('RFC 9701', 'introspection', { iss: 'https://as.example.com/', aud: 'https://rs.example.com/resource', token_introspection: { active: true, scope: 'read', client_id: 'c' } }, { alg: 'RS256', typ: 'token-introspection+jwt', kid: 'w' })),
  token('RFC 9901', 'sd_jwt', { iss: 'https://issuer.example.com', _sd: ['CrQe7S5kqBAHt-nMYXgc6bdt2SH5aTY1sU_M-PgkjPI'], _sd_alg: 'sha-256', sub: 'user_42', cnf: { jwk } }, { alg: 'ES256', typ: 'example+sd-jwt' }),
  token('SD-JWT VC', 'sd_jwt', { iss: 'https://issuer.example.com', vct: 'urn:eudi:pid:1', _sd: ['CrQe7S5kqBAHt-nMYXgc6bdt2SH5aTY1sU_M-PgkjPI'], cnf: { jwk } }, { alg: 'ES256', typ: 'dc+sd-jwt', kid: 'x' }),
  without(['exp', 'nbf'], token('RFC 9901', 'key_binding', { nonce: '1234567890', aud: 'https://verifier.example.org', sd_hash: '0_Af-2B-EhLWX5ydh_w2xzwmO6iM66B_2QCEaI4fUY' }, { alg: 'ES256', typ: 'kb+jwt' })),
  token('OpenID Federation', 'plain', { iss: 'https://op.example', sub: 'https://op.example', jwks: { keys: [jwk] }, metadata: { openid_provider: {} }, authority_hints: ['https://ta.example'] }, { alg: 'ES256', typ: 'entity-statement+jwt', kid: '1' }),
  token('Microsoft Entra ID v2', 'access', { ...entra, iss: v2, aud: guid, azp: guid, azpacr: '0', name: 'Alice', preferred_username: 'alice@contoso.com', scp: 'Orders.Read', sub: 'pairwise', ver: '2.0' }),
  token('Microsoft Entra ID v2 app', 'access', { ...entra, iss: v2, aud: guid, azp: guid, azpacr: '1', idtyp: 'app', roles: ['Orders.Read.All'], sub: guid, ver: '2.0' }),
  token('Microsoft Entra ID v2 ID', 'id', { ...entra, iss: v2, aud: guid, name: 'Alice', nonce: 'n', preferred_username: 'alice@contoso.com', sub: 'pairwise', ver: '2.0', login_hint: 'x', acct: 0 }),
  token('Microsoft Entra ID v1', 'access', { ...entra, iss: v1, aud: 'api://orders', acr: '1', amr: ['pwd', 'mfa'], appid: guid, appidacr: '1', family_name: 'A', given_name: 'A', ipaddr: '203.0.113.1', name: 'Alice', scp: 'user_impersonation', sub: 'p', unique_name: 'a@contoso.com', upn: 'a@contoso.com', ver: '1.0', wids: ['b79fbf4d'] }),
  token('Microsoft Entra ID v1 app', 'access', { ...entra, iss: v1, aud: 'https://graph.microsoft.com', app_displayname: 'svc', appid: guid, appidacr: '2', idp: v1, idtyp: 'app', roles: ['User.Read.All'], sub: guid, ver: '1.0', xms_tcdt: 1_600_000_000 }),
  token('Microsoft Entra B2C', 'id', { iss: `https://contoso.b2clogin.com/${tenant}/v2.0/`, aud: guid, sub: guid, nonce: 'n', tfp: 'B2C_1_signin', ver: '1.0', auth_time: seconds - 60, emails: ['a@example.com'] }),
  without(['nbf'], token('Google ID', 'id', { iss: 'https://accounts.google.com', azp: '1.apps.googleusercontent.com', aud: '1.apps.googleusercontent.com', sub: '110169484474386276334', hd: 'example.com', email: 'a@example.com', email_verified: true, at_hash: 'HK6E_P6Dh8Y93mRNtsDB1Q' })),
  without(['nbf'], token('Google service', 'id', { iss: 'accounts.google.com', azp: 'svc@p.iam.gserviceaccount.com', aud: 'https://run.example', sub: '1', email: 'svc@p.iam.gserviceaccount.com', email_verified: true })),
  without(['nbf'], token('Firebase', 'id', { iss: 'https://securetoken.google.com/proj', aud: 'proj', auth_time: seconds - 60, user_id: 'u', sub: 'u', email: 'a@example.com', email_verified: false, firebase: { identities: { email: ['a@example.com'] }, sign_in_provider: 'password' } })),
  without(['nbf'], token('Auth0 access', 'access', { iss: 'https://t.eu.auth0.com/', sub: 'auth0|1', aud: ['https://api', 'https://t.eu.auth0.com/userinfo'], azp: 'c', scope: 'openid', permissions: ['read:orders'] })),
  without(['nbf'], token('Auth0 machine', 'access', { iss: 'https://t.eu.auth0.com/', sub: 'c@clients', aud: 'https://api', azp: 'c', scope: 'x', gty: 'client-credentials' })),
  without(['nbf'], token('Auth0 ID', 'id', { iss: 'https://t.eu.auth0.com/', sub: 'google-oauth2|1', aud: 'c', nonce: 'n', sid: 's', nickname: 'a', updated_at: '2026-11-20T10:00:00.000Z', email_verified: true })),
  without(['nbf'], token('Okta access', 'access', { ver: 1, jti: 'AT.0mP4', iss: okta, aud: 'api://default', cid: 'c', uid: '00u1', scp: ['openid', 'profile'], auth_time: seconds - 60, sub: 'alice@example.com' })),
  without(['nbf'], token('Okta ID', 'id', { sub: '00u1', name: 'A', ver: 1, iss: okta, aud: 'c', jti: 'ID.x', amr: ['pwd'], idp: '00o', nonce: 'n', auth_time: seconds - 60, at_hash: 'x9NVY' })),
  without(['nbf'], token('Keycloak access', 'access', { jti: 'onrtac:1', iss: keycloak, aud: 'account', sub: guid, typ: 'Bearer', azp: 'shop', sid: 's', acr: '1', 'allowed-origins': ['https://a'], realm_access: { roles: ['user'] }, resource_access: { account: { roles: ['view'] } }, scope: 'openid', email_verified: true })),
  without(['nbf'], token('Keycloak ID', 'id', { jti: '1', iss: keycloak, aud: 'shop', sub: guid, typ: 'ID', azp: 'shop', nonce: 'n', sid: 's', at_hash: 'x', acr: '1', auth_time: seconds - 60 })),
  without(['nbf'], token('Keycloak refresh', 'refresh', { jti: '1', iss: keycloak, aud: keycloak, sub: guid, typ: 'Refresh', azp: 'shop', sid: 's', scope: 'openid' }, { alg: 'HS512', typ: 'JWT', kid: guid })),
  without(['nbf'], token('Keycloak offline', 'refresh', { jti: '1', iss: keycloak, aud: keycloak, sub: guid, typ: 'Offline', azp: 'shop', scope: 'openid offline_access' }, { alg: 'HS512', typ: 'JWT', kid: guid })),
  without(['nbf'], token('Cognito access', 'access', { sub: guid, 'cognito:groups': ['g'], iss: cognito, version: 2, client_id: 'c', origin_jti: guid, event_id: guid, token_use: 'access', scope: 'openid', auth_time: seconds - 60, jti: guid, username: 'alice' })),
  without(['nbf'], token('Cognito ID', 'id', { sub: guid, 'cognito:username': 'alice', iss: cognito, aud: 'c', origin_jti: guid, event_id: guid, token_use: 'id', auth_time: seconds - 60, email: 'a@example.com', email_verified: true })),
  without(['nbf'], token('PingOne', 'access', { client_id: 'c', iss: 'https://auth.pingone.eu/e/as', jti: '1', aud: ['https://api.pingone.eu'], env: 'e', org: 'o', 'p1.rid': 'r', scope: 'x', sub: guid })),
  token('ForgeRock', 'access', { sub: 'alice', cts: 'OAUTH2_STATELESS_GRANT', auth_level: 0, auditTrackingId: 'x', subname: 'alice', iss: 'https://am.example/am/oauth2/alpha', tokenName: 'access_token', token_type: 'Bearer', authGrantId: 'g', aud: 'c', grant_type: 'authorization_code', scope: ['openid', 'profile'], auth_time: seconds - 60, realm: '/alpha', expires_in: 3_600_000, jti: 'j' }),
  token('GitHub Actions', 'plain', { jti: '1', sub: 'repo:octo/repo:ref:refs/heads/main', aud: 'https://github.com/octo', ref: 'refs/heads/main', sha: 'a1', repository: 'octo/repo', repository_owner: 'octo', actor: 'octocat', workflow: 'ci', event_name: 'push', ref_type: 'branch', job_workflow_ref: 'x', run_id: '1', iss: 'https://token.actions.githubusercontent.com', environment: 'prod', runner_environment: 'github-hosted' }, { ...rs, x5t: 'x' }),
  token('GitLab CI', 'plain', { namespace_id: '72', namespace_path: 'g', project_id: '20', project_path: 'g/p', user_id: '1', user_login: 's', user_email: 'a@example.com', pipeline_id: '574', pipeline_source: 'push', job_id: '302', ref: 'main', ref_type: 'branch', ref_path: 'refs/heads/main', ref_protected: 'true', iss: 'https://gitlab.example', sub: 'project_path:g/p:ref_type:branch:ref:main', aud: 'https://vault', sha: 'a', jti: '1' }),
  token('Kubernetes', 'plain', { aud: ['https://kubernetes.default.svc'], iss: 'https://kubernetes.default.svc.cluster.local', jti: '1', 'kubernetes.io': { namespace: 'n', pod: { name: 'p', uid: 'u' }, serviceaccount: { name: 's', uid: 'u' }, warnafter: seconds + 3_600 }, sub: 'system:serviceaccount:n:s' }, { alg: 'RS256', kid: 'k' }),
  without(['iat', 'nbf', 'exp'], token('Kubernetes, from a Secret', 'plain', { iss: 'kubernetes/serviceaccount', 'kubernetes.io/serviceaccount/namespace': 'n', 'kubernetes.io/serviceaccount/secret.name': 's', 'kubernetes.io/serviceaccount/service-account.name': 's', 'kubernetes.io/serviceaccount/service-account.uid': guid, sub: 'system:serviceaccount:n:s' }, { alg: 'RS256', kid: 'k' })),
  without(['nbf'], token('Apple', 'id', { iss: 'https://appleid.apple.com', aud: 'com.example.app', sub: '001.a.1', nonce: 'n', c_hash: 'x', email: 'x@privaterelay.appleid.com', email_verified: 'true', is_private_email: 'true', auth_time: seconds - 60, nonce_supported: true })),
  without(['nbf'], token('Salesforce', 'id', { at_hash: 'x', sub: 'https://login.salesforce.com/id/00D/005', aud: 'c', iss: 'https://login.salesforce.com', custom_attributes: {}, nonce: 'n' })),
  token('Salesforce', 'access', { scp: 'api refresh_token', aud: ['https://org.my.salesforce.com'], sub: 'uid:005', mty: 'oauth', sfi: 'x', roles: [], iss: 'https://org.my.salesforce.com', client_id: 'c' }, { alg: 'RS256', typ: 'JWT', kid: '1', tnk: 'core/prod/x', ver: '1.0' }),
  without(['nbf'], token('AWS STS', 'plain', { aud: 'https://api.example', sub: 'arn:aws:iam::123456789012:role/r', iss: 'https://abc.tokens.sts.global.api.aws', jti: guid, 'https://sts.amazonaws.com/': { aws_account: '123456789012', principal_id: 'arn' } }, { alg: 'ES384', typ: 'JWT', kid: 'EC1' })),
]

export const judgedAt = now
