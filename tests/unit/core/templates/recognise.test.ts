import { describe, expect, it } from 'vitest'
import { fillBlanks, recogniseTemplate, templates } from '../../../../src/core/templates/recognise.ts'

describe('a template is recognised by its issuer or authorization endpoint', () => {
  it.each([
    ['https://login.microsoftonline.com/8eaef023-2b34-4da1-9baa-8bc8c9d6a490/v2.0', 'entra', true],
    ['https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/authorize', 'entra', true],
    ['https://login.microsoftonline.com/common/oauth2/v2.0/authorize', 'entra', false],
    ['https://accounts.google.com/o/oauth2/v2/auth', 'google', true],
    ['https://dev-1.okta.com/oauth2/default/v1/authorize', 'okta', true],
    ['https://dev-1.okta.com/oauth2/v1/authorize', 'okta', false],
    ['https://acme.eu.auth0.com/authorize', 'auth0', true],
    ['https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC', 'cognito', true],
    ['https://github.com/login/oauth/authorize', 'github', false],
    ['https://gitlab.com/oauth/authorize', 'gitlab', true],
    ['https://auth.pingone.eu/0000/as/authorize', 'pingone', true],
    ['https://auth.pingone.com.au/0000/as', 'pingone', true],
    ['https://acme.onelogin.com/oidc/2/auth', 'onelogin', true],
    ['https://sso.acme.example/realms/staff/protocol/openid-connect/auth', 'keycloak', true],
    ['https://sso.acme.example/auth/realms/staff', 'keycloak', true],
    ['https://acme.zitadel.cloud/oauth/v2/authorize', 'zitadel', true],
    ['https://auth.acme.example/application/o/desk/', 'authentik', true],
  ])('%s: %s', (address, id, whole) => {
    const found = recogniseTemplate(address)
    expect(found?.template.id).toBe(id)
    expect(found?.issuer !== undefined).toBe(whole)
    expect(found?.issuer ?? '').not.toContain('{')
  })

  it.each([
    'https://as.example',
    'https://evil.example/https://accounts.google.com/',
    'https://accounts.google.com.evil.example/',
    'https://github.com/login',
    'https://login.microsoftonline.com.evil.example/x/v2.0',
    'https://auth.pingone.evil.example/0000/as',
    'https://auth.pingone.eu.evil.example/0000/as',
  ])('%s is none of them', (address) => {
    expect(recogniseTemplate(address)).toBeUndefined()
  })

  it('takes the blanks from the address', () => {
    expect(recogniseTemplate('https://sso.acme.example/auth/realms/staff/x')).toMatchObject({
      blanks: { host: 'sso.acme.example/auth', realm: 'staff' },
      issuer: 'https://sso.acme.example/auth/realms/staff',
    })
    expect(recogniseTemplate('https://login.microsoftonline.com/common/v2.0')).toMatchObject({
      blanks: {},
      everyTenant: true,
    })
  })
})

describe.each(templates.map((template) => [template.id, template] as const))(
  'template %s',
  (_id, template) => {
    it('is whole: it can be found, filled, and read about', () => {
      expect(new URL(template.documentation).protocol).toBe('https:')
      expect(template.sources.length).toBeGreaterThan(0)
      expect(template.facts.length).toBeGreaterThan(0)
      expect(template.issuer === undefined).toBe(template.endpoints !== undefined)
      const examples = Object.fromEntries(template.blanks.map(({ id, example }) => [id, example]))
      const issuer = template.issuer ? fillBlanks(template.issuer, examples) : template.endpoints?.issuer
      expect(recogniseTemplate(issuer ?? '')?.template.id).toBe(
        // GitLab, Keycloak and Authentik run on any host; their examples are still their own.
        template.id,
      )
      for (const { says } of template.facts) expect(says).toMatch(/\.$/)
    })
  },
)

it('fills nothing where a blank is missing', () => {
  expect(fillBlanks('https://{a}/{b}', { a: 'x', b: '' })).toBeUndefined()
  expect(fillBlanks('https://{constructor}', {})).toBeUndefined()
  expect(fillBlanks('https://{a}', { a: 'x' })).toBe('https://x')
})
