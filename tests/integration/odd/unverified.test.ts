import { generateKeyPair, SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionDraft } from '../../../src/core/contract/connections.ts'
import { openOddBench, value, type OddBench } from '../../support/odd-workbench.ts'
import { metadataOf } from '../../support/odd-provider.ts'

let odd: OddBench
beforeEach(async () => {
  odd = await openOddBench()
})
afterEach(() => odd.close())

const openid: Partial<ConnectionDraft> = { scope: 'openid' }
const byWord: Partial<ConnectionDraft> = { ...openid, settings: { acceptUnverified: true } }

const newestFlow = () =>
  value(odd.bench.app.flows.get(value(odd.bench.app.flows.list({ limit: 1 }))[0]?.id ?? ''))

/** The token endpoint answers with this ID token. */
const issue = (idToken: () => Promise<string>) => {
  odd.odd.answers['/token'] = async () => ({
    body: {
      access_token: 'opaque-access',
      refresh_token: 'opaque-refresh',
      token_type: 'Bearer',
      expires_in: 60,
      id_token: await idToken(),
    },
  })
}
const byStranger = async () => {
  const { privateKey } = await generateKeyPair('RS256')
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({
    iss: odd.odd.issuer,
    aud: odd.odd.client.clientId,
    sub: 'mallory',
    iat: now,
    exp: now + 600,
    nonce: odd.odd.nonce() ?? '',
  })
    .setProtectedHeader({ alg: 'RS256', kid: 'stranger' })
    .sign(privateKey)
}

const keyless: [string, () => void][] = [
  ['keys that answer 500', () => (odd.odd.answers['/jwks'] = () => ({ status: 500 }))],
  [
    'keys that redirect',
    () => (odd.odd.answers['/jwks'] = () => ({ status: 302, headers: { location: '/k' } })),
  ],
  ['an empty set', () => (odd.odd.answers['/jwks'] = () => ({ body: { keys: [] } }))],
  [
    'no jwks_uri',
    () => {
      const { jwks_uri: _gone, ...metadata } = metadataOf(odd.odd.issuer)
      odd.odd.answers['/.well-known/openid-configuration'] = () => ({ body: metadata })
    },
  ],
]

describe('an ID token whose signature cannot be checked', () => {
  it.each(keyless)('is refused with %s, and taken by the user’s choice', async (_what, change) => {
    change()
    issue(byStranger)
    const refused = await odd.signIn(await odd.connect(openid))
    expect(refused).toMatchObject({
      error: {
        code: 'id_token_signature_unverifiable',
        next: expect.stringContaining('“Accept unverified ID tokens”') as string,
      },
    })
    expect(value(odd.bench.app.first.accounts())).toEqual([])
    if (refused.ok) return
    expect(refused.error.code).toMatch(/^id_token_signature/)
    if (refused.error.code !== 'id_token_signature_unverifiable') return
    expect(refused.error.next).toMatch(/“Accept unverified ID tokens”/)
    const { accountId } = value(await odd.signIn(await odd.connect(byWord)))
    const { lineage, subject } = await odd.account(accountId)
    expect(subject).toBe('mallory')
    expect(lineage[0]?.changes.join('\n')).toMatch(
      /non-standard: ID tokens are accepted unverified[\s\S]*non-standard: .* over plain http, nothing vouches for it/,
    )
    const flow = newestFlow()
    expect(flow.messages.map(({ title }) => title)).toContain('Set for a non-standard provider')
  })

  it('is refused where the only key is unusable, whatever the user says', async () => {
    odd.odd.answers['/jwks'] = () => ({ body: { keys: [{ kty: 'RSA', kid: 'stranger', use: 'enc' }] } })
    issue(byStranger)
    for (const draft of [openid, byWord])
      expect(await odd.signIn(await odd.connect(draft))).toMatchObject({
        error: { code: 'id_token_signature' },
      })
  })

  it('never takes a signature that is wrong, whatever the user says', async () => {
    issue(byStranger)
    odd.odd.answers['/jwks'] = async () => {
      const other = await generateKeyPair('RS256', { extractable: true })
      const { exportJWK } = await import('jose')
      return { body: { keys: [{ ...(await exportJWK(other.publicKey)), kid: 'stranger' }] } }
    }
    expect(await odd.signIn(await odd.connect(byWord))).toMatchObject({
      error: { code: 'id_token_signature' },
    })
  })

  it('is left out of a refresh, whose tokens are kept', async () => {
    issue(() => odd.odd.idToken())
    const { accountId } = value(await odd.signIn(await odd.connect(openid)))
    odd.odd.answers['/jwks'] = () => ({ status: 503 })
    await odd.bench.restart()
    expect(await odd.bench.app.accounts.refresh(accountId)).toMatchObject({ ok: true })
    expect((await odd.account(accountId)).lineage.at(-1)?.changes.join()).toMatch(/ID token was left out/)
  })
})

it('shows a refused ID token’s issuer beside the one that was expected', async () => {
  issue(() => odd.odd.idToken({ iss: `${odd.odd.issuer}/` }))
  const refused = await odd.signIn(await odd.connect(openid))
  const compared = { came: `${odd.odd.issuer}/`, expected: odd.odd.issuer }
  expect(refused).toMatchObject({ error: { code: 'id_token_issuer', compared } })
  expect(odd.bench.ended.at(-1)).toMatchObject({ error: { compared } })
  const flow = newestFlow()
  const checks = flow.messages.flatMap((message) => message.checks)
  expect(checks.find(({ id }) => id === 'issuer')).toMatchObject({ compared })
})

it('checks an ID token that the client secret signed where the endpoints were typed by hand', async () => {
  const { issuer, client } = odd.odd
  const signed = (secret: string) => async () => {
    const now = Math.floor(Date.now() / 1000)
    return new SignJWT({
      iss: issuer,
      aud: client.clientId,
      sub: 'alice',
      iat: now,
      exp: now + 600,
      nonce: odd.odd.nonce() ?? '',
    })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(secret))
  }
  const connectionId = await odd.connect({
    ...openid,
    provider: {
      issuer,
      authorizationEndpoint: `${issuer}/authorize`,
      tokenEndpoint: `${issuer}/token`,
    },
    clientAuthentication: 'client_secret_post',
    clientSecret: client.secret,
  })
  issue(signed(client.secret))
  const { accountId } = value(await odd.signIn(connectionId))
  const { id_token: idToken } = await odd.account(accountId)
  expect(idToken?.checks.find(({ id }) => id === 'signature')?.state).toBe('valid')
  issue(signed(`${client.secret}x`))
  expect(await odd.signIn(connectionId)).toMatchObject({ error: { code: 'id_token_signature' } })
})

it('does not hold an ID token from before a refresh against the access token after it', async () => {
  const hashed = async (accessToken: string) => {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(accessToken))
    return Buffer.from(digest).subarray(0, 16).toString('base64url')
  }
  odd.odd.answers['/token'] = async ({ form }) => {
    const refreshed = form.get('grant_type') === 'refresh_token'
    const body = { access_token: refreshed ? 'second' : 'first', refresh_token: 'r', token_type: 'Bearer' }
    return {
      body: refreshed
        ? body
        : { ...body, id_token: await odd.odd.idToken({ at_hash: await hashed('first') }) },
    }
  }
  const { accountId } = value(await odd.signIn(await odd.connect(openid)))
  const hash = async () => (await odd.account(accountId)).id_token?.checks.find(({ id }) => id === 'at_hash')
  expect(await hash()).toMatchObject({ state: 'valid' })
  value(await odd.bench.app.accounts.refresh(accountId))
  expect(await hash()).toMatchObject({
    state: 'not-checked',
    detail: expect.stringContaining('before the refresh') as string,
  })
})
