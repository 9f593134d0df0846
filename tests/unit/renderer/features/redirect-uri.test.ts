import { describe, expect, it } from 'vitest'
import {
  portOf,
  redirectUriOf,
} from '../../../../src/renderer/src/features/accounts/connection/redirect-uri.ts'
import { registeredRedirectUri } from '../../../../src/core/oauth/redirect/redirect-uri.ts'

describe('the redirect that is to be registered', () => {
  it.each([
    ['8400', 8400],
    [' 65535 ', 65_535],
    ['80', undefined],
    ['1023', undefined],
    ['65536', undefined],
    ['84oo', undefined],
    ['', undefined],
  ])('reads the port %j', (text, port) => {
    expect(portOf(text)).toBe(port)
  })

  it.each([
    [{ redirectKind: 'custom-scheme' as const }, 'app.gatehouse.desktop:/oauth/callback'],
    [{ redirectKind: 'loopback' as const }, 'http://127.0.0.1/oauth/callback'],
    [
      {
        redirectKind: 'loopback' as const,
        settings: { loopbackHost: '[::1]' as const, loopbackPort: 8400 },
      },
      'http://[::1]:8400/oauth/callback',
    ],
  ])('is the same on the page as in the main process: %j', (connection, uri) => {
    expect(redirectUriOf(connection)).toBe(uri)
    expect(registeredRedirectUri(connection)).toBe(uri)
  })
})
