import { seconds } from '../sample.ts'

type Json = Record<string, unknown>

const life = { iat: seconds - 60, exp: seconds + 3_540 }
const rs = { alg: 'RS256', typ: 'JWT', kid: 'k1' }
const hs = { alg: 'HS256', typ: 'JWT' }
const jwk = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
}

/** Further tokens as their makers document them: from whom, the kind that each is taken for, header, claims; one a line. */
// prettier-ignore
export const moreSoundTokens: [from: string, kind: string, header: Json, claims: Json][] = [
  ['GitHub App', 'plain', { alg: 'RS256' }, { ...life, iss: 12345 }],
  ['Apple client secret', 'plain', { alg: 'ES256', kid: 'ABC123' }, { ...life, iss: 'TEAM', aud: 'https://appleid.apple.com', sub: 'com.example' }],
  ['Apple push notifications', 'plain', { alg: 'ES256', kid: 'ABC' }, { iss: 'TEAM', iat: seconds }],
  ['App Store Connect', 'access', { alg: 'ES256', kid: 'X', typ: 'JWT' }, { ...life, iss: '57246542-96fe-1a63-e053-0824d011072a', aud: 'appstoreconnect-v1', scope: ['GET /v1/apps?filter[platform]=IOS'] }],
  ['Twilio', 'plain', { ...hs, cty: 'twilio-fpa;v=1' }, { ...life, jti: 'SK-1', iss: 'SKx', sub: 'ACx', grants: { identity: 'a', video: { room: 'r' } } }],
  ['Supabase', 'plain', { ...hs, kid: 'Yq/ab+1=' }, { ...life, aal: 'aal1', amr: [{ method: 'password', timestamp: seconds }], aud: 'authenticated', is_anonymous: false, iss: 'https://x.supabase.co/auth/v1', phone: '', role: 'authenticated', session_id: 'u', sub: 'u', user_metadata: {} }],
  ['Hasura', 'plain', hs, { ...life, sub: '1', 'https://hasura.io/jwt/claims': { 'x-hasura-allowed-roles': ['user'], 'x-hasura-user-id': '1' } }],
  ['VAPID', 'plain', { alg: 'ES256', typ: 'JWT' }, { aud: 'https://fcm.googleapis.com', exp: seconds + 100, sub: 'mailto:a@b.example' }],
  ['SPIFFE', 'plain', { alg: 'ES256', kid: 'x' }, { ...life, aud: ['spiffe://a/b'], sub: 'spiffe://example.org/x' }],
  ['W3C credential', 'plain', { alg: 'ES256', kid: 'did:web:a.example#k', typ: 'JWT' }, { iss: 'did:web:a.example', sub: 'did:key:z6Mk', nbf: seconds, jti: 'urn:uuid:1', vc: { type: ['VerifiableCredential'], credentialSubject: { id: 'did:key:z6Mk' } } }],
  ['OpenID Federation', 'plain', { alg: 'RS256', typ: 'entity-statement+jwt', kid: 'a' }, { ...life, iss: 'https://a.example', sub: 'https://a.example', jwks: { keys: [{ kty: 'RSA', n: 'x', e: 'AQAB' }] }, metadata: {} }],
  ['Token status list', 'plain', { alg: 'ES256', typ: 'statuslist+jwt', kid: '1' }, { ...life, sub: 'https://a.example/status/1', status_list: { bits: 1, lst: 'eNrbuRgAAhcBXQ' }, ttl: 43_200 }],
  ['OpenID4VCI', 'plain', { alg: 'ES256', typ: 'openid4vci-proof+jwt', jwk }, { iss: 'c', aud: 'https://issuer.example', iat: seconds, nonce: 'n' }],
  ['client attestation', 'plain', { alg: 'ES256', typ: 'oauth-client-attestation+jwt', kid: '1' }, { ...life, iss: 'https://a.example', sub: 'c', cnf: { jwk } }],
  ['Cloudflare Access', 'plain', rs, { ...life, aud: ['abc'], iss: 'https://t.cloudflareaccess.com', type: 'app', identity_nonce: 'x', sub: 'u', country: 'DE' }],
  ['Google IAP', 'id', { alg: 'ES256', typ: 'JWT', kid: 'x' }, { ...life, aud: '/projects/1/global/backendServices/2', azp: '/projects/1', iss: 'https://cloud.google.com/iap', sub: 'accounts.google.com:1' }],
  ['AWS load balancer', 'plain', { alg: 'ES256', typ: 'JWT', kid: 'x', iss: 'https://cognito-idp.eu-west-1.amazonaws.com/p', client: 'c', signer: 'arn:aws:elasticloadbalancing:eu', exp: seconds + 10 }, { sub: 'u', exp: seconds + 10, iss: 'https://cognito-idp.eu-west-1.amazonaws.com/p' }],
  ['LTI', 'id', rs, { ...life, iss: 'https://lms.example', sub: '1', aud: 'c', nonce: 'n', azp: 'c', 'https://purl.imsglobal.org/spec/lti/claim/roles': ['http://purl.imsglobal.org/vocab/lis/v2/membership#Learner'] }],
  ['CircleCI', 'plain', rs, { ...life, aud: 'o', iss: 'https://oidc.circleci.com/org/o', sub: 'org/o/project/p/user/u', 'oidc.circleci.com/project-id': 'p' }],
  ['Bitbucket', 'plain', rs, { ...life, aud: 'ari:cloud:bitbucket::workspace/x', iss: 'https://api.bitbucket.org/2.0/workspaces/a/pipelines-config/identity/oidc', sub: '{a}:{b}', branchName: 'main', workspaceUuid: '{x}' }],
  ['Buildkite', 'plain', rs, { ...life, iss: 'https://agent.buildkite.com', sub: 'organization:a:pipeline:b:ref:refs/heads/main:commit:x:step:', aud: 'https://buildkite.com/a', build_number: 1 }],
  ['Django', 'plain', hs, { token_type: 'access', ...life, jti: 'x', user_id: 1 }],
  ['Flask', 'plain', hs, { fresh: false, ...life, jti: 'u', type: 'access', sub: '1', nbf: seconds - 60, csrf: 'x' }],
  ['Laravel', 'plain', rs, { aud: '1', jti: 'x', iat: seconds - 60.123, nbf: seconds - 60.123, exp: seconds + 1_000.5, sub: '1', scopes: [] }],
  ['Laravel on this computer', 'plain', hs, { ...life, iss: 'http://localhost:8000/api/login', jti: 'x', sub: '1', prv: '23bd5c89' }],
  ['Duende', 'access', { alg: 'RS256', kid: 'A1B2', x5t: 'abc', typ: 'at+jwt' }, { iss: 'https://id.example', ...life, aud: 'api', scope: ['api1'], client_id: 'c', sub: '1', idp: 'local', sid: 'x', jti: 'y' }],
  ['.NET', 'plain', hs, { 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name': 'a', 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role': 'Admin', exp: seconds + 10, iss: 'Me', aud: 'You' }],
  ['Ory', 'access', rs, { ...life, aud: [], client_id: 'c', ext: {}, iss: 'https://x.projects.oryapis.com', jti: 'x', scp: ['a'], sub: 'c' }],
  ['Azure AD B2C', 'id', rs, { ...life, ver: '1.0', iss: 'https://x.b2clogin.com/t/v2.0/', sub: 'u', aud: 'c', acr: 'b2c_1_x', nonce: 'n', auth_time: seconds, oid: 'u', emails: ['a@b.example'], tfp: 'B2C_1_x' }],
  ['a service account of Google', 'access', rs, { ...life, iss: 'sa@p.iam.gserviceaccount.com', sub: 'sa@p.iam.gserviceaccount.com', aud: 'https://oauth2.googleapis.com/token', scope: 'https://www.googleapis.com/auth/cloud-platform' }],
  ['HashiCorp Vault', 'plain', { alg: 'EdDSA', kid: 'x' }, { ...life, aud: 'a', iss: 'https://vault.example/v1/identity/oidc', namespace: 'root', sub: 'u' }],
  ['did:jwk', 'plain', { alg: 'ES256', kid: 'did:jwk:eyJrdHkiOiJFQyJ9#0' }, { ...life, iss: 'did:jwk:eyJrdHkiOiJFQyJ9' }],
  ['odd names', 'plain', rs, { ...life, iss: "O'Brien & Sons <x>", sub: 'a|b;c', name: 'Tom & "Jerry" <tj@x.example>' }],
]
