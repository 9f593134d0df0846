import { expect, it } from 'vitest'
import { createRawBody } from '../../../../../src/core/app/captures/raw-body.ts'
import type { AnswerHead, HttpAnswer, ReceiveBody } from '../../../../../src/core/http/wire.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const answer = (part: Partial<HttpAnswer>) =>
  ({ body: bytes('first'), truncated: false, ...part }) as HttpAnswer
const head = {} as AnswerHead
const led: Uint8Array[] = []
const receive: ReceiveBody = async () => ({
  write: async (piece) => void led.push(piece),
  end: () => undefined,
})

it('holds what is led elsewhere, as it came', async () => {
  const raw = createRawBody(receive, true)
  const sink = await raw.receive?.(head)
  const piece = Buffer.from('{"a":')
  await sink?.write(piece)
  piece.fill(0)
  await sink?.write(bytes('1}'))
  expect(led).toHaveLength(2)
  expect(raw.of(answer({ elsewhere: 7 }))).toEqual({ bytes: bytes('{"a":1}') })
})

it('takes the body of the answer where nothing was led', () => {
  expect(createRawBody(receive, true).of(answer({}))).toEqual({ bytes: bytes('first') })
  expect(createRawBody(undefined, true).of(answer({ truncated: true }))).toHaveProperty('reason')
})

it('says what is too long, or broke off', async () => {
  const raw = createRawBody(receive, true)
  const sink = await raw.receive?.(head)
  for (let piece = 0; piece < 17; piece += 1) await sink?.write(new Uint8Array(1_048_576))
  expect(raw.of(answer({ elsewhere: 17 * 1_048_576 }))).toEqual({
    reason: 'The body is over 16 MB, too large to capture from.',
  })
  expect(raw.of(answer({ problem: { code: 'a', message: 'b' } }))).toEqual({
    reason: 'The response broke off.',
  })
})

it('leaves bodies alone of which nothing is wanted', () => {
  expect(createRawBody(receive, false).receive).toBe(receive)
})
