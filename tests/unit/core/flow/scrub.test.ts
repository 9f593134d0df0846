import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createScrubber, scrubStep } from '../../../../src/core/flow/scrub.ts'
import { tokenExchange } from './sample.ts'

it('takes a secret out however it is spelled', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 8, maxLength: 40 }), (secret) => {
      const scrub = createScrubber([secret])
      const form = new URLSearchParams([['a', secret]]).toString().slice(2)
      for (const spelled of [
        secret,
        encodeURIComponent(secret),
        form,
        JSON.stringify(secret).slice(1, -1),
        Buffer.from(secret).toString('base64'),
        Buffer.from(secret).toString('base64url'),
      ])
        expect(scrub(`<<${spelled}>>`)).toBe('<<•••>>')
    }),
  )
})

it('takes the longer of two secrets first, and leaves short words alone', () => {
  expect(createScrubber(['secret-one', 'secret-one-and-more'])('a secret-one-and-more b')).toBe('a ••• b')
  expect(createScrubber(['abc', ''])('abc')).toBe('abc')
})

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
