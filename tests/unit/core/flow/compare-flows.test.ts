import { describe, expect, it } from 'vitest'
import { compareFlows } from '../../../../src/core/flow/compare-flows.ts'
import { describeFlow } from '../../../../src/core/flow/describe-flow.ts'
import { flowRecord, signInSteps, tokenExchange } from './sample.ts'

const good = describeFlow(flowRecord())

describe('compareFlows', () => {
  it('finds nothing between a flow and itself', () => {
    const { rows, says } = compareFlows(good, good)
    expect(rows.flatMap(({ differences }) => differences)).toEqual([])
    expect(says).toEqual(['The only differences are values that are new in every flow.'])
  })

  it('tells values that are always new from values that matter', () => {
    const [browser, ...rest] = signInSteps
    if (browser?.kind !== 'browser') throw new Error('no browser')
    const other = describeFlow(
      flowRecord({
        steps: [{ ...browser, url: browser.url.replace('n0', 'n1').replace('desk', 'table') }, ...rest],
      }),
    )
    const differences = compareFlows(good, other).rows[0]?.differences
    expect(differences).toEqual([
      { what: 'client_id', left: 'desk', right: 'table', expected: false },
      { what: 'nonce', left: 'n0', right: 'n1', expected: true },
    ])
    expect(compareFlows(good, other).says[0]).toContain('client_id')
  })

  it('aligns by kind where one has more messages, on either side', () => {
    const keys = tokenExchange({ purpose: 'keys', method: 'GET', requestBody: undefined })
    const longer = describeFlow(
      flowRecord({ steps: [...signInSteps.slice(0, 3), keys, ...signInSteps.slice(3)] }),
    )
    for (const [left, right] of [
      [good, longer],
      [longer, good],
    ] as const) {
      const lonely = compareFlows(left, right).rows.filter((row) => !row.left || !row.right)
      expect(lonely.map(({ title }) => title)).toEqual(['Fetch the provider’s keys', 'The provider’s keys'])
    }
  })

  it('names a redirect by neither side where one brought the code and the other an error', () => {
    const [browser, callback] = signInSteps
    if (browser?.kind !== 'browser' || callback?.kind !== 'callback') throw new Error('other steps')
    const failure = { code: 'callback_provider_error', message: 'The provider ended the sign-in.' }
    const url = callback.url.replace('code=•••', 'error=access_denied')
    const refused = flowRecord({ outcome: 'failed', failure, steps: [browser, { ...callback, url }] })
    const row = compareFlows(good, describeFlow(refused)).rows[2]
    expect(row?.title).toBe('Redirect back to Gatehouse')
    expect(row?.differences.at(-1)).toEqual({
      what: 'failure',
      left: '–',
      right: failure.message,
      expected: false,
      codes: { right: failure.code },
    })
  })

  it('takes no notice of how long a person took in the browser', () => {
    const steps = signInSteps.map((step) => (step.kind === 'callback' ? { ...step, took: 90_000 } : step))
    const { rows } = compareFlows(good, describeFlow(flowRecord({ steps })))
    expect(rows.flatMap(({ differences }) => differences)).toEqual([])
  })

  it('tells status, failure, checks and a large difference in time', () => {
    const failure = { code: 'token_invalid_grant', message: 'Refused.' }
    const other = describeFlow(
      flowRecord({
        outcome: 'failed',
        failure,
        steps: [
          ...signInSteps.slice(0, 2),
          tokenExchange({ status: 400, responseBody: '{"error":"invalid_grant"}', took: 900 }),
        ],
      }),
    )
    const compared = compareFlows(good, other)
    expect(compared.says[0]).toBe('The left flow ended with “ok”, the right one with “grant”.')
    const token = compared.rows.find(({ title }) => title === 'The token endpoint’s response')
    expect(token?.differences.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['status', 'error', 'access_token', 'failure', 'time']),
    )
  })
})
