import { gzipSync } from 'node:zlib'
import type { ServerResponse } from 'node:http'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { AnswerHead } from '../../../src/core/http/wire.ts'
import { expectedFailure } from '../../../src/core/text/expected-failure.ts'
import { createRequestEngine } from '../../../src/node/net/send.ts'
import type { SendOptions } from '../../../src/node/net/sending/send-options.ts'
import { serve } from './server.ts'

/** Takes what comes, and remembers it: the room of a piece is not its own. */
function receiver(refuse?: Error) {
  const pieces: Uint8Array[] = []
  const taken = { heads: [] as AnswerHead[], ended: false, text: () => Buffer.concat(pieces).toString() }
  const receive: SendOptions['receive'] = async (head) => {
    taken.heads.push(head)
    return {
      write: async (piece) => {
        if (refuse !== undefined) throw refuse
        pieces.push(new Uint8Array(piece))
      },
      end: () => void (taken.ended = true),
    }
  }
  return { taken, receive }
}
async function send(url: string, options: SendOptions) {
  const engine = createRequestEngine()
  onTestFinished(() => engine.close())
  const result = await engine.send({ method: 'GET', url, headers: [] }, options)
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}
const long = 'ready for dispatch, '.repeat(200_000)

it('leads a long body elsewhere, decoded, and holds the first part of it', async () => {
  const url = await serve((_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(long)),
  )
  const { taken, receive } = receiver()
  const answer = await send(url, { receive })
  expect(answer).toMatchObject({ elsewhere: long.length, truncated: false })
  expect(answer.body).toHaveLength(1_048_576)
  expect(taken).toMatchObject({ ended: true, heads: [{ status: 200 }] })
  expect(taken.text() === long).toBe(true)
})

it('leaves a short body where it was', async () => {
  const url = await serve((_request, response) => response.end('short'))
  const { taken, receive } = receiver()
  const answer = await send(url, { receive })
  expect(answer.elsewhere).toBeUndefined()
  expect(Buffer.from(answer.body).toString()).toBe('short')
  expect(taken.heads).toEqual([])
})

it('cuts off at the limit, and says so', async () => {
  const url = await serve((_request, response) => response.end(long))
  const { taken, receive } = receiver()
  const answer = await send(url, { receive, limits: { longBytes: 2_000_000 } })
  expect(answer).toMatchObject({ elsewhere: 2_000_000, truncated: true })
  expect(taken.text()).toHaveLength(2_000_000)
})

it('leads a stream on from its first byte, for longer than anything else may take, until it is stopped', async () => {
  let open: ServerResponse | undefined
  const url = await serve((_request, response) => {
    open = response.writeHead(200, { 'content-type': 'text/event-stream' })
    open.write('data: 1\n\n')
  })
  const stop = new AbortController()
  const { taken, receive } = receiver()
  const sent = send(url, { receive, signal: stop.signal, limits: { total: 300, pause: 300 } })
  await vi.waitFor(() => expect(taken.text()).toBe('data: 1\n\n'))
  await new Promise((done) => setTimeout(done, 400))
  open?.write('data: 2\n\n')
  await vi.waitFor(() => expect(taken.text()).toContain('data: 2'))
  stop.abort()
  expect(await sent).toMatchObject({
    status: 200,
    elsewhere: 18,
    problem: { code: 'http_cancelled', message: expect.stringContaining('What came until then') },
  })
})

it('shows a slow body before it ends', async () => {
  let open: ServerResponse | undefined
  const url = await serve((_request, response) => {
    open = response.writeHead(200, { 'content-type': 'text/plain' })
    open.write('first')
  })
  const { taken, receive } = receiver()
  const sent = send(url, { receive })
  await vi.waitFor(() => expect(taken.text()).toBe('first'), 5_000)
  open?.end(' second')
  const answer = await sent
  expect(taken.text()).toBe('first second')
  expect(Buffer.from(answer.body).toString()).toBe('first second')
})

it('keeps the first part and says why where the rest can’t be kept', async () => {
  const url = await serve((_request, response) => response.end(long))
  const failure = { code: 'body_disk_full', message: 'The disk is full.' }
  const { receive } = receiver(expectedFailure(failure))
  const answer = await send(url, { receive })
  expect(answer.problem).toEqual(failure)
  expect(Buffer.from(answer.body).toString().startsWith('ready for dispatch')).toBe(true)
})

it.each([
  ['', 'application/json', ''],
  ['text/html; charset=utf-8', 'application/json; charset=utf-8', 'text/html'],
  ['application/json', 'application/json', undefined],
])('recognizes a body that is sent as “%s”', async (sent, contentType, declaredType) => {
  const url = await serve((request, response) =>
    response
      .writeHead(200, sent === '' ? {} : { 'content-type': sent })
      .end(request.url === '/long' ? `["${long}"]` : '{"a":1}'),
  )
  const { taken, receive } = receiver()
  const answer = await send(`${url}/long`, { receive })
  expect(answer).toMatchObject({ contentType, elsewhere: long.length + 4 })
  expect(answer.declaredType).toBe(declaredType)
  expect(taken.heads).toMatchObject([{ contentType }])
  expect(await send(url, { receive })).toMatchObject({ contentType })
})
