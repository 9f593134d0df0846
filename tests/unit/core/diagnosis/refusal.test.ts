import { describe, expect, it } from 'vitest'
import { explainRefusal, type RefusedCall, type TokenFacts } from '../../../../src/core/diagnosis/refusal.ts'

const now = 1_700_000_000_000
const token: TokenFacts = {
  scopes: ['openid', 'orders:read'],
  audience: ['https://api.example'],
  expiresAt: now + 60_000,
}
type Change = Partial<RefusedCall> & { date?: number }
const call = (challenge: string | undefined, { date, ...change }: Change = {}): RefusedCall => ({
  status: 401,
  url: 'https://api.example/orders',
  headers: [
    ...(challenge === undefined ? [] : [['WWW-Authenticate', challenge] as [string, string]]),
    ...(date === undefined ? [] : [['Date', new Date(date).toUTCString()] as [string, string]]),
  ],
  token,
  now,
  ...change,
})
const explain = (challenge: string | undefined, change: Change = {}) => {
  const view = explainRefusal(call(challenge, change))
  if (view === undefined) throw new Error('nothing was explained')
  return view
}
const items = (view: ReturnType<typeof explain>, label: string) =>
  view.facts.find((fact) => fact.label === label)

describe('explainRefusal', () => {
  it('says nothing of other statuses', () => {
    expect(explainRefusal(call('Bearer error="invalid_token"', { status: 200 }))).toBeUndefined()
    expect(explainRefusal(call(undefined, { status: 404 }))).toBeUndefined()
    expect(explainRefusal(call(undefined, { status: 400 }))).toBeUndefined()
    expect(explainRefusal(call('Bearer', { status: 400 }))).toBeUndefined()
  })

  it.each<[string, string | undefined, Change, RegExp, string]>([
    ['no token', 'Bearer realm="x"', { token: undefined }, /^No token was sent/, 'certain'],
    ['no token, no challenge', undefined, { token: undefined }, /^No token was sent/, 'likely'],
    ['left behind', 'Bearer', { tokenLeftBehind: true }, /was not sent along/, 'certain'],
    [
      'expired by both',
      'Bearer error="invalid_token", error_description="token expired"',
      { token: { ...token, expiresAt: now - 180_000 } },
      /expired 3 minutes before/,
      'certain',
    ],
    [
      'expired by the token alone',
      'Bearer error="invalid_token"',
      { token: { ...token, expiresAt: now - 1000 } },
      /expired 1 second before/,
      'likely',
    ],
    [
      'expired by the API alone',
      'Bearer error="invalid_token", error_description="jwt expired"',
      {},
      /API says that the token has expired/,
      'certain',
    ],
    [
      'not valid yet',
      'Bearer error="invalid_token"',
      { token: { ...token, notBefore: now + 120_000 } },
      /another 2 minutes/,
      'likely',
    ],
    [
      'audience said',
      'Bearer error="invalid_token", error_description="unexpected \\"aud\\" claim value"',
      {},
      /does not accept the audience/,
      'certain',
    ],
    [
      'audience guessed',
      'Bearer error="invalid_token"',
      { url: 'https://other.example/x' },
      /another API/,
      'likely',
    ],
    ['invalid for other reasons', 'Bearer error="invalid_token"', {}, /does not accept the token/, 'certain'],
    [
      'step-up',
      'Bearer error="insufficient_user_authentication", acr_values="mfa", max_age="5"',
      {},
      /stronger or more recent/,
      'certain',
    ],
    ['DPoP', 'DPoP algs="ES256", error="invalid_token"', {}, /does not accept/, 'certain'],
    ['DPoP without error', 'DPoP algs="ES256"', {}, /DPoP/, 'certain'],
    ['sent twice', 'Bearer error="invalid_request"', { status: 403 }, /could not read/, 'certain'],
    ['no error though sent', 'Bearer realm="x"', {}, /as if no token was sent/, 'likely'],
    ['another scheme', 'Basic realm="x"', {}, /requires Basic/, 'certain'],
    ['no challenge', undefined, {}, /without saying why/, 'unknown'],
    [
      'no challenge, token run out',
      undefined,
      { token: { ...token, expiresAt: now - 1 } },
      /expired 1 second before/,
      'likely',
    ],
    ['403 alone', undefined, { status: 403 }, /does not allow/, 'unknown'],
    ['403 without a token', undefined, { status: 403, token: undefined }, /^No token was sent/, 'likely'],
    [
      'sent in a way that cannot be read',
      'Bearer error="invalid_request"',
      { status: 400 },
      /could not read/,
      'certain',
    ],
    [
      'exp that is missing',
      'Bearer error="invalid_token", error_description="missing required \\"exp\\" claim"',
      {},
      /has no exp, which the API requires/,
      'certain',
    ],
    [
      'exp that is text',
      'Bearer error="invalid_token", error_description="\\"exp\\" claim must be a number"',
      {},
      /exp of the token must be a number/,
      'certain',
    ],
    [
      'a clock that is ahead',
      'Bearer error="invalid_token", error_description="token expired"',
      { date: now + 600_000 },
      /clock is 10 minutes ahead: by that clock, the token has expired/,
      'certain',
    ],
    [
      'a clock that is behind',
      'Bearer error="invalid_token"',
      { date: now - 600_000, token: { ...token, notBefore: now - 5000 } },
      /clock is 10 minutes behind: by that clock, the token is not valid yet/,
      'likely',
    ],
    [
      'our own check',
      'Bearer error="invalid_token"',
      { token: { ...token, faults: [{ code: 'looks_like_id_token', detail: 'x' }] } },
      /This is an ID token/,
      'likely',
    ],
    [
      'a Bearer token typed by hand',
      'Bearer error="invalid_token"',
      { typed: { header: 'Authorization', scheme: 'bearer' } },
      /does not accept the token/,
      'certain',
    ],
    [
      'a name and password typed by hand',
      'Basic realm="x"',
      { token: undefined, typed: { header: 'Authorization', scheme: 'basic' } },
      /does not accept the value of the header Authorization/,
      'likely',
    ],
    [
      'an API key typed by hand',
      undefined,
      { token: undefined, typed: { header: 'X-API-Key' } },
      /does not accept the value of the header X-API-Key/,
      'unknown',
    ],
  ])('%s', (_name, challenge, change, headline, certainty) => {
    const view = explain(challenge, change)
    expect(view.headline).toMatch(headline)
    expect(view.certainty).toBe(certainty)
    expect(view.next).not.toBe('')
  })

  it('names the scopes that the token lacks', () => {
    const view = explain('Bearer error="insufficient_scope", scope="orders:read orders:write"', {
      status: 403,
    })
    expect(view.headline).toBe('The token lacks a scope: orders:write')
    expect(items(view, 'The API requires')).toEqual({
      label: 'The API requires',
      items: ['orders:read', 'orders:write'],
      missing: ['orders:write'],
    })
    expect(items(view, 'The token has')?.items).toEqual(['openid', 'orders:read'])
    const has = explain('Bearer error="insufficient_scope", scope="orders:read"', { status: 403 })
    expect(has.headline).toMatch(/already has/)
    const unnamed = explain('Bearer error="insufficient_scope"', { status: 403 })
    expect(unnamed.headline).toMatch(/does not name/)
  })

  it('sets apart what the response carried beyond its reason', () => {
    const challenge = (error: string): string =>
      [
        `Bearer error="${error}", error_description="because", scope="orders:write"`,
        'realm="orders", resource_metadata="https://api.example/.well-known/oauth-protected-resource"',
      ].join(', ')
    const apart = (view: ReturnType<typeof explain>): string[] =>
      view.facts.filter(({ sent }) => sent).map(({ label }) => label)
    const rest = ['The API’s code', 'Realm', 'The API’s OAuth metadata']
    // Its sentence says nothing new where the scope is known, and is all there is where it is not.
    expect(apart(explain(challenge('insufficient_scope'), { status: 403 }))).toEqual([
      'The API’s code',
      'The API says',
      ...rest.slice(1),
    ])
    expect(apart(explain(challenge('invalid_token')))).toEqual(rest)
  })

  it('prefers the challenge that gives a reason, wherever it is', () => {
    const view = explain('Basic realm="x", Bearer error="invalid_token", error_description="because"')
    expect(items(view, 'The API says')?.text).toBe('because')
  })

  it('shows what the body says, as text only', () => {
    const bodyText = JSON.stringify({
      type: 'about:blank',
      title: 'Forbidden',
      detail: 'Only\u0007 admins\n may.',
    })
    const view = explain(undefined, { status: 403, bodyText })
    expect(items(view, 'The body says')?.text).toBe('Only admins may.')
  })

  it('shows no token that a server sends back', () => {
    const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl'
    const view = explain(`Bearer error="invalid_token", error_description="bad ${jwt}"`)
    expect(JSON.stringify(view)).not.toContain('c2lnbmF0dXJl')
  })
})
