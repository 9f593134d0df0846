import { OAuth2Server, type MutableResponse } from 'oauth2-mock-server'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ConnectionDraft } from '../../../src/core/contract/connections.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

// An implementation that shares no code with oidc-provider: what passes here is not owed to one server's habits.
let bench: Workbench
let server: OAuth2Server
beforeEach(async () => {
  server = new OAuth2Server()
  await server.issuer.keys.generate('RS256')
  await server.start(0, '127.0.0.1')
  const { port } = server.address()
  server.issuer.url = `http://127.0.0.1:${port}`
  bench = await openWorkbench()
})
afterEach(async () => {
  await bench.close()
  await server.stop()
})

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

const connect = async (change: Partial<ConnectionDraft>): Promise<string> =>
  value(
    await bench.app.connections.save({
      name: 'Second',
      provider: { issuer: server.issuer.url ?? '' },
      clientId: 'second',
      clientAuthentication: 'client_secret_basic',
      clientSecret: 'secret',
      scope: 'openid',
      redirectKind: 'custom-scheme',
      allowInsecure: false,
      ...change,
    }),
  ).id

const signIn = async (connectionId: string) => {
  value(await bench.app.signIn.start({ connectionId }))
  const answer = await fetch(bench.opened.at(-1) ?? '', { redirect: 'manual' })
  return bench.app.signIn.receive(answer.headers.get('location') ?? '')
}

it('signs in through the browser and refreshes', async () => {
  const { accountId } = value(await signIn(await connect({})))
  const account = value(await bench.app.accounts.get(accountId))
  expect(account).toMatchObject({ grant: 'authorization_code', hasRefreshToken: true })
  const signature = account.id_token?.checks.find(({ id }) => id === 'signature')
  expect(signature).toMatchObject({ state: 'valid' })
  expect(await bench.app.accounts.refresh(accountId)).toMatchObject({ ok: true })
})

it('asks userinfo and introspection, ends the tokens at the provider, and logs out', async () => {
  const { accountId } = value(await signIn(await connect({})))
  expect(value(await bench.app.accountActions.userinfo(accountId)).findings.length).toBeGreaterThan(0)
  expect(value(await bench.app.accountActions.introspect(accountId)).findings.length).toBeGreaterThan(0)
  // It revokes nothing and calls every token active: said, since a 200 alone is no proof.
  const revoked = JSON.stringify(value(await bench.app.accountActions.revoke(accountId)))
  expect(revoked).toMatch(/still reports the token as active/)
  value(await bench.app.logOut.start({ id: accountId, wayBack: true }))
  const answer = await fetch(bench.opened.at(-1) ?? '', { redirect: 'manual' })
  value(bench.app.logOut.receive(answer.headers.get('location') ?? ''))
  expect(value(bench.app.first.accounts())).toEqual([])
})

it('is signed in to where its token response differs from the letter, by the user’s choice', async () => {
  server.service.on('beforeResponse', (response: MutableResponse) => {
    const { access_token, refresh_token, expires_in } = response.body as Record<string, unknown>
    response.body = {
      authed_user: { access_token, refresh_token, token_type: 'user' },
      life: Number(expires_in) * 1000,
    }
  })
  const plain = { scope: 'read' }
  expect(await signIn(await connect(plain))).toMatchObject({ error: { code: 'token_no_access_token' } })
  const settings = {
    accessTokenAt: '/authed_user/access_token',
    refreshTokenAt: '/authed_user/refresh_token',
    expiresInAt: '/life',
    lifeAs: 'milliseconds',
    sendAsBearer: true,
  } as const
  const { accountId } = value(await signIn(await connect({ ...plain, settings })))
  const { life, hasRefreshToken, lineage } = value(await bench.app.accounts.get(accountId))
  expect(hasRefreshToken).toBe(true)
  expect(Math.round(((life.expiresAt ?? 0) - (life.issuedAt ?? 0)) / 60_000)).toBe(60)
  expect(lineage[0]?.changes.filter((each) => each.startsWith('non-standard: '))).toHaveLength(6)
  expect(await bench.app.accounts.refresh(accountId)).toMatchObject({ ok: true })
})

it('fails, and stores nothing, where the PKCE challenge was changed on the way', async () => {
  const connectionId = await connect({})
  value(await bench.app.signIn.start({ connectionId }))
  const opened = new URL(bench.opened.at(-1) ?? '')
  opened.searchParams.set('code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
  const answer = await fetch(opened, { redirect: 'manual' })
  const outcome = await bench.app.signIn.receive(answer.headers.get('location') ?? '')
  expect(outcome).toMatchObject({ ok: false })
  expect(value(bench.app.first.accounts())).toEqual([])
})

it('gets tokens for the client itself and by password', async () => {
  const client = await connect({ settings: { grant: 'client_credentials' }, scope: 'read' })
  const own = value(
    await bench.app.directGrants.run({ connectionId: client, input: { grant: 'client_credentials' } }),
  )
  expect(value(await bench.app.accounts.get(own.accountId))).toMatchObject({
    subject: 'second',
    scope: 'read',
  })
  const password = await connect({ settings: { grant: 'password' }, name: 'By password' })
  const input = { grant: 'password' as const, username: 'johndoe', password: 'any' }
  const person = value(await bench.app.directGrants.run({ connectionId: password, input }))
  expect(value(await bench.app.accounts.get(person.accountId))).toMatchObject({ grant: 'password' })
})
