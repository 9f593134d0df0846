import { describe, expect, it } from 'vitest'
import { readCallback } from '../../../../../src/core/oauth/redirect/callback.ts'
import { customSchemeRedirectUri } from '../../../../../src/core/oauth/redirect/redirect-address.ts'

const read = (rest: string) => readCallback(`${customSchemeRedirectUri}${rest}`)
const failureOf = (rest: string) => {
  const callback = read(rest)
  return callback.ok ? undefined : callback.error
}
const jarm = (claims: Record<string, unknown>) =>
  `eyJh.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c`

describe('what is read of a response', () => {
  it('is the whole of it, in its order', () => {
    expect(read('?code=a%2Bb+c&state=s&iss=https%3A%2F%2Fas&=x&flag&empty=')).toEqual({
      ok: true,
      value: {
        kind: 'code',
        redirectUri: customSchemeRedirectUri,
        state: 's',
        issuer: 'https://as',
        code: 'a+b c',
        parameters: [
          ['code', 'a+b c'],
          ['state', 's'],
          ['iss', 'https://as'],
          ['', 'x'],
          ['flag', ''],
          ['empty', ''],
        ],
      },
    })
  })

  it('is the fragment where there is no query', () => {
    expect(read('#code=a&state=s')).toMatchObject({ value: { kind: 'code', inFragment: true } })
    expect(read('?code=a&state=s#code=b&state=t')).toMatchObject({ value: { code: 'a' } })
    expect(read('?code=a&state=s#x?y')).toMatchObject({ value: { code: 'a' } })
    const inQuery = read('?code=a&state=s')
    expect(inQuery.ok && inQuery.value).not.toHaveProperty('inFragment')
  })

  it.each(['code', 'state', 'error', 'response', 'id_token', 'access_token'])(
    'knows a fragment by %s at its beginning or behind another',
    (name) => {
      const code = failureOf(`#${name}=%zz`)?.code
      expect([code, failureOf(`#x=1&${name}=%zz`)?.code]).toEqual([
        'callback_malformed',
        'callback_malformed',
      ])
      expect(failureOf(`#my_${name}=%zz`)?.code).toBe('callback_state_missing')
    },
  )

  it.each([
    ['#access_token=a&state=s', 'tokens'],
    ['#id_token=i&state=s', 'tokens'],
    ['#id_token=i&code=c&state=s', 'code'],
    ['#error=e&access_token=a&code=c&state=s', 'error'],
    ['?error=&code=c&state=s', 'error'],
  ])('of %s are %s', (rest, kind) => expect(read(rest)).toMatchObject({ ok: true, value: { kind } }))

  it('is what the JWT says, where it came in one, and nothing beside it', () => {
    const response = jarm({ state: 's', code: 'c', iss: 'https://as', aud: 'client-1', n: 7 })
    expect(read(`?code=evil&response=${response}`)).toEqual({
      ok: true,
      value: {
        kind: 'code',
        redirectUri: customSchemeRedirectUri,
        state: 's',
        issuer: 'https://as',
        signed: response,
        code: 'c',
        parameters: [
          ['state', 's'],
          ['code', 'c'],
          ['iss', 'https://as'],
        ],
      },
    })
    expect(failureOf(`?state=evil&response=${jarm({ code: 'c' })}`)?.code).toBe('callback_state_missing')
    expect(failureOf(`?response=${jarm({ code: 'c', state: 's' })}.x`)?.code).toBe('callback_malformed')
  })
})

describe('what is refused', () => {
  it('says what an error without a state wanted to say', () => {
    expect(failureOf('?error=access_denied')?.message).toBe(
      'The redirect carries no state, so it cannot be matched to a sign-in. It says: The provider ended the sign-in with access_denied.',
    )
    expect(failureOf('?code=c')?.message).toBe(
      'The redirect carries no state, so it cannot be matched to a sign-in.',
    )
  })

  it('names what appears twice, where it can be named', () => {
    expect(failureOf('?a.b-c=1&a.b-c=2')?.message).toMatch(/^The redirect carries “a\.b-c” twice\./)
    for (const odd of ['a%20b', 'x'.repeat(41), ''])
      expect(failureOf(`?${odd}=1&${odd}=2`)?.message).toMatch(/^The redirect carries a parameter twice\./)
  })

  it.each([
    [`?code=c&state=${'s'.repeat(4096)}`, undefined],
    [`?code=c&state=${'s'.repeat(4097)}`, 'callback_malformed'],
    ['?code=c&state=s%20s', undefined],
    ['?code=c&state=%C3%BC', 'callback_malformed'],
    ['?code=c&state=s%7F', 'callback_malformed'],
    ['?code=%C3%BC&state=s', 'callback_malformed'],
    ['?code=c%0A&state=s', 'callback_malformed'],
    ['?code=%0Ac&state=s', 'callback_malformed'],
    ['?code=c%7E%20&state=s', undefined],
    [`?code=c&state=s${'&'.repeat(200)}`, undefined],
    [`?code=c&state=s${Array.from({ length: 62 }, (_, n) => `&p${n}`).join('')}`, undefined],
    [`?code=c&state=s${Array.from({ length: 63 }, (_, n) => `&p${n}`).join('')}`, 'callback_malformed'],
  ])('%.60s: %s', (rest, code) => expect(failureOf(rest)?.code).toBe(code))

  it('is as long as 64 KB, at most', () => {
    const start = `${customSchemeRedirectUri}?state=s&code=`
    const longest = start + 'a'.repeat(65_536 - start.length)
    expect(readCallback(longest)).toMatchObject({ ok: true })
    expect(readCallback(`${longest}a`)).toMatchObject({ ok: false, error: { code: 'callback_too_long' } })
  })
})

describe('an error', () => {
  const failure = (query: string) => {
    const callback = read(`?state=s&${query}`)
    return callback.ok && callback.value.kind === 'error' ? callback.value.failure : undefined
  }

  it.each([
    ['access_denied', /^Either someone pressed Deny/],
    ['invalid_request', /redirect, scope and extra settings/],
    ['invalid_scope', /^Remove the scopes/],
    ['unauthorized_client', /^Allow the authorization code grant/],
    ['unsupported_response_type', /^Allow the response type/],
    ['server_error', /^The provider failed/],
    ['temporarily_unavailable', /overloaded/],
    ['invalid_target', /resource/],
    ['login_required', /without prompt=none/],
    ['consent_required', /so that you can consent/],
    ['interaction_required', /without prompt=none/],
    ['something_else', /^Read what the provider says/],
    ['', /^Read what the provider says/],
  ])('%s comes with what to do', (error, next) => expect(failure(`error=${error}`)?.next).toMatch(next))

  it('is repeated with its description, or alone', () => {
    expect(failure('error=e&error_description=d&error_uri=u')).toEqual({
      code: 'callback_provider_error',
      message: 'The provider ended the sign-in with e: “d”',
      next: expect.any(String),
      providerError: 'e',
      providerDescription: 'd',
      providerUri: 'u',
    })
    expect(failure('error=e')?.message).toBe('The provider ended the sign-in with e.')
    expect(failure('error=')?.message).toBe('The provider ended the sign-in with an error.')
  })
})
