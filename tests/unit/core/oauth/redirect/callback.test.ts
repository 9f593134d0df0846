import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchCallback, readCallback } from '../../../../../src/core/oauth/redirect/callback.ts'
import {
  customSchemeRedirectUri,
  findCallbackUrl,
} from '../../../../../src/core/oauth/redirect/redirect-address.ts'

const loopback = 'http://127.0.0.1:49152/oauth/callback'
const expected = { loopbackRedirectUris: [loopback] }
const state = 'k3yV0xJkq8s7dYw2ZqZ1u9w4t6r8e0q2i4o6p8a0s2d'
const secrets = {
  state,
  nonce: 'n',
  codeVerifier: 'v',
  redirectUri: customSchemeRedirectUri,
  scopeAsked: 'openid',
}
const codeOf = (url: string): string => {
  const read = readCallback(url, expected)
  return read.ok ? read.value.kind : read.error.code
}

describe('readCallback', () => {
  it.each([
    `app.gatehouse.desktop:/oauth/callback?code=abc&state=${state}`,
    `app.gatehouse.desktop:///oauth/callback?code=abc&state=${state}`,
    `app.gatehouse.desktop:/oauth/callback?code=abc&state=${state}#`,
    `app.gatehouse.desktop:/oauth/callback?code=abc&state=${state}#_=_`,
  ])('takes the form %s', (url) => {
    const read = readCallback(url)
    expect(read).toMatchObject({
      ok: true,
      value: { kind: 'code', code: 'abc', state, redirectUri: customSchemeRedirectUri },
    })
    expect(read.ok && matchCallback(read.value, secrets).ok).toBe(true)
  })

  it('takes a loopback redirect only at an address that waits', () => {
    const url = `${loopback}?code=abc&state=${state}&iss=https%3A%2F%2Fas.example`
    expect(codeOf(url)).toBe('code')
    expect(readCallback(url)).toMatchObject({ ok: false, error: { code: 'callback_not_ours' } })
    const read = readCallback(url, expected)
    expect(read.ok && matchCallback(read.value, secrets)).toMatchObject({
      ok: false,
      error: { code: 'callback_other_redirect' },
    })
  })

  it.each([
    ['app.gatehouse.desktop:/oauth/callback/?code=a&state=b', 'callback_not_ours'],
    ['app.gatehouse.desktop://oauth/callback?code=a&state=b', 'callback_not_ours'],
    ['app.gatehouse.desktop://evil.example/oauth/callback?code=a&state=b', 'callback_not_ours'],
    ['app.gatehouse.desktop.evil:/oauth/callback?code=a&state=b', 'callback_not_ours'],
    ['https://app.gatehouse.desktop/oauth/callback?code=a&state=b', 'callback_not_ours'],
    ['http://127.0.0.1:49153/oauth/callback?code=a&state=b', 'callback_not_ours'],
    ['http://127.0.0.1:49152@evil.example/oauth/callback?code=a&state=b', 'callback_not_ours'],
    ['', 'callback_not_ours'],
    ['app.gatehouse.desktop:/oauth/callback', 'callback_state_missing'],
    ['app.gatehouse.desktop:/oauth/callback?code=a', 'callback_state_missing'],
    ['app.gatehouse.desktop:/oauth/callback?code=a&state=', 'callback_state_missing'],
    ['app.gatehouse.desktop:/oauth/callback?state=b', 'callback_no_code'],
    ['app.gatehouse.desktop:/oauth/callback?code=&state=b', 'callback_no_code'],
    ['app.gatehouse.desktop:/oauth/callback?code=a&state=b&state=c', 'callback_duplicate_parameter'],
    ['app.gatehouse.desktop:/oauth/callback?code=a&code=b&state=c', 'callback_duplicate_parameter'],
    ['app.gatehouse.desktop:/oauth/callback?code=a&c%6fde=b&state=c', 'callback_duplicate_parameter'],
    ['app.gatehouse.desktop:/oauth/callback?code=%zz&state=b', 'callback_malformed'],
    ['app.gatehouse.desktop:/oauth/callback?code=%ff&state=b', 'callback_malformed'],
    ['app.gatehouse.desktop:/oauth/callback?code=a%00b&state=b', 'callback_malformed'],
    ['app.gatehouse.desktop:/oauth/callback?code=a&state=b%0d%0a', 'callback_malformed'],
    ['app.gatehouse.desktop:/oauth/callback?code=a b&state=b', 'callback_malformed'],
    ['app.gatehouse.desktop:/oauth/callback?response=eyJh.b.c', 'callback_malformed'],
    ['app.gatehouse.desktop:/oauth/callback?response=eyJh.W10.c', 'callback_malformed'],
    ['app.gatehouse.desktop:/oauth/callback?response=eyJh.b.c.d.e', 'callback_encrypted'],
    ['app.gatehouse.desktop:/oauth/callback?response=eyJh.e30.c', 'callback_state_missing'],
    [`app.gatehouse.desktop:/oauth/callback?state=b&code=${'a'.repeat(65_536)}`, 'callback_too_long'],
    [
      `app.gatehouse.desktop:/oauth/callback?state=b&code=a&${Array.from({ length: 70 }, (_, n) => `p${n}=1`).join('&')}`,
      'callback_malformed',
    ],
  ])('refuses %s', (url, code) => expect(codeOf(url)).toBe(code))

  it('keeps what the provider says in an error, as text without control characters', () => {
    const read = readCallback(
      `app.gatehouse.desktop:/oauth/callback?error=access_denied&error_description=No%0Aaccess%E2%80%AE+for+you&state=${state}&iss=https%3A%2F%2Fas`,
    )
    expect(read).toMatchObject({
      ok: true,
      value: {
        kind: 'error',
        issuer: 'https://as',
        failure: {
          code: 'callback_provider_error',
          providerError: 'access_denied',
          providerDescription: 'No access for you',
        },
      },
    })
  })

  it('is not led astray by the names of object members', () => {
    const read = readCallback('app.gatehouse.desktop:/oauth/callback?error=constructor&state=b')
    expect(read.ok && read.value.kind === 'error' && typeof read.value.failure.next).toBe('string')
  })

  it.each([
    'other',
    state.slice(0, -1),
    state.slice(1),
    `${state}0`,
    `${state.slice(0, -1)}0`,
    `K${state.slice(1)}`,
    state.toLowerCase(),
  ])('matches no other state: %s', (given) => {
    const read = readCallback(`app.gatehouse.desktop:/oauth/callback?code=a&state=${given}`)
    expect(read.ok && matchCallback(read.value, secrets)).toMatchObject({
      ok: false,
      error: { code: 'callback_state_unknown' },
    })
  })
})

describe('the form of a response', () => {
  const plain = `app.gatehouse.desktop:/oauth/callback?code=abc&state=${state}`
  const fragment = plain.replace('?', '#')
  const claims = Buffer.from(JSON.stringify({ code: 'abc', state, iss: 'https://as.example' })).toString(
    'base64url',
  )
  const signed = `app.gatehouse.desktop:/oauth/callback?response=eyJh.${claims}.c`
  const matched = (url: string, responseMode?: 'query' | 'fragment' | 'form_post' | 'query.jwt') => {
    const read = readCallback(url)
    if (!read.ok) return read.error.code
    const match = matchCallback(read.value, { ...secrets, ...(responseMode ? { responseMode } : {}) })
    return match.ok ? 'taken' : match.error.code
  }

  it('is what was asked for', () => {
    expect([
      matched(plain),
      matched(plain, 'form_post'),
      matched(fragment, 'fragment'),
      matched(signed, 'query.jwt'),
    ]).toEqual(['taken', 'taken', 'taken', 'taken'])
  })

  it('is refused otherwise, so that nobody can leave the signature out', () => {
    expect(matched(plain, 'query.jwt')).toBe('callback_not_signed')
    expect(matched(fragment)).toBe('callback_in_fragment')
    expect(matched(signed)).toBe('callback_signed_unasked')
  })
})

describe('hostile redirects', () => {
  const good = `app.gatehouse.desktop:/oauth/callback?code=abc&state=${state}`
  const duplicate = fc
    .constantFrom('code', 'state', 'iss', 'error')
    .map((name) => `${good}&${name}=x&${name}=y`)
  const otherPlace = fc
    .tuple(
      fc.constantFrom(
        'app.gatehouse.desktop:',
        'App.Gatehouse.Desktop:',
        'http://127.0.0.1:49152',
        'gatehouse:',
        'javascript:',
      ),
      fc.webPath(),
      fc.string(),
    )
    .map(([scheme, path, rest]) => `${scheme}${path}?code=abc&state=${state}${rest}`)
    .filter(
      (url) => !/^(app\.gatehouse\.desktop:(\/\/)?|http:\/\/127\.0\.0\.1:49152)\/oauth\/callback\?/.test(url),
    )
  const badByte = fc
    .tuple(
      fc.nat({ max: good.length }),
      fc.constantFrom('\0', '\n', '\r', ' ', '\u202e', 'é', '\ud800', '\t'),
    )
    .map(([at, bad]) => `${good.slice(0, at)}${bad}${good.slice(at)}`)
  const badEscape = fc
    .constantFrom('%', '%g1', '%c3%28', '%ff', '%ed%a0%80', '%00')
    .map((escape) => `app.gatehouse.desktop:/oauth/callback?state=${state}&code=a${escape}`)
  const otherState = fc
    .string({ unit: fc.constantFrom(...'abcXYZ019-_'), minLength: 1, maxLength: 60 })
    .filter((text) => text !== state)
    .map((text) => `app.gatehouse.desktop:/oauth/callback?code=abc&state=${text}`)
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.webUrl({ withQueryParameters: true }),
  )

  it('never throw and never give anything that fits a sign-in', () => {
    fc.assert(
      fc.property(fc.oneof(duplicate, otherPlace, badByte, badEscape, otherState, anything), (url) => {
        const read = readCallback(url, expected)
        if (!read.ok) return read.error.code.startsWith('callback_') && read.error.message.length > 0
        return !matchCallback(read.value, secrets).ok
      }),
      { numRuns: 10_000 },
    )
  })
})

describe('findCallbackUrl', () => {
  it('finds the redirect among the switches of a second instance', () => {
    const url = 'app.gatehouse.desktop:/oauth/callback?code=a&state=b'
    expect(
      findCallbackUrl(['/usr/bin/gatehouse', '--allow-file-access-from-files', url, '--no-sandbox']),
    ).toBe(url)
    expect(
      findCallbackUrl(['/usr/bin/gatehouse', '--flag=app.gatehouse.desktop:/oauth/callback']),
    ).toBeUndefined()
  })
})
