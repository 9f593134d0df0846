import { describe, expect, it } from 'vitest'
import { fail, ok } from '@contract/result'
import type { Capture } from '@contract/sending/captures'
import { fillCaptures, withoutResponse } from '../../../../../src/core/app/captures/fill-captures.ts'
import { createRawBody } from '../../../../../src/core/app/captures/raw-body.ts'
import type { CapturedValue, RequestScope } from '../../../../../src/core/app/requests/scope/request-scope.ts'
import type { HttpAnswer } from '../../../../../src/core/http/wire.ts'
import { captureWork } from '../../../../../src/node/checks/judge-work.ts'

const token = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJzb21lb25lIn0.c2lnbmF0dXJl'
const answer = {
  status: 200,
  statusText: 'OK',
  url: 'https://api.example/',
  headers: [
    ['Location', '/orders/7'],
    ['Set-Cookie', 'sid=abcdef123456'],
  ],
  contentType: 'application/json',
  body: new TextEncoder().encode(JSON.stringify({ id: 7, plain: token, access_token: 'opaque-1', key: 'k' })),
  truncated: false,
  timing: { total: 1, waiting: 1, receiving: 0 },
} as unknown as HttpAnswer
const of = (name: string, expression: string, part: Partial<Capture> = {}): Capture => ({
  name,
  expression,
  scope: 'runtime',
  enabled: true,
  ...part,
})
async function fill(
  captures: Capture[],
  { scope, beside = captureWork }: { scope?: Partial<RequestScope>; beside?: typeof captureWork } = {},
) {
  const kept: CapturedValue[] = []
  const results = await fillCaptures(captures, {
    answer,
    body: createRawBody(undefined, true).of(answer),
    scope: {
      keepCaptured: (values) => {
        kept.push(...values)
        return ok([])
      },
      ...scope,
    } as RequestScope,
    cover: (text) => text.replaceAll('known-secret', '•'),
    beside,
  })
  return { results, kept }
}

describe('captures', () => {
  it('are kept, and shown', async () => {
    const { results, kept } = await fill([
      of('id', 'res.body.id'),
      of('place', 'res.headers.location', { scope: 'folder' }),
      of('off', 'res.body.id', { enabled: false }),
    ])
    expect(kept).toEqual([
      { name: 'id', scope: 'runtime', value: '7', secret: false },
      { name: 'place', scope: 'folder', value: '/orders/7', secret: false },
    ])
    expect(results).toMatchObject([
      { name: 'id', outcome: 'captured', value: '7' },
      { name: 'place', outcome: 'captured', value: '/orders/7' },
    ])
  })

  it('are secret by the name of the variable or of the part, by their look, or where a file says so', async () => {
    const secret = [
      of('a', 'res.body.access_token'),
      of('a', '$["access_token"]'),
      of('a', 'res.body.plain'),
      of('password', 'res.body.id'),
      of('a', 'res.headers["set-cookie"]'),
      of('declared', 'res.body.id'),
      of('all', '$'),
    ]
    const { results, kept } = await fill(secret, { scope: { isSecret: (name) => name === 'declared' } })
    expect(kept).toHaveLength(7)
    expect(kept.every((each) => each.secret)).toBe(true)
    for (const each of results ?? []) expect(each).toMatchObject({ outcome: 'captured', secret: true })
    expect(JSON.stringify(results)).not.toMatch(/opaque-1|eyJ|abcdef/)
  })

  it('say what was not there, what took too long, and what could not be kept', async () => {
    const missing = await fill([of('id', 'res.body.nothing'), of('no name', 'res.body.id')])
    expect(missing.kept).toEqual([])
    expect(missing.results).toMatchObject([
      { outcome: 'missing', reason: 'The response has nothing at res.body.nothing.' },
      { outcome: 'missing', reason: expect.stringContaining('is not the name of a variable') },
    ])
    const late = await fill([of('id', 'res.body.id'), of('status', 'res.status')], {
      beside: async () => undefined as never,
    })
    expect(late.results).toMatchObject([
      { outcome: 'missing', reason: 'It took over 2 seconds and was stopped.' },
      { outcome: 'captured', value: '200' },
    ])
    const full = await fill([of('id', 'res.body.id')], {
      scope: { keepCaptured: () => fail('disk', 'The disk is full.') },
    })
    expect(full.results).toEqual([
      {
        name: 'id',
        expression: 'res.body.id',
        scope: 'runtime',
        outcome: 'missing',
        reason: 'The disk is full.',
      },
    ])
  })

  it('say where an earlier value stays, also without a response', async () => {
    const keepCaptured: RequestScope['keepCaptured'] = (_values, missing) =>
      ok(missing.filter(({ name }) => name === 'known'))
    const { results } = await fill(
      [of('known', 'res.body.nothing'), of('new', 'res.body.nothing'), of('id', 'res.body.id')],
      { scope: { keepCaptured } },
    )
    expect(results?.map(({ name, stale }) => [name, stale])).toEqual([
      ['known', true],
      ['new', undefined],
      ['id', undefined],
    ])
    expect(withoutResponse([of('known', '$.a')], { keepCaptured }).captures).toMatchObject([
      { outcome: 'missing', reason: 'There was no response.', stale: true },
    ])
    expect(withoutResponse([of('known', '$.a')], undefined).captures).toMatchObject([{ outcome: 'missing' }])
  })

  it('are left out where there are none', async () => {
    expect((await fill([of('a', 'res.status', { enabled: false })])).results).toBeUndefined()
  })
})
