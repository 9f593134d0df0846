import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Misbehaviour } from '../../support/misbehaviours.ts'
import { startMisbehavingProvider } from '../../support/misbehaving-provider.ts'
import { scanForSecrets } from '../../support/scan.ts'
import { value } from '../../support/odd-workbench.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench()
})
afterAll(() => bench.close())

const stockTitle = 'As a stock client sees it'

/** What a flow says of the stock client, when it says so. */
const verdicts = async (flowId: string) => {
  const checks = () =>
    value(bench.app.flows.get(flowId)).messages.find(({ title }) => title === stockTitle)?.checks
  await expect.poll(checks, { timeout: 20_000 }).toBeDefined()
  return (checks() ?? []).map(({ id, state, detail }) => ({ id, state, detail }))
}
const newestRefresh = () =>
  value(bench.app.flows.list({ limit: 50 })).find(({ kind }) => kind === 'refresh')?.id ?? ''

const signIn = async (...does: Misbehaviour[]) => {
  const provider = await startMisbehavingProvider(...does)
  onTestFinished(() => provider.stop())
  const { app } = bench
  const connectionId = value(
    await app.connections.save({
      name: 'Misbehaving',
      provider: { issuer: provider.issuer },
      clientId: 'desktop',
      clientAuthentication: 'none',
      scope: 'openid read write offline_access',
      redirectKind: 'custom-scheme',
      allowInsecure: false,
    }),
  ).id
  const pending = value(await app.signIn.start({ connectionId }))
  const asked = await provider.authorize(bench.opened.at(-1) ?? '')
  const result = await app.signIn.receive(asked)
  return { provider, connectionId, result, flowId: pending.id }
}

const accepts = 'It accepts the same messages.'

describe('as a stock client sees it', () => {
  it('accepts what is sound, beside our own judgement, and says so in the check-up', async () => {
    const { provider, connectionId, result, flowId } = await signIn()
    expect(await verdicts(flowId)).toEqual([
      { id: 'stock-strict', state: 'valid', detail: accepts },
      { id: 'stock-default', state: 'valid', detail: accepts },
    ])
    const asked = provider.asked.length
    const { items } = value(await bench.app.checkup.run({ connectionId }))
    const graded = Object.fromEntries(items.map(({ id, grade }) => [id, grade]))
    expect(graded).toMatchObject({ 'stock-sign-in': 'pass', 'stock-refresh': 'unknown' })
    // The check-up reads metadata and keys anew; the stock client asks for nothing.
    expect(provider.asked.slice(asked).filter((path) => !/well-known|jwks/.test(path))).toEqual([])
    expect(await scanForSecrets(bench.folder, provider.issued)).toEqual([])
    if (!result.ok) throw new Error('refused')
    provider.misbehave('wrong iss')
    expect((await bench.app.accounts.refresh(result.value.accountId)).ok).toBe(false)
    const refreshed = await verdicts(newestRefresh())
    expect(refreshed.map(({ state }) => state)).toEqual(['notice', 'notice'])
    expect(refreshed[0]?.detail).toContain('unexpected JWT "iss" (issuer) claim value')
    const again = value(await bench.app.checkup.run({ connectionId })).items
    expect(again.find(({ id }) => id === 'stock-refresh')).toMatchObject({ grade: 'weak' })
  })

  // A sample of the table of faults: what we say, and what an ordinary client says to the same messages.
  it.each<[Misbehaviour, boolean, strict: string | null, byDefault: string | null]>([
    ['iss with a slash at its end', false, '"iss" (issuer)', '"iss" (issuer)'],
    ['wrong aud', false, '"aud" (audience)', '"aud" (audience)'],
    ['wrong nonce', false, '"nonce"', '"nonce"'],
    ['expired ID token', false, 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED', 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED'],
    ['wrong at_hash', false, null, null],
    ['unknown kid', false, 'OAUTH_KEY_SELECTION_FAILED', null],
    ['key that was never published', false, 'signature', null],
    ['token_type missing', false, '"token_type"', '"token_type"'],
    ['invalid_grant', false, 'OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_RESPONSE_IS_NOT_JSON'],
    ['error in the redirect', false, 'access_denied', 'access_denied'],
    ['expires_in as text', true, null, null],
    ['scope as a list', true, '"scope"', '"scope"'],
    ['tokens as text/html', true, null, null],
    ['tokens with status 201', true, 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_CONFORM'],
  ])('%s', async (does, ours, strict, byDefault) => {
    const { result, flowId } = await signIn(does)
    expect(result.ok).toBe(ours)
    const said = (await verdicts(flowId)).map(({ detail }) => detail)
    for (const [index, want] of [strict, byDefault].entries())
      expect(said[index]).toContain(want === null ? accepts : want)
  })
})
