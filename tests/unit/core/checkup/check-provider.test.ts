import { exportJWK, generateKeyPair } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import type { CheckupGrade } from '../../../../src/core/contract/checkup.ts'
import { checkProvider, checkupMarkdown } from '../../../../src/core/checkup/check-provider.ts'
import type { CheckupInput } from '../../../../src/core/checkup/item.ts'

type Key = Record<string, unknown>
const keys: Record<'rsa' | 'shortRsa' | 'ec' | 'ed', Key> = { rsa: {}, shortRsa: {}, ec: {}, ed: {} }

beforeAll(async () => {
  const jwk = async (alg: string, options = {}) =>
    (await exportJWK((await generateKeyPair(alg, { extractable: true, ...options })).publicKey)) as Key
  keys.rsa = await jwk('RS256')
  keys.ec = await jwk('ES256')
  keys.ed = await jwk('EdDSA', { crv: 'Ed25519' })
  // 1024 bits, of which the first is set: what a library refuses to make, a server may still publish.
  keys.shortRsa = {
    kty: 'RSA',
    e: 'AQAB',
    n: Buffer.concat([Buffer.from([0x80]), Buffer.alloc(127, 7)]).toString('base64url'),
  }
})

/** As a large cloud provider publishes it: sound, nothing of FAPI. */
const cloud = (): CheckupInput => ({
  source: 'discovery',
  metadata: {
    issuer: 'https://accounts.cloud.example',
    authorization_endpoint: 'https://accounts.cloud.example/o/oauth2/v2/auth',
    token_endpoint: 'https://oauth2.cloudapis.example/token',
    device_authorization_endpoint: 'https://oauth2.cloudapis.example/device/code',
    userinfo_endpoint: 'https://openidconnect.cloudapis.example/v1/userinfo',
    revocation_endpoint: 'https://oauth2.cloudapis.example/revoke',
    jwks_uri: 'https://www.cloudapis.example/oauth2/v3/certs',
    response_types_supported: ['code', 'token', 'id_token', 'code token', 'code id_token token', 'none'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'email', 'profile'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    code_challenge_methods_supported: ['plain', 'S256'],
    grant_types_supported: [
      'authorization_code',
      'refresh_token',
      'urn:ietf:params:oauth:grant-type:device_code',
    ],
  },
  keys: [
    { ...keys.rsa, kid: 'a', use: 'sig', alg: 'RS256' },
    { ...keys.rsa, kid: 'b', use: 'sig', alg: 'RS256' },
  ],
})

/** As a bank's provider publishes it. */
const bank = (): CheckupInput => ({
  source: 'discovery',
  metadata: {
    issuer: 'https://as.bank.example',
    authorization_endpoint: 'https://as.bank.example/authorize',
    token_endpoint: 'https://as.bank.example/token',
    pushed_authorization_request_endpoint: 'https://as.bank.example/par',
    require_pushed_authorization_requests: true,
    introspection_endpoint: 'https://as.bank.example/introspect',
    end_session_endpoint: 'https://as.bank.example/logout',
    jwks_uri: 'https://as.bank.example/jwks',
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    token_endpoint_auth_methods_supported: ['private_key_jwt', 'tls_client_auth'],
    dpop_signing_alg_values_supported: ['ES256', 'PS256'],
    tls_client_certificate_bound_access_tokens: true,
    id_token_signing_alg_values_supported: ['PS256', 'ES256'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    protected_resources: ['https://api.bank.example'],
  },
  keys: [
    { ...keys.rsa, kid: 'r1', use: 'sig' },
    { ...keys.ec, kid: 'e1', use: 'sig' },
  ],
})

const grades = (input: CheckupInput): Record<string, CheckupGrade> =>
  Object.fromEntries(checkProvider(input).map(({ id, grade }) => [id, grade]))

describe('a provider, measured', () => {
  it('a cloud provider: sound, with old doors left open', () => {
    expect(grades(cloud())).toMatchObject({
      https: 'pass',
      pkce: 'weak',
      iss: 'missing',
      'response-types': 'weak',
      par: 'unknown',
      'password-grant': 'pass',
      'client-authentication': 'weak',
      'public-clients': 'missing',
      'bound-tokens': 'unknown',
      refresh: 'unknown',
      audience: 'unknown',
      'id-token-algorithms': 'pass',
      'fapi-algorithms': 'weak',
      keys: 'pass',
      'key-names': 'pass',
      'key-algorithms': 'pass',
      revocation: 'pass',
      introspection: 'unknown',
      logout: 'unknown',
      device: 'pass',
    })
  })

  it('a bank: everything that FAPI 2.0 asks for and metadata can show', () => {
    const items = checkProvider(bank())
    const ofFapi = items.filter(({ rules }) =>
      rules.some(({ specification }) => specification === 'FAPI 2.0'),
    )
    expect(ofFapi.length).toBeGreaterThan(7)
    expect(ofFapi.filter(({ grade }) => grade !== 'pass')).toEqual([])
  })

  it('one that announces nothing: unknown rather than bad, and never guessed good', () => {
    const bare = grades({
      source: 'by-hand',
      metadata: { issuer: 'https://as.example', token_endpoint: 'https://as.example/token' },
    })
    expect(bare).toMatchObject({
      published: 'missing',
      pkce: 'unknown',
      'response-types': 'unknown',
      'password-grant': 'unknown',
      'public-clients': 'unknown',
      'id-token-algorithms': 'unknown',
      keys: 'unknown',
      iss: 'unknown',
      par: 'unknown',
      'bound-tokens': 'unknown',
      revocation: 'unknown',
      device: 'unknown',
      exchange: 'unknown',
      'key-size': 'unknown',
      'key-secrecy': 'unknown',
    })
    const passed = Object.entries(bare).filter(([, grade]) => grade === 'pass')
    expect(passed.map(([id]) => id)).toEqual(['https'])
  })

  it.each<[string, Partial<CheckupInput['metadata']>, string, CheckupGrade]>([
    ['plain http', { token_endpoint: 'http://as.example/token' }, 'https', 'weak'],
    ['only plain PKCE', { code_challenge_methods_supported: ['plain'] }, 'pkce', 'missing'],
    ['the password grant', { grant_types_supported: ['password'] }, 'password-grant', 'weak'],
    ['no token exchange', { grant_types_supported: ['authorization_code'] }, 'exchange', 'missing'],
    ['no refresh tokens', { grant_types_supported: ['authorization_code'] }, 'refresh', 'missing'],
    [
      'unsigned ID tokens',
      { id_token_signing_alg_values_supported: ['RS256', 'none'] },
      'id-token-algorithms',
      'weak',
    ],
    [
      'only shared secrets',
      { id_token_signing_alg_values_supported: ['HS256'] },
      'id-token-algorithms',
      'weak',
    ],
    [
      'an algorithm without a key',
      { id_token_signing_alg_values_supported: ['PS256', 'ES512'] },
      'key-algorithms',
      'weak',
    ],
    ['lists that are none', { grant_types_supported: 'password' }, 'password-grant', 'unknown'],
  ])('%s', (_what, change, id, grade) => {
    const input = bank()
    expect(grades({ ...input, metadata: { ...input.metadata, ...change } })[id]).toBe(grade)
  })

  it.each<[string, () => Partial<CheckupInput>, string, CheckupGrade]>([
    ['a short key', () => ({ keys: [{ ...keys.shortRsa, kid: 'x' }] }), 'key-size', 'weak'],
    ['2048 bits', () => ({ keys: [{ ...keys.rsa, kid: 'x' }] }), 'key-size', 'pass'],
    [
      'a name twice',
      () => ({
        keys: [
          { ...keys.ec, kid: 'x' },
          { ...keys.rsa, kid: 'x' },
        ],
      }),
      'key-names',
      'weak',
    ],
    ['several keys without names', () => ({ keys: [{ ...keys.ec }, { ...keys.rsa }] }), 'key-names', 'weak'],
    ['one key without a name', () => ({ keys: [{ ...keys.ec }] }), 'key-names', 'pass'],
    [
      'keys of mixed purpose',
      () => ({ keys: [{ ...keys.rsa, use: 'enc' }, { ...keys.ec }] }),
      'key-use',
      'weak',
    ],
    ['only encryption keys', () => ({ keys: [{ ...keys.rsa, use: 'enc' }] }), 'keys', 'missing'],
    ['Ed25519 for EdDSA', () => ({ keys: [{ ...keys.ed, kid: 'x' }] }), 'keys', 'pass'],
    ['keys that are away', () => ({ keys: undefined, keysMissing: 'It is away.' }), 'keys', 'unknown'],
    [
      'a private part in public',
      () => ({
        keyNotes: ['The provider publishes the private part of a key: anyone who reads it can forge tokens.'],
      }),
      'key-secrecy',
      'weak',
    ],
    ['a key set of nonsense', () => ({ keys: [{ kty: 'RSA', n: '???', kid: 7 }, {}] }), 'key-size', 'weak'],
  ])('%s', (_what, change, id, grade) => {
    expect(grades({ ...bank(), ...change() })[id]).toBe(grade)
  })

  it('gives each item two sentences and a rule', () => {
    for (const input of [cloud(), bank(), { ...bank(), keys: undefined }]) {
      const items = checkProvider(input)
      expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
      for (const { found, means, rules } of items) {
        expect(found.length).toBeGreaterThan(1)
        expect(means).toMatch(/[.]$/)
        expect(rules.length).toBeGreaterThan(0)
        for (const { section } of rules) expect(section).toMatch(/^\d+(\.\d+)*$/)
      }
    }
  })
})

it('names all that it found, and stops where a provider does not', () => {
  const found = (response_types_supported: string[]) =>
    checkProvider({ ...bank(), metadata: { ...bank().metadata, response_types_supported } }).find(
      ({ id }) => id === 'response-types',
    )
  expect(found(['code', 'code id_token'])).toMatchObject({
    title: 'No access tokens in the redirect',
    grade: 'pass',
    found: 'Response types:',
    values: ['code', 'code id_token'],
  })
  expect(found([])).toMatchObject({ grade: 'missing', found: 'Response types: none' })
  expect(found([])?.values).toBeUndefined()
  const many = found(['code', ...Array.from({ length: 150 }, (_, n) => `${n}`.padEnd(500, 'x'))])?.values
  expect(many).toHaveLength(101)
  expect(many?.at(-1)).toBe('… and 51 more')
  expect(many?.[1]).toHaveLength(120)
})

it('becomes Markdown that a provider’s words cannot break', () => {
  const input = bank()
  const metadata = {
    ...input.metadata,
    issuer: 'https://as.example',
    id_token_signing_alg_values_supported: ['A|B\n<script>'],
  }
  const text = checkupMarkdown({
    issuer: 'https://as.example',
    at: Date.UTC(2026, 0, 2),
    items: checkProvider({ ...input, metadata }),
    metadataNote: 'The metadata | is stored.',
  })
  expect(text).toContain('# Check-up of https://as.example')
  expect(text).toContain('2026-01-02T00:00:00.000Z')
  expect(text).toContain('A\\|B &lt;script>')
  expect(text).toContain('| Methods: private_key_jwt, tls_client_auth |')
  expect(text).toContain('RFC 9700 §2.1.1')
  const rows = text.split('\n').filter((line) => line.startsWith('|'))
  for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(8)
})
