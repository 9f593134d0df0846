import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Failure, Result } from '../../../src/core/contract/result.ts'
import { createOauthFetch } from '../../../src/node/net/fetch.ts'
import { startMisbehavingProvider, type MisbehavingProvider } from '../../support/misbehaving-provider.ts'
import { scanForSecrets } from '../../support/scan.ts'
import { openWorkbench, type Workbench } from '../../support/workbench.ts'
import { rows, type Row } from './rows.ts'

let bench: Workbench
// A drip is cut off after 700 ms here, in the app after 30 s.
const fetch = createOauthFetch({
  now: () => Date.now(),
  limits: { bytes: 1_048_576, pause: 5_000, total: 700 },
})

beforeAll(async () => {
  bench = await openWorkbench({ overrides: { net: { fetch } } })
})
afterAll(async () => {
  await bench.close()
  await fetch.close()
})

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

interface Outcome {
  result: Result<unknown>
  connectionId?: string
  accountId?: string
}

/** Runs the use cases as far as the row goes. */
const run = async (row: Row, provider: MisbehavingProvider): Promise<Outcome> => {
  const { app } = bench
  const saved = await app.connections.save({
    name: 'Misbehaving',
    provider: { issuer: provider.issuer },
    clientId: 'desktop',
    clientAuthentication: 'none',
    scope: 'openid read write offline_access',
    redirectKind: 'custom-scheme',
    allowInsecure: false,
  })
  if (row.at === 'connect' || !saved.ok) return { result: saved }
  const connectionId = saved.value.id
  const started = await app.signIn.start({ connectionId })
  if (row.at === 'start' || !started.ok) return { result: started, connectionId }
  const redirect = await provider.authorize(bench.opened.at(-1) ?? '')
  const done = await app.signIn.receive(redirect)
  if (!done.ok || row.at === 'sign-in')
    return { result: done, connectionId, ...(done.ok ? { accountId: done.value.accountId } : {}) }
  const { accountId } = done.value
  provider.misbehave(...row.does)
  const act = row.at === 'userinfo' ? app.accountActions.userinfo : app.accounts.refresh
  return { result: await act(accountId), connectionId, accountId }
}

const accountsOf = (connectionId: string) =>
  value(bench.app.first.accounts()).filter((account) => account.connectionId === connectionId)

const expectHelp = (error: Failure, says: RegExp): void => {
  expect(error.message).toMatch(says)
  // A sentence, a next step, and no secret or markup of the provider's that could act.
  expect(error.message.length).toBeGreaterThan(20)
  expect(error.next?.length ?? 0).toBeGreaterThan(10)
  expect(error.message).not.toMatch(/eyJ|\bat [A-Za-z]+ \(/)
}

const expectAccepted = async (row: Row, { result, accountId }: Outcome): Promise<void> => {
  expect(result).toMatchObject({ ok: true })
  if (accountId === undefined) return
  const view = value(await bench.app.accounts.get(accountId))
  const newest = view.lineage.at(-1)
  if (row.accepted instanceof RegExp) expect(newest?.changes.join('\n')).toMatch(row.accepted)
  if (row.scope !== undefined) expect(view.scope).toBe(row.scope)
  const { expiresAt } = view.life
  if (row.life === 'unknown') expect(expiresAt).toBeUndefined()
  if (row.life === 'over') expect(expiresAt).toBeLessThanOrEqual(bench.clock.now())
  if (row.life === 'known') expect(expiresAt).toBeGreaterThan(bench.clock.now() + 200_000)
  expect(view.subject).toBe('alice')
}

const pendingOf = (connectionId: string) =>
  value(bench.app.signIn.list()).filter((pending) => pending.connectionId === connectionId)

describe('a provider that misbehaves', () => {
  const named = rows.map(
    (row) =>
      [row.at, row.does.join(', '), row.refused ? `refused: ${row.refused[0]}` : 'accepted', row] as const,
  )

  it.each(named)('%s, %s: %s', async (_at, _does, _how, row) => {
    const provider = await startMisbehavingProvider(
      ...(['refresh', 'userinfo'].includes(row.at) ? [] : row.does),
    )
    onTestFinished(() => provider.stop())
    const before = value(bench.app.first.connections()).length
    const outcome = await run(row, provider)
    const { result, connectionId, accountId } = outcome

    if (row.refused === undefined) await expectAccepted(row, outcome)
    else {
      const [code, says] = row.refused
      if (result.ok) throw new Error('it was accepted')
      expect(result.error.code).toBe(code)
      expectHelp(result.error, says)
    }

    // What was refused left nothing behind: no connection, no account, no tokens.
    if (row.at === 'connect' && row.refused) expect(value(bench.app.first.connections())).toHaveLength(before)
    if (row.at === 'sign-in' && row.refused && connectionId) {
      expect(accountsOf(connectionId)).toEqual([])
      expect(pendingOf(connectionId)).toHaveLength(row.waits ? 1 : 0)
    }
    if (row.at === 'refresh' && row.refused && accountId) {
      const view = value(await bench.app.accounts.get(accountId))
      expect(view.refreshCount).toBe(0)
      expect(view.lineage.at(-1)?.event).toBe('refresh-failed')
      const kept = value(bench.app.tokens.reveal({ accountId, kind: 'access' })).text
      expect(kept).toBe(Object.values(provider.issued).find((text) => text.startsWith('access-')))
      expect(view.subject).toBe('alice')
      expect(view.hasRefreshToken).toBe(true)
    }
    if (row.at === 'userinfo' && accountId) {
      const view = value(await bench.app.accounts.get(accountId))
      expect(JSON.stringify(view.profile)).not.toContain('Mallory')
      expect(view.subject).toBe('alice')
    }
    // Nothing that was issued lies about in plain text, whatever became of it; and no secret was carried off.
    expect(await scanForSecrets(bench.folder, provider.issued)).toEqual([])
    expect(provider.asked).not.toContain('/stolen')
  })

  it('the genuine answer still counts after a forged one', async () => {
    const provider = await startMisbehavingProvider('iss parameter wrong')
    onTestFinished(() => provider.stop())
    const saved = await run({ at: 'start', does: [] }, provider)
    const url = bench.opened.at(-1) ?? ''
    expect(await bench.app.signIn.receive(await provider.authorize(url))).toMatchObject({ ok: false })
    provider.misbehave()
    const genuine = await provider.authorize(url)
    expect(await bench.app.signIn.receive(genuine)).toMatchObject({ ok: true })
    expect(accountsOf(saved.connectionId ?? '')).toHaveLength(1)
    expect(await bench.app.signIn.receive(genuine)).toMatchObject({
      ok: false,
      error: { code: 'callback_repeated' },
    })
    expect(accountsOf(saved.connectionId ?? '')).toHaveLength(1)
  })

  it('is nothing but sound where nothing is switched on', async () => {
    const provider = await startMisbehavingProvider()
    onTestFinished(() => provider.stop())
    const { result, accountId = '' } = await run({ at: 'refresh', does: [] }, provider)
    expect(result).toMatchObject({ ok: true })
    const view = value(await bench.app.accounts.get(accountId))
    expect(view.refreshCount).toBe(1)
    const states = Object.fromEntries(view.id_token?.checks.map(({ id, state }) => [id, state]) ?? [])
    expect(states).toMatchObject({ signature: 'valid', issuer: 'valid', audience: 'valid', at_hash: 'valid' })
  })
})
