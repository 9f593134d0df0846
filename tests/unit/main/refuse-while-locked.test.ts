import { describe, expect, it } from 'vitest'
import type { CallHandlers } from '@calls/calls'
import { channelNames } from '@calls/channels'
import { ok, type Result } from '@contract/result'
import { refuseWhileLocked } from '../../../src/main/ipc/refuse-while-locked.ts'

type Handlers = Record<string, (input: unknown) => Promise<Result<unknown>> | Result<unknown>>

const guard = (
  sessions: { isLocked: () => boolean; id: () => string },
  handle: Handlers[string],
): Handlers => {
  const all = Object.fromEntries(channelNames.map((name) => [name, handle]))
  return refuseWhileLocked(all as unknown as Partial<CallHandlers>, sessions) as unknown as Handlers
}

describe('while locked', () => {
  it('only what lets someone in, shows the window or repairs the storage is done', async () => {
    let reached = 0
    const handlers = guard({ isLocked: () => true, id: () => 's1' }, () => {
      reached += 1
      return ok(null)
    })
    const done: string[] = []
    for (const name of channelNames) {
      const before = reached
      const answer = await handlers[name]?.({})
      if (reached > before) done.push(name)
      else expect(answer, name).toMatchObject({ ok: false, error: { code: 'vault_locked' } })
    }
    expect(done.sort()).toEqual([
      'app:bootstrap',
      'app:set-theme',
      'app:step-text-size',
      'backups:list',
      'backups:restore',
      'users:create',
      'users:remove',
      'vault:lock',
      'vault:retry',
      'vault:state',
      'vault:unlock',
    ])
  })
})

describe('while open', () => {
  it('every call is done, with its argument and answer', async () => {
    const inputs: unknown[] = []
    const handlers = guard({ isLocked: () => false, id: () => 's1' }, (input) => {
      inputs.push(input)
      return ok('answer')
    })
    for (const name of channelNames) expect(await handlers[name]?.(name)).toEqual(ok('answer'))
    expect(inputs).toEqual([...channelNames])
  })

  it('a response for a session that has ended is held back', async () => {
    let session = 's1'
    const handlers = guard({ isLocked: () => false, id: () => session }, async () => {
      session = 's2'
      return ok('someone else’s accounts')
    })
    expect(await handlers['accounts:list']?.({})).toMatchObject({ error: { code: 'vault_locked' } })
    session = 's1'
    // Who unlocks begins a session and has to be told.
    expect(await handlers['vault:unlock']?.({})).toEqual(ok('someone else’s accounts'))
  })
})
