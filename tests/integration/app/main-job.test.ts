import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { RequestDraft } from '../../../src/core/contract/requests.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { scanForSecrets } from '../../support/scan.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

const alice = { username: 'alice', password: 'alice-password' }
let bench: Workbench

beforeEach(async () => {
  bench = await openWorkbench()
})
afterEach(() => bench.close())

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

const signIn = async (connectionId: string): Promise<string> => {
  value(await bench.app.signIn.start({ connectionId }))
  const redirect = await signInAtProvider(bench.opened.at(-1) ?? '', alice)
  return value(await bench.app.signIn.receive(redirect)).accountId
}

const get = (url: string, accountId: string | null): RequestDraft => ({
  method: 'GET',
  url,
  query: [],
  headers: [],
  body: { kind: 'none' },
  accountId,
})

const send = async (draft: RequestDraft) =>
  value(await bench.app.sendRequest.send({ sendId: randomUUID(), draft }))

it('signs in, shows the tokens, and calls the protected API', async () => {
  const accountId = await signIn(await connectPlayground(bench))
  expect(bench.ended).toEqual([{ signInId: expect.any(String), accountId }])

  const account = value(await bench.app.accounts.get(accountId))
  expect(account.displayName).toBe('alice')
  expect(account.storage).toBe('vault')
  expect(account.access?.format).toBe('jwt')
  const states = (checks = account.access?.checks) =>
    Object.fromEntries(checks?.map(({ id, state }) => [id, state]) ?? [])
  expect(states()).toMatchObject({
    signature: 'valid',
    time: 'valid',
    issuer: 'valid',
    audience: 'valid',
    type: 'valid',
  })
  expect(states(account.id_token?.checks)).toMatchObject({
    signature: 'valid',
    issuer: 'valid',
    audience: 'valid',
    subject: 'valid',
  })
  expect(account.refresh?.format).toBe('opaque')

  const exchange = await send(get(`${bench.playground.apiBase}/orders`, accountId))
  expect(exchange.status).toBe(200)
  expect(exchange.carried).toMatchObject({ displayName: 'alice', refreshed: false })
  expect(value(bench.app.history.list({ limit: 10 }))).toHaveLength(1)
})

it('explains a call without a token and one without the scope', async () => {
  const connectionId = await connectPlayground(bench)
  const without = await send(get(`${bench.playground.apiBase}/orders`, null))
  expect(without.status).toBe(401)
  expect(without.refusal?.certainty).toBe('certain')
  const accountId = await signIn(connectionId)
  const admin = await send(get(`${bench.playground.apiBase}/admin/users`, accountId))
  expect(admin.status).toBe(403)
  expect(JSON.stringify(admin.refusal)).toContain('admin')
})

it('refreshes a token that has expired, once for many requests', async () => {
  const accountId = await signIn(await connectPlayground(bench))
  bench.clock.forward(115_000)
  const exchanges = await Promise.all(
    Array.from({ length: 20 }, () => send(get(`${bench.playground.apiBase}/profile`, accountId))),
  )
  expect(exchanges.map(({ status }) => status)).toEqual(Array(20).fill(200))
  const account = value(await bench.app.accounts.get(accountId))
  expect(account.refreshCount).toBe(1)
  expect(account.lineage.map(({ event }) => event)).toEqual(['signed-in', 'refreshed'])
})

it('keeps tokens over a restart, sealed', async () => {
  const accountId = await signIn(await connectPlayground(bench))
  const texts = {
    access: value(bench.app.tokens.reveal({ accountId, kind: 'access' })).text,
    refresh: value(bench.app.tokens.reveal({ accountId, kind: 'refresh' })).text,
    id: value(bench.app.tokens.reveal({ accountId, kind: 'id' })).text,
  }
  await send(get(`${bench.playground.apiBase}/orders`, accountId))
  expect(await scanForSecrets(bench.folder, texts)).toEqual([])
  await bench.restart()
  expect(value(bench.app.tokens.reveal({ accountId, kind: 'access' })).text).toBe(texts.access)
  expect(await scanForSecrets(bench.folder, texts)).toEqual([])
})

it('finds each of several pending sign-ins by its state, also after a restart', async () => {
  const connectionId = await connectPlayground(bench)
  for (let count = 0; count < 3; count += 1) value(await bench.app.signIn.start({ connectionId }))
  const [first = '', , third = ''] = bench.opened
  const bob = await signInAtProvider(third, { username: 'bob', password: 'bob-password' })
  await bench.restart()
  const bobAccount = value(await bench.app.signIn.receive(bob)).accountId
  const aliceAccount = value(await bench.app.signIn.receive(await signInAtProvider(first, alice))).accountId
  expect(bobAccount).not.toBe(aliceAccount)
  expect(
    value(bench.app.first.accounts())
      .map(({ displayName }) => displayName)
      .sort(),
  ).toEqual(['alice', 'bob'])
  expect(value(bench.app.signIn.list())).toHaveLength(1)
})

it('refuses forged, repeated and late callbacks and disturbs nothing', async () => {
  const connectionId = await connectPlayground(bench)
  const pending = value(await bench.app.signIn.start({ connectionId }))
  const redirect = await signInAtProvider(bench.opened.at(-1) ?? '', alice)
  const refused = async (url: string, code: string) => {
    expect(await bench.app.signIn.receive(url)).toMatchObject({ ok: false, error: { code } })
    expect(value(bench.app.signIn.list()).map(({ id }) => id)).toEqual([pending.id])
  }
  await refused('app.gatehouse.desktop:/oauth/callback?code=x&state=forged', 'callback_state_unknown')
  await refused(redirect.replace(/iss=[^&]+/, 'iss=https%3A%2F%2Fevil.example'), 'callback_iss_mismatch')
  await refused(redirect.replace(/&iss=[^&]+/, ''), 'callback_iss_missing')
  await refused(`${redirect}&state=again`, 'callback_duplicate_parameter')
  expect(await bench.app.signIn.receive(redirect)).toMatchObject({ ok: true })
  expect(await bench.app.signIn.receive(redirect)).toMatchObject({
    ok: false,
    error: { code: 'callback_repeated' },
  })

  value(await bench.app.signIn.start({ connectionId }))
  const late = await signInAtProvider(bench.opened.at(-1) ?? '', alice)
  bench.clock.forward(11 * 60_000)
  expect(await bench.app.signIn.receive(late)).toMatchObject({
    ok: false,
    error: { code: 'sign_in_timed_out' },
  })
})

it('tells what the provider says when the user denies', async () => {
  const connectionId = await connectPlayground(bench)
  value(await bench.app.signIn.start({ connectionId }))
  const denied = await signInAtProvider(bench.opened.at(-1) ?? '', { ...alice, decision: 'deny' })
  expect(await bench.app.signIn.receive(denied)).toMatchObject({
    ok: false,
    error: { code: 'callback_provider_error', providerError: 'access_denied' },
  })
})

it('says that a sign-in was kept in memory only, after a restart without a keyring', async () => {
  await bench.close()
  bench = await openWorkbench({ keyring: 'none' })
  const connectionId = await connectPlayground(bench)
  value(await bench.app.signIn.start({ connectionId }))
  const redirect = await signInAtProvider(bench.opened.at(-1) ?? '', alice)
  await bench.restart()
  expect(await bench.app.signIn.receive(redirect)).toMatchObject({
    ok: false,
    error: { code: 'sign_in_not_kept' },
  })
})

it('takes the redirect on loopback', async () => {
  const connectionId = await connectPlayground(bench)
  const connection = value(bench.app.first.connections())[0]
  value(
    await bench.app.connections.save({
      id: connectionId,
      name: 'Playground by loopback',
      provider: { issuer: bench.playground.issuer },
      clientId: 'gatehouse-desktop',
      clientAuthentication: 'none',
      scope: 'openid profile offline_access orders:read',
      resource: connection?.resource,
      redirectKind: 'loopback',
      allowInsecure: false,
    }),
  )
  value(await bench.app.signIn.start({ connectionId }))
  const redirect = await signInAtProvider(bench.opened.at(-1) ?? '', alice)
  expect(redirect).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//)
  const page = await fetch(redirect)
  expect(page.status).toBe(200)
  await expect.poll(() => bench.ended.at(-1)).toMatchObject({ accountId: expect.any(String) })
})

it('sends the code to nobody when the connection got another issuer meanwhile', async () => {
  const connectionId = await connectPlayground(bench)
  value(await bench.app.signIn.start({ connectionId }))
  const redirect = await signInAtProvider(bench.opened.at(-1) ?? '', alice)
  value(
    await bench.app.connections.save({
      id: connectionId,
      name: 'Elsewhere',
      provider: {
        issuer: 'https://elsewhere.example',
        authorizationEndpoint: 'https://elsewhere.example/authorize',
        tokenEndpoint: 'https://elsewhere.example/token',
      },
      clientId: 'gatehouse-desktop',
      clientAuthentication: 'none',
      scope: 'openid',
      redirectKind: 'custom-scheme',
      allowInsecure: false,
    }),
  )
  expect(await bench.app.signIn.receive(redirect)).toMatchObject({
    ok: false,
    error: { code: 'sign_in_connection_changed' },
  })
  expect(value(bench.app.signIn.list())).toEqual([])
})
