import { OAuth2Server } from 'oauth2-mock-server'
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

it('signs in through the browser and refreshes', async () => {
  const connectionId = await connect({})
  value(await bench.app.signIn.start({ connectionId }))
  const answer = await fetch(bench.opened.at(-1) ?? '', { redirect: 'manual' })
  const redirect = answer.headers.get('location') ?? ''
  const { accountId } = value(await bench.app.signIn.receive(redirect))
  const account = value(await bench.app.accounts.get(accountId))
  expect(account).toMatchObject({ grant: 'authorization_code', hasRefreshToken: true })
  const signature = account.id_token?.checks.find(({ id }) => id === 'signature')
  expect(signature).toMatchObject({ state: 'valid' })
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
