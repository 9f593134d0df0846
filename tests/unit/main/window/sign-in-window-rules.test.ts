import { describe, expect, it } from 'vitest'
import { isOnRedirect, mayVisit } from '../../../../src/main/window/sign-in-window-rules.ts'

describe('the sign-in window', () => {
  it.each<[string, boolean, boolean]>([
    ['https://id.example/login', false, true],
    ['http://127.0.0.1:9000/login', false, true],
    ['http://[::1]:9000/login', false, true],
    ['http://id.example/login', false, false],
    ['http://id.example/login', true, true],
    ['file:///etc/passwd', true, false],
    ['javascript:alert(1)', true, false],
    ['data:text/html,x', true, false],
    ['blob:https://id.example/1', true, false],
    ['about:blank', true, false],
    ['app://gatehouse/', true, false],
    ['chrome://gpu', true, false],
    ['mailto:a@b.example', true, false],
    ['no address', true, false],
  ])('goes to %s (plain http allowed: %s): %s', (url, allowInsecure, may) => {
    expect(mayVisit(url, allowInsecure)).toBe(may)
  })

  it('loads parts of a page from its own bytes and over wss, nothing from files', () => {
    for (const url of ['data:image/png;base64,AA', 'blob:https://a.example/1', 'wss://a.example'])
      expect(mayVisit(url, false, true)).toBe(true)
    for (const url of ['ws://a.example', 'file:///etc/passwd', 'http://a.example/x.js'])
      expect(mayVisit(url, false, true)).toBe(false)
  })

  it.each<[string, string, boolean]>([
    ['app.gatehouse.desktop:/oauth/callback?code=a', 'app.gatehouse.desktop:/oauth/callback', true],
    ['app.gatehouse.desktop:///oauth/callback?code=a', 'app.gatehouse.desktop:/oauth/callback', true],
    ['app.gatehouse.desktop:/oauth/callback/x', 'app.gatehouse.desktop:/oauth/callback', false],
    ['https://app.example/cb?code=a#x', 'https://app.example/cb', true],
    ['https://app.example/cb', 'https://app.example/cb', true],
    ['https://app.example/cbx?code=a', 'https://app.example/cb', false],
    ['https://app.example.evil/cb?code=a', 'https://app.example/cb', false],
    ['https://id.example/?next=https://app.example/cb', 'https://app.example/cb', false],
  ])('takes %s for the redirect %s: %s', (url, redirect, is) => {
    expect(isOnRedirect(url, redirect)).toBe(is)
  })
})
