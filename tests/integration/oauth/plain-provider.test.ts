import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ConnectionSettings } from '../../../src/core/contract/connection-settings.ts'
import type { ConnectionDraft } from '../../../src/core/contract/connections.ts'
import { value } from '../../support/odd-workbench.ts'
import { startPlainProvider, type PlainProvider } from '../../support/plain-provider.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

// A provider program that nobody here wrote, and another than the one of second-provider.test.ts: plain OAuth 2.
let bench: Workbench
let provider: PlainProvider
beforeEach(async () => {
  provider = await startPlainProvider()
  bench = await openWorkbench()
})
afterEach(async () => {
  await bench.close()
  await provider.stop()
})

const connect = async (settings: ConnectionSettings = {}, change: Partial<ConnectionDraft> = {}) =>
  value(
    await bench.app.connections.save({
      name: 'Plain',
      provider: {
        issuer: provider.origin,
        authorizationEndpoint: `${provider.origin}/authorize`,
        tokenEndpoint: `${provider.origin}/token`,
      },
      clientId: provider.client.id,
      clientAuthentication: 'client_secret_post',
      clientSecret: provider.client.secret,
      scope: 'read write',
      redirectKind: 'custom-scheme',
      allowInsecure: false,
      settings,
      ...change,
    }),
  ).id
const signIn = async (connectionId: string) => {
  value(await bench.app.signIn.start({ connectionId }))
  return bench.app.signIn.receive(await provider.follow(bench.opened.at(-1) ?? ''))
}
const call = async (accountId: string) =>
  value(
    await bench.app.sendRequest.send({
      sendId: randomUUID(),
      allowToken: { accountId, origin: provider.origin },
      draft: {
        method: 'GET',
        url: `${provider.origin}/api`,
        query: [],
        headers: [],
        body: { kind: 'none' },
        accountId,
      },
    }),
  )

it('signs two people in, calls as each of them, refreshes with rotation, and ends', async () => {
  const connectionId = await connect()
  const alice = value(await signIn(connectionId)).accountId
  provider.user.name = 'bob'
  const bob = value(await signIn(connectionId)).accountId
  expect(bob).not.toBe(alice)
  expect((await call(alice)).response?.firstText).toBe('{"you":"alice"}')
  expect((await call(bob)).response?.firstText).toBe('{"you":"bob"}')

  value(await bench.app.accounts.refresh(alice))
  const account = value(await bench.app.accounts.get(alice))
  expect(account.lineage[0]?.changes.join()).toMatch(/refresh token/i)
  expect((await call(alice)).response?.firstText).toBe('{"you":"alice"}')

  // It has neither revocation nor log-out: said, with the field in which they can be named, and forgotten here.
  expect(await bench.app.accountActions.revoke(alice)).toMatchObject({
    error: { code: 'revocation_not_offered' },
  })
  value(bench.app.accounts.remove(alice))
  expect(value(bench.app.first.accounts()).map(({ id }) => id)).toEqual([bob])
})

it('refreshes no more with a token that the provider ended, and keeps it', async () => {
  const { accountId } = value(await signIn(await connect()))
  provider.revokeAll()
  expect(await bench.app.accounts.refresh(accountId)).toMatchObject({
    error: { code: 'token_invalid_grant' },
  })
  const asked = provider.answers.length
  expect(await bench.app.accounts.refresh(accountId)).toMatchObject({ ok: false })
  expect(provider.answers).toHaveLength(asked)
})

it('does not decode Basic, so that the secret has to go there as it is', async () => {
  const basic = { clientAuthentication: 'client_secret_basic' } as const
  expect(await signIn(await connect({}, basic))).toMatchObject({ error: { code: 'token_invalid_client' } })
  const { accountId } = value(await signIn(await connect({ secretPlacement: 'basic_raw' }, basic)))
  const { lineage } = value(await bench.app.accounts.get(accountId))
  expect(lineage[0]?.changes).toContain(
    'non-standard: the client secret is sent in Basic as is, not form-encoded',
  )
})

it('takes the token from the query where the connection says so', async () => {
  const { accountId } = value(await signIn(await connect({ apiQuery: 'access_token' })))
  const exchange = await call(accountId)
  expect(exchange.response?.firstText).toBe('{"you":"alice"}')
  expect(provider.calls[0]?.authorization).toBeUndefined()
  expect(exchange.notes?.join()).toMatch(/non-standard: APIs receive the token in the parameter access_token/)
})

it('gets a token for the client itself', async () => {
  const connectionId = await connect({ grant: 'client_credentials' })
  const { accountId } = value(
    await bench.app.directGrants.run({ connectionId, input: { grant: 'client_credentials' } }),
  )
  expect((await call(accountId)).response?.firstText).toBe('{"you":"the client"}')
})

it('refuses a wrong secret in its own words', async () => {
  const refused = await signIn(await connect({}, { clientSecret: 'wrong-secret-0123' }))
  expect(refused).toMatchObject({ ok: false, error: { code: 'token_invalid_client' } })
  expect(JSON.stringify(refused)).toContain('client is invalid')
})
