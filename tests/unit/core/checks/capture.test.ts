import { expect, it } from 'vitest'
import type { CaptureScope } from '@contract/tables/own-checks'
import { captureValues, longestCaptured } from '../../../../src/core/checks/capture.ts'
import { captureWork } from '../../../../src/node/checks/judge-work.ts'

const answer = {
  status: 201,
  statusText: 'Created',
  url: 'https://api.example/orders',
  headers: [
    ['Location', '/orders/7'],
    ['X-Empty', ''],
  ] as const,
  time: 12.4,
}
const scope: CaptureScope = 'runtime'
const of = (expression: string) => ({ name: 'a', expression, scope, enabled: true })
const capture = (body: string, ...expressions: string[]) =>
  captureWork({
    captures: expressions.map(of),
    answer,
    body: { bytes: new TextEncoder().encode(body), contentType: 'application/json' },
  })

it('finds values in the body, the headers and the status', async () => {
  const body = '{"id":7,"name":"Ann","ok":false,"none":null,"items":[{"id":"a"},{"id":"b"}]}'
  expect(
    await capture(
      body,
      'res.body.id',
      'res("items[1].id")',
      '$.items[0].id',
      '$.items[*].id',
      'res.body.items',
      'res.body.ok',
      'res.body.none',
      'res.headers.location',
      'res.status',
    ),
  ).toEqual(
    ['7', 'b', 'a', '["a","b"]', '[{"id":"a"},{"id":"b"}]', 'false', 'null', '/orders/7', '201'].map(
      (value) => ({
        value,
      }),
    ),
  )
})

it('keeps numbers as they are written', async () => {
  const body = '{"id":9007199254740993,"far":1e400,"list":[12345678901234567890,1.5],"small":1e3}'
  expect(await capture(body, '$.id', 'res.body.far', '$.list', 'res.body.small')).toEqual([
    { value: '9007199254740993' },
    { value: '1e400' },
    { value: '[12345678901234567890,1.5]' },
    { value: '1000' },
  ])
})

it('says why there is nothing', async () => {
  const reasons = await capture(
    '{"a":""}',
    'res.body.b',
    '$.a',
    '$.[',
    'res.headers["x-none"]',
    'require("fs")',
    'refused',
  )
  expect(reasons).toMatchObject([
    { reason: 'The response has nothing at res.body.b.' },
    { reason: 'There is an empty string at $.a.' },
    { reason: 'This is not a JSONPath (RFC 9535).' },
    { reason: 'The response has nothing at res.headers["x-none"].' },
    { reason: expect.stringContaining('does not know this part') },
    { reason: expect.stringContaining('does not know this part') },
  ])
  expect(await capture('<a/>', 'res.body.a', '$.a')).toMatchObject([
    { reason: 'The body is not JSON.' },
    { reason: 'The body is not JSON.' },
  ])
  expect(await capture(JSON.stringify({ a: 'x'.repeat(longestCaptured + 1) }), '$.a')).toMatchObject([
    { reason: expect.stringContaining('65,536') },
  ])
  expect(captureValues([of('res.body.a')], { ...answer, body: undefined, bodyMissing: 'Too much.' })).toEqual(
    [{ reason: 'Too much.' }],
  )
})
