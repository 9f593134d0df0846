import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RequestDraft } from '../../../src/core/contract/requests.ts'
import { openOddBench, value, type OddBench } from '../../support/odd-workbench.ts'

let odd: OddBench
beforeEach(async () => {
  odd = await openOddBench()
})
afterEach(() => odd.close())

const send = async () => {
  const draft: RequestDraft = {
    method: 'GET',
    url: `${odd.odd.issuer}/api`,
    query: [],
    headers: [],
    body: { kind: 'none' },
    accountId: null,
  }
  return value(await odd.bench.app.sendRequest.send({ sendId: crypto.randomUUID(), draft }))
}

describe('a pause that a server asks for', () => {
  it.each([429, 503])('is waited for where it is one, with status %i', async (status) => {
    let header = ''
    odd.odd.answers['/api'] = () => ({ status, headers: { 'retry-after': header }, body: {} })
    const asked = async (text: string) => {
      header = text
      const { refusal } = await send()
      return { headline: refusal?.headline, waits: refusal?.retryAt !== undefined }
    }
    const soon = new Date(Date.now() + 90_000)
    for (const text of ['90', soon.toUTCString(), ` ${soon.toUTCString()} `])
      expect(await asked(text)).toEqual({
        headline: expect.stringMatching(/asks for a pause of 1 minute$/),
        waits: true,
      })
    for (const text of [
      '0',
      'Sun, 06 Nov 1994 08:49:37 GMT',
      'Sunday, 06-Nov-94 08:49:37 GMT',
      'Sun Nov  6 08:49:37 1994',
    ])
      expect(await asked(text)).toEqual({
        headline: expect.stringContaining('the pause that the server asked for is over'),
        waits: false,
      })
    for (const text of ['9'.repeat(40), '99999999', 'Fri, 31 Dec 9999 23:59:59 GMT'])
      expect(await asked(text)).toEqual({
        headline: expect.stringContaining('a pause of a week or more'),
        waits: false,
      })
    for (const text of ['-5', '1.5', 'soon', '2030-01-01'])
      expect(await asked(text)).toMatchObject({ waits: false })
  })
})

describe('cookies of a server on this computer', () => {
  it('come back as they were set, and those that break a rule do not', async () => {
    const cookies = [
      'plain=1; Path=/',
      'old=1; Path=/; Expires=Sunday, 06-Nov-44 08:49:37 GMT',
      'gone=1; Path=/; Expires=Thu, 01-Jan-70 00:00:01 GMT',
      '__Host-fits=1; Path=/; Secure',
      '__host-wide=1; Path=/; Secure; Domain=127.0.0.1',
      '__Secure-open=1; Path=/',
      'parted=1; Path=/; Secure; Partitioned; SameSite=None',
      'wide=1; Path=/; Domain=0.0.1',
      `bytes=${Buffer.from('é').toString('latin1')}; Path=/`,
    ]
    odd.odd.answers['/api'] = () => ({ headers: { 'set-cookie': cookies }, body: {} })
    await send()
    await send()
    expect(odd.odd.at('/api').at(-1)?.headers.cookie).toBe(
      `plain=1; old=1; __Host-fits=1; parted=1; bytes=${Buffer.from('é').toString('latin1')}`,
    )
  })
})
