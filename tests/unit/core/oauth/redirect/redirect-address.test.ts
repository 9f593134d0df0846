import { describe, expect, it } from 'vitest'
import {
  customSchemeForms,
  customSchemeRedirectUri,
  findCallbackUrl,
} from '../../../../../src/core/oauth/redirect/redirect-address.ts'
import {
  loopbackRedirectUri,
  registeredRedirectUri,
} from '../../../../../src/core/oauth/redirect/redirect-uri.ts'
import {
  isSchemePing,
  readSchemePing,
  schemePing,
} from '../../../../../src/core/oauth/redirect/scheme-ping.ts'

describe('the redirects of this program', () => {
  it('has one scheme, which comes back in two forms', () => {
    expect(customSchemeRedirectUri).toBe('app.gatehouse.desktop:/oauth/callback')
    expect(customSchemeForms).toEqual([
      'app.gatehouse.desktop:/oauth/callback',
      'app.gatehouse.desktop:///oauth/callback',
    ])
  })

  it('finds the redirect among the switches of a second instance', () => {
    const redirect = `${customSchemeRedirectUri}?code=1`
    expect(findCallbackUrl(['/usr/bin/gatehouse', '--no-sandbox', redirect, 'more'])).toBe(redirect)
    expect(findCallbackUrl(['/usr/bin/gatehouse', `--url=${redirect}`])).toBeUndefined()
    expect(findCallbackUrl(['app.gatehouse.desktop'])).toBeUndefined()
  })

  it.each([
    [undefined, 'http://127.0.0.1/oauth/callback'],
    [{ loopbackPort: 8400 }, 'http://127.0.0.1:8400/oauth/callback'],
    [{ loopbackHost: 'localhost' as const }, 'http://localhost/oauth/callback'],
    [{ loopbackHost: '[::1]' as const, loopbackPort: 1024 }, 'http://[::1]:1024/oauth/callback'],
  ])('writes the loopback redirect of %j', (settings, uri) => {
    expect(loopbackRedirectUri(settings)).toBe(uri)
  })

  it('takes the port of one sign-in before that of the settings', () => {
    expect(loopbackRedirectUri({ loopbackPort: 8400 }, 5000)).toBe('http://127.0.0.1:5000/oauth/callback')
  })

  it.each([
    [
      'custom-scheme',
      { windowRedirectUri: 'https://app.example/back', loopbackPort: 8400 },
      customSchemeRedirectUri,
    ],
    ['loopback', { loopbackPort: 8400 }, 'http://127.0.0.1:8400/oauth/callback'],
    ['window', { windowRedirectUri: 'https://app.example/back' }, 'https://app.example/back'],
    ['window', undefined, customSchemeRedirectUri],
  ] as const)('registers %s with %j', (redirectKind, settings, uri) => {
    expect(
      registeredRedirectUri(settings === undefined ? { redirectKind } : { redirectKind, settings }),
    ).toBe(uri)
  })
})

describe('an address that only asks whether the system brings it back', () => {
  const nonce = 'abcdefghij-_3456'

  it('carries a nonce there and back', () => {
    expect(schemePing(nonce)).toBe(`app.gatehouse.desktop:/ping?${nonce}`)
    expect(readSchemePing(schemePing(nonce))).toBe(nonce)
  })

  it.each([
    [`app.gatehouse.desktop:/ping?${nonce}`, nonce],
    [`app.gatehouse.desktop:///ping?${nonce}`, nonce],
    [`app.gatehouse.desktop:///ping?${'n'.repeat(64)}`, 'n'.repeat(64)],
    ['app.gatehouse.desktop:/ping', undefined],
    ['app.gatehouse.desktop:/ping#fragment', undefined],
    ['app.gatehouse.desktop:/ping?tooshort', undefined],
    [`app.gatehouse.desktop:/ping?${'n'.repeat(65)}`, undefined],
    [`app.gatehouse.desktop:/ping?${nonce}&more=1`, undefined],
    [`app.gatehouse.desktop:/ping#?${nonce}`, undefined],
  ])('is known by its beginning: %s', (url, read) => {
    expect(isSchemePing(url)).toBe(true)
    expect(readSchemePing(url)).toBe(read)
  })

  it.each([
    `${customSchemeRedirectUri}?${nonce}`,
    `app.gatehouse.desktop:/pingpong?${nonce}`,
    `app.gatehouse.desktop://ping?${nonce}`,
    `https://app.example/?app.gatehouse.desktop:/ping?${nonce}`,
    '',
  ])('is nothing else: %s', (url) => {
    expect(isSchemePing(url)).toBe(false)
    expect(readSchemePing(url)).toBeUndefined()
  })
})
