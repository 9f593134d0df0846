import { describe, expect, it } from 'vitest'
import { explainRefusal, type RefusedCall, type TokenFacts } from '../../../../src/core/diagnosis/refusal.ts'

const now = 1_700_000_000_000
const token: TokenFacts = {
  scopes: ['openid', 'orders:read'],
  audience: ['https://api.example'],
  expiresAt: now + 60_000,
}
const call = (challenge: string | undefined, change: Partial<RefusedCall> = {}): RefusedCall => ({
  status: 401,
  url: 'https://api.example/orders',
  headers: challenge === undefined ? [] : [['WWW-Authenticate', challenge]],
  token,
  now,
  ...change,
})
const explain = (challenge: string | undefined, change: Partial<RefusedCall> = {}) => {
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
  })

  it.each<[string, string | undefined, Partial<RefusedCall>, RegExp, string]>([
    ['no token', 'Bearer realm="x"', { token: undefined }, /^No token was sent/, 'certain'],
    ['no token, no challenge', undefined, { token: undefined }, /^No token was sent/, 'certain'],
    ['left behind', 'Bearer', { tokenLeftBehind: true }, /stayed behind/, 'certain'],
    [
      'expired by both',
      'Bearer error="invalid_token", error_description="token expired"',
      { token: { ...token, expiresAt: now - 180_000 } },
      /3 minutes before/,
      'certain',
    ],
    [
      'expired by the token alone',
      'Bearer error="invalid_token"',
      { token: { ...token, expiresAt: now - 1000 } },
      /1 second before/,
      'likely',
    ],
    [
      'expired by the API alone',
      'Bearer error="invalid_token", error_description="jwt expired"',
      {},
      /API says that the token has run out/,
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
      /another API/,
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
      /stronger or fresher/,
      'certain',
    ],
    ['DPoP', 'DPoP algs="ES256", error="invalid_token"', {}, /does not accept/, 'certain'],
    ['DPoP without error', 'DPoP algs="ES256"', {}, /DPoP/, 'certain'],
    ['sent twice', 'Bearer error="invalid_request"', { status: 403 }, /could not read/, 'certain'],
    ['no error though sent', 'Bearer realm="x"', {}, /as if no token had come/, 'likely'],
    ['another scheme', 'Basic realm="x"', {}, /wants basic/, 'certain'],
    ['no challenge', undefined, {}, /without saying why/, 'unknown'],
    [
      'no challenge, token run out',
      undefined,
      { token: { ...token, expiresAt: now - 1 } },
      /had run out/,
      'likely',
    ],
    ['403 alone', undefined, { status: 403 }, /does not allow/, 'unknown'],
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
    expect(items(view, 'The API asks for')).toEqual({
      label: 'The API asks for',
      items: ['orders:read', 'orders:write'],
      missing: ['orders:write'],
    })
    expect(items(view, 'The token has')?.items).toEqual(['openid', 'orders:read'])
    const has = explain('Bearer error="insufficient_scope", scope="orders:read"', { status: 403 })
    expect(has.headline).toMatch(/names already/)
    const unnamed = explain('Bearer error="insufficient_scope"', { status: 403 })
    expect(unnamed.headline).toMatch(/does not name/)
  })

  it('sets apart what the answer carried beyond its reason', () => {
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

  it('prefers the challenge that gives a reason, wherever it stands', () => {
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
