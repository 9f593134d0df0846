import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { ConnectionSettings } from '../../../src/core/contract/connection-settings.ts'
import type { Result } from '../../../src/core/contract/result.ts'
import type { Misbehaviour } from '../../support/misbehaviours.ts'
import { startMisbehavingProvider } from '../../support/misbehaving-provider.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench()
})
afterAll(() => bench.close())

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}
const demandsGold: ConnectionSettings = {
  claims: '{"id_token":{"acr":{"essential":true,"values":["gold","platinum"]}}}',
}

/** Signs in at a provider that takes no notice of what is asked for. */
const signIn = async (settings: ConnectionSettings, does: Misbehaviour[], acrValues?: string) => {
  const provider = await startMisbehavingProvider(...does)
  onTestFinished(() => provider.stop())
  const saved = await bench.app.connections.save({
    name: 'Careless',
    provider: { issuer: provider.issuer },
    clientId: 'desktop',
    clientAuthentication: 'none',
    scope: 'openid offline_access',
    redirectKind: 'custom-scheme',
    allowInsecure: false,
    settings,
  })
  const connectionId = value(saved).id
  value(await bench.app.signIn.start({ connectionId, acrValues }))
  const done = await bench.app.signIn.receive(await provider.authorize(bench.opened.at(-1) ?? ''))
  const accounts = value(bench.app.first.accounts()).filter((each) => each.connectionId === connectionId)
  return { provider, done, accounts }
}

/** What was told last of an account. */
const told = async (id: string) =>
  value(await bench.app.accounts.get(id))
    .lineage.at(-1)
    ?.changes.join('\n')

describe('an authentication context that is demanded (OpenID Connect Core section 5.5.1.1)', () => {
  it.each<[string, Misbehaviour[]]>([
    ['none', []],
    ['another', ['acr tin']],
  ])('refuses an ID token that names %s, and stores nothing', async (_what, does) => {
    const { done, accounts } = await signIn(demandsGold, does)
    expect(done).toMatchObject({ ok: false, error: { code: 'id_token_acr' } })
    expect(accounts).toEqual([])
  })

  it('is demanded of the ID token of a refresh as well; the tokens before it stay', async () => {
    const { provider, done } = await signIn(demandsGold, ['acr gold'])
    const { accountId } = value(done)
    expect(value(await bench.app.accounts.get(accountId)).id_token?.checks).toContainEqual(
      expect.objectContaining({ id: 'acr', state: 'valid' }),
    )
    provider.misbehave('acr tin')
    expect(await bench.app.accounts.refresh(accountId)).toMatchObject({
      ok: false,
      error: { code: 'id_token_acr' },
    })
    expect(value(await bench.app.accounts.get(accountId)).refreshCount).toBe(0)
    provider.misbehave('acr gold')
    expect(await bench.app.accounts.refresh(accountId)).toMatchObject({ ok: true })
  })

  it('is only noted where it was wished for', async () => {
    const { done } = await signIn({ acrValues: 'gold' }, ['acr tin'])
    expect(await told(value(done).accountId)).toContain('Requested gold; the ID token names tin')
  })

  it('is what an API asked for, where it asked for a stronger sign-in (RFC 9470)', async () => {
    const { done } = await signIn({ acrValues: 'tin' }, ['acr tin'], 'gold')
    expect(await told(value(done).accountId)).toContain('Requested gold; the ID token names tin')
  })
})
