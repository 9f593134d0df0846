import { generateKeyPairSync } from 'node:crypto'
import { exportJWK, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import type { Caller } from '../../../../../src/core/app/requests/request-caller.ts'
import { createTokenFacts, ofHeaders } from '../../../../../src/core/app/requests/token-facts.ts'
import { explainRefusal } from '../../../../../src/core/diagnosis/refusal.ts'

const now = 1_700_000_000_000
const issuer = 'https://issuer.example'
const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const [known, other] = [pair(), pair()]
const jwk = { ...(await exportJWK(known.publicKey)), kid: 'k1', kty: 'EC' }
const claims = { iss: issuer, aud: 'https://api.example', sub: 'alice', client_id: 'app', jti: 'j' }
const sign = (change: Record<string, unknown> = {}, { privateKey } = known, kid = 'k1') =>
  new SignJWT({ ...claims, iat: now / 1000 - 60, exp: now / 1000 + 600, ...change })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid })
    .sign(privateKey)

type Deps = Parameters<typeof createTokenFacts>[0]
const factsWith = (keys: Deps['providerKeys'], wait: Deps['wait'] = () => new Promise(() => undefined)) =>
  createTokenFacts({
    session: () => ({ user: { id: 'u' } }),
    clock: { now: () => now },
    connections: { get: () => ({ metadata: { issuer, jwks_uri: `${issuer}/jwks` }, clientId: 'app' }) },
    tokens: {
      getAccount: () => ({
        account: { connectionId: 'c' },
        tokenSet: { scopeAsked: 'orders:read', scope: 'orders:read', tokenType: 'Bearer' },
      }),
    },
    clientKeys: { open: () => Promise.resolve({ ok: true, value: { keys: {} } }) },
    providerKeys: keys,
    wait,
  } as unknown as Deps)
const published: Deps['providerKeys'] = () =>
  Promise.resolve({ ok: true, value: { keys: [jwk], fetchedAt: now, notes: [] } })
const caller = (accessToken: string) =>
  ({ accessToken, carried: { accountId: 'a', scope: 'orders:read', life: {} } }) as unknown as Caller

/** What the card says where the API says nothing but `invalid_token`. */
async function headline(accessToken: string, keys = published) {
  const facts = await factsWith(keys)(caller(accessToken), { headers: [] })
  const view = explainRefusal({
    status: 401,
    url: 'https://api.example/orders',
    headers: [['www-authenticate', 'Bearer error="invalid_token"']],
    now,
    ...facts,
  })
  return `${view?.headline ?? ''} (${view?.certainty ?? ''})`
}

describe('an API that does not say why', () => {
  it.each<[string, Promise<string>, string]>([
    ['a sound token', sign(), 'The API does not accept the token (certain)'],
    ['a wrong signature', sign({}, other), 'The signature of the token is wrong (likely)'],
    ['an unknown key', sign({}, other, 'k9'), 'The API cannot find the key that signed the token (likely)'],
    [
      'another issuer',
      sign({ iss: 'https://other.example' }),
      'The token comes from an issuer that the API does not trust (likely)',
    ],
    ['exp that is text', sign({ exp: '1700000600' }), 'A date in the token is not a number (likely)'],
    ['no exp', sign({ exp: undefined }), 'The token lacks claims that an access token must have (likely)'],
    ['an ID token', sign({ nonce: 'n', at_hash: 'h' }), 'The API does not accept the token (certain)'],
    [
      'exp in the past',
      sign({ exp: now / 1000 - 120 }),
      'The token expired 2 minutes before the response came (likely)',
    ],
    [
      'another audience',
      sign({ aud: 'https://other.example' }),
      'The token is meant for another API (likely)',
    ],
  ])('%s', async (_name, token, says) => {
    expect(await headline(await token)).toBe(says)
  })
})

it('does not wait for keys that do not come', async () => {
  const facts = factsWith(
    () => new Promise(() => undefined),
    () => Promise.resolve(),
  )
  const { token } = await facts(caller(await sign()), { headers: [] })
  expect(token?.faults).toEqual([])
})

it('keeps the text of no token', async () => {
  const text = await sign({}, other)
  const facts = await factsWith(published)(caller(text), { headers: [] })
  expect(JSON.stringify(facts)).not.toContain(text.slice(-20))
  const typed = await ofHeaders([['Authorization', `Bearer ${text}`]], now)
  expect(typed.token?.format).toBe('jwt')
  expect(JSON.stringify(typed)).not.toContain(text.slice(-20))
  expect(await ofHeaders([['X-API-Key', 'k3y']], now)).toEqual({ typed: { header: 'X-API-Key' } })
})
