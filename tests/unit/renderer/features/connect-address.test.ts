import { describe, expect, it } from 'vitest'
import type { ConnectFound, TemplateView } from '@contract/connect.ts'
import {
  formFrom,
  kindWords,
  registrationOf,
  templateAddress,
} from '../../../../src/renderer/src/features/accounts/connect/connect-address.ts'
import { blankForm } from '../../../../src/renderer/src/features/accounts/connect/connection-form.ts'
import { connection } from '../../../support/fake-data.ts'

const template: TemplateView = {
  id: 'keycloak',
  name: 'Keycloak',
  issuer: 'https://{host}/realms/{realm}',
  blanks: [
    { id: 'host', label: 'Host', example: 'sso.example.com' },
    { id: 'realm', label: 'Realm', example: 'my-realm' },
  ],
  customScheme: 'yes',
  loopback: 'yes',
  facts: [],
  scope: 'openid',
  redirectKind: 'loopback',
  clientAuthentication: 'client_secret_post',
  documentationHost: 'www.keycloak.org',
}
const found = (part: Partial<ConnectFound> = {}): ConnectFound => ({
  kind: 'issuer',
  registers: false,
  otherProviders: [],
  missing: [],
  notes: [],
  ...part,
})

describe('what an address puts into the form', () => {
  it('the discovered issuer, the client and what is asked for', () => {
    const { provider } = connection()
    expect(
      formFrom(
        found({
          provider,
          template,
          clientId: 'abc',
          scope: 'openid read',
          resource: 'https://api.example',
          redirectKind: 'loopback',
          settings: { prompt: 'login' },
        }),
      ),
    ).toEqual({
      mode: 'discover',
      issuer: provider.issuer,
      clientId: 'abc',
      scope: 'openid read',
      resource: 'https://api.example',
      redirectKind: 'loopback',
      clientAuthentication: 'client_secret_post',
      settings: { prompt: 'login' },
    })
  })

  it('endpoints by hand where there is no discovery; nothing that was typed is emptied', () => {
    expect(
      formFrom(found({ byHand: { issuer: 'https://as.example', tokenEndpoint: 'https://as.example/t' } })),
    ).toEqual({
      mode: 'by-hand',
      issuer: 'https://as.example',
      authorizationEndpoint: '',
      tokenEndpoint: 'https://as.example/t',
    })
    expect(formFrom(found())).toEqual({})
  })

  it('the issuer as it was typed, where it names variables', () => {
    const { provider } = connection()
    expect(formFrom(found({ provider, typedIssuer: '{{host}}' })).issuer).toBe('{{host}}')
  })
})

it('makes an address of a template once every blank is filled', () => {
  expect(templateAddress(template, { host: 'sso.acme.example' })).toBeUndefined()
  expect(templateAddress(template, { host: 'sso.acme.example', realm: ' ' })).toBeUndefined()
  expect(templateAddress(template, { host: ' sso.acme.example ', realm: 'staff' })).toBe(
    'https://sso.acme.example/realms/staff',
  )
})

it('says what the address was', () => {
  expect(kindWords(found({ template }))).toBe('An issuer of Keycloak')
  expect(kindWords(found({ kind: 'api', provider: connection().provider }))).toBe(
    'A protected API that accepts tokens from 127.0.0.1:47113',
  )
})

it('registers with what the form says, and only with a method that a registration can have', () => {
  const form = { ...blankForm, issuer: ' https://as.example ', scope: 'openid  read' }
  expect(registrationOf(form, ' ')).toMatchObject({
    name: 'as.example',
    issuer: 'https://as.example',
    scope: 'openid read',
    clientAuthentication: 'none',
    initialAccessToken: undefined,
  })
  expect(registrationOf({ ...form, clientAuthentication: 'client_secret_post' }, 'invited')).toMatchObject({
    clientAuthentication: 'client_secret_post',
    initialAccessToken: 'invited',
  })
  expect(registrationOf({ ...form, clientAuthentication: 'private_key_jwt' }, '').clientAuthentication).toBe(
    'none',
  )
})
