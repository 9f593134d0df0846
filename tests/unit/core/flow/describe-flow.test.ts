import { describe, expect, it } from 'vitest'
import { describeFlow, headOf, stepOf, summariseFlow } from '../../../../src/core/flow/describe-flow.ts'
import { tagOf } from '../../../../src/core/flow/labels.ts'
import { flowRecord, signInSteps, tokenExchange } from './sample.ts'

describe('describeFlow', () => {
  it('draws every message in its order and numbers what was sent', () => {
    const flow = describeFlow(flowRecord())
    expect(flow.messages.map(({ number, from, to, label }) => [number, from, to, label])).toEqual([
      [1, 'app', 'browser', 'open system browser · code_challenge'],
      [undefined, 'browser', 'provider', 'sign-in in the browser, not seen'],
      [2, 'browser', 'app', 'custom protocol · code · state · iss'],
      [3, 'app', 'provider', 'POST /token · code · code_verifier'],
      [undefined, 'provider', 'app', '200 · access 15 min · id · refresh'],
      [undefined, 'app', 'app', 'ID token checked'],
    ])
    expect(flow.parties.map(({ name }) => name)).toEqual(['Gatehouse', 'Browser', 'Example'])
    expect(flow.says).toBe('code + PKCE · 3 steps')
    expect(flow.brief).toBe('code + PKCE')
  })

  it('ties checks to their parameters and tells what PKCE is for', () => {
    const callback = describeFlow(flowRecord()).messages[2]
    expect(callback?.parameters.map(({ name, check }) => [name, check?.state])).toEqual([
      ['code', undefined],
      ['state', 'valid'],
      ['iss', 'valid'],
    ])
    expect(callback?.cards[0]?.title).toBe('What would have gone wrong without PKCE?')
  })

  it('puts the failure where the flow ended', () => {
    const failure = { code: 'token_invalid_grant', message: 'Refused.', next: 'Again.' }
    const steps = [
      ...signInSteps.slice(0, 2),
      tokenExchange({ status: 400, responseBody: '{"error":"invalid_grant"}' }),
    ]
    const flow = describeFlow(flowRecord({ outcome: 'failed', failure, steps }))
    expect(flow.messages.filter((message) => message.failure).map(({ kind }) => kind)).toEqual([
      'token-response',
    ])
    expect(flow.messages.at(-1)).toMatchObject({ label: '400 · invalid_grant', tone: 'bad' })
    expect(flow).toMatchObject({
      tag: 'grant',
      says: 'ended at step 3',
      brief: 'at step 3',
      code: 'token_invalid_grant',
    })
  })

  it('says that no response came', () => {
    const step = tokenExchange({ status: undefined, responseBody: undefined, failed: 'network_timeout' })
    const { messages } = describeFlow(flowRecord({ steps: [step] }))
    expect(messages[1]).toMatchObject({ label: 'no response · timeout', tone: 'bad', parameters: [] })
    expect(messages[1]?.wire).toBeUndefined()
  })

  it('survives bodies that are no JSON and URLs that are none', () => {
    const step = tokenExchange({ url: '::', responseBody: '<html>', requestBody: '%%%=&&=' })
    const flow = describeFlow(
      flowRecord({ steps: [step, { kind: 'browser', at: 0, url: '', opened: false }] }),
    )
    expect(flow.messages).toHaveLength(3)
    expect(flow.messages[2]?.tone).toBe('bad')
  })

  it('finds the step of each message', () => {
    const record = flowRecord()
    expect([0, 1, 2, 3, 4, 5, 6].map((index) => stepOf(record, index)?.kind)).toEqual([
      'browser',
      'callback',
      'callback',
      'exchange',
      'exchange',
      'checks',
      undefined,
    ])
  })
})

describe('tagOf', () => {
  it.each([
    ['callback_iss_mismatch', 'iss'],
    ['callback_state_unknown', 'state'],
    ['callback_provider_error', 'denied'],
    ['sign_in_timed_out', 'timed out'],
    ['token_network_refused', 'network'],
    ['id_token_expired', 'id token expired'],
  ])('shortens %s to %s', (code, tag) => {
    expect(tagOf({ outcome: 'failed', failure: { code, message: '' } })).toBe(tag)
  })
  it('names outcomes without a failure', () => {
    expect(summariseFlow(headOf(flowRecord({ outcome: 'cancelled' }))).tag).toBe('cancelled')
    expect(summariseFlow(headOf(flowRecord({ outcome: 'running', endedAt: undefined }))).tag).toBe('waits')
  })
})
