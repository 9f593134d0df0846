import { describe, expect, it } from 'vitest'
import { headOf } from '../../../../src/core/flow/describe-flow.ts'
import { matchesFlow } from '../../../../src/core/flow/find-flow.ts'
import { flowRecord } from './sample.ts'

const signedIn = headOf(flowRecord())
const denied = headOf(
  flowRecord({
    title: 'Sign in · Prüfstand',
    outcome: 'failed',
    manner: 'refresh token kept',
    apiName: 'orders.example:8080',
    failure: { code: 'callback_provider_error', message: 'No.' },
  }),
)

describe('matchesFlow', () => {
  it.each(['alice', 'ALI', 'example', 'pkce', 'sign-in', 'sign alice ok'])('finds by %s', (text) => {
    expect(matchesFlow(text.split(' '), signedIn)).toBe(true)
  })
  it.each(['denied', 'failed', 'prüf', 'orders.ex', '8080', 'callback_provider'])(
    'finds what went wrong by %s',
    (text) => {
      expect(matchesFlow([text], denied)).toBe(true)
    },
  )
  it('takes a word from its beginning, so that an outcome is no part of another word', () => {
    expect(matchesFlow(['ok'], denied)).toBe(false)
    expect(matchesFlow(['alice', 'denied'], signedIn)).toBe(false)
  })
})
