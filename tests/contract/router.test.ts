import { describe, expect, it } from 'vitest'
import { calls } from '@calls/calls'
import { channelNames, firstPictureChannels } from '@calls/channels'
import { nothing } from '@contract/limits'
import { fail } from '@contract/result'
import { inputLimits, isWithinLimits } from '../../src/main/ipc/within-limits.ts'
import { startRouter } from './support/router.ts'

describe('the table of calls', () => {
  it('has a schema and a listener for each name and no more', async () => {
    const router = await startRouter()
    expect(Object.keys(calls).sort()).toEqual([...channelNames].sort())
    expect(router.registered().sort()).toEqual([...channelNames].sort())
  })

  it('has no argument where the router looks without a schema', () => {
    for (const channel of firstPictureChannels) expect(calls[channel].input, channel).toBe(nothing)
  })
})

describe('the router', () => {
  it('answers every call with the failure of a start that did not succeed', async () => {
    const router = await startRouter()
    const failure = { code: 'database_newer', message: 'written by a newer one', next: 'install it' }
    router.failToStart(Object.assign(new Error(failure.message), { failure }))
    expect(await router.send('app:bootstrap', {})).toEqual({ ok: false, error: failure })
    expect(await router.send('accounts:list', {})).toEqual({ ok: false, error: failure })
    expect(router.defects).toEqual([])
  })

  it('answers a start that failed otherwise as internal, and reports it', async () => {
    const router = await startRouter()
    router.failToStart(new Error('a secret path'))
    const answer = await router.send('app:bootstrap', {})
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify(answer)).not.toContain('secret')
    expect(router.defects.map(({ channel }) => channel)).toEqual(['app:bootstrap'])
  })

  it('hides what a handler throws from the page and reports it without the input', async () => {
    const thrown = new Error('eyJ-secret')
    const router = await startRouter({
      handle: () => {
        throw thrown
      },
    })
    const answer = await router.send('app:bootstrap', {})
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify(answer)).not.toContain('secret')
    expect(router.defects).toEqual([{ channel: 'app:bootstrap', error: thrown }])
  })

  it('hands on an expected failure as it is', async () => {
    const router = await startRouter({ handle: () => fail('some_code', 'why', 'what next') })
    expect(await router.send('app:bootstrap', {})).toEqual(fail('some_code', 'why', 'what next'))
  })

  it('takes a sender that cannot be looked at for a stranger', async () => {
    const { route } = await import('../../src/main/ipc/router.ts')
    const { ipcMain } = await import('electron')
    const listeners = new Map<string, (event: unknown, input: unknown) => Promise<unknown>>()
    const handle = ipcMain.handle
    ipcMain.handle = (channel, listener) => void listeners.set(channel, listener as never)
    route({
      handlers: () => Promise.reject(new Error('not to be asked for')),
      isTrusted: () => {
        throw new Error('Render frame was disposed')
      },
      onDefect: () => expect.unreachable(),
    })
    ipcMain.handle = handle
    expect(await listeners.get('app:bootstrap')?.({}, {})).toMatchObject({
      error: { code: 'ipc_untrusted_sender' },
    })
  })
})

describe('the limits of an argument', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : { in: nested(depth - 1) })

  it('takes the largest argument that the contract allows', () => {
    const pairs = Array.from({ length: 200 }, () => ({
      name: 'n'.repeat(200),
      value: 'v'.repeat(32_768),
      enabled: true,
    }))
    expect(
      isWithinLimits({ draft: { query: pairs, headers: pairs, body: { text: 'b'.repeat(8_388_608) } } }),
    ).toBe(true)
  })

  it.each([
    ['too deep', nested(inputLimits.depth + 1)],
    [
      'too many members',
      Object.fromEntries(Array.from({ length: inputLimits.members + 1 }, (_, at) => [at, 0])),
    ],
    ['too many items', new Array(inputLimits.members + 1)],
    ['a list that claims to be long', Object.assign([], { length: 4_294_967_295 })],
    ['too much text', ['x'.repeat(inputLimits.characters), 'y']],
    ['too long a name', { ['x'.repeat(inputLimits.characters + 1)]: 1 }],
    ['a map', new Map()],
    ['a class', new URL('app://gatehouse')],
    [
      'a circle',
      Object.assign(
        {},
        { self: {} },
        (() => {
          const round: { self?: object } = {}
          round.self = round
          return round
        })(),
      ),
    ],
  ])('refuses %s', (_what, input) => expect(isWithinLimits(input)).toBe(false))

  it.each([
    [undefined],
    [null],
    [0],
    [''],
    [{}],
    [[]],
    [new Uint8Array(8)],
    [nested(inputLimits.depth)],
    [Object.create(null)],
  ])('takes %o', (input) => expect(isWithinLimits(input)).toBe(true))
})
