import { expect, it } from 'vitest'
import { callbackChecks, type CallbackFindings } from '../../../../src/core/flow/callback-checks.ts'

const states = (findings: CallbackFindings) =>
  Object.fromEntries(callbackChecks(findings).map(({ id, state }) => [id, state]))
const expectedIssuer = 'https://id.example'

it.each<[string, CallbackFindings, Record<string, string>]>([
  ['good', { known: true, issuer: expectedIssuer, expectedIssuer }, { state: 'valid', iss: 'valid' }],
  ['without iss', { known: true, expectedIssuer }, { state: 'valid', iss: 'not-checked' }],
  [
    'another issuer',
    { known: true, issuer: 'https://evil.example', expectedIssuer, code: 'callback_iss_mismatch' },
    { state: 'valid', iss: 'invalid' },
  ],
  [
    'iss missing',
    { known: true, expectedIssuer, code: 'callback_iss_missing' },
    { state: 'valid', iss: 'invalid' },
  ],
  [
    'another way in',
    { known: true, code: 'callback_other_redirect' },
    { state: 'valid', redirect: 'invalid', iss: 'not-checked' },
  ],
  [
    'unknown state',
    { known: false, code: 'callback_state_unknown' },
    { state: 'invalid', iss: 'not-checked' },
  ],
  ['repeated', { known: false, code: 'callback_repeated' }, { state: 'invalid', iss: 'not-checked' }],
  ['no state', { known: false, code: 'callback_state_missing' }, { state: 'invalid', iss: 'not-checked' }],
])('judges a response: %s', (_name, findings, expected) => {
  expect(states(findings)).toEqual(expected)
})
