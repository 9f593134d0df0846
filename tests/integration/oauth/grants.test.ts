import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { decodeJwt } from 'jose'
import type { ClientMetadata } from 'oidc-provider'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionDraft } from '../../../src/core/contract/connections.ts'
import type { DirectGrantInput } from '../../../src/core/contract/grants.ts'
import { createOauthFetch } from '../../../src/node/net/fetch.ts'
import { createRequestEngine } from '../../../src/node/net/send.ts'
import { makeSigningKey, publicHalf } from '../../../src/core/oauth/client/signing-key.ts'
import {
  certificates,
  signInAtStrict,
  startStrictProvider,
  useDeviceCode,
  type StrictOptions,
  type StrictProvider,
} from '../../support/strict-provider.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

const trusted = certificates.server.certificate
const closing: (() => Promise<unknown>)[] = []
let bench: Workbench
let strict: StrictProvider
beforeEach(async () => {
  const fetch = createOauthFetch({ now: () => Date.now(), trusted })
  const engine = createRequestEngine({ trusted })
  bench = await openWorkbench({
    overrides: { net: { fetch, send: (request, options) => engine.send(request, options) } },
  })
  closing.push(
    () => bench.close(),
    () => fetch.close(),
    () => engine.close(),
  )
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

const start = async (client: Partial<ClientMetadata>, more: Partial<StrictOptions> = {}): Promise<void> => {
  strict = await startStrictProvider({
    clients: [
      {
        client_id: 'strict',
        application_type: 'native',
        token_endpoint_auth_method: 'client_secret_basic',
        client_secret: 'a-client-secret-of-more-than-thirty-two-characters',
        redirect_uris: [],
        response_types: [],
        scope: 'openid offline_access read write',
        ...client,
      },
    ],
    ...more,
  })
  closing.push(() => strict.stop())
}

const connect = async (change: Partial<ConnectionDraft> = {}): Promise<string> =>
  value(
    await bench.app.connections.save({
      name: 'Strict',
      provider: { issuer: strict.issuer },
      clientId: 'strict',
      clientAuthentication: 'client_secret_basic',
      clientSecret: 'a-client-secret-of-more-than-thirty-two-characters',
      scope: 'read',
      redirectKind: 'custom-scheme',
      resource: strict.api,
      allowInsecure: false,
      ...change,
    }),
  ).id

const get = async (connectionId: string, input: DirectGrantInput) => {
  const { accountId } = value(await bench.app.directGrants.run({ connectionId, input }))
  return value(await bench.app.accounts.get(accountId))
}
const tokenOf = (accountId: string) => value(bench.app.tokens.reveal({ accountId, kind: 'access' })).text

const send = async (accountId: string, url: string) =>
  value(
    await bench.app.sendRequest.send({
      sendId: randomUUID(),
      draft: { method: 'GET', url, query: [], headers: [], body: { kind: 'none' }, accountId },
      allowToken: { accountId, origin: new URL(url).origin },
    }),
  )

describe('client credentials', () => {
  it('make the client itself an account, and are renewed without a refresh token', async () => {
    await start({ grant_types: ['client_credentials'] })
    const id = await connect({ settings: { grant: 'client_credentials' } })
    const account = await get(id, { grant: 'client_credentials' })
    expect(account).toMatchObject({ subject: 'strict', grant: 'client_credentials', hasRefreshToken: false })
    expect(account.lineage[0]).toMatchObject({ reason: 'requested by the client itself' })
    const before = tokenOf(account.id)
    expect(decodeJwt(before)).toMatchObject({ aud: strict.api, scope: 'read' })
    bench.clock.forward(10 * 60_000)
    await Promise.all([1, 2, 3].map(() => send(account.id, bench.playground.apiBase)))
    expect(tokenOf(account.id)).not.toBe(before)
    expect(strict.tokenRequests).toHaveLength(2)
  })

  it('bind to a key where DPoP is switched on', async () => {
    await start(
      { grant_types: ['client_credentials'], dpop_bound_access_tokens: true },
      { demand: { nonces: true } },
    )
    const id = await connect({ settings: { grant: 'client_credentials', dpop: true } })
    const account = await get(id, { grant: 'client_credentials' })
    const [view] = value(bench.app.first.connections()).filter((each) => each.id === id)
    expect(decodeJwt(tokenOf(account.id))['cnf']).toEqual({ jkt: view?.dpopKey?.kid })
  })

  it('are refused with what to do where the client may not have them', async () => {
    await start({ grant_types: ['urn:ietf:params:oauth:grant-type:device_code'] })
    const id = await connect({ settings: { grant: 'client_credentials' } })
    const refused = await bench.app.directGrants.run({
      connectionId: id,
      input: { grant: 'client_credentials' },
    })
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'token_invalid_request', providerDescription: expect.stringContaining('grant type') },
    })
    expect(value(bench.app.first.accounts())).toEqual([])
  })

  it('are not asked for through a connection of another kind', async () => {
    await start({ grant_types: ['client_credentials'] })
    const refused = await bench.app.directGrants.run({
      connectionId: await connect(),
      input: { grant: 'client_credentials' },
    })
    expect(refused).toMatchObject({ ok: false, error: { code: 'grant_other' } })
  })
})

it('password: the deprecated grant works, and a wrong password says so', async () => {
  await start({ grant_types: ['password'] })
  const id = await connect({ settings: { grant: 'password' } })
  expect(await get(id, { grant: 'password', username: 'alice', password: 'right' })).toMatchObject({
    subject: 'alice',
    grant: 'password',
  })
  const wrong = await bench.app.directGrants.run({
    connectionId: id,
    input: { grant: 'password', username: 'alice', password: 'wrong' },
  })
  expect(wrong).toMatchObject({ ok: false, error: { code: 'token_invalid_grant' } })
  expect(value(bench.app.first.accounts())).toHaveLength(1)
})

it('JWT bearer: an assertion is signed here with the client key', async () => {
  const jwk = value(await makeSigningKey({ generate: 'ES256' }))
  await start({
    grant_types: ['urn:ietf:params:oauth:grant-type:jwt-bearer'],
    jwks: { keys: [publicHalf(jwk)] },
  })
  const id = await connect({
    settings: { grant: 'jwt_bearer' },
    clientKey: { imported: JSON.stringify(jwk) },
  })
  expect(await get(id, { grant: 'jwt_bearer', from: { subject: 'carol' } })).toMatchObject({
    subject: 'carol',
  })
  const forged = `${Buffer.from('{"alg":"ES256"}').toString('base64url')}.${Buffer.from(
    JSON.stringify({ iss: 'strict', sub: 'mallory', aud: strict.issuer }),
  ).toString('base64url')}.${'A'.repeat(86)}`
  const refused = await bench.app.directGrants.run({
    connectionId: id,
    input: { grant: 'jwt_bearer', from: { assertion: forged } },
  })
  expect(refused.ok).toBe(false)
  expect(value(bench.app.first.accounts())).toHaveLength(1)
})

it('token exchange: an account’s token, which stays in the vault, brings one for another API', async () => {
  await start({ grant_types: ['password', 'urn:ietf:params:oauth:grant-type:token-exchange'] })
  const first = await connect({ settings: { grant: 'password' } })
  const alice = await get(first, { grant: 'password', username: 'alice', password: 'right' })
  const second = await connect({
    name: 'Exchange',
    settings: { grant: 'token_exchange', audience: 'another-api' },
    scope: 'write',
  })
  const exchanged = await get(second, {
    grant: 'token_exchange',
    subject: { accountId: alice.id, kind: 'access' },
  })
  expect(exchanged).toMatchObject({ subject: 'alice', grant: 'token_exchange', scope: 'write' })
  expect(strict.tokenRequests.at(-1)?.parameters).toMatchObject({
    audience: 'another-api',
    subject_token: tokenOf(alice.id),
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  })
  expect(tokenOf(alice.id)).not.toBe(tokenOf(exchanged.id))
})

describe('device code (RFC 8628)', () => {
  const prepare = async () => {
    await start({
      token_endpoint_auth_method: 'none',
      client_secret: undefined,
      grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
    })
    return connect({
      settings: { grant: 'device_code' },
      clientAuthentication: 'none',
      clientSecret: '',
      scope: 'openid offline_access read',
    })
  }
  /** Lets the next poll happen, and waits for its answer. */
  const poll = async () => {
    const timer = bench.timers.at(-1)
    bench.timers = bench.timers.filter((each) => each !== timer)
    const asked = strict.tokenRequests.length
    timer?.then()
    await expect.poll(() => strict.tokenRequests.length).toBeGreaterThan(asked)
    return timer?.milliseconds
  }

  it('says so where the database does not take what came', async () => {
    const connectionId = await prepare()
    const pending = value(await bench.app.signIn.start({ connectionId }))
    await useDeviceCode(pending.device?.verificationUriComplete ?? '')
    const holder = new SqliteDatabase(join(bench.folder, 'gatehouse.db'))
    holder.exec('BEGIN IMMEDIATE')
    await poll()
    await expect
      .poll(() => bench.ended.at(-1), { timeout: 10_000 })
      .toMatchObject({ signInId: pending.id, error: { code: 'database_locked' } })
    holder.close()
  }, 30_000)

  it('shows a code, waits, and signs in when someone has used it', async () => {
    const connectionId = await prepare()
    const pending = value(await bench.app.signIn.start({ connectionId }))
    expect(pending.device).toMatchObject({
      userCode: expect.stringMatching(/^[A-Z]{4}-[A-Z]{4}$/),
      verificationUri: `${strict.issuer}/device`,
    })
    expect(pending.device?.verificationUriComplete).toContain('user_code=')
    expect(await poll()).toBe(5_000)
    await expect.poll(() => bench.timers.length).toBeGreaterThan(0)
    expect(value(bench.app.signIn.list())).toHaveLength(1)
    await useDeviceCode(pending.device?.verificationUriComplete ?? '')
    await poll()
    await expect
      .poll(() => bench.ended.at(-1))
      .toMatchObject({ signInId: pending.id, accountId: expect.any(String) })
    const account = value(await bench.app.accounts.get(bench.ended.at(-1)?.accountId ?? ''))
    expect(account).toMatchObject({ subject: 'alice', grant: 'device_code', hasRefreshToken: true })
    expect(await bench.app.accounts.refresh(account.id)).toMatchObject({ ok: true })
    expect(value(bench.app.signIn.list())).toEqual([])
  })

  it('goes on after a restart', async () => {
    const connectionId = await prepare()
    const pending = value(await bench.app.signIn.start({ connectionId }))
    await bench.restart()
    bench.timers = []
    expect(value(bench.app.signIn.list())).toMatchObject([{ id: pending.id, device: pending.device }])
    await useDeviceCode(pending.device?.verificationUriComplete ?? '')
    await poll()
    await expect.poll(() => bench.ended.at(-1)).toMatchObject({ accountId: expect.any(String) })
  })

  it('says that it was refused, that it expired, or stops when it is cancelled', async () => {
    const connectionId = await prepare()
    const refused = value(await bench.app.signIn.start({ connectionId }))
    await useDeviceCode(refused.device?.verificationUriComplete ?? '', 'abort')
    await poll()
    await expect.poll(() => bench.ended.at(-1)?.error?.code).toBe('device_denied')

    value(await bench.app.signIn.start({ connectionId }))
    bench.clock.forward(3_600_000)
    bench.timers.at(-1)?.then()
    await expect.poll(() => bench.ended.at(-1)?.error?.code).toBe('device_expired')

    const cancelled = value(await bench.app.signIn.start({ connectionId }))
    const waiting = bench.timers.length
    expect(bench.app.signIn.cancel(cancelled.id)).toMatchObject({ ok: true })
    expect(bench.timers).toHaveLength(waiting - 1)
    expect(value(bench.app.signIn.list())).toEqual([])
  })
})

describe('mutual TLS (RFC 8705)', () => {
  const x5c = certificates.client.certificate.replace(/-----[A-Z ]+-----|\s/g, '')
  it('self-signed: the certificate is shown at the token endpoint and binds the token', async () => {
    const { X509Certificate } = await import('node:crypto')
    const jwk = new X509Certificate(certificates.client.certificate).publicKey.export({ format: 'jwk' })
    await start(
      {
        token_endpoint_auth_method: 'self_signed_tls_client_auth',
        client_secret: undefined,
        tls_client_certificate_bound_access_tokens: true,
        grant_types: ['client_credentials'],
        jwks: { keys: [{ ...jwk, x5c: [x5c], kid: 'c' }] },
      },
      { tls: true },
    )
    const id = await connect({
      clientAuthentication: 'self_signed_tls_client_auth',
      clientSecret: '',
      certificate: certificates.client,
      settings: { grant: 'client_credentials' },
    })
    const account = await get(id, { grant: 'client_credentials' })
    const [view] = value(bench.app.first.connections()).filter((each) => each.id === id)
    expect(view?.certificate).toMatchObject({ subject: 'CN=gatehouse-test-client' })
    expect(decodeJwt(tokenOf(account.id))['cnf']).toEqual({ 'x5t#S256': view?.certificate?.thumbprint })
  })

  it('by name, through the browser; the bound token works with its certificate only', async () => {
    await start(
      {
        token_endpoint_auth_method: 'tls_client_auth',
        client_secret: undefined,
        tls_client_auth_san_dns: 'client.test',
        tls_client_certificate_bound_access_tokens: true,
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: ['app.gatehouse.desktop:/oauth/callback'],
      },
      { tls: true },
    )
    const connectionId = await connect({
      clientAuthentication: 'tls_client_auth',
      clientSecret: '',
      certificate: certificates.client,
      scope: 'openid offline_access',
      resource: undefined,
    })
    value(await bench.app.signIn.start({ connectionId }))
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    const { redirect } = await signInAtStrict(bench.opened.at(-1) ?? '').finally(() => {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    })
    const { accountId } = value(await bench.app.signIn.receive(redirect))
    expect((await send(accountId, `${strict.issuer}/me`)).status).toBe(200)
    expect(await bench.app.accounts.refresh(accountId)).toMatchObject({ ok: true })
    const engine = createRequestEngine({ trusted })
    closing.push(() => engine.close())
    const stolen = await engine.send(
      { method: 'GET', url: `${strict.issuer}/me`, headers: [] },
      { credential: { type: 'Bearer', text: tokenOf(accountId), allowInsecure: false } },
    )
    expect(stolen).toMatchObject({ ok: true, value: { status: 401 } })
  })

  it('refuses a key that belongs to another certificate', async () => {
    await start({ grant_types: ['client_credentials'] })
    const saved = await bench.app.connections.save({
      name: 'x',
      provider: { issuer: strict.issuer },
      clientId: 'strict',
      clientAuthentication: 'tls_client_auth',
      scope: '',
      redirectKind: 'custom-scheme',
      allowInsecure: false,
      certificate: { certificate: certificates.client.certificate, key: certificates.server.key },
    })
    expect(saved).toMatchObject({ ok: false, error: { code: 'certificate_unfit' } })
  })
})
