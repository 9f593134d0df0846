import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkSettings,
  reservedParameter,
  settingsParameters,
  wantedAcr,
} from '../../../../../src/core/oauth/authorization/request-settings.ts'

const codeOf = (settings: Parameters<typeof checkSettings>[0]) => {
  const checked = checkSettings(settings)
  return checked.ok ? 'fit' : checked.error.code
}

describe('checkSettings', () => {
  it.each([
    [{}, 'fit'],
    [{ authorizationDetails: '[{"type":"a"}]', claims: '{}', prompt: 'login consent' }, 'fit'],
    [{ authorizationDetails: '[]' }, 'connection_authorization_details'],
    [{ authorizationDetails: '[null]' }, 'connection_authorization_details'],
    [{ authorizationDetails: '[{"type":""}]' }, 'connection_authorization_details'],
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
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'client_assertion',
  'request',
  'dpop_jkt',
])('%s cannot be set by hand', (name) =>
  expect(reservedParameter(['tenant', name])?.code).toBe('sign_in_parameter_reserved'),
)

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
  expect(wantedAcr({ claims: '{"id_token":null}' })).toEqual({ wished: [], demanded: [] })
})
