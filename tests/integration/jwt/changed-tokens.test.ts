import { expect, it } from 'vitest'
import { attackTokens } from '../../../scripts/hostile/tokens/attack.ts'

/** `npm run hostile -- --tokens` tries a million, by the crypto of Electron. */
it('holds none of 20,000 changed tokens that the key did not sign', { timeout: 300_000 }, async () => {
  const { tried, unchanged, accepted, crashed } = await attackTokens(20_000, 7)
  expect(tried).toBe(20_000)
  expect(accepted).toEqual([])
  expect(crashed).toEqual([])
  // Such as a change around the token.
  expect(unchanged).toBeGreaterThan(0)
})
