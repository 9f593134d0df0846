import { describe, expect, it } from 'vitest'
import {
  isDue,
  mayHaveRotated,
  retryDelay,
  runsOutAt,
} from '../../../../../src/core/oauth/token/refresh-policy.ts'
import { createServerClocks } from '../../../../../src/core/oauth/token/server-clock.ts'
import { createSingleFlight } from '../../../../../src/core/oauth/token/single-flight.ts'
import type { TokenFailure } from '../../../../../src/core/oauth/token/token-failure.ts'

const failure = (part: Partial<TokenFailure> = {}): TokenFailure => ({
  code: 'token_server_error',
  message: '',
  remedy: 'try-later',
  status: 503,
  ...part,
})
const silent = (code: string): TokenFailure => ({ code, message: '', remedy: 'try-later' })
const first = { attempt: 1, random: 0.5, spent: 0 }

describe('when a refresh is asked again', () => {
  it.each(['refused', 'name', 'timeout', 'cut', 'unreachable'])('may be after network_%s', (what) => {
    expect(retryDelay(silent(`token_network_${what}`), first)).toBe(188)
  })

  it.each(['token_network_tls', 'token_network_malformed', 'my_token_network_cut', 'token_network_cuts'])(
    'is not after %s',
    (code) => expect(retryDelay(silent(code), first)).toBeUndefined(),
  )

  it('comes a little after the time that the server named, spread by chance', () => {
    const at = (retryAfterSeconds: number, random: number) =>
      retryDelay(failure({ retryAfterSeconds }), { ...first, random })
    expect([at(7, 0.5), at(7, 1), at(0, 1), at(0, 0)]).toEqual([7_125, 7_250, 250, 125])
  })

  it('may be as late as half a minute after the first try', () => {
    const at = (spent: number) => retryDelay(failure(), { attempt: 1, random: 1, spent })
    expect([at(29_750), at(29_751)]).toEqual([250, undefined])
  })

  it('is four times, at most', () => {
    expect(retryDelay(failure(), { ...first, attempt: 4 })).toBe(1_500)
    expect(retryDelay(failure(), { ...first, attempt: 6 })).toBeUndefined()
  })
})

describe('whether a refresh token may have been rotated', () => {
  it.each<[TokenFailure, boolean]>([
    [silent('token_network_cut'), true],
    [silent('token_network_refused'), false],
    [silent('token_network_name'), false],
    [silent('token_network_name_x'), true],
    [failure(), false],
    [{ ...silent('token_network_cut'), remedy: 'repair-connection' }, false],
  ])('%j: %s', (what, may) => expect(mayHaveRotated(what)).toBe(may))
})

describe('when a token is due', () => {
  it('is at its end where that was before its beginning', () => {
    const life = { obtainedAt: 1_000, expiresAt: 500 }
    expect([isDue(life, 499), isDue(life, 500)]).toEqual([false, true])
  })

  it('reckons with the provider’s clock', () => {
    const life = { obtainedAt: 0, ownExpiry: 100_000 }
    expect([isDue(life, 80_000, 10_000), isDue(life, 79_999, 10_000)]).toEqual([true, false])
  })

  it('does not believe an own end at the very beginning', () => {
    expect(runsOutAt({ obtainedAt: 10, ownExpiry: 10 })).toBeUndefined()
    expect(runsOutAt({ obtainedAt: 10, ownExpiry: 11 })).toBe(11)
    expect(runsOutAt({ obtainedAt: 10 })).toBeUndefined()
    expect(runsOutAt({ obtainedAt: 10, expiresAt: 20 })).toBe(20)
  })
})

describe('the clocks of providers', () => {
  const issuer = 'https://as.example'
  const start = Date.UTC(2026, 0, 1)
  /** Clocks that watched answers, each sent and received at these times. */
  const watched = async (
    answers: { date?: string; sent: number; received: number; headers?: Record<string, string> }[],
  ) => {
    let now = 0
    const clocks = createServerClocks(() => now)
    for (const { date, sent, received, headers } of answers) {
      now = sent
      const fetch = clocks.watching(issuer, () => {
        now = received
        return Promise.resolve(
          new Response('', { headers: { ...headers, ...(date === undefined ? {} : { date }) } }),
        )
      })
      await fetch(`${issuer}/token`)
    }
    return clocks.skew(issuer)
  }
  const at = (time: number) => new Date(time).toUTCString()

  it.each([
    // The answer was written between a second and its next one: the middle of what is possible.
    [0, 0, 0],
    [2_000, 0, 2_500],
    [-2_000, 0, -1_500],
    [2_000, 100, 2_450],
    [-1_000, 0, 0],
    [-1_001, 0, -501],
    [0, 1_000, 0],
    [1, 0, 501],
  ])('that stands at %i ms, in an answer after %i ms, are %i ms ahead', async (ahead, took, skew) => {
    const whole = Math.floor(ahead / 1000) * 1000
    const sent = start - (ahead - whole)
    expect(await watched([{ date: at(start + whole), sent, received: sent + took }])).toBe(skew)
  })

  it('are known more closely by every answer', async () => {
    const answers = [
      { date: at(start + 5_000), sent: start, received: start + 900 },
      { date: at(start + 5_000), sent: start + 400, received: start + 500 },
    ]
    expect(await watched(answers)).toBe(5_050)
  })

  it('are learned anew where they were set', async () => {
    const answers = [
      { date: at(start + 60_000), sent: start, received: start },
      { date: at(start + 5_000), sent: start, received: start },
    ]
    expect(await watched(answers)).toBe(5_500)
  })

  it('are not learned from what tells no time', async () => {
    expect(await watched([{ sent: start, received: start }])).toBeUndefined()
    expect(await watched([{ date: 'soon', sent: start, received: start }])).toBeUndefined()
    expect(await watched([{ date: at(start), sent: start, received: start - 1 }])).toBeUndefined()
  })

  it('are kept for two hundred issuers, those that answered last', async () => {
    const clocks = createServerClocks(() => start)
    const ask = (name: string) =>
      clocks.watching(name, () => Promise.resolve(new Response('', { headers: { date: at(start) } })))(name)
    for (let n = 0; n < 200; n += 1) await ask(`https://as${n}.example`)
    await ask('https://as0.example')
    await ask('https://more.example')
    expect(clocks.skew('https://as0.example')).toBe(0)
    expect(clocks.skew('https://as1.example')).toBeUndefined()
    expect(clocks.skew('https://as2.example')).toBe(0)
  })

  it('pass the message and its answer on', async () => {
    const seen: unknown[] = []
    const answer = new Response('x')
    const fetch = createServerClocks(() => 0).watching(issuer, (...message) => {
      seen.push(message)
      return Promise.resolve(answer)
    })
    expect(await fetch('u', { method: 'POST' })).toBe(answer)
    expect(seen).toEqual([['u', { method: 'POST' }]])
  })
})

describe('createSingleFlight', () => {
  it('runs one for each key, and another when it failed, even at once', async () => {
    const flight = createSingleFlight<string>()
    const failing = () => {
      throw new Error('at once')
    }
    await expect(flight('a', failing)).rejects.toThrow('at once')
    const [one, other] = await Promise.all([
      flight('a', () => Promise.resolve('one')),
      flight('b', () => Promise.resolve('other')),
    ])
    expect([one, other]).toEqual(['one', 'other'])
  })
})
