import { expect, it } from 'vitest'
import type { ExchangeView } from '@contract/requests'
import { withChecks } from '../../../../../src/core/app/checks/judge-answer.ts'
import { judgeWork } from '../../../../../src/node/checks/judge-work.ts'

const view: ExchangeView = {
  id: 'a',
  at: 0,
  method: 'GET',
  url: 'https://api.example/',
  sent: { headers: [], bodySize: 0 },
  response: {
    status: 200,
    statusText: 'OK',
    headers: [],
    bodySize: 0,
    contentType: 'application/json',
    truncated: false,
  },
}
const checks = [
  { expression: 'res.status', operator: 'eq', value: '200', enabled: true },
  { expression: '$.last', operator: 'eq', value: '7', enabled: true },
]
const bytes = new TextEncoder().encode('{"last":7}')
const judged = async (body: Parameters<typeof withChecks>[2]['body'], isWhole = true) =>
  (await withChecks(view, checks, { body, isWhole, cover: (text) => text, beside: judgeWork })).checks

it('waits until a long body is whole', async () => {
  let done = (): void => undefined
  let isDone = false
  const whole = new Promise<void>((resolve) => {
    done = () => {
      isDone = true
      resolve()
    }
  })
  const body = {
    byteLength: bytes.byteLength,
    subarray: () => (isDone ? bytes : new Uint8Array()),
    isWhole: () => isDone,
    whole,
  }
  const asked = judged(body)
  done()
  expect(await asked).toMatchObject([{ outcome: 'passed' }, { outcome: 'passed', actual: '7' }])
})

it('says why a body is not looked into', async () => {
  const outcomes = [{ outcome: 'passed' }, { outcome: 'not-judged' }]
  expect(await judged(bytes, false)).toMatchObject(outcomes)
  expect(await judged({ byteLength: 20_000_000, subarray: () => bytes })).toMatchObject(outcomes)
  const lost = { byteLength: 10, subarray: () => bytes, isWhole: () => false, whole: Promise.resolve() }
  expect((await judged(lost))?.[1]?.reason).toBe('The body could not be kept whole.')
})
