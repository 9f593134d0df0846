import { afterEach, beforeEach, expect, it } from 'vitest'
import { openOddBench, value, type OddBench } from '../../support/odd-workbench.ts'

let all: OddBench
beforeEach(async () => {
  all = await openOddBench()
})
afterEach(() => all.close())

/** A login page that a browser would show before the redirect; `policy` is what its forms may lead to. */
const withLoginPage = (policy?: string): void => {
  const authorize = all.odd.answers['/authorize']
  all.odd.answers['/authorize'] = (request) =>
    request.headers.accept?.includes('text/html') === true
      ? { status: 303, headers: { location: '/login', 'set-cookie': 'step=5' } }
      : (authorize?.(request) ?? {})
  all.odd.answers['/login'] = ({ headers }) =>
    headers.cookie === 'step=5'
      ? {
          headers: {
            'content-type': 'text/html',
            ...(policy === undefined ? {} : { 'content-security-policy': policy }),
          },
          body: '<form method="post"><input name="password" value="alice-password">token=alice</form>',
        }
      : { status: 400 }
}

const start = async (change: Parameters<OddBench['connect']>[0] = {}) => {
  const connectionId = await all.connect(change)
  return value(await all.bench.app.signIn.start({ connectionId }))
}
const connectionOf = (id: string) =>
  value(all.bench.app.first.connections()).find((connection) => connection.id === id)

it('finds in the headers of the login page that the redirect is dropped, and signs in by loopback instead', async () => {
  withLoginPage("form-action 'self' http://127.0.0.1:*")
  const { app } = all.bench
  const pending = await start()
  const hold = value(await app.signIn.whatHolds(pending.id))
  expect(hold).toMatchObject({ found: 'form-action', loopback: true })
  expect(hold.says).toContain('does not let its form lead to app.gatehouse.desktop: (form-action')
  await app.signIn.whatHolds(pending.id)
  // Asked once, and nothing of the sign-in itself was shown there.
  const [asked, ...more] = all.odd.at('/authorize')
  expect(more).toEqual([])
  const real = new URL(all.bench.opened.at(-1) ?? '').searchParams
  expect(asked?.query.get('client_id')).toBe(real.get('client_id'))
  for (const name of ['state', 'code_challenge']) expect(asked?.query.get(name)).not.toBe(real.get(name))

  const again = value(await app.signIn.byLoopback(pending.id))
  expect(again).toMatchObject({ connectionId: pending.connectionId, redirectKind: 'loopback' })
  expect(value(app.signIn.list()).map(({ id }) => id)).toEqual([again.id])
  const redirect = await all.odd.follow(all.bench.opened.at(-1) ?? '')
  expect(redirect).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback\?/)
  expect((await fetch(redirect)).status).toBe(200)
  await app.signIn.settle()
  expect(value(app.first.accounts())).toHaveLength(1)
  // It is kept: the next sign-in takes it by itself.
  expect(connectionOf(pending.connectionId)?.redirectKind).toBe('loopback')
  expect(value(await app.signIn.start({ connectionId: pending.connectionId })).redirectKind).toBe('loopback')
})

it('tells in the flow what was looked for, and no secret of the page', async () => {
  withLoginPage("form-action 'self'")
  const { app } = all.bench
  const pending = await start({ name: 'alice' })
  expect(value(await app.signIn.whatHolds(pending.id))).toMatchObject({
    found: 'form-action',
    loopback: false,
  })
  value(app.signIn.cancel(pending.id))
  const flow = value(app.flows.get(pending.id))
  expect(flow.title).toBe('Sign in · alice')
  const checks = flow.messages.find(({ title }) => title === 'Headers of the login page')?.checks
  expect(checks).toMatchObject([{ id: 'form-action', state: 'notice' }])
  expect(JSON.stringify(flow)).not.toContain('step=5')
})

it('says in words what may hold it where the page says nothing, or cannot be asked', async () => {
  withLoginPage("form-action 'self' app.gatehouse.desktop:")
  const { app } = all.bench
  const allowed = await start()
  expect(value(await app.signIn.whatHolds(allowed.id))).toMatchObject({ found: 'nothing', loopback: true })
  all.odd.answers['/login'] = () => ({ status: 500 })
  const broken = await start()
  expect(value(await app.signIn.whatHolds(broken.id))).toMatchObject({ found: 'not-asked', loopback: true })
  const before = all.odd.at('/authorize').length
  all.odd.answers['/par'] = () => ({ status: 201, body: { request_uri: 'urn:once', expires_in: 60 } })
  all.odd.answers['/.well-known/openid-configuration'] = () => ({
    body: {
      issuer: all.odd.issuer,
      authorization_endpoint: `${all.odd.issuer}/authorize`,
      token_endpoint: `${all.odd.issuer}/token`,
      pushed_authorization_request_endpoint: `${all.odd.issuer}/par`,
    },
  })
  const pushed = await start({ settings: { pushed: true } })
  expect(value(await app.signIn.whatHolds(pushed.id))).toMatchObject({ found: 'not-asked' })
  expect(all.odd.at('/authorize')).toHaveLength(before)
})

it('offers no loopback where responses cannot arrive there, and changes nothing where it cannot be had', async () => {
  const { app } = all.bench
  const inFragment = await start({ settings: { responseMode: 'fragment' } })
  expect(value(await app.signIn.whatHolds(inFragment.id)).loopback).toBe(false)
  expect(await app.signIn.byLoopback(inFragment.id)).toMatchObject({ error: { code: 'sign_in_no_loopback' } })
  expect(await app.signIn.byLoopback('nobody')).toMatchObject({ error: { code: 'sign_in_unknown' } })

  const port = Number(new URL(all.odd.issuer).port)
  const taken = await start({ settings: { loopbackPort: port } })
  expect(await app.signIn.byLoopback(taken.id)).toMatchObject({ error: { code: 'loopback_port_taken' } })
  expect(connectionOf(taken.connectionId)?.redirectKind).toBe('custom-scheme')
  // The one that waits goes on waiting, and can still be answered.
  const opened = all.bench.opened.at(-1) ?? ''
  value(await app.signIn.receive(await all.odd.follow(opened)))
})
