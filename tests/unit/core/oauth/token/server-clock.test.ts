import { expect, it } from 'vitest'
import { createServerClocks } from '../../../../../src/core/oauth/token/server-clock.ts'

const start = Date.UTC(2026, 0, 1)

/** Answers with the server's time, cut to the second as `Date` headers are. */
const serverAhead = (milliseconds: number, headers: Record<string, string> = {}) => {
  let now = start
  const clocks = createServerClocks(() => now)
  const fetch = clocks.watching('https://as.example', async () => {
    now += 40
    const date = new Date(now + milliseconds).toUTCString()
    now += 40
    return new Response('', { headers: { date, ...headers } })
  })
  return { clocks, ask: () => fetch('https://as.example/token'), pass: (time: number) => (now += time) }
}

it('knows nothing before the first response, and nothing of other issuers', async () => {
  const { clocks, ask } = serverAhead(0)
  expect(clocks.skew('https://as.example')).toBeUndefined()
  await ask()
  expect(clocks.skew('https://as.example')).toBe(0)
  expect(clocks.skew('https://other.example')).toBeUndefined()
})

it.each([-7_000, -2_300, 1_500, 600_000])('finds a clock that is %i ms ahead', async (ahead) => {
  const { clocks, ask, pass } = serverAhead(ahead)
  for (let count = 0; count < 20; count += 1) {
    await ask()
    pass(370)
  }
  expect(Math.abs((clocks.skew('https://as.example') ?? 0) - ahead)).toBeLessThanOrEqual(120)
})

it('calls no difference what a second cannot tell', async () => {
  const { clocks, ask } = serverAhead(300)
  await ask()
  expect(clocks.skew('https://as.example')).toBe(0)
})

it('does not learn from cached answers', async () => {
  const { clocks, ask } = serverAhead(-900_000, { age: '900' })
  await ask()
  expect(clocks.skew('https://as.example')).toBeUndefined()
})
