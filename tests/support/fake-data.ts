import type { AccountSummary, AccountView } from '../../src/core/contract/accounts.ts'
import type { Bootstrap } from '../../src/core/contract/app.ts'
import type { ConnectionView } from '../../src/core/contract/connections.ts'
import type { ExchangeView, RequestDraft } from '../../src/core/contract/requests.ts'
import type { JwtView } from '../../src/core/contract/tokens/tokens.ts'

/** Complete records of the contract for tests of the page, changed where a test needs it. */
const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
export const ids = { connection: uuid(1), alice: uuid(2), bob: uuid(3), user: uuid(4), environment: uuid(5) }

export const bootstrap = (part: Partial<Bootstrap> = {}): Bootstrap => ({
  version: '0.1.0',
  platform: 'linux',
  user: { id: ids.user, username: 'default' },
  environment: { id: ids.environment, name: 'local' },
  protection: {
    kind: 'keyring',
    backend: 'gnome_libsecret',
    label: 'GNOME keyring',
    says: 'Other users of this computer cannot read it. Programs running as you can.',
  },
  theme: 'system',
  listWidth: 288,
  lock: { session: 's1', locked: false, user: { id: ids.user, username: 'default' }, users: [] },
  playground: { state: 'stopped' },
  ...part,
})

export const connection = (part: Partial<ConnectionView> = {}): ConnectionView => ({
  id: ids.connection,
  name: 'Playground',
  provider: {
    issuer: 'http://127.0.0.1:47113',
    authorizationEndpoint: 'http://127.0.0.1:47113/auth',
    tokenEndpoint: 'http://127.0.0.1:47113/token',
    jwksUri: 'http://127.0.0.1:47113/jwks',
    userinfoEndpoint: 'http://127.0.0.1:47113/me',
    scopesSupported: ['openid', 'profile', 'offline_access', 'orders:read', 'orders:write'],
    codeChallengeMethods: ['S256'],
    announcesIss: true,
    source: 'discovery',
  },
  clientId: 'gatehouse-desktop',
  clientAuthentication: 'none',
  hasClientSecret: false,
  scope: 'openid profile offline_access orders:read',
  resource: 'http://127.0.0.1:47114/api',
  redirectKind: 'custom-scheme',
  redirectUri: 'app.gatehouse.desktop:/oauth/callback',
  allowInsecure: false,
  isPlayground: true,
  ...part,
})

export const account = (now: number, part: Partial<AccountSummary> = {}): AccountSummary => ({
  id: ids.alice,
  connectionId: ids.connection,
  issuer: 'http://127.0.0.1:47113',
  subject: 'a1f3e0c2-77aa-4c1b-9d21-50aa6b1f9d9c',
  displayName: 'alice',
  scope: 'orders:read profile',
  life: { issuedAt: now - 252_000, expiresAt: now + 648_000 },
  accessTokenFormat: 'jwt',
  hasRefreshToken: true,
  storage: 'vault',
  ...part,
})

export const jwt = (now: number, part: Partial<JwtView> = {}): JwtView => {
  const [iat, exp] = [now - 252_000, now + 648_000]
  return {
    format: 'jwt',
    verdict: { state: 'holds', what: 'Access token', says: 'ES256, key of the issuer.', attacks: [] },
    size: 1104,
    life: { issuedAt: iat, expiresAt: exp },
    algorithm: 'ES256',
    header: [
      { name: 'alg', text: 'ES256', kind: 'text', says: 'Signed with ECDSA over P-256 and SHA-256.' },
      { name: 'typ', text: 'at+jwt', kind: 'text', says: 'An access token (RFC 9068).' },
      { name: 'kid', text: 'pg-2026', kind: 'text', says: 'Names the key that signed it.' },
    ],
    claims: [
      { name: 'iss', text: 'http://127.0.0.1:47113', kind: 'text', says: 'Issued by this provider.' },
      { name: 'aud', text: 'http://127.0.0.1:47114/api', kind: 'text', says: 'Meant for this API only.' },
      {
        name: 'sub',
        text: 'a1f3e0c2-77aa-4c1b-9d21-50aa6b1f9d9c',
        kind: 'text',
        says: 'The account: a stable id at this issuer.',
      },
      {
        name: 'scope',
        text: 'orders:read profile',
        items: ['orders:read', 'profile'],
        kind: 'list',
        says: 'What the token may be used for.',
        attention: 'Requested orders:write, which was not granted.',
      },
      {
        name: 'roles',
        text: 'customer',
        items: ['customer'],
        kind: 'list',
        says: 'Private claim of this issuer.',
      },
      {
        name: 'exp',
        text: String(Math.floor(exp / 1000)),
        kind: 'time',
        at: exp,
        says: 'Not to be accepted after this moment.',
      },
      {
        name: 'iat',
        text: String(Math.floor(iat / 1000)),
        kind: 'time',
        at: iat,
        says: 'When it was issued.',
      },
      { name: 'jti', text: '7Qm2kX0pYw4tE', kind: 'text', says: 'A unique id for this token.' },
      { name: 'client_id', text: 'gatehouse-desktop', kind: 'text', says: 'Given to this registration.' },
      {
        name: 'address',
        text: '{\n  "country": "NL"\n}',
        kind: 'json',
        says: 'Private claim of this issuer.',
      },
    ],
    preview: { header: 'eyJhbGciOiJFUzI1NiIs', payload: 'eyJpc3MiOiJodHRwOi8v' },
    checks: [
      {
        id: 'signature',
        label: 'Signature',
        state: 'valid',
        detail: "ES256, key pg-2026 from the issuer's JWKS",
      },
      { id: 'time', label: 'Time', state: 'valid', detail: 'valid now' },
      { id: 'issuer', label: 'Issuer', state: 'valid', detail: 'same as discovery' },
      { id: 'audience', label: 'Audience', state: 'invalid', detail: 'another API than the one asked for' },
      { id: 'scope', label: 'Scope reduced', state: 'notice', detail: 'orders:write was asked for' },
      { id: 'bound', label: 'Bound to a key', state: 'not-checked', detail: 'a bearer token, no cnf' },
    ],
    ...part,
  }
}

export const accountView = (now: number, part: Partial<AccountView> = {}): AccountView => ({
  ...account(now),
  connectionName: 'Playground',
  grant: 'authorization_code',
  scopeAsked: 'openid profile offline_access orders:read orders:write',
  signedInAt: now - 2_600_000,
  refreshedAt: now - 252_000,
  refreshCount: 2,
  unidentified: false,
  abilities: {
    userinfo: { offered: true },
    introspect: { offered: true },
    revoke: { offered: true },
    'log-out': { offered: false, why: 'The provider offers no log-out.' },
  },
  profile: [{ name: 'name', text: 'Alice Archer', kind: 'text', says: 'The full name.' }],
  access: jwt(now),
  id_token: jwt(now, { algorithm: 'RS256' }),
  refresh: {
    format: 'opaque',
    verdict: { state: 'opaque', what: 'Opaque token', says: 'Only its issuer can read it.', attacks: [] },
    size: 43,
    life: {},
    checks: [],
    says: 'Only the provider can read this token. It gets new access tokens and is never sent to an API.',
  },
  lineage: [
    { at: now - 2_600_000, event: 'signed-in', reason: 'through the system browser', changes: [] },
    {
      at: now - 1_200_000,
      event: 'refreshed',
      reason: 'before a request',
      changes: ['a new refresh token took the place of the old one'],
    },
    {
      at: now - 252_000,
      event: 'refreshed',
      reason: 'requested manually',
      changes: ['scope: orders:write is gone'],
    },
  ],
  ...part,
})

export const draft = (part: Partial<RequestDraft> = {}): RequestDraft => ({
  method: 'GET',
  url: 'http://127.0.0.1:47114/api/orders',
  query: [],
  headers: [],
  body: { kind: 'none' },
  accountId: ids.alice,
  ...part,
})

export const exchange = (now: number, part: Partial<ExchangeView> = {}): ExchangeView => {
  const text =
    '{"orders":[{"id":"o-1001","item":"lamp-0042","quantity":2,"total":59.80,"paid":true}],"next":null}'
  return {
    id: uuid(100),
    at: now,
    method: 'GET',
    url: 'http://127.0.0.1:47114/api/orders',
    accountName: 'alice',
    status: 200,
    duration: 14.2,
    sent: {
      headers: [
        ['accept', '*/*'],
        ['authorization', 'Bearer (alice)'],
        ['user-agent', 'Gatehouse/0.1.0'],
        ['x-request', '1'],
      ],
      bodySize: 0,
    },
    carried: {
      accountId: ids.alice,
      displayName: 'alice',
      connectionName: 'Playground',
      life: { issuedAt: now - 252_000, expiresAt: now + 648_000 },
      scope: 'orders:read profile',
      refreshed: false,
    },
    response: {
      status: 200,
      statusText: 'OK',
      headers: [
        ['content-type', 'application/json; charset=utf-8'],
        ['ratelimit', '"default";r=58;t=12'],
      ],
      bodySize: text.length,
      contentType: 'application/json; charset=utf-8',
      truncated: false,
      firstText: text,
    },
    timing: { waiting: 12.6, receiving: 1.6, total: 14.2 },
    ...part,
  }
}
