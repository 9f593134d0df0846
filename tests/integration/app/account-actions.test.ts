import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createBrowser } from '../../support/playground-browser.ts'
import { scanForSecrets } from '../../support/scan.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
let accountId: string
let browser: ReturnType<typeof createBrowser>

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const account = async () => value(await bench.app.accounts.get(accountId))
const send = async () =>
  value(
    await bench.app.sendRequest.send({
      sendId: randomUUID(),
      draft: {
        method: 'GET',
        url: `${bench.playground.apiBase}/profile`,
        query: [],
        headers: [],
        body: { kind: 'none' },
        accountId,
      },
    }),
  )

beforeEach(async () => {
  bench = await openWorkbench()
  browser = createBrowser()
  const connectionId = await connectPlayground(bench)
  value(await bench.app.signIn.start({ connectionId }))
  const redirect = await browser.signIn(bench.opened.at(-1) ?? '', {
    username: 'alice',
    password: 'alice-password',
  })
  accountId = value(await bench.app.signIn.receive(redirect)).accountId
})
afterEach(() => bench.close())

it('shows what the provider offers', async () => {
  expect((await account()).abilities).toEqual({
    userinfo: { offered: true },
    introspect: { offered: true },
    revoke: { offered: true },
    'log-out': { offered: true },
  })
})

it('tells what userinfo says, and keeps it in the profile', async () => {
  const answer = value(await bench.app.accountActions.userinfo(accountId))
  expect(answer.findings).toHaveLength(1)
  expect(answer.findings[0]).toMatchObject({ tone: 'ok' })
  const named = Object.fromEntries((answer.findings[0]?.claims ?? []).map(({ name, text }) => [name, text]))
  expect(named).toMatchObject({ preferred_username: 'alice', sub: (await account()).subject })
  expect((await account()).profile.map(({ name }) => name)).toContain('preferred_username')
})

it('refreshes first where the access token has expired', async () => {
  bench.clock.forward(115_000)
  expect(value(await bench.app.accountActions.userinfo(accountId)).findings[0]?.tone).toBe('ok')
  expect((await account()).refreshCount).toBe(1)
})

it('introspects both tokens', async () => {
  const { findings } = value(await bench.app.accountActions.introspect(accountId))
  expect(findings.map(({ title, tone }) => [title, tone])).toEqual([
    ['Access token', 'ok'],
    ['Refresh token', 'ok'],
  ])
  expect(findings[1]?.claims.map(({ name }) => name)).toContain('client_id')
  // An access token is meant for the API, not for the client that asks.
  expect(findings[0]?.claims.find(({ name }) => name === 'aud')).toMatchObject({
    says: 'Meant for the Orders API, and for the provider itself.',
  })
  expect(findings.flatMap(({ claims }) => claims).filter(({ attention }) => attention !== undefined)).toEqual(
    [],
  )
})

it('revokes, refresh token first, and says what the provider did', async () => {
  const { findings, notes } = value(await bench.app.accountActions.revoke(accountId))
  expect(findings.map(({ title }) => title)).toEqual(['Refresh token', 'Access token'])
  expect(findings[0]).toMatchObject({ tone: 'ok', says: expect.stringContaining('not active') })
  expect(notes.join(' ')).toContain('until it expires')
  const view = await account()
  expect(view.lineage.at(-1)).toMatchObject({ event: 'revoked' })
  expect(view.life.revokedAt).toBeGreaterThan(0)
  expect(view.trouble).toMatchObject({ code: 'refresh_revoked' })
  bench.clock.forward(115_000)
  // Nothing is asked with the dead refresh token.
  expect((await send()).errorCode).toBe('refresh_revoked')
  expect((await account()).lineage.at(-1)).toMatchObject({ event: 'revoked' })
})

it('leaves no token in what it keeps of these actions', async () => {
  const texts = {
    access: value(bench.app.tokens.reveal({ accountId, kind: 'access' })).text,
    refresh: value(bench.app.tokens.reveal({ accountId, kind: 'refresh' })).text,
    id: value(bench.app.tokens.reveal({ accountId, kind: 'id' })).text,
  }
  value(await bench.app.accountActions.userinfo(accountId))
  value(await bench.app.accountActions.introspect(accountId))
  value(await bench.app.logOut.start({ id: accountId, wayBack: true }))
  value(await bench.app.accountActions.revoke(accountId))
  expect(await scanForSecrets(bench.folder, texts)).toEqual([])
})

it('logs out at the provider and forgets the account when the browser comes back', async () => {
  const pending = value(await bench.app.logOut.start({ id: accountId, wayBack: true }))
  expect(pending.expiresAt).toBeGreaterThan(bench.clock.now())
  const url = bench.opened.at(-1) ?? ''
  expect([...new URL(url).searchParams.keys()].sort()).toEqual([
    'client_id',
    'id_token_hint',
    'post_logout_redirect_uri',
    'state',
  ])
  const page = await browser.open(url)
  const back = await browser.submit(page, '/confirm', {}, ['logout', 'yes'])
  expect(back.url).toMatch(/^app\.gatehouse\.desktop:\/+oauth\/logout\?state=/)
  // Until it comes back the tokens stay; a forged way back changes nothing.
  await bench.app.receiveRedirect('app.gatehouse.desktop:/oauth/logout?state=forged')
  expect(bench.loggedOut.at(-1)).toMatchObject({ error: { code: 'logout_state_unknown' } })
  expect((await send()).status).toBe(200)
  await bench.app.receiveRedirect(back.url)
  expect(bench.loggedOut.at(-1)).toEqual({ accountId, displayName: 'alice' })
  expect(value(bench.app.first.accounts())).toEqual([])
  await bench.app.receiveRedirect(back.url)
  expect(bench.loggedOut.at(-1)).toMatchObject({ error: { code: 'logout_state_unknown' } })
})

it('recognises no way back after ten minutes, nor one without a state', async () => {
  value(await bench.app.logOut.start({ id: accountId, wayBack: true }))
  const state = new URL(bench.opened.at(-1) ?? '').searchParams.get('state')
  bench.clock.forward(11 * 60_000)
  await bench.app.receiveRedirect(`app.gatehouse.desktop:/oauth/logout?state=${state}`)
  await bench.app.receiveRedirect('app.gatehouse.desktop:/oauth/logout')
  expect(bench.loggedOut.map(({ error }) => error?.code)).toEqual([
    'logout_state_unknown',
    'logout_state_missing',
  ])
  expect(value(bench.app.first.accounts())).toHaveLength(1)
})

it('comes back from a log-out by loopback, from now on', async () => {
  const pending = value(await bench.app.logOut.start({ id: accountId, wayBack: true }))
  expect(pending.loopback).toBe(true)
  const first = bench.opened.at(-1) ?? ''
  const again = value(await bench.app.logOut.start({ id: accountId, wayBack: true, loopback: true }))
  expect(again.loopback).toBe(false)
  const [connection] = value(bench.app.first.connections())
  expect(connection?.redirectKind).toBe('loopback')
  const url = bench.opened.at(-1) ?? ''
  expect(new URL(url).searchParams.get('post_logout_redirect_uri')).toMatch(
    /^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback$/,
  )
  const page = await browser.open(url)
  const back = await browser.submit(page, '/confirm', {}, ['logout', 'yes'])
  // Of two log-outs of one account the newer counts.
  const state = new URL(first).searchParams.get('state')
  await bench.app.receiveRedirect(`app.gatehouse.desktop:/oauth/logout?state=${state}`)
  expect(bench.loggedOut.at(-1)).toMatchObject({ error: { code: 'logout_state_unknown' } })
  expect((await fetch(back.url)).status).toBe(200)
  expect(bench.loggedOut.at(-1)).toEqual({ accountId, displayName: 'alice' })
  expect(value(bench.app.first.accounts())).toEqual([])
  // Nobody listens there anymore.
  await expect(fetch(back.url)).rejects.toThrow()
})

it('says so where the browser does not come back from a log-out in time', async () => {
  value(await bench.app.logOut.start({ id: accountId, wayBack: true }))
  const limit = bench.timers.findLast(({ milliseconds }) => milliseconds === 600_000)
  limit?.then()
  expect(bench.loggedOut.at(-1)).toMatchObject({ accountId, error: { code: 'logout_timed_out' } })
  expect(value(bench.app.first.accounts())).toHaveLength(1)
})
