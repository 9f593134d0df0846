import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RequestDraft } from '../../../../src/core/contract/requests.ts'
import { joinDraft, openName, splitDraft } from '../../../../src/core/http/draft-secrets.ts'

const row = (name: string, value: string) => ({ name, value, enabled: true })
const draft = (part: Partial<RequestDraft> = {}): RequestDraft => ({
  method: 'POST',
  url: 'https://api.example/orders',
  query: [],
  headers: [],
  body: { kind: 'none' },
  accountId: null,
  ...part,
})
const jwt = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYXJrZWQifQ.'

describe('the secrets of a draft', () => {
  it.each([
    ['Authorization', 'Bearer marked-secret'],
    ['authorization', 'anything'],
    ['Cookie', 'sid=marked-secret'],
    ['X-Api-Key', 'marked-secret'],
    ['X-Auth-Token', 'marked-secret'],
    ['X-Amz-Security-Token', 'marked-secret'],
    ['X-Custom', 'Basic bWFya2VkOnNlY3JldA=='],
    ['X-Custom', `prefix ${jwt}`],
    ['X-Custom', 'ghp_1234567890abcdefghij'],
    ['X-Access', 'marked-secret'],
    ['X-Otp', '123456'],
    ['X-Session-Id', 'marked-secret'],
  ])('are taken out of the header %s: %s', (name, value) => {
    const { open, secrets } = splitDraft(
      draft({ headers: [row('Accept', 'application/json'), row(name, value)] }),
    )
    expect(open.headers).toEqual([row('Accept', 'application/json'), row(name, '')])
    expect(Object.values(secrets)).toEqual([value])
  })

  it.each([
    ['Accept', 'application/json'],
    ['Content-Type', 'text/plain'],
    ['X-Request-Id', 'a1b2c3d4'],
    ['If-None-Match', '"abc"'],
  ])('are not seen in %s: %s', (name, value) => {
    expect(splitDraft(draft({ headers: [row(name, value)] })).secrets).toEqual({})
  })

  it('are taken out of addresses, queries, forms and bodies', () => {
    const whole = draft({
      url: 'https://api.example/orders?page=2&api_key=marked',
      query: [row('access_token', 'marked'), row('page', '2')],
      body: { kind: 'form', fields: [row('password', 'marked'), row('name', 'ann')] },
    })
    const { open } = splitDraft(whole)
    expect(JSON.stringify(open)).not.toContain('marked')
    expect(open).toMatchObject({ url: 'https://api.example/orders', query: [{ value: '' }, { value: '2' }] })
    for (const text of ['{"password":"marked"}', 'client_secret=marked', '<token>marked</token>', jwt]) {
      const body = { kind: 'text' as const, text, contentType: 'text/plain' }
      expect(splitDraft(draft({ body })).open.body).toEqual({ ...body, text: '' })
    }
  })

  it.each(['passcode', 'otp', 'pin', 'recovery', 'mnemonic', 'cvv', 'newPassword', 'sessionId'])(
    'are taken out of the field %s',
    (name) => {
      const { open, secrets } = splitDraft(draft({ body: { kind: 'form', fields: [row(name, '123')] } }))
      expect(open.body).toEqual({ kind: 'form', fields: [row(name, '')] })
      expect(secrets).toEqual({ [`field:${name.toLowerCase()}:0`]: '123' })
    },
  )

  it.each([
    [`https://api.example/${jwt}/orders?page=2`, 'https://'],
    ['https://ann:marked@api.example/orders', 'https://'],
    ['https://api.example/orders#access_token=marked', 'https://api.example/orders'],
  ])('are taken out of the address %s', (url, left) => {
    expect(splitDraft(draft({ url })).open.url).toBe(left)
  })

  it('come together again where earlier rules took them apart', () => {
    const url = 'https://api.example/ghp_1234567890abcdefghij?token=marked'
    const before = draft({ url: 'https://api.example/ghp_1234567890abcdefghij' })
    expect(joinDraft(before, { url }).url).toBe(url)
  })

  it('are no names of variables', () => {
    const open = draft({
      url: 'https://{{user}}:{{pass}}@api.example/orders?api_key={{key}}',
      headers: [row('Authorization', 'Bearer {{token}}'), row('X-Api-Key', '{{key}}')],
      query: [row('access_token', '{{token}}')],
      body: { kind: 'json', text: '{"password":"{{pass}}"}' },
    })
    expect(splitDraft(open)).toEqual({ open, secrets: {} })
    const mixed = { ...open, body: { kind: 'json' as const, text: '{"password":"{{pass}}","pin":"1234"}' } }
    expect(Object.keys(splitDraft(mixed).secrets)).toEqual(['body'])
    const half = draft({ headers: [row('Authorization', 'Bearer {{token}}marked')] })
    expect(splitDraft(half).secrets).toEqual({ 'header:authorization:0': 'Bearer {{token}}marked' })
  })

  it('come back exactly, whatever the draft is', () => {
    const name = fc.constantFrom(
      'Authorization',
      'Cookie',
      'x-api-key',
      'Accept',
      'access_token',
      '',
      'a:b:0',
    )
    const rows = fc.array(fc.record({ name, value: fc.string(), enabled: fc.boolean() }), { maxLength: 6 })
    const text = fc.oneof(fc.string(), fc.constant('{"password":"x"}'))
    const body = fc.oneof(
      fc.constant({ kind: 'none' as const }),
      fc.record({ kind: fc.constant('json' as const), text }),
      fc.record({ kind: fc.constant('form' as const), fields: rows }),
    )
    const url = fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.constant('https://a.example/?token=t'))
    fc.assert(
      fc.property(rows, rows, body, url, (query, headers, made, at) => {
        const whole = draft({ query, headers, body: made, url: at })
        const { open, secrets } = splitDraft(whole)
        expect(joinDraft(open, JSON.parse(JSON.stringify(secrets)) as typeof secrets)).toEqual(whole)
      }),
    )
  })

  it('do not overwrite what was typed since', () => {
    const { open, secrets } = splitDraft(draft({ headers: [row('Authorization', 'Bearer old')] }))
    const typed = { ...open, headers: [row('X-Other', '1'), row('Authorization', 'Bearer new')] }
    expect(joinDraft(typed, secrets).headers[1]).toEqual(row('Authorization', 'Bearer new'))
    const moved = { ...open, headers: [row('X-Other', '1'), ...open.headers] }
    expect(joinDraft(moved, secrets).headers[1]).toEqual(row('Authorization', 'Bearer old'))
  })
})

describe('the name of a request', () => {
  it.each([
    ['/cb?api_key=abc123', 'https://x.example/cb?api_key=abc123', '/cb'],
    ['https://x.example/cb?api_key=abc123', ' https://x.example/cb?api_key=abc123', '/cb'],
    ['{{host}}/cb?api_key=abc123', '{{host}}/cb?api_key=abc123', '{{host}}/cb'],
    ['/ghp_1234567890abcdefghij/a', 'https://x.example/ghp_1234567890abcdefghij/a?b=c', 'Request'],
    ['/cb?page=2', 'https://x.example/cb?page=2', '/cb?page=2'],
    ['Callback', 'https://x.example/cb?api_key=abc123', 'Callback'],
  ])('%s of %s is %s', (name, url, open) => {
    expect(openName(name, draft({ url }))).toBe(open)
  })
})
