import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { PlaygroundFault } from '../../../src/core/contract/app.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
let accountId: string

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const set = async (fault: PlaygroundFault, on: boolean) => {
  const state = value(await bench.app.playground.setFault({ fault, on }))
  return state.state === 'running' ? state.faults : state.state
}
/** By the user's word also where the token is meant for another API. */
const send = async () =>
  value(
    await bench.app.sendRequest.send({
      sendId: randomUUID(),
      draft: {
        method: 'GET',
        url: `${bench.playground.apiBase}/orders`,
        query: [],
        headers: [],
        body: { kind: 'none' },
        accountId,
      },
      allowToken: { accountId, origin: new URL(bench.playground.apiBase).origin },
    }),
  )
const refresh = async () => value(await bench.app.accounts.refresh(accountId))

beforeEach(async () => {
  bench = await openWorkbench()
  const connectionId = await connectPlayground(bench)
  value(await bench.app.signIn.start({ connectionId }))
  const who = { username: 'alice', password: 'alice-password' }
  const redirect = await signInAtProvider(bench.opened.at(-1) ?? '', who)
  accountId = value(await bench.app.signIn.receive(redirect)).accountId
  expect((await send()).status).toBe(200)
})
afterEach(() => bench.close())

/** What a refused call is explained with. */
const explained = async () => {
  const { status, refusal, resent } = await send()
  return { status, headline: refusal?.headline, by: refusal?.facts.map(({ label }) => label), resent }
}

it('expired-tokens: a new token is refused as expired; without the fault the next one is good', async () => {
  expect(await set('expired-tokens', true)).toEqual(['expired-tokens'])
  await refresh()
  expect(await explained()).toMatchObject({
    status: 401,
    headline: expect.stringMatching(/^The token expired 1 minute/) as string,
  })
  const life = async () => value(await bench.app.accounts.get(accountId)).life.expiresAt
  expect(await life()).toBeLessThan(bench.clock.now())
  expect(await set('expired-tokens', false)).toEqual([])
  await refresh()
  expect(await life()).toBeGreaterThan(bench.clock.now())
  expect((await send()).status).toBe(200)
})

it('wrong-audience: a new token is refused as meant for another API; then the next one is good', async () => {
  await set('wrong-audience', true)
  await refresh()
  const { status, headline, by } = await explained()
  expect({ status, headline }).toEqual({ status: 401, headline: 'The token is meant for another API' })
  expect(by).toEqual(expect.arrayContaining(['The token is meant for', 'Sent to']))
  await set('wrong-audience', false)
  await refresh()
  expect((await send()).status).toBe(200)
})

it('rotated-keys: the old token is refused, refreshed and sent again by itself, both ways', async () => {
  const once = { status: 200, resent: { firstStatus: 401 } }
  await set('rotated-keys', true)
  expect(await send()).toMatchObject(once)
  expect((await send()).resent).toBeUndefined()
  await set('rotated-keys', false)
  expect(await send()).toMatchObject(once)
  expect((await send()).resent).toBeUndefined()
})

it('rotated-keys after another fault: refreshed and sent again by itself all the same', async () => {
  await set('expired-tokens', true)
  await refresh()
  expect((await send()).status).toBe(401)
  // Another refresh would bring another token that has expired.
  expect(await send()).toMatchObject({ status: 401, carried: { refreshed: false } })
  await set('expired-tokens', false)
  await set('rotated-keys', true)
  expect(await send()).toMatchObject({ status: 200, resent: { firstStatus: 401 } })
})

it('too-many-requests: 429 with a wait, no refresh, nothing sent again; then 200', async () => {
  await set('too-many-requests', true)
  const { status, response, resent, refusal, carried } = await send()
  expect({ status, resent, refreshed: carried?.refreshed }).toEqual({ status: 429, refreshed: false })
  expect(refusal?.headline).toMatch(/^Too many requests/)
  expect(refusal?.retryAt).toBeGreaterThan(bench.clock.now())
  const wait = response?.headers.find(([name]) => name.toLowerCase() === 'retry-after')
  expect(Number(wait?.[1])).toBeGreaterThan(0)
  await set('too-many-requests', false)
  expect((await send()).status).toBe(200)
})

it('clock-skew: every token has expired for the API, and this clock says otherwise; then 200', async () => {
  await set('clock-skew', true)
  const { status, headline, by } = await explained()
  expect({ status, headline }).toEqual({
    status: 401,
    headline: 'The API’s clock is 10 minutes ahead: by that clock, the token has expired',
  })
  expect(by).toEqual(expect.arrayContaining(['By this clock', 'The API’s clock']))
  await set('clock-skew', false)
  expect((await send()).status).toBe(200)
})

it('tells the page what is on, also one that loads anew, and nothing after a stop', async () => {
  await set('clock-skew', true)
  await set('too-many-requests', true)
  const { playground } = value(bench.app.first.bootstrap())
  expect(playground).toMatchObject({ state: 'running', faults: ['too-many-requests', 'clock-skew'] })
  value(await bench.app.playground.stop())
  const refused = { ok: false, error: { code: 'playground_not_running' } }
  expect(await bench.app.playground.setFault({ fault: 'clock-skew', on: false })).toMatchObject(refused)
  expect(await bench.app.playground.copy({ what: 'password', of: 'alice' })).toMatchObject(refused)
})

it('copies what the page shows, and nothing else', async () => {
  value(await bench.app.playground.copy({ what: 'password', of: 'alice' }))
  value(await bench.app.playground.copy({ what: 'client-id', of: 'gatehouse-confidential' }))
  value(await bench.app.playground.copy({ what: 'client-secret', of: 'gatehouse-confidential' }))
  expect(bench.copied.slice(-3)).toEqual([
    'alice-password',
    'gatehouse-confidential',
    'gatehouse-playground-secret',
  ])
  const unknown = { ok: false, error: { code: 'playground_unknown' } }
  expect(await bench.app.playground.copy({ what: 'password', of: 'eve' })).toMatchObject(unknown)
  expect(await bench.app.playground.copy({ what: 'client-secret', of: 'gatehouse-desktop' })).toMatchObject(
    unknown,
  )
})
