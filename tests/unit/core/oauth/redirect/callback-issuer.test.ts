import { expect, it } from 'vitest'
import type { FrontChannelType } from '../../../../../src/core/contract/connection-settings.ts'
import { checkCallbackIssuer } from '../../../../../src/core/oauth/redirect/callback-issuer.ts'
import type { Callback } from '../../../../../src/core/oauth/redirect/callback.ts'
import { issuer } from '../fake.ts'

const check = (
  iss: string | undefined,
  metadata: Record<string, unknown> = {},
  responseType?: FrontChannelType,
) => {
  const callback: Callback = {
    kind: 'code',
    code: 'c',
    state: 's',
    redirectUri: 'r',
    parameters: [],
    ...(iss === undefined ? {} : { issuer: iss }),
  }
  const checked = checkCallbackIssuer(callback, { issuer, ...metadata }, responseType ? { responseType } : {})
  if (!checked.ok) return checked.error.code
  expect(checked.value).toBe(callback)
  return 'ok'
}
const announced = { authorization_response_iss_parameter_supported: true }

it.each<[string, string, string | undefined, Record<string, unknown>, FrontChannelType?]>([
  ['ok', 'the issuer itself', issuer, announced],
  ['ok', 'the issuer, though not announced', issuer, {}],
  ['callback_iss_mismatch', 'another one', 'https://evil.example', {}],
  ['callback_iss_mismatch', 'the same with a slash', `${issuer}/`, {}],
  ['callback_iss_mismatch', 'nothing', '', {}],
  ['ok', 'none, where none is announced', undefined, {}],
  ['ok', 'none, where it is denied', undefined, { authorization_response_iss_parameter_supported: false }],
  ['callback_iss_missing', 'none, where it is announced', undefined, announced],
  ['ok', 'none, but in an ID token', undefined, announced, 'code id_token'],
  ['callback_iss_missing', 'none, and none in an access token', undefined, announced, 'code token'],
  ['callback_iss_mismatch', 'another one than the ID token may name', 'https://evil.example', {}, 'id_token'],
  [
    'ok',
    'one tenant of many',
    'https://login.example/t1/v2.0',
    { issuer: 'https://login.example/{tid}/v2.0' },
  ],
])('%s: a response that names %s', (code, _name, iss, metadata, responseType) => {
  expect(check(iss, metadata, responseType)).toBe(code)
})
