import { describe, expect, it } from 'vitest'
import { formMayEndAt } from '../../../../../src/core/oauth/redirect/form-action.ts'

const scheme = 'app.gatehouse.desktop:/oauth/callback'
const loopback = 'http://127.0.0.1:49152/oauth/callback'
const page = 'https://login.example/sign-in'

describe('form-action', () => {
  it.each([
    ['', true, true],
    ["default-src 'none'", true, true],
    ["form-action 'self'", false, false],
    ["form-action 'none'", false, false],
    ['form-action', false, false],
    ["form-action 'self' app.gatehouse.desktop:", true, false],
    ["Form-Action 'self' APP.GATEHOUSE.DESKTOP:", true, false],
    ["form-action 'self' http://127.0.0.1:*", false, true],
    ["form-action 'self' http://127.0.0.1:49152/oauth/", false, true],
    ["form-action 'self' http://127.0.0.1", false, false],
    ["form-action 'self' 127.0.0.1:*", false, false],
    ['form-action http: https:', false, true],
    ['form-action https:', false, false],
    ['form-action *', false, true],
    // The first one counts, and of several policies each.
    ["form-action *; form-action 'none'", false, true],
    ["form-action *, form-action 'self'", false, false],
    ["script-src 'self', form-action app.gatehouse.desktop: http:", true, true],
  ])('%s', (policies, byScheme, byLoopback) => {
    expect(formMayEndAt(scheme, { page, policies })).toBe(byScheme)
    expect(formMayEndAt(loopback, { page, policies })).toBe(byLoopback)
  })

  it('knows wildcards of hosts, the own origin, and that http names https as well', () => {
    const at = (target: string, source: string) =>
      formMayEndAt(target, { page, policies: `form-action ${source}` })
    expect(at('https://a.app.example/cb', '*.app.example')).toBe(true)
    expect(at('https://app.example/cb', '*.app.example')).toBe(false)
    expect(at('https://login.example/cb', "'self'")).toBe(true)
    expect(at('https://app.example/cb', 'http://app.example')).toBe(true)
    expect(at('https://app.example/cb', 'http:')).toBe(true)
  })
})
