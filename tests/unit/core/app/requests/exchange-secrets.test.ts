import { describe, expect, it } from 'vitest'
import { knownSecrets } from '../../../../../src/core/app/requests/exchange-secrets.ts'
import { coverAnswer } from '../../../../../src/core/http/cover-answer.ts'
import type { HttpAnswer } from '../../../../../src/core/http/wire.ts'
import { createScrubber } from '../../../../../src/core/secrecy/scrub.ts'

const request = {
  method: 'POST',
  url: 'https://api.example/a?api_key=key-of-the-address',
  headers: [
    ['Content-Type', 'application/json'],
    ['X-Tenant', 'tenant/in clear'],
    ['X-Api-Key', 'key-of-the-header'],
  ] as [string, string][],
  body: new TextEncoder().encode('{"password":"key-of-the-body","pin":"47"}'),
}
const answer = (body: string): HttpAnswer => ({
  status: 200,
  statusText: 'OK',
  headers: [],
  contentType: 'text/plain',
  body: new TextEncoder().encode(body),
  wireSize: body.length,
  truncated: false,
  url: 'https://api.example/a',
  method: 'POST',
  hops: [],
  tokenSent: false,
  sentHeaders: [],
  timing: { waiting: 0, receiving: 0, total: 0 },
})

describe('what a request is sent with', () => {
  const known = knownSecrets(request, new Map([['tenant', 'tenant/in clear']]), [])
  async function covered(body: string): Promise<string> {
    const scrub = createScrubber(known.secrets)
    const seen = await coverAnswer(answer(body), {
      scrub,
      sent: known.short,
      pacer: { isDue: () => false, turn: () => Promise.resolve() },
    })
    return new TextDecoder().decode(seen.body)
  }

  it('is in no response: a secret variable is shown by its name, in any spelling', async () => {
    expect(createScrubber(known.secrets).text('you are tenant/in clear.')).toBe('you are {{tenant}}.')
    expect(await covered('you are tenant/in clear.')).not.toContain('tenant/')
    for (const spelled of ['tenant%2Fin%20clear', 'tenant%2Fin+clear', btoa('tenant/in clear')])
      expect(await covered(`you are ${spelled}.`), spelled).not.toContain(spelled)
  })

  it.each(['key-of-the-address', 'key-of-the-header', 'key-of-the-body'])(
    'is in no response: %s',
    async (secret) => {
      expect(await covered(`you sent ${secret}.`)).not.toContain(secret)
    },
  )

  it('is covered under its name where it is too short to be looked for', async () => {
    expect(known.short).toEqual(new Map([['pin', '47']]))
    expect(await covered('{"pin":"47","count":"47"}')).not.toContain('"pin":"47"')
    expect(await covered('{"pin":"47","count":"47"}')).toContain('"count":"47"')
  })
})
