import { describe, expect, it, vi } from 'vitest'
import { fail, ok } from '../../../../src/core/contract/result.ts'
import { createWorkspace } from '../../../../src/renderer/src/lib/workspace.ts'
import { createFakeBridge } from '../../../support/fake-bridge.ts'
import { account, bootstrap, connection, ids } from '../../../support/fake-data.ts'

const now = 1_800_000_000_000
const signInId = '00000000-0000-4000-8000-000000000070'
const pending = {
  id: signInId,
  connectionId: ids.connection,
  connectionName: 'Playground',
  startedAt: now,
  expiresAt: now + 600_000,
  browserOpened: true,
  survivesRestart: true,
}

const world = (accounts = [account(now)]) => {
  const fake = createFakeBridge({
    'app:bootstrap': async () => ok(bootstrap()),
    'app:set-theme': async () => fail('settings_write', 'The settings file cannot be written.'),
    'connections:list': async () => ok([connection()]),
    'accounts:list': async () => ok(accounts),
    'sign-in:list': async () => ok([]),
    'sign-in:start': async () => ok(pending),
    'playground:start': async () => fail('playground_port', 'No port is free.', 'Stop another program.'),
  })
  return { fake, workspace: createWorkspace(fake.bridge) }
}

describe('sign-in', () => {
  it('opens the account that signed in', async () => {
    const { fake, workspace } = world()
    await workspace.directory.getState().load()
    await workspace.directory.getState().signIn(ids.connection)
    expect(workspace.directory.getState().signIns).toEqual([pending])
    fake.push('sign-in:ended', { signInId, accountId: ids.alice })
    await vi.waitFor(() => expect(workspace.tabs.getState().activeId).toBe(`account:${ids.alice}`))
    expect(workspace.directory.getState().signIns).toEqual([])
  })
  it('keeps a refusal with the connection it belongs to, whatever comes first', async () => {
    const { fake, workspace } = world()
    await workspace.directory.getState().signIn(ids.connection)
    fake.push('changed', { area: 'sign-ins' })
    await vi.waitFor(() => expect(workspace.directory.getState().signIns).toEqual([]))
    const error = { code: 'provider_error', message: 'Refused.', providerError: 'access_denied' }
    fake.push('sign-in:ended', { signInId, error })
    expect(workspace.directory.getState().signInErrors).toEqual({ [ids.connection]: { ...error, signInId } })
    await workspace.directory.getState().signIn(ids.connection)
    expect(workspace.directory.getState().signInErrors).toEqual({})
  })
  it('shows a refused callback that belongs to nothing under no connection', () => {
    const { fake, workspace } = world()
    const error = { code: 'callback_unknown_state', message: 'This response belongs to no sign-in.' }
    fake.push('sign-in:ended', { signInId: null, error })
    expect(workspace.directory.getState().signInErrors['']).toEqual(error)
  })
})

describe('lists', () => {
  it('reads again what changed and nothing else', async () => {
    const { fake, workspace } = world()
    fake.push('changed', { area: 'accounts' })
    await vi.waitFor(() => expect(workspace.directory.getState().accounts).toHaveLength(1))
    expect(fake.calls.map(({ name }) => name)).toEqual(['accounts:list'])
  })
})

describe('session', () => {
  it('goes back to the theme before when it cannot be kept', async () => {
    const { workspace } = world()
    await workspace.session.getState().load()
    const failure = await workspace.session.getState().setTheme('dark')
    expect(failure?.code).toBe('settings_write')
    expect(workspace.session.getState().boot?.theme).toBe('system')
  })
  it('says why the playground did not start', async () => {
    const { workspace } = world()
    await workspace.session.getState().load()
    await workspace.session.getState().startPlayground()
    expect(workspace.session.getState().boot?.playground).toEqual({
      state: 'failed',
      message: 'No port is free.',
      next: 'Stop another program.',
    })
  })
})
