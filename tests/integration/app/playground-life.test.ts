import { afterEach, expect, it } from 'vitest'
import type { ConnectionDraft } from '../../../src/core/contract/connections.ts'
import { ok } from '../../../src/core/contract/result.ts'
import { createOauthFetch } from '../../../src/node/net/fetch.ts'
import { signInAtProvider } from '../../support/playground-browser.ts'
import { connectPlayground, openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
afterEach(() => bench.close())

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
/** What a playground has that none of these tests looks at. */
const bare = { users: [], clients: [], faults: [], setFault: async () => ok([]) }
const alice = { username: 'alice', password: 'alice-password' }

it('leaves a connection as the user changed it when the playground starts again', async () => {
  bench = await openWorkbench()
  const id = await connectPlayground(bench)
  const draft: ConnectionDraft = {
    id,
    name: 'Mine',
    provider: { issuer: bench.playground.issuer },
    clientId: 'gatehouse-desktop',
    clientAuthentication: 'none',
    scope: 'openid offline_access orders:read',
    resource: bench.playground.apiBase,
    redirectKind: 'custom-scheme',
    allowInsecure: false,
    settings: { dpop: true, loginHint: 'alice' },
  }
  const changed = value(await bench.app.connections.save(draft))
  value(await bench.app.playground.stop())
  expect(await connectPlayground(bench)).toBe(id)
  const [now] = value(bench.app.first.connections())
  expect(now).toMatchObject({ name: 'Mine', scope: draft.scope, settings: changed.settings })
  expect(now?.dpopKey).toEqual(changed.dpopKey)
})

it('ends a playground that came up for nobody, and starts again', async () => {
  let stopped = 0
  let meanwhile = async () => {}
  bench = await openWorkbench({
    overrides: {
      desk: {
        launchPlayground: async () => {
          await meanwhile()
          const { issuer, apiBase } = bench.playground
          return ok({
            issuer,
            api: apiBase,
            ...bare,
            stop: async () => void (stopped += 1),
            onExit: () => undefined,
          })
        },
      },
    },
  })
  const password = 'correct horse battery'
  value(await bench.app.sessions.guard({ guard: 'password', newPassword: password }))
  meanwhile = async () => void value(await bench.app.sessions.lock('by-hand'))
  await expect(bench.app.playground.start()).rejects.toMatchObject({ failure: { code: 'vault_locked' } })
  expect(stopped).toBe(1)
  expect(value(bench.app.first.bootstrap()).playground.state).toBe('stopped')
  meanwhile = async () => {}
  const { user } = value(bench.app.sessions.state())
  value(await bench.app.sessions.unlock({ userId: user.id, password }))
  expect(value(await bench.app.playground.start()).state).toBe('running')
})

it('stays up at the end of the program until a refresh from it is on the disk', async () => {
  const order: string[] = []
  const real = createOauthFetch({ now: () => bench.clock.now() })
  bench = await openWorkbench({
    overrides: {
      net: {
        fetch: async (url, options) => {
          const answer = await real(url, options)
          if (String(options?.body).includes('grant_type=refresh_token')) order.push('answered')
          return answer
        },
      },
      desk: {
        launchPlayground: async () => {
          const { issuer, apiBase } = bench.playground
          const stop = async () => void order.push('stopped')
          return ok({ issuer, api: apiBase, ...bare, stop, onExit: () => undefined })
        },
      },
    },
  })
  const connectionId = await connectPlayground(bench)
  value(await bench.app.signIn.start({ connectionId }))
  const redirect = await signInAtProvider(bench.opened.at(-1) ?? '', alice)
  const { accountId } = value(await bench.app.signIn.receive(redirect))
  const refreshing = bench.app.accounts.refresh(accountId)
  await bench.restart()
  value(await refreshing)
  expect(order).toEqual(['answered', 'stopped'])
  expect(value(await bench.app.accounts.get(accountId)).refreshCount).toBe(1)
})
