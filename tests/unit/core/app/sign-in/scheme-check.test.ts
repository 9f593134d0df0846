import { describe, expect, it } from 'vitest'
import { createSchemeCheck } from '../../../../../src/core/app/sign-in/scheme-check.ts'
import type { SchemeHandler } from '../../../../../src/core/records/ports.ts'

const open = (handlers: SchemeHandler[], opens = true) => {
  const opened: string[] = []
  const copied: string[] = []
  const timers: (() => void)[] = []
  let now = 1_000
  let registered = 0
  const check = createSchemeCheck({
    scheme: {
      handler: async () => handlers[Math.min(registered, handlers.length - 1)] ?? { kind: 'none' },
      register: async () => void (registered += 1),
      open: async (url) => (opened.push(url), opens),
    },
    clock: { now: () => now },
    randomBytes: (length) => new Uint8Array(length).fill(opened.length + 7),
    copyText: async (text) => void copied.push(text),
    after: (_milliseconds, then) => {
      timers.push(then)
      return () => void timers.splice(timers.indexOf(then), 1)
    },
  })
  const value = async <T>(given: Promise<{ ok: boolean; value?: T }>) => (await given).value as T
  return { check, opened, copied, timers, value, forward: (ms: number) => void (now += ms) }
}
const other: SchemeHandler = { kind: 'other', name: 'Rival (rival.desktop)' }

describe('scheme check', () => {
  it.each<[SchemeHandler, boolean | 'other', RegExp]>([
    [{ kind: 'this' }, true, /with this Gatehouse/],
    [other, 'other', /Rival \(rival\.desktop\)/],
    [{ kind: 'gone', name: 'old.desktop' }, false, /no longer exists/],
    [{ kind: 'none' }, false, /^No program opens/],
    [{ kind: 'unknown', why: 'xdg-mime is missing' }, false, /xdg-mime/],
  ])('says who gets the scheme: %j', async (handler, registered, says) => {
    const { check, value } = open([handler])
    const state = await value(check.check())
    expect(state.registered).toBe(registered)
    expect(state.says).toMatch(says)
    expect(state.next !== undefined).toBe(registered !== true)
  })

  it('repairs, and says so only when the system took it', async () => {
    const mended = open([other, { kind: 'this' }])
    expect((await mended.value(mended.check.repair())).registered).toBe(true)
    const refused = open([other, other])
    const state = await refused.value(refused.check.repair())
    expect(state).toMatchObject({ registered: 'other' })
    expect(state.next).toMatch(/did not accept it/)
  })

  it('works when the very address comes back', async () => {
    const { check, opened, value, forward, timers } = open([{ kind: 'this' }])
    const testing = check.test()
    expect(check.test()).toBe(testing)
    await Promise.resolve()
    expect(opened[0]).toMatch(/^app\.gatehouse\.desktop:\/ping\?[\w-]{22}$/)
    check.receive('app.gatehouse.desktop:/ping?anothernonce1234567890')
    check.receive('app.gatehouse.desktop:/ping')
    forward(1_300)
    // Some systems write an empty host into it.
    check.receive((opened[0] ?? '').replace(':/ping', ':///ping'))
    expect(await value(testing)).toMatchObject({ worked: true, took: 1_300 })
    expect(timers).toEqual([])
  })

  it('names the program that got the address instead', async () => {
    const { check, value, timers } = open([other])
    const testing = check.test()
    await Promise.resolve()
    timers[0]?.()
    const told = await value(testing)
    expect(told.worked).toBe(false)
    expect(told.says).toMatch(/Nothing came back.*Rival/)
  })

  it('does not wait where the system opened nothing', async () => {
    const { check, value } = open([{ kind: 'none' }], false)
    expect((await value(check.test())).says).toMatch(/did not open.*No program opens/)
  })

  it('remembers the last test', async () => {
    const { check, value, opened } = open([{ kind: 'this' }])
    expect((await value(check.check())).lastTest).toBeUndefined()
    const testing = check.test()
    await Promise.resolve()
    check.receive(opened[0] ?? '')
    await testing
    expect((await value(check.check())).lastTest).toEqual({ worked: true, at: 1_000 })
  })

  it('names and copies what providers are to be told', async () => {
    const { check, value, copied } = open([{ kind: 'this' }])
    expect((await value(check.check())).redirects).toEqual({
      'custom-scheme': 'app.gatehouse.desktop:/oauth/callback',
      loopback: 'http://127.0.0.1/oauth/callback',
    })
    await check.copy({ redirect: 'loopback' })
    expect(copied).toEqual(['http://127.0.0.1/oauth/callback'])
  })

  it('is silent about a ping that nobody waits for', () => {
    expect(() =>
      open([other]).check.receive('app.gatehouse.desktop:/ping?abcdefghijklmnopqrstuv'),
    ).not.toThrow()
  })
})
