import { expect, it } from 'vitest'
import { ok } from '../../../../../src/core/contract/result.ts'
import { createUndoSteps } from '../../../../../src/core/app/collections/undo-steps.ts'

const step = (bytes: number) => ({ bytes, run: async () => ok({ moved: [], rewritten: [] }) })

it('holds as many changes as fit, the oldest dropped first, and the last one always', () => {
  const steps = createUndoSteps(100)
  const held = () => ['1', '2', '3', '4'].filter((undo) => steps.get(undo) !== undefined)
  steps.keep('1', step(40))
  steps.keep('2', step(60))
  expect(held()).toEqual(['1', '2'])
  steps.keep('3', step(30))
  expect(held()).toEqual(['2', '3'])
  steps.keep('4', step(101))
  expect(held()).toEqual(['4'])
})

it('holds twenty of them, and none of a user who was forgotten', () => {
  const steps = createUndoSteps()
  for (let each = 1; each <= 21; each += 1) steps.keep(String(each), step(0))
  expect([steps.get('1'), steps.get('2')?.bytes]).toEqual([undefined, 0])
  steps.drop('2')
  expect(steps.get('2')).toBeUndefined()
  steps.forget()
  expect(steps.get('21')).toBeUndefined()
})
