import { describe, expect, it } from 'vitest'
import type { SignInSecrets } from '../../../../../src/core/oauth/authorization/authorization-request.ts'
import { matchCallback, readCallback } from '../../../../../src/core/oauth/redirect/callback.ts'
import { customSchemeRedirectUri } from '../../../../../src/core/oauth/redirect/redirect-address.ts'

const secrets: SignInSecrets = {
  state: 's',
  nonce: 'n',
  codeVerifier: 'v',
  redirectUri: customSchemeRedirectUri,
  scopeAsked: '',
}
const read = (rest: string) => {
  const callback = readCallback(`${customSchemeRedirectUri}${rest}`)
  if (!callback.ok) throw new Error(callback.error.code)
  return callback.value
}
const match = (rest: string, asked: Partial<SignInSecrets> = {}) => {
  const matched = matchCallback(read(rest), { ...secrets, ...asked })
  return matched.ok ? undefined : matched.error
}
const jarm = (claims: Record<string, unknown>) =>
  `?response=eyJh.${Buffer.from(JSON.stringify({ state: 's', ...claims })).toString('base64url')}.c`

describe('where a response came', () => {
  it.each<[string, Partial<SignInSecrets>, string | undefined]>([
    ['?code=c&state=s', {}, undefined],
    ['?code=c&state=s', { responseMode: 'query' }, undefined],
    ['?code=c&state=s', { responseMode: 'form_post' }, undefined],
    ['?code=c&state=s', { responseMode: 'fragment' }, undefined],
    ['#code=c&state=s', { responseMode: 'fragment' }, undefined],
    ['#code=c&state=s', {}, 'callback_in_fragment'],
    ['#code=c&state=s', { responseMode: 'form_post' }, 'callback_in_fragment'],
    [jarm({ code: 'c' }), { responseMode: 'query.jwt' }, undefined],
    [jarm({ code: 'c' }), { responseMode: 'form_post.jwt' }, undefined],
    [jarm({ code: 'c' }), { responseMode: 'form_post' }, 'callback_signed_unasked'],
    ['?code=c&state=s', { responseMode: 'form_post.jwt' }, 'callback_not_signed'],
    ['#error=e&state=s', {}, 'callback_in_fragment'],
  ])('%s, asked as %j: %s', (rest, asked, code) => expect(match(rest, asked)?.code).toBe(code))

  it('is never the query for tokens, though an error may be there', () => {
    const asked = { responseType: 'token', responseMode: 'fragment' } as const
    expect(match('?access_token=a&state=s', asked)?.code).toBe('callback_in_query')
    expect(match('#access_token=a&state=s', asked)).toBeUndefined()
    expect(match('?error=e&state=s', asked)).toBeUndefined()
    expect(match('?access_token=a&state=s', { ...asked, responseMode: 'form_post' })).toBeUndefined()
  })

  it('repeats what an error says that should have been signed', () => {
    const asked = { responseMode: 'query.jwt' } as const
    expect(match('?error=access_denied&error_description=No&state=s', asked)?.message).toBe(
      'A signed response (JARM) was requested, but this one is not signed. It says: The provider ended the sign-in with access_denied: “No”',
    )
    expect(match('?code=c&state=s', asked)?.message).toBe(
      'A signed response (JARM) was requested, but this one is not signed.',
    )
  })
})

describe('what a response brings', () => {
  const part = { code: 'code=c', id_token: 'id_token=i', token: 'access_token=a' }
  const fragment = (...parts: (keyof typeof part)[]) =>
    `#state=s&${parts.map((each) => part[each]).join('&')}`

  it.each([
    'code id_token',
    'code token',
    'code id_token token',
    'id_token',
    'id_token token',
    'token',
  ] as const)('is all that %s asks for, and nothing else', (responseType) => {
    const asked = { responseType, responseMode: 'fragment' } as const
    const wanted = responseType.split(' ') as (keyof typeof part)[]
    expect(match(fragment(...wanted), asked)).toBeUndefined()
    for (const one of ['code', 'id_token', 'token'] as const) {
      const others = wanted.filter((each) => each !== one)
      if (!wanted.includes(one))
        expect(match(fragment(...wanted, one), asked)?.code).toBe('callback_part_unasked')
      else if (others.length > 0)
        expect(match(fragment(...others), asked)?.code).toBe('callback_part_missing')
    }
  })

  it('is a code where nothing else is said, and no token', () => {
    expect(match('?code=c&id_token=i&state=s')).toMatchObject({
      code: 'callback_part_unasked',
      message: 'The response carries an ID token, though only the response type “code” was requested.',
    })
    expect(match('?access_token=a&state=s')).toMatchObject({
      code: 'callback_part_missing',
      message: 'The response lacks a code, though the response type “code” was requested.',
    })
    expect(match('?code=c&access_token=a&state=s')?.message).toMatch(/carries an access token/)
    expect(match('?code=c&access_token=&state=s')).toBeUndefined()
  })

  it('is nothing where it is an error', () => {
    expect(match('?error=e&state=s')).toBeUndefined()
    expect(match('#error=e&state=s', { responseType: 'token', responseMode: 'fragment' })).toBeUndefined()
  })
})

describe('whose response it is', () => {
  it('is decided before all else', () => {
    expect(match('#code=c&state=other')?.code).toBe('callback_state_unknown')
    expect(match('?code=c&state=s', { redirectUri: 'http://127.0.0.1:1/oauth/callback' })?.code).toBe(
      'callback_other_redirect',
    )
  })

  it('gives back the very callback that fits', () => {
    const callback = read('?code=c&state=s')
    expect(matchCallback(callback, secrets)).toEqual({ ok: true, value: callback })
  })
})
