import { describe, expect, it } from 'vitest'
import { explainClaims } from '../../../../../src/core/jwt/explain/claim-views.ts'
import { now } from '../sample.ts'

function says(claims: Record<string, unknown>, name: string): string {
  return explainClaims(claims, { now }).find((view) => view.name === name)?.says ?? ''
}
const entra = 'https://sts.windows.net/t/'

describe('a claim means what its issuer means by it', () => {
  it.each([
    ['a tenant at Entra', { iss: entra, tid: 't' }, 'tid', /^The tenant/],
    [
      'nothing in particular elsewhere',
      { iss: 'https://id.example', tid: 't' },
      'tid',
      /^Private.*Entra ID “The tenant/,
    ],
    ['an app', { iss: entra, idtyp: 'app', sub: 's' }, 'sub', /^The app itself/],
    ['a user', { iss: entra, scp: 'a', oid: 'o', sub: 's' }, 'sub', /only this app sees/],
    [
      'a login',
      { iss: 'https://a.okta.com', cid: 'c', uid: 'u', sub: 'a@example.com' },
      'sub',
      /login.*may change/,
    ],
    [
      'a pipeline',
      { iss: 'https://token.actions.githubusercontent.com', sub: 'repo:a/b' },
      'sub',
      /No person/,
    ],
    [
      'a service account',
      { iss: 'kubernetes/serviceaccount', sub: 'system:serviceaccount:a:b' },
      'sub',
      /service account/,
    ],
    ['a client', { iss: 'https://a.eu.auth0.com/', sub: 'c@clients' }, 'sub', /application itself/],
    ['whoever the issuer means', { iss: 'https://id.example', sub: 'x' }, 'sub', /user, an app or a device/],
    ['a number at Okta', { iss: 'https://a.okta.com', ver: 1 }, 'ver', /^Version 1 /],
    [
      'text at Apple',
      { iss: 'https://appleid.apple.com', email_verified: 'true' },
      'email_verified',
      /has verified/,
    ],
  ])('%s', (_name, claims, name, expected) => {
    expect(says(claims, name)).toMatch(expected)
  })
  it('and its issuer is no part of another address', () => {
    const iss = 'https://evil.example/https://appleid.apple.com'
    expect(says({ iss, is_private_email: true }, 'is_private_email')).toMatch(/^Private/)
  })
})
