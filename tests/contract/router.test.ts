import { describe, expect, it } from 'vitest'
import { calls } from '@calls/calls'
import { channelNames, firstPictureChannels, type ChannelName } from '@calls/channels'
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

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'failure'],
    ['a function that carries one', Object.assign(() => 1, { failure: { code: 'c', message: 'm' } })],
    ['an error without one', new Error('boom')],
    ['a failure that is null', { failure: null }],
    ['a failure that is a text', { failure: 'code message' }],
    ['a failure that is a function', { failure: Object.assign(() => 1, { code: 'c', message: 'm' }) }],
    ['a failure without a code', { failure: { message: 'm' } }],
    ['a failure without words', { failure: { code: 'c' } }],
  ])('answers as internal, and reports, where %s is thrown', async (_what, thrown) => {
    const router = await startRouter({ handle: () => Promise.reject(thrown) })
    expect(await router.send('app:bootstrap', {})).toMatchObject({
      ok: false,
      error: { code: 'internal', message: expect.any(String), next: expect.any(String) },
    })
    expect(router.defects).toEqual([{ channel: 'app:bootstrap', error: thrown }])
  })

  it('hands on the failure that something thrown carries, without a report', async () => {
    const failure = { code: 'disk_full', message: 'The disk is full.' }
    const router = await startRouter({ handle: () => Promise.reject({ failure }) })
    expect(await router.send('app:bootstrap', {})).toEqual({ ok: false, error: failure })
    expect(router.defects).toEqual([])
  })

  it('lets what stands in for a failed start answer, where it can', async () => {
    const failure = { code: 'database_corrupt', message: 'damaged' }
    const asked: unknown[] = []
    const router = await startRouter({
      rescue: () =>
        Promise.resolve({ 'backups:list': (input: unknown) => (asked.push(input), fail('saved', 'by it')) }),
    })
    router.failToStart(Object.assign(new Error(failure.message), { failure }))
    expect(await router.send('backups:list', {})).toEqual(fail('saved', 'by it'))
    expect(asked).toEqual([{}])
    expect(await router.send('accounts:list', {})).toEqual({ ok: false, error: failure })
  })

  it('turns a stranger away before anything is looked at', async () => {
    const router = await startRouter({ trusts: false })
    expect(await router.send('app:bootstrap', { no: 'argument' })).toMatchObject({
      error: { code: 'ipc_untrusted_sender', message: expect.any(String) },
    })
    expect(router.reached).toEqual([])
  })

  it.each([
    ['a member', { extra: 1 }],
    ['a list', []],
    ['null', null],
    ['a text', ''],
    ['nothing', undefined],
  ])('takes no argument where the first picture needs none: %s', async (_what, input) => {
    const router = await startRouter()
    expect(await router.send('app:bootstrap', input)).toEqual(
      fail('ipc_bad_input', 'input: takes no argument', 'Correct it and try again.'),
    )
    expect(router.reached).toEqual([])
    expect(await router.send('app:bootstrap', {})).toMatchObject({ ok: true })
    expect(router.reached).toEqual([{ channel: 'app:bootstrap', input: {} }])
  })

  it('says which member of an argument is wrong', async () => {
    const router = await startRouter()
    const said = async (channel: ChannelName, input: unknown) => {
      const answer = await router.send(channel, input)
      return answer.ok ? 'taken' : `${answer.error.code} ${answer.error.message}`
    }
    expect(await said('accounts:get', {})).toMatch(/^ipc_bad_input id: \S/)
    expect(await said('app:set-theme', { theme: 'pink' })).toMatch(/^ipc_bad_input theme: \S/)
    const id = '0b7e5e0c-5a0e-4d6e-9a3e-0d7b8a3b1c2d'
    expect(await said('environments:save-variables', { id, variables: [{ name: 7 }] })).toMatch(
      /^ipc_bad_input variables\.0\.name: \S/,
    )
    expect(await said('accounts:get', 7)).toMatch(/^ipc_bad_input input: \S/)
    expect(await said('accounts:get', new Map())).toMatch(/^ipc_bad_input input: too large/)
    expect(router.reached).toEqual([])
  })

  it('keeps what it says of an argument short', async () => {
    const router = await startRouter()
    const extra = Object.fromEntries(
      Array.from({ length: 200 }, (_, at) => [`surplus-${'x'.repeat(500)}-${at}`, 1]),
    )
    const answer = await router.send('accounts:get', {
      id: '0b7e5e0c-5a0e-4d6e-9a3e-0d7b8a3b1c2d',
      ...extra,
    })
    const said = answer.ok ? '' : answer.error.message
    expect(said).toMatch(/^input: has unknown members \(surplus-x+, surplus-x+, surplus-x+\)$/)
    expect(said.length).toBeLessThan(300)
  })

  it('refuses half of a character in any text or name, and nothing else', async () => {
    const router = await startRouter()
    for (const [username, code] of [
      ['\ud83d', 'text_half_character'],
      ['\udd12x', 'text_half_character'],
      ['\u{1f512}', 'taken'],
    ] as const) {
      const answer = await router.send('users:create', { username })
      expect(answer.ok ? 'taken' : answer.error.code, JSON.stringify(username)).toBe(code)
    }
    expect(router.reached).toHaveLength(1)
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
