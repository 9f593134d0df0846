import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Remedy } from '../../../src/core/contract/requests.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
let api: Server
let url: string
/** What the API answers with, given the token that came. */
let answer: (token: string) => { status: number; challenge?: string }

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

beforeEach(async () => {
  bench = await openWorkbench()
  api = createServer((request, response) => {
    const { status, challenge } = answer((request.headers.authorization ?? '').replace('Bearer ', ''))
    response.writeHead(status, challenge === undefined ? {} : { 'www-authenticate': challenge }).end()
  })
  await new Promise<void>((done) => api.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(api.address() as AddressInfo).port}/`
})
afterEach(async () => {
  await new Promise((done) => api.close(done))
  await bench.close()
})

const signIn = async (
  input: Parameters<Workbench['app']['signIn']['start']>[0],
  username = 'alice',
  untick: string[] = [],
) => {
  value(await bench.app.signIn.start(input))
  const redirect = await signInAtProvider(bench.opened.at(-1) ?? '', {
    username,
    password: `${username}-password`,
    untick,
  })
  return value(await bench.app.signIn.receive(redirect)).accountId
}
const send = async (accountId: string, to = url, method = 'GET') =>
  value(
    await bench.app.sendRequest.send({
      sendId: randomUUID(),
      draft: { method, url: to, query: [], headers: [], body: { kind: 'none' }, accountId },
      allowToken: { accountId, origin: new URL(to).origin },
    }),
  )
const first = (remedies: Remedy[] | undefined): Remedy => {
  const [remedy] = remedies ?? []
  if (!remedy) throw new Error('no remedy')
  return remedy
}
const asked = () => new URL(bench.opened.at(-1) ?? '').searchParams

it('carries acr_values and max_age of the challenge into a new sign-in (RFC 9470)', async () => {
  const connectionId = await connectPlayground(bench)
  const accountId = await signIn({ connectionId })
  const old = value(bench.app.tokens.reveal({ accountId, kind: 'access' })).text
  answer = (token) =>
    token === old
      ? {
          status: 401,
          challenge: 'Bearer error="insufficient_user_authentication", acr_values="urn:strong", max_age="5"',
        }
      : { status: 200 }
  const refused = await send(accountId)
  expect(refused.remedies).toEqual([
    {
      kind: 'sign-in',
      label: 'Sign in again as asked and resend',
      accountId,
      connectionId,
      acrValues: 'urn:strong',
      maxAgeSeconds: 5,
    },
  ])
  expect(await signIn({ connectionId, acrValues: 'urn:strong', maxAgeSeconds: 5 })).toBe(accountId)
  expect(Object.fromEntries(asked())).toMatchObject({ acr_values: 'urn:strong', max_age: '5' })
  expect((await send(accountId)).status).toBe(200)
})

it('offers the union of scopes, and the other account that has what is lacking', async () => {
  const connectionId = await connectPlayground(bench)
  const scope = 'openid profile offline_access orders:read'
  const alice = await signIn({ connectionId, scope })
  const bob = await signIn({ connectionId, scope: `${scope} orders:write` }, 'bob')
  answer = () => ({
    status: 403,
    challenge: 'Bearer error="insufficient_scope", scope="orders:read orders:write"',
  })
  const { remedies } = await send(alice)
  expect(remedies).toMatchObject([
    {
      kind: 'sign-in',
      label: 'Request the scope orders:write, sign in and resend',
      scope: `${scope} orders:write`,
    },
    { kind: 'send-as', label: 'Send as bob', accountId: bob },
  ])
  const remedy = first(remedies)
  if (remedy.kind !== 'sign-in') throw new Error('another remedy')
  expect(await signIn({ connectionId, ...(remedy.scope ? { scope: remedy.scope } : {}) })).toBe(alice)
  expect(value(await bench.app.accounts.get(alice)).scope).toContain('orders:write')
})

it('offers nothing where the challenge asks for nothing that can be done', async () => {
  const accountId = await signIn({ connectionId: await connectPlayground(bench) })
  answer = () => ({ status: 403 })
  expect((await send(accountId)).remedies).toBeUndefined()
})

it('offers a new sign-in where the refresh token is dead', async () => {
  const accountId = await signIn({ connectionId: await connectPlayground(bench) })
  value(await bench.app.accountActions.revoke(accountId))
  bench.clock.forward(115_000)
  const failed = await send(accountId)
  expect(failed).toMatchObject({ errorCode: 'refresh_revoked' })
  expect(first(failed.remedies)).toMatchObject({
    kind: 'sign-in',
    label: 'Sign in again and resend',
    accountId,
  })
})

it('keeps in the account’s history that it was refused, and that someone else signed in, over a new sign-in', async () => {
  const connectionId = await connectPlayground(bench)
  const alice = await signIn({ connectionId })
  answer = () => ({ status: 401, challenge: 'Bearer error="insufficient_user_authentication"' })
  await send(alice, `${url}orders?key=unwanted`)
  await send(alice, `${url}orders`)
  answer = () => ({ status: 403 })
  await send(alice)
  const bob = await signIn({ connectionId, accountId: alice }, 'bob')
  expect(bob).not.toBe(alice)
  expect(await signIn({ connectionId, accountId: alice })).toBe(alice)
  const { lineage } = value(await bench.app.accounts.get(alice))
  expect(lineage.map(({ event }) => event)).toEqual(['signed-in', 'refused', 'other-person', 'signed-in'])
  expect(lineage[1]).toMatchObject({ reason: `GET ${url}orders` })
  expect(lineage[1]?.changes).toHaveLength(1)
  expect(lineage[2]?.reason).toContain('bob')
  expect(value(await bench.app.accounts.get(bob)).lineage).toHaveLength(1)
  // What may be a secret in a path stays out of it.
  answer = () => ({ status: 401, challenge: 'Bearer error="invalid_token"' })
  await send(bob, `${url}v2/hooks/x7Kq93zLm/send`)
  expect(value(await bench.app.accounts.get(bob)).lineage.at(-1)?.reason).toBe(`GET ${url}v2/hooks/…/send`)
})
