import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkSettings,
  reservedParameter,
  scopeParameter,
  settingsParameters,
  wantedAcr,
} from '../../../../../src/core/oauth/authorization/request-settings.ts'

const codeOf = (settings: Parameters<typeof checkSettings>[0]) => {
  const checked = checkSettings(settings)
  return checked.ok ? 'fit' : checked.error.code
}

describe('checkSettings', () => {
  it.each<[Parameters<typeof checkSettings>[0], string]>([
    [{}, 'fit'],
    [{ authorizationDetails: '[{"type":"a"}]', claims: '{}', prompt: 'login consent' }, 'fit'],
    [{ authorizationDetails: '[]' }, 'connection_authorization_details'],
    [{ authorizationDetails: '[null]' }, 'connection_authorization_details'],
    [{ authorizationDetails: '[{"type":""}]' }, 'connection_authorization_details'],
    [{ claims: '[]' }, 'connection_claims'],
    [{ prompt: 'none' }, 'fit'],
    [{ prompt: 'login none' }, 'connection_prompt'],
    [{ prompt: 'nonesuch login' }, 'fit'],
    [
      { further: [{ to: 'token', where: 'parameter', name: 'state', value: '' }] },
      'connection_further_reserved',
    ],
    [{ claims: 'null' }, 'connection_claims'],
    [{ claims: '{' }, 'connection_claims'],
    [{ prompt: 'none consent' }, 'connection_prompt'],
    [{ extra: [{ name: 'redirect_uri', value: 'https://evil.example' }] }, 'sign_in_parameter_reserved'],
    [
      {
        extra: [
          { name: 'a', value: '1' },
          { name: 'a', value: '2' },
        ],
      },
      'connection_extra_twice',
    ],
  ])('%j: %s', (settings, code) => expect(codeOf(settings)).toBe(code))

  it('takes authorization details if and only if each is an object with a type', () => {
    const detail = fc.oneof(
      fc.jsonValue(),
      fc.record({ type: fc.oneof(fc.string(), fc.constant('payment'), fc.integer()) }),
    )
    const isDetail = (value: unknown): boolean => {
      const type =
        typeof value === 'object' && value !== null ? (value as { type?: unknown }).type : undefined
      return typeof type === 'string' && type !== '' && !Array.isArray(value)
    }
    fc.assert(
      fc.property(fc.array(detail, { maxLength: 3 }), (details) => {
        const fit = details.length > 0 && details.every(isDetail)
        expect(codeOf({ authorizationDetails: JSON.stringify(details) })).toBe(
          fit ? 'fit' : 'connection_authorization_details',
        )
      }),
    )
  })
})

it.each([
  'client_assertion',
  'client_assertion_type',
  'client_id',
  'client_secret',
  'code_challenge',
  'code_challenge_method',
  'dpop_jkt',
  'grant_type',
  'nonce',
  'redirect_uri',
  'request',
  'request_uri',
  'response_mode',
  'response_type',
  'scope',
  'state',
])('%s cannot be set by hand', (name) => {
  expect(reservedParameter(['tenant', name])).toMatchObject({
    code: 'sign_in_parameter_reserved',
    message: `Gatehouse sets the parameter ${name} itself.`,
  })
  expect(reservedParameter(['tenant', `x_${name}`])).toBeUndefined()
})

it('a scope is sent as the connection wants it', () => {
  expect(scopeParameter('a b')).toEqual([['scope', 'a b']])
  expect(scopeParameter('a b', { scopeParameter: 'scp', scopeSeparator: '+' })).toEqual([['scp', 'a+b']])
  expect(scopeParameter('')).toEqual([])
  expect(scopeParameter('a', { scopeLeftOut: true })).toEqual([])
  expect(scopeParameter('a', { scopeLeftOut: false })).toEqual([['scope', 'a']])
})

it('a field wins over an extra parameter of the same name', () => {
  const parameters = new Map(
    settingsParameters({ prompt: 'login', extra: [{ name: 'prompt', value: 'none' }], maxAgeSeconds: 0 }),
  )
  expect(Object.fromEntries(parameters)).toEqual({ prompt: 'login', max_age: '0' })
})

it('tells a wished authentication context from a demanded one', () => {
  expect(wantedAcr({ acrValues: 'a b' })).toEqual({ wished: ['a', 'b'], demanded: [] })
  expect(wantedAcr({ claims: '{"id_token":{"acr":{"values":["a"]}}}' })).toEqual({
    wished: ['a'],
    demanded: [],
  })
  expect(wantedAcr({ claims: '{"id_token":{"acr":{"essential":true,"value":"a"}}}' })).toEqual({
    wished: [],
    demanded: ['a'],
  })
  for (const claims of [
    '{"id_token":null}',
    '{',
    '[]',
    '{"id_token":{"acr":null}}',
    '{"id_token":[]}',
    '{"id_token":{"acr":{"value":7}}}',
  ])
    expect(wantedAcr({ claims })).toEqual({ wished: [], demanded: [] })
  expect(wantedAcr()).toEqual({ wished: [], demanded: [] })
  const both = '{"id_token":{"acr":{"values":["a","b"],"value":"c"}}}'
  expect(wantedAcr({ claims: both, acrValues: 'd' })).toEqual({ wished: ['d', 'a', 'b'], demanded: [] })
  const demanded = '{"id_token":{"acr":{"essential":true,"value":"a"}}}'
  expect(wantedAcr({ claims: demanded, acrValues: 'd' })).toEqual({ wished: ['d'], demanded: ['a'] })
  const odd = '{"id_token":{"acr":{"essential":"true","value":"a"}}}'
  expect(wantedAcr({ claims: odd })).toEqual({ wished: ['a'], demanded: [] })
})
