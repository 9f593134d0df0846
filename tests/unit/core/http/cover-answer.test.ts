import { describe, expect, it } from 'vitest'
import { coverAnswer } from '../../../../src/core/http/cover-answer.ts'
import type { HttpAnswer } from '../../../../src/core/http/wire.ts'
import { createScrubber } from '../../../../src/core/secrecy/scrub.ts'

const answer = (body: string, part: Partial<HttpAnswer> = {}): HttpAnswer => ({
  status: 200,
  statusText: 'OK',
  headers: [],
  contentType: 'application/json',
  body: new TextEncoder().encode(body),
  wireSize: 0,
  truncated: false,
  url: 'https://api.example/',
  method: 'GET',
  hops: [],
  tokenSent: true,
  sentHeaders: [],
  timing: { waiting: 0, receiving: 0, total: 0 },
  ...part,
})
const bodyOf = ({ body }: HttpAnswer): string => new TextDecoder().decode(body)
const pacer = { isDue: () => false, turn: () => Promise.resolve() }
const nothing = { scrub: createScrubber([]), pacer }
const jwt = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYXJrZWQifQ.c2ln'

describe('a response', () => {
  it('is covered in body, addresses, headers, status and failure', async () => {
    const url = 'https://api.example/?t=secret-1'
    const seen = await coverAnswer(
      answer('x secret-1', {
        held: { to: `${url}#x`, downgrade: false },
        url,
        statusText: 'No secret-1',
        headers: [['x-echo-secret-1', 'secret-1']],
        hops: [{ method: 'GET', url, status: 302, leftBehind: [] }],
        problem: { code: 'network_cut', message: 'secret-1 broke off' },
      }),
      { scrub: createScrubber(['secret-1']), pacer },
    )
    expect(JSON.stringify({ ...seen, body: bodyOf(seen) })).not.toContain('secret-1')
    expect(seen.body.length).toBe('x secret-1'.length)
  })

  it('without anything secret is the same bytes', async () => {
    const other = answer('{"nothing":"of it"}')
    expect((await coverAnswer(other, { scrub: createScrubber(['secret-1']), pacer })).body).toBe(other.body)
  })

  it.each(['access_token', 'refresh_token', 'id_token', 'client_secret', 'device_code', 'accessToken'])(
    'that hands out a %s does so to nobody who reads the history',
    async (name) => {
      const seen = bodyOf(await coverAnswer(answer(`{"${name}":"opaque","expires_in":60}`), nothing))
      expect(JSON.parse(seen)).toEqual({ [name]: '******', expires_in: 60 })
    },
  )

  it('is covered where a JWT is, also in a path with a query and in a redirect', async () => {
    const seen = await coverAnswer(
      answer(`<a href="https://api.example/x/${jwt}?page=2">`, {
        contentType: 'text/html',
        url: `https://api.example/${jwt}/a?page=2#${jwt}`,
      }),
      nothing,
    )
    expect(seen.url).toBe('https://api.example/•••/a?page=2#•••')
    expect(bodyOf(seen)).not.toContain('eyJ')
  })

  it('hides the code in the address that a redirect led to', async () => {
    const url = 'https://app.example/cb?code=marked&state=marked&page=2'
    expect((await coverAnswer(answer('', { url }), nothing)).url).toBe(
      'https://app.example/cb?code=•••&state=•••&page=2',
    )
  })

  it('keeps short values of the same name, and only those, out', async () => {
    const sent = new Map([
      ['cvv', '123'],
      ['pin', '471'],
    ])
    const body = '{"form":{"cvv":"123","pin":471,"count":123,"cvvs":"123"},"pin":"999"}'
    const seen = bodyOf(await coverAnswer(answer(body), { ...nothing, sent }))
    expect(JSON.parse(seen)).toEqual({
      form: { cvv: '***', pin: '*', count: 123, cvvs: '123' },
      pin: '999',
    })
  })

  it('is not looked into by names where it is no text', async () => {
    const picture = answer('{"access_token":"opaque"}', { contentType: 'image/png' })
    expect((await coverAnswer(picture, nothing)).body).toBe(picture.body)
  })
})
