import { expect, it } from 'vitest'
import { scrubStep } from '../../../../src/core/flow/scrub-step.ts'
import { createScrubber } from '../../../../src/core/secrecy/scrub.ts'
import { tokenExchange } from './sample.ts'

it('reaches every text of a step and keeps what tells steps apart', () => {
  const secret = 'exchange-token'
  const step = scrubStep(
    tokenExchange({
      url: `https://id.example/${secret}`,
      requestHeaders: [['x', secret]],
      responseBody: `{"a":"${secret}"}`,
      tls: { protocol: 'TLSv1.3', issuer: secret },
    }),
    createScrubber([secret, 'exchange']),
  )
  expect(JSON.stringify({ ...step, kind: '', purpose: '' })).not.toContain('exchange')
  expect(step).toMatchObject({ kind: 'exchange', purpose: 'token' })
})
