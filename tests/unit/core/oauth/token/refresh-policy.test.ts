import { describe, expect, it } from 'vitest'
import {
  isDue,
  mayHaveRotated,
  retryDelay,
  runsOutAt,
} from '../../../../../src/core/oauth/token/refresh-policy.ts'
import type { TokenFailure } from '../../../../../src/core/oauth/token/token-failure.ts'

const failure = (part: Partial<TokenFailure> = {}): TokenFailure => ({
  code: 'token_server_error',
  message: '',
  remedy: 'try-later',
  status: 503,
  ...part,
})
const first = { attempt: 1, random: 0.5, spent: 0 }

describe('isDue', () => {
  const life = { obtainedAt: 0, expiresAt: 100_000 }
  it('refreshes ten seconds before the end', () => {
    expect(isDue(life, 89_999)).toBe(false)
    expect(isDue(life, 90_000)).toBe(true)
  })
  it('leaves short-lived tokens four fifths of their life', () => {
    expect(isDue({ obtainedAt: 0, expiresAt: 5_000 }, 3_999)).toBe(false)
    expect(isDue({ obtainedAt: 0, expiresAt: 5_000 }, 4_000)).toBe(true)
  })
  it('never guesses a life that is not known', () => {
    expect(isDue({ obtainedAt: 0 }, 1e12)).toBe(false)
  })
})

describe('runsOutAt', () => {
  it('reads the token’s own expiry by the provider’s clock', () => {
    expect(runsOutAt({ obtainedAt: 0, ownExpiry: 100_000 }, 2_000)).toBe(98_000)
    expect(runsOutAt({ obtainedAt: 0, ownExpiry: 100_000 }, -2_000)).toBe(102_000)
  })
  it('takes the earlier of the two', () => {
    expect(runsOutAt({ obtainedAt: 0, expiresAt: 50_000, ownExpiry: 100_000 })).toBe(50_000)
    expect(runsOutAt({ obtainedAt: 0, expiresAt: 200_000, ownExpiry: 100_000 })).toBe(100_000)
  })
  it('does not refresh again and again for a provider that issues dead tokens', () => {
    expect(runsOutAt({ obtainedAt: 10, expiresAt: 120_000, ownExpiry: 5 })).toBe(120_000)
  })
})

describe('retryDelay', () => {
  it('doubles, with jitter between half and whole', () => {
    const delays = [1, 2, 3, 4].map((attempt) => retryDelay(failure(), { ...first, attempt, random: 1 }))
    expect(delays).toEqual([250, 500, 1000, 2000])
    expect(retryDelay(failure(), { ...first, random: 0 })).toBe(125)
  })
  it('is never earlier than Retry-After', () => {
    expect(retryDelay(failure({ retryAfterSeconds: 7 }), { ...first, random: 0 })).toBe(7_000)
  })
  it('gives up beyond its patience, after five attempts, and where waiting does not help', () => {
    expect(retryDelay(failure({ retryAfterSeconds: 31 }), first)).toBeUndefined()
    expect(retryDelay(failure(), { ...first, spent: 29_990 })).toBeUndefined()
    expect(retryDelay(failure(), { ...first, attempt: 5 })).toBeUndefined()
    expect(retryDelay(failure({ remedy: 'sign-in-again' }), first)).toBeUndefined()
    expect(retryDelay(failure({ code: 'token_network_tls', status: undefined }), first)).toBeUndefined()
  })
})

it('knows when nobody can know whether the provider has rotated', () => {
  const at = (code: string, status?: number) => mayHaveRotated(failure({ code, status }))
  expect(at('token_network_cut')).toBe(true)
  expect(at('token_network_timeout')).toBe(true)
  expect(at('token_network_refused')).toBe(false)
  expect(at('token_server_error', 503)).toBe(false)
})
