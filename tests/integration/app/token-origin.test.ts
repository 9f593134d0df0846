import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ExchangeView, TokenTarget } from '../../../src/core/contract/requests.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** A server that was never meant: it counts the calls that come, and those with a token. */
const openStranger = async () => {
  const seen = { calls: 0, tokens: 0 }
  const server = createServer((request, response) => {
    seen.calls += 1
    if (request.headers.authorization !== undefined) seen.tokens += 1
    response.end('{}')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { origin, seen, close: () => void server.close() }
}

let bench: Workbench
const accounts: string[] = []

beforeAll(async () => {
  bench = await openWorkbench()
  const connectionId = await connectPlayground(bench)
  for (const username of ['alice', 'bob']) {
    value(await bench.app.signIn.start({ connectionId }))
    const person = { username, password: `${username}-password` }
    const redirect = await signInAtProvider(bench.opened.at(-1) ?? '', person)
    accounts.push(value(await bench.app.signIn.receive(redirect)).accountId)
  }
})
afterAll(() => bench.close())

const send = async (url: string, accountId: string | null, allowToken?: TokenTarget) =>
  value(
    await bench.app.sendRequest.send({
      sendId: randomUUID(),
      draft: { method: 'GET', url, query: [], headers: [], body: { kind: 'none' }, accountId },
      allowToken,
    }),
  )

it('asks once before a token goes to an origin that it was not meant for', async () => {
  const stranger = await openStranger()
  const [alice = '', bob = ''] = accounts
  const asked = await send(`${stranger.origin}/orders`, alice)
  expect(asked).toMatchObject({
    errorCode: 'token_origin_unconfirmed',
    remedies: [{ kind: 'allow-token', accountId: alice, origin: stranger.origin }],
  })
  expect(asked.error?.message).toContain(new URL(bench.playground.apiBase).origin)
  expect(stranger.seen).toEqual({ calls: 0, tokens: 0 })

  // Allowed for bob, who is not sent as: alice's stays.
  await send(stranger.origin, alice, { accountId: bob, origin: stranger.origin })
  expect(stranger.seen.calls).toBe(0)

  expect((await send(stranger.origin, alice, { accountId: alice, origin: stranger.origin })).status).toBe(200)
  await bench.restart()
  expect((await send(`${stranger.origin}/other`, alice)).status).toBe(200)
  expect((await send(stranger.origin, bob)).errorCode).toBe('token_origin_unconfirmed')
  expect(stranger.seen).toEqual({ calls: 2, tokens: 2 })
  stranger.close()
})

it('sends a token where it was meant to go without asking', async () => {
  const exchange = await send(`${bench.playground.apiBase}/profile`, accounts[0] ?? null)
  expect(exchange.status).toBe(200)
})

it('gives a server that was not meant no token that was not allowed, over 30 orders of clicks', async () => {
  const who = fc.constantFrom(null, 0, 1)
  const step = fc.oneof(
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('pick' as const), who }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('type' as const), where: fc.constantFrom('meant', 'other') }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('send' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('allow' as const) }) },
  )
  let withToken = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 16 }), async (steps) => {
      const stranger = await openStranger()
      const allowed = new Set<string>()
      let accountId: string | null = null
      let url = stranger.origin
      let shown: ExchangeView | undefined
      let expected = 0
      const deliver = async (target?: TokenTarget) => {
        if (target) allowed.add(target.accountId)
        shown = await send(url, accountId, target)
        if (url === stranger.origin && accountId !== null && allowed.has(accountId)) expected += 1
      }
      for (const each of steps) {
        if (each.kind === 'pick') accountId = each.who === null ? null : (accounts[each.who] ?? null)
        if (each.kind === 'type')
          url = each.where === 'meant' ? `${bench.playground.apiBase}/profile` : stranger.origin
        if (each.kind === 'send') await deliver()
        if (each.kind !== 'allow') continue
        const remedy = shown?.remedies?.find(({ kind }) => kind === 'allow-token')
        // The button of the last answer, whatever account and address were chosen after it.
        if (remedy?.kind === 'allow-token' && remedy.accountId === accountId && url === stranger.origin)
          await deliver({ accountId: remedy.accountId, origin: remedy.origin })
      }
      expect(stranger.seen.tokens).toBe(expected)
      withToken += expected
      stranger.close()
    }),
    { numRuns: 30 },
  )
  expect(withToken).toBeGreaterThan(0)
})

it('proposes the accounts whose token fits the address, and sends nothing for it', async () => {
  const fitting = (url: string) => value(bench.app.proposeAccounts({ url })).toSorted()
  const both = accounts.toSorted()
  expect(fitting(`${bench.playground.apiBase}/anything`)).toEqual(both)
  expect(fitting(bench.playground.issuer)).toEqual(both)
  const stranger = await openStranger()
  for (const url of [stranger.origin, 'no address', '{{unknown}}/a', 'file:///etc/passwd', ''])
    expect(fitting(url)).toEqual([])
  const alice = accounts[0] ?? ''
  await send(stranger.origin, alice, { accountId: alice, origin: stranger.origin })
  expect(fitting(`${stranger.origin}/other`)).toEqual([alice])
  expect(stranger.seen.calls).toBe(1)

  const id = value(bench.app.first.environments())[0]?.id ?? ''
  const variables = [{ name: 'api', secret: false, value: bench.playground.apiBase }]
  value(bench.app.environments.saveVariables({ id, variables }))
  expect(fitting('{{api}}/orders')).toEqual(both)
  value(bench.app.environments.use({ id: value(bench.app.environments.create({ name: 'other' })).id }))
  expect(fitting(`${bench.playground.apiBase}/orders`)).toEqual([])
  value(bench.app.environments.use({ id }))
  stranger.close()
})
