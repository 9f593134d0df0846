import { randomUUID } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import type { RequestDraft } from '../../../src/core/contract/requests.ts'
import { networkError, type Fetch } from '../../../src/core/oauth/wire/fetch.ts'
import { createOauthFetch } from '../../../src/node/net/fetch.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { scanForSecrets } from '../../support/scan.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
afterEach(() => bench.close())

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** Is between Gatehouse and the token endpoint: what `trouble` answers comes instead of the provider's answer;
 *  `undefined` lets the message through. */
type Trouble = (attempt: number, send: () => Promise<Response>) => Promise<Response> | undefined

const openWith = async (trouble: Trouble = () => undefined) => {
  let refreshes = 0
  const real = createOauthFetch({ now: () => bench.clock.now() })
  const fetch: Fetch = (url, options) => {
    if (!String(options?.body).includes('grant_type=refresh_token')) return real(url, options)
    refreshes += 1
    return trouble(refreshes, () => real(url, options)) ?? real(url, options)
  }
  bench = await openWorkbench({ overrides: { net: { fetch } } })
  const connectionId = await connectPlayground(bench)
  value(await bench.app.signIn.start({ connectionId }))
  const redirect = await signInAtProvider(bench.opened.at(-1) ?? '', {
    username: 'alice',
    password: 'alice-password',
  })
  const { accountId } = value(await bench.app.signIn.receive(redirect))
  return { accountId, refreshes: () => refreshes }
}

const draft = (accountId: string, method = 'GET'): RequestDraft => ({
  method,
  url: `${bench.playground.apiBase}/profile`,
  query: [],
  headers: [],
  body: { kind: 'none' },
  accountId,
})
const send = async (accountId: string, allowToken?: { accountId: string; origin: string }) =>
  value(
    await bench.app.sendRequest.send({
      sendId: randomUUID(),
      draft: draft(accountId),
      ...(allowToken && { allowToken }),
    }),
  )
const many = (accountId: string, count = 200) =>
  Promise.all(Array.from({ length: count }, () => send(accountId)))
const account = async (accountId: string) => value(await bench.app.accounts.get(accountId))

const json = (status: number, body: object, headers: Record<string, string> = {}) =>
  Promise.resolve(
    new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json', ...headers },
    }),
  )
const cut = () => Promise.reject(networkError({ code: 'network_cut', message: 'The connection was cut.' }))
const refusedConnection = () =>
  Promise.reject(networkError({ code: 'network_refused', message: 'Nobody answers there.' }))

it.each<[string, Trouble, number]>([
  ['nothing in the way', () => undefined, 1],
  [
    'a token endpoint that fails twice first',
    (n) => (n <= 2 ? json(503, { error: 'server_error' }) : undefined),
    3,
  ],
  ['429 with Retry-After', (n) => (n === 1 ? json(429, {}, { 'retry-after': '3' }) : undefined), 2],
  ['the network cut at first', (n) => (n <= 3 ? refusedConnection() : undefined), 4],
])(
  'refreshes once for 200 requests at the same time, all of which succeed: %s',
  async (_, trouble, attempts) => {
    const { accountId, refreshes } = await openWith(trouble)
    bench.clock.forward(115_000)
    const exchanges = await many(accountId)
    expect(exchanges.filter(({ status }) => status === 200)).toHaveLength(200)
    expect(refreshes()).toBe(attempts)
    const { refreshCount, lineage } = await account(accountId)
    expect(refreshCount).toBe(1)
    expect(lineage.map(({ event }) => event)).toEqual(['signed-in', 'refreshed'])
  },
  60_000,
)

it('waits no less than Retry-After asks for, and does not ask again where it is longer than its patience', async () => {
  const asked: number[] = []
  const { accountId, refreshes } = await openWith((n) => {
    asked.push(bench.clock.now())
    return n === 1
      ? json(429, {}, { 'retry-after': '5' })
      : n === 2
        ? json(429, {}, { 'retry-after': '60' })
        : undefined
  })
  bench.clock.forward(115_000)
  expect((await send(accountId)).errorCode).toBe('token_rate_limited')
  expect(asked[1] ?? 0).toBeGreaterThanOrEqual((asked[0] ?? 0) + 5_000)
  expect((await send(accountId)).errorCode).toBe('refresh_waiting')
  expect(refreshes()).toBe(2)
  bench.clock.forward(60_000)
  expect((await send(accountId)).status).toBe(200)
})

it('deletes nothing where the network stays away, and goes on when it is back', async () => {
  let away = true
  const { accountId } = await openWith(() => (away ? refusedConnection() : undefined))
  bench.clock.forward(115_000)
  const failed = await many(accountId, 20)
  expect(new Set(failed.map(({ errorCode }) => errorCode))).toEqual(new Set(['token_network_refused']))
  away = false
  expect((await send(accountId)).status).toBe(200)
})

it('explains a refresh token that died with a lost answer, and does not ask with it again', async () => {
  const { accountId, refreshes } = await openWith((n, through) => (n === 1 ? through().then(cut) : undefined))
  bench.clock.forward(115_000)
  const lost = await send(accountId)
  expect(lost).toMatchObject({ errorCode: 'refresh_answer_lost' })
  expect(lost.error?.next).toContain('Sign in again')
  const asked = refreshes()
  expect((await send(accountId)).errorCode).toBe('refresh_answer_lost')
  expect(refreshes()).toBe(asked)
  expect((await account(accountId)).trouble).toMatchObject({ code: 'refresh_answer_lost' })
  const { connectionId } = await account(accountId)
  value(await bench.app.signIn.start({ connectionId }))
  const again = await signInAtProvider(bench.opened.at(-1) ?? '', {
    username: 'alice',
    password: 'alice-password',
  })
  expect(await bench.app.signIn.receive(again)).toEqual({ ok: true, value: { accountId } })
  expect((await send(accountId)).status).toBe(200)
  expect((await account(accountId)).trouble).toBeUndefined()
})

it('keeps a rotated refresh token aside, sealed, where its response is not believed', async () => {
  let spoilt = ''
  const { accountId } = await openWith((n, through) =>
    n === 1
      ? through().then(async (response) => {
          const body = (await response.json()) as Record<string, unknown>
          spoilt = String(body['refresh_token'])
          return json(200, { ...body, token_type: 'unheard-of' })
        })
      : undefined,
  )
  bench.clock.forward(115_000)
  expect((await send(accountId)).errorCode).toBe('token_type_unknown')
  expect(spoilt).not.toBe('')
  expect(await scanForSecrets(bench.folder, { spoilt })).toEqual([])
  await bench.restart()
  expect((await send(accountId)).status).toBe(200)
  expect((await account(accountId)).refreshCount).toBe(1)
})

it('keeps nothing of a response that belongs to someone else', async () => {
  const other = {
    sub: 'mallory',
    iss: '',
    aud: 'gatehouse-desktop',
    exp: 4e9,
    iat: Math.floor(Date.now() / 1000),
  }
  const part = (data: object) => Buffer.from(JSON.stringify(data)).toString('base64url')
  const { accountId } = await openWith((n) =>
    n === 1
      ? json(200, {
          access_token: 'a',
          token_type: 'Bearer',
          refresh_token: 'r',
          id_token: `${part({ alg: 'ES256' })}.${part({ ...other, iss: bench.playground.issuer })}.c2ln`,
        })
      : undefined,
  )
  bench.clock.forward(115_000)
  expect((await send(accountId)).errorCode).toBe('refresh_other_subject')
  expect((await send(accountId)).status).toBe(200)
})

it('takes what another process has stored meanwhile', async () => {
  const { accountId } = await openWith((n) =>
    n === 1
      ? (async () => {
          // As if the other process had been quicker: its tokens are in the store before this refusal arrives.
          const other = await bench.another()
          value(await other.app.accounts.refresh(accountId))
          await other.close()
          return json(400, { error: 'invalid_grant' })
        })()
      : undefined,
  )
  bench.clock.forward(115_000)
  expect((await send(accountId)).status).toBe(200)
  expect((await account(accountId)).lineage.at(-1)).toMatchObject({ event: 'refreshed' })
  expect((await account(accountId)).refreshCount).toBe(1)
})

it('refreshes and sends again after a 401 that names the token, with a body too', async () => {
  const { accountId, refreshes } = await openWith()
  await bench.playground.setFault('rotated-keys', true)
  const exchange = await send(accountId)
  expect(exchange).toMatchObject({ status: 200, resent: { firstStatus: 401 }, carried: { refreshed: true } })
  expect(refreshes()).toBe(1)
})

it('does not refresh again and again for an API that refuses every token', async () => {
  const { accountId, refreshes } = await openWith()
  await bench.playground.setFault('wrong-audience', true)
  value(await bench.app.accounts.refresh(accountId))
  const before = refreshes()
  // A token for another API goes there by the user's word alone.
  const allowed = { accountId, origin: new URL(bench.playground.apiBase).origin }
  for (let count = 0; count < 3; count += 1) expect((await send(accountId, allowed)).status).toBe(401)
  expect(refreshes()).toBe(before + 1)
})

it('stops waiting when the vault is to be locked, and keeps what it has', async () => {
  const { accountId, refreshes } = await openWith(() => refusedConnection())
  bench.clock.forward(115_000)
  const sending = send(accountId)
  const settled = bench.app.settle()
  expect((await sending).errorCode).toBe('token_network_refused')
  await settled
  expect(refreshes()).toBe(1)
})

it('tells what a refresh changed', async () => {
  const { accountId } = await openWith()
  await bench.playground.setFault('wrong-audience', true)
  value(await bench.app.accounts.refresh(accountId))
  const { lineage, serverClockSkew } = await account(accountId)
  expect(lineage.at(-1)?.changes).toEqual(
    expect.arrayContaining([
      'refresh token rotated',
      expect.stringMatching(/^claim aud: .* → .*another-api/),
    ]),
  )
  expect(serverClockSkew).toBeLessThanOrEqual(0)
})

it('sends an earlier request again with the token that it carried, or not at all', async () => {
  const { accountId, refreshes } = await openWith()
  const earlier = await send(accountId)
  const again = async () =>
    value(
      await bench.app.sendRequest.send({
        sendId: randomUUID(),
        draft: draft(accountId),
        sameTokenAs: earlier.id,
      }),
    )
  expect(await again()).toMatchObject({ status: 200, carried: { life: earlier.carried?.life } })
  bench.clock.forward(3_600_000)
  // By this computer's clock it has run out: it is sent all the same.
  expect(await again()).toMatchObject({ status: 200, carried: { refreshed: false } })
  expect(refreshes()).toBe(0)
  expect(await send(accountId)).toMatchObject({ status: 200 })
  const refused = await again()
  expect(refused).toMatchObject({ errorCode: 'token_replaced' })
  expect(refused.status).toBeUndefined()
})
