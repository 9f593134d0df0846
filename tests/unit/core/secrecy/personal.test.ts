import { expect, it } from 'vitest'
import { isPersonalClaim } from '../../../../src/core/secrecy/personal.ts'

it.each([
  'sub',
  'family_name',
  'family_name#ja-Kana-JP',
  'https://api.example/phone_number',
  'https://ns.example/user.email',
  'https://ns.example/claims#email',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier',
  'cognito:username',
  'altsecid',
])('%s tells who someone is', (name) => {
  expect(isPersonalClaim(name)).toBe(true)
})

it.each(['iss', 'aud', 'scope', 'roles', 'https://email.example/plan', '', `${'x'.repeat(200)}/email`])(
  '%s does not',
  (name) => {
    expect(isPersonalClaim(name)).toBe(false)
  },
)
