import { expect, it } from 'vitest'
import { flowLimits } from '../../../../src/core/flow/flow.ts'
import { addStep } from '../../../../src/core/flow/limit-step.ts'
import { describeFlow } from '../../../../src/core/flow/describe-flow.ts'
import { flowRecord, tokenExchange } from './sample.ts'

const empty = flowRecord({ steps: [] })

it('counts steps beyond the limit and keeps none of them', () => {
  let record = empty
  for (let count = 0; count < flowLimits.steps + 7; count += 1) record = addStep(record, tokenExchange())
  expect(record.steps).toHaveLength(flowLimits.steps)
  expect(record.dropped).toBe(7)
})

it('cuts long bodies, values and lists of headers, with a mark on the body', () => {
  const long = 'x'.repeat(flowLimits.body + 1)
  const headers = Array.from({ length: 300 }, (): [string, string] => ['x-a', long])
  const record = addStep(
    empty,
    tokenExchange({ requestBody: long, responseBody: long, responseHeaders: headers }),
  )
  const [step] = record.steps
  if (step?.kind !== 'exchange') throw new Error('no exchange')
  expect(step.responseBody).toHaveLength(flowLimits.body)
  expect(step).toMatchObject({ requestBodyCut: true, responseBodyCut: true })
  expect(step.responseHeaders).toHaveLength(flowLimits.headers)
  expect(step.responseHeaders?.[0]?.[1]).toHaveLength(flowLimits.headerValue)
  expect(describeFlow(record).messages[1]?.wire?.bodyCut).toBe(true)
})

it('cuts all bodies of a flow together', () => {
  let record = empty
  const body = 'x'.repeat(flowLimits.body)
  for (let count = 0; count < 40; count += 1)
    record = addStep(record, tokenExchange({ requestBody: undefined, responseBody: body }))
  const kept = record.steps.reduce(
    (sum, step) => sum + (step.kind === 'exchange' ? (step.responseBody?.length ?? 0) : 0),
    0,
  )
  expect(kept).toBe(flowLimits.bodies)
})

it('leaves a body at the limit whole', () => {
  const record = addStep(empty, tokenExchange({ responseBody: 'x'.repeat(flowLimits.body) }))
  expect(record.steps[0]).not.toHaveProperty('responseBodyCut')
})
