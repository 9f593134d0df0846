import { describe, expect, it } from 'vitest'
import { describeGranted } from '../../../../../src/core/app/tokens/granted-token-set.ts'
import { lifeOfTokenSet } from '../../../../../src/core/app/tokens/token-set-life.ts'
import { viewToken } from '../../../../../src/core/jwt/explain/view-token.ts'
import { decodeToken } from '../../../../../src/core/jwt/text/decode.ts'
import type { GrantedTokens } from '../../../../../src/core/oauth/token/token-request.ts'

const now = 1_700_000_000_000
const seconds = now / 1000
const jwt = (claims: object) =>
  [{ alg: 'RS256' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat('c2ln')
    .join('.')
const granted = (exp: unknown, change: Partial<GrantedTokens> = {}): GrantedTokens => ({
  accessToken: jwt({ exp }),
  tokenType: 'Bearer',
  expiresInSeconds: 300,
  receivedAt: now,
  notes: [],
  ...change,
})
const endOf = (tokens: GrantedTokens) => lifeOfTokenSet(describeGranted(tokens, { scope: '' })).expiresAt

describe('the life of a token set', () => {
  it.each<[string, GrantedTokens, number | undefined]>([
    ['exp before expires_in', granted(seconds + 60), now + 60_000],
    ['expires_in before exp', granted(seconds + 600), now + 300_000],
    ['exp already past', granted(seconds - 60), now - 60_000],
    ['exp alone', granted(seconds + 60, { expiresInSeconds: undefined }), now + 60_000],
    ['exp as text', granted(String(seconds + 60)), now + 300_000],
    ['no exp', granted(undefined), now + 300_000],
    ['neither', granted(undefined, { expiresInSeconds: undefined }), undefined],
    // The provider's clock is ten minutes ahead, and so is its exp.
    ['another clock', granted(seconds + 840, { serverDate: now + 600_000 }), now + 240_000],
    ['a Date that is only cut to the second', granted(seconds + 60, { serverDate: now - 900 }), now + 60_000],
    ['an opaque token', granted(undefined, { accessToken: 'opaque' }), now + 300_000],
  ])('%s', (_name, tokens, end) => {
    expect(endOf(tokens)).toBe(end)
  })

  it('is what the view of the token says', () => {
    const told = { issuedAt: now, expiresAt: now + 300_000 }
    const view = (exp: number) => viewToken(decodeToken(jwt({ exp })), { now }, [], told).life.expiresAt
    expect([view(seconds + 60), view(seconds + 600)]).toEqual([now + 60_000, now + 300_000])
  })

  it('forgets a revocation with a new token', () => {
    expect('revokedAt' in describeGranted(granted(seconds), { scope: '' })).toBe(true)
    expect(describeGranted(granted(seconds), { scope: '' }).revokedAt).toBeUndefined()
  })
})
